"""`main.py intake`: the blank 资料采集表 for a client, and what comes back made into drafts."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.command_line.program import day, today
from wizard.command_line.secrets_given import add_secrets, secret_of
from wizard.files import FileProblem, atomic_write
from wizard.finding import SEVERITIES

if TYPE_CHECKING:
    from wizard.batch.fate import Fate, Target
    from wizard.batch.taking_in import Taken, TakingIn


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("book", nargs="?", type=Path, metavar="表格", help="填好的采集表（.xlsx、.csv）")
    parser.add_argument("--template", type=Path, metavar="文件", help="导出空白采集表（.xlsx），发给客户填")
    parser.add_argument("--per-sheet", action="store_true", help="空白采集表一张表填一个备案，默认一行一个")
    parser.add_argument(
        "--form", type=Path, metavar="文件", help="导出网页表单（.html），不联网，填好发回文件"
    )
    parser.add_argument("-o", "--out", type=Path, metavar="文件夹", help="每行存成一份草稿；不写只预览")
    add_secrets(parser, "收进这个客户库，每行一个案件，全部收进或一个也不收")
    parser.add_argument(
        "--update", action="store_true", help="已有的备案用表格里的内容更新；不写就不动已有的"
    )
    parser.add_argument("--headings", type=Path, metavar="文件", help="表头与栏目的对应关系文件")
    parser.add_argument(
        "--save-headings", type=Path, metavar="文件", help="把这次的对应关系存成文件，可改后再用"
    )
    parser.add_argument("--leave-out", action="store_true", help="没读入的格子留空，其余照样存成草稿")
    parser.add_argument("--on", type=day, metavar="日期", help="按哪一天检查，如 2026-11-23，默认今天")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Write the blank forms that are asked for, then read the workbook; 1 if it was not taken in.

    Raises:
        FileProblem: a file cannot be read or written.
    """
    if not (args.book or args.template or args.form):
        raise FileProblem("写明要读的采集表，或用 --template、--form 导出空白的")
    made = list(_blank(args))
    if args.book is None:
        if args.json:
            print(json.dumps({"format": "beian-intake", "version": 1, "made": made}, ensure_ascii=False))
        else:
            print("\n".join(f"已导出：{name}" for name in made))
        return 0
    with _target(args) as target:
        return _take_in(args, target)


def _take_in(args: argparse.Namespace, target: "Target | None") -> int:
    from wizard.batch.taking_in import TakingIn

    taking = TakingIn(args.book, args.headings, target, leave_out=args.leave_out, update=args.update)
    if args.save_headings:
        from wizard.intake.workbook.mapping import save_agreed

        save_agreed(taking.intake.columns, args.save_headings)
    on: date = args.on or today()
    where = str(args.out or args.library or "")
    if args.json:
        return _as_json(taking, on, where)
    done = _as_text(taking, on)
    said = _outcome(taking, done, where, library=args.library is not None)
    print(said, file=sys.stdout if done else sys.stderr)
    return 0 if done else 1


@contextmanager
def _target(args: argparse.Namespace) -> "Iterator[Target | None]":
    """The folder or the library that the rows go to; None where they are only looked at.

    Raises:
        FileProblem: both were named, or the one cannot be used.
    """
    if args.out and args.library:
        raise FileProblem("-o 和 --library 只写一个：存成草稿，或者收进客户库")
    if args.library is None:
        from wizard.batch.draft_folder import DraftFolder

        yield DraftFolder(args.out) if args.out else None
        return
    from wizard.batch.library_target import LibraryTarget
    from wizard.library import place

    with place.unlock(args.library, app="命令行", **secret_of(args)) as library:
        for notice in library.notices:
            print(notice, file=sys.stderr)
        yield LibraryTarget(library)


def _blank(args: argparse.Namespace) -> Iterator[str]:
    if args.template:
        from wizard.draft import load
        from wizard.intake.workbook.template import template
        from wizard.resource_files import path

        if args.template.suffix.lower() != ".xlsx":
            raise FileProblem(f"空白采集表是 Excel 工作簿，文件名以 .xlsx 结尾，现在是“{args.template.name}”")
        samples = [load(path("samples", f"{name}.json")) for name in ("company", "individual_business")]
        atomic_write(args.template, template(args.on or today(), samples, by_rows=not args.per_sheet))
        yield str(args.template)
    if args.form:
        from wizard.intake.workbook.form import form

        if args.form.suffix.lower() not in (".html", ".htm"):
            raise FileProblem(f"网页表单的文件名以 .html 结尾，现在是“{args.form.name}”")
        atomic_write(args.form, form())
        yield str(args.form)


def _as_json(taking: "TakingIn", on: date, where: str) -> int:
    """One JSON document, a row a line, printed as they are read."""
    from wizard.batch.fate import STATES
    from wizard.command_line.records import finding_record

    begins: dict[str, Any] = {
        "format": "beian-intake",
        "version": 1,
        "file": str(taking.book),
        "on": on.isoformat(),
        "columns": taking.columns(),
        "notices": [finding_record(notice) for notice in taking.intake.notices],
    }
    print(json.dumps(begins, ensure_ascii=False)[:-1] + ', "rows": [')
    parted = ""
    for taken in taking.rows(on):
        print(parted + json.dumps(_row_record(taken), ensure_ascii=False))
        parted = ","
    done = taking.finish()
    counts = {state: taking.counts[state] for state in STATES}
    written = counts["new"] + (counts["changed"] if taking.update else 0)
    ends = {"counts": counts, "out": where, "written": written if done else 0}
    print("], " + json.dumps({**ends, "done": done}, ensure_ascii=False)[1:])
    return 0 if done else 1


def _row_record(taken: "Taken") -> dict[str, Any]:
    from wizard.command_line.records import finding_record

    found = taken.row.findings
    counts = Counter(finding.severity for finding in found)
    return {
        "sheet": taken.row.entry.sheet,
        "row": taken.row.entry.row,
        "state": taken.fate.state,
        "same_as": taken.fate.same_as,
        "changes": list(taken.fate.changes),
        "file": taken.place,
        **{f"{severity}s": counts[severity] for severity in SEVERITIES},
        "findings": [finding_record(finding) for finding in found],
    }


def _as_text(taking: "TakingIn", on: date) -> bool:
    """The rows as text; whether they were kept."""
    from wizard.batch.fate import STATES
    from wizard.command_line.records import counted, finding_lines

    print(f"{taking.book}　{on.isoformat()}")
    for notice in taking.intake.notices:
        print("\n".join(finding_lines(notice)))
    for taken in taking.rows(on):
        own = taken.row.entry.findings
        checked = [finding for finding in taken.row.findings if finding not in own]
        state = f"{STATES[taken.fate.state]}{_compared(taken.fate, taking.update)}"
        print(f"{taken.row.where}　{state}　{taken.called}　自检：{counted(checked)}")
        for finding in own:
            print("\n".join(finding_lines(finding)))
    done = taking.finish()
    counts = "，".join(f"{word} {taking.counts[state]} 行" for state, word in STATES.items())
    print(f"\n共 {sum(taking.counts.values())} 行：{counts}")
    return done


def _compared(fate: "Fate", update: bool) -> str:
    """How a row stands to what is there already."""
    if fate.state == "twice":
        return f"（和{fate.called}是同一个备案，没有再存）"
    if fate.state == "known":
        return f"（{fate.called}，内容一样，没有改动）"
    if fate.state == "changed":
        done = "按表格更新" if update else "没有改动"
        return f"（{fate.called}，有 {len(fate.changes)} 栏不同，{done}）"
    return ""


def _outcome(taking: "TakingIn", done: bool, where: str, library: bool) -> str:
    """What was done, in one sentence."""
    unit = "个案件" if library else "份草稿"
    if not done:
        return (
            f"有内容没能照填写的读入，一{unit}也没有存；改好表格再读，"
            "或加 --leave-out 把这些格子留空、其余照存"
        )
    if taking.target is None:
        return "只看了一遍，没有存；要存的话加 -o 文件夹存成草稿，或加 --library 收进客户库"
    new, changed = taking.counts["new"], taking.counts["changed"]
    said = [f"存了 {new} {unit}"] if new else []
    said += [f"更新了 {changed} {unit}"] if changed and taking.update else []
    said = ["，".join(said) + f"，在“{where}”里"] if said else ["没有新的备案，没有存"]
    if changed and not taking.update:
        said.append(f"{changed} {unit}内容不同，没有动；要更新的话加 --update")
    return "；".join(said)
