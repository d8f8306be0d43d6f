"""`main.py intake`: the blank 资料采集表 for a client, and what comes back made into drafts."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.command_line.program import day, today
from wizard.files import FileProblem, atomic_write
from wizard.finding import SEVERITIES

if TYPE_CHECKING:
    from wizard.batch.taking_in import Taken, TakingIn

_STATES = {"new": "新增", "known": "已有", "twice": "重复", "faulty": "有格子没读入"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("book", nargs="?", type=Path, metavar="表格", help="填好的采集表（.xlsx、.csv）")
    parser.add_argument("--template", type=Path, metavar="文件", help="导出空白采集表（.xlsx），发给客户填")
    parser.add_argument("--per-sheet", action="store_true", help="空白采集表一张表填一个备案，默认一行一个")
    parser.add_argument(
        "--form", type=Path, metavar="文件", help="导出网页表单（.html），不联网，填好发回文件"
    )
    parser.add_argument("-o", "--out", type=Path, metavar="文件夹", help="每行存成一份草稿；不写只预览")
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
    from wizard.batch.taking_in import TakingIn

    taking = TakingIn(args.book, args.headings, args.out, leave_out=args.leave_out)
    if args.save_headings:
        from wizard.intake.workbook.mapping import save_agreed

        save_agreed(taking.intake.columns, args.save_headings)
    on: date = args.on or today()
    return _as_json(taking, on) if args.json else _as_text(taking, on)


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


def _as_json(taking: "TakingIn", on: date) -> int:
    """One JSON document, a row a line, printed as they are read."""
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
    counts = {state: taking.counts[state] for state in _STATES}
    ends = {"counts": counts, "out": str(taking.out or ""), "written": counts["new"] if done else 0}
    print("], " + json.dumps({**ends, "done": done}, ensure_ascii=False)[1:])
    return 0 if done else 1


def _row_record(taken: "Taken") -> dict[str, Any]:
    from wizard.command_line.records import finding_record

    found = taken.row.findings
    counts = Counter(finding.severity for finding in found)
    return {
        "sheet": taken.row.entry.sheet,
        "row": taken.row.entry.row,
        "state": taken.state,
        "same_as": taken.same_as,
        "file": str(taken.file or ""),
        **{f"{severity}s": counts[severity] for severity in SEVERITIES},
        "findings": [finding_record(finding) for finding in found],
    }


def _as_text(taking: "TakingIn", on: date) -> int:
    from wizard.command_line.records import counted, finding_lines

    print(f"{taking.book}　{on.isoformat()}")
    for notice in taking.intake.notices:
        print("\n".join(finding_lines(notice)))
    for taken in taking.rows(on):
        own = taken.row.entry.findings
        checked = [finding for finding in taken.row.findings if finding not in own]
        print(
            f"{taken.row.where}　{_STATES[taken.state]}{taken.said}　{taken.called}　自检：{counted(checked)}"
        )
        for finding in own:
            print("\n".join(finding_lines(finding)))
    done = taking.finish()
    counts = "，".join(f"{word} {taking.counts[state]} 行" for state, word in _STATES.items())
    print(f"\n共 {sum(taking.counts.values())} 行：{counts}")
    print(_outcome(taking, done), file=sys.stdout if done else sys.stderr)
    return 0 if done else 1


def _outcome(taking: "TakingIn", done: bool) -> str:
    """What was done, in one sentence."""
    if not done:
        return (
            "有内容没能照填写的读入，一份草稿也没有存；改好表格再读，"
            "或加 --leave-out 把这些格子留空、其余照存"
        )
    if taking.out is None:
        return "只看了一遍，没有存草稿；要存的话加 -o 文件夹"
    new = taking.counts["new"]
    return f"存了 {new} 份草稿，在“{taking.out}”里" if new else "没有新的备案，没有存草稿"
