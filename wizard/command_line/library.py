"""`main.py library …`: the case library from a script; secrets from a file, the environment or a prompt."""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.command_line import library_care
from wizard.command_line.filters import add_filters, query_of
from wizard.command_line.library_output import lines, plain
from wizard.command_line.program import day, today
from wizard.command_line.secrets_given import add_secrets, folder_of, new_passphrase, secret_of
from wizard.command_line.typed import typed
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.library.library import Library

_DAMAGED = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar="做什么")

    def task(name: str, text: str, *also: str) -> argparse.ArgumentParser:
        made = tasks.add_parser(name, help=text, description=text, aliases=also)
        made.set_defaults(task=name)
        add_secrets(made)
        made.add_argument("--json", action="store_true", help="输出 JSON")
        return made

    task("create", "新建客户库，给出要打印保存的恢复密钥", "new")
    for name, text in (("list", "列出案件"), ("search", "按名称、AppID、编码或完整号码查找")):
        made = task(name, text)
        if name == "search":
            made.add_argument("text", metavar="文字", help="要找的文字；写 - 从标准输入读，不留在命令记录里")
        add_filters(made, ("open", "archived", "bin", "templates"))
        made.add_argument("--limit", type=int, default=1000, metavar="条数", help="最多列几条，默认 1000")
    made = task("import", "把草稿文件（.beian.json）和旁边的附件收进客户库")
    made.add_argument("files", type=Path, nargs="+", metavar="草稿", help="草稿文件，或装着草稿的文件夹")
    made = task("export", "把案件连同附件写成文件夹")
    made.add_argument("cases", type=int, nargs="*", metavar="编号", help="案件编号；不写时要加 --all")
    made.add_argument("--all", action="store_true", help="全部案件，回收站里的除外")
    made.add_argument(
        "-o", "--out", type=Path, required=True, metavar="文件夹", help="写到哪里，每个案件一个文件夹"
    )
    task("backup", "备份，并核对备份")
    task("backups", "列出备份，并核对每一份")
    task("verify", "逐页检查客户库；有损坏时退出码是 1")
    made = task("restore", "用一份备份恢复客户库，原来的文件留在旁边")
    made.add_argument("--backup", type=Path, metavar="文件夹", help="哪一份备份，不写就用最新的完好备份")
    made = task("purge", "彻底删除案件，给出回执")
    made.add_argument("cases", type=int, nargs="*", metavar="编号", help="案件编号")
    made.add_argument("--due", action="store_true", help="保存期限已到的案件")
    made.add_argument("--from-backups", action="store_true", help="旧备份也立即删除，只留删除以后的一份")
    made.add_argument("--on", type=day, metavar="日期", help="按哪一天算，不写就是今天")
    made.add_argument("--yes", action="store_true", help="确认删除，不能恢复")
    task("audit", "列出操作记录，不含任何填写的内容")
    library_care.add_arguments(task)


def run(args: argparse.Namespace) -> int:
    """Carry out one task; 0 done, 1 damage was found by `verify` or `backups`, or `salvage` lost something.

    Raises:
        FileProblem: the library cannot be opened, or the task cannot be done; the text says why.
    """
    from wizard.library.problems import Damaged

    try:
        result, code = _WITHOUT.get(args.task, _opened)(args)
    except Damaged as damage:
        if args.task != "verify":
            raise _with_way_out(damage) from damage
        result, code = {"whole": False, "problem": str(_with_way_out(damage))}, _DAMAGED
    if args.json:
        head = {"format": "beian-library", "version": 1, "task": args.task}
        print(json.dumps({**head, **plain(result)}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(lines(args.task, result)))
    return code


def _with_way_out(damage: Any) -> FileProblem:
    """The sentence about the damage, with the backup that could be put back."""
    best = damage.newest_good
    if best is None:
        looked = f"看过的 {len(damage.candidates)} 份备份都不能用" if damage.candidates else "没有找到备份"
        return FileProblem(f"{damage}（{looked}）")
    return FileProblem(f"{damage}。最新的完好备份是 {best.made} 的，用 library restore 恢复")


def _create(args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    from wizard.library import place

    library, recovery_key = place.create(
        folder_of(args), new_passphrase(args), keep_in_key_store=args.key_store, app="命令行"
    )
    with library:
        notices = list(library.notices)
    return {"folder": str(folder_of(args)), "recovery_key": recovery_key, "notices": notices}, 0


def _restore(args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    from wizard.library import place

    folder, secret = folder_of(args), secret_of(args)
    with place.unlock(folder, backup=_chosen(args, folder), app="命令行", **secret) as library:
        return {"cases": library.cases.count(), "notices": list(library.notices)}, 0


def _opened(args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    from wizard.library import place

    with place.unlock(folder_of(args), app="命令行", **secret_of(args)) as library:
        for notice in library.notices:
            print(notice, file=sys.stderr)
        return _TASKS[args.task](library, args)


def _chosen(args: argparse.Namespace, folder: Path) -> Path:
    if args.backup:
        return Path(args.backup)
    from wizard.library.backup import listed
    from wizard.library.folder import Folder

    found = listed(Folder.of(folder).backups)
    if not found:
        raise FileProblem("客户库旁边没有备份；备份在别处时用 --backup 写明文件夹")
    return found[0].path


def _list(library: "Library", args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    query = query_of(args, "" if args.task == "list" else typed(args.text))
    rows = library.cases.rows(query, limit=max(args.limit, 0))
    cases = [{**asdict(row), "state_word": row.state_word} for row in rows]
    return {"count": library.cases.count(query), "cases": cases}, 0


def _import(library: "Library", args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    from wizard.library.case_files import draft_files, take_in
    from wizard.marking import mark
    from wizard.tracking.calendar import Calendar
    from wizard.user_folder import holidays_folder

    taken, calendar = take_in(library, draft_files(args.files)), Calendar.load(holidays_folder())
    for case in (one.case for one in taken if one.new):
        mark(library, case, library.cases.load(case).draft, calendar, today())
    return {"files": [asdict(one) for one in taken]}, 0


def _export(library: "Library", args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    from wizard.library.case_files import write_case
    from wizard.library.records import Query

    cases = list(args.cases)
    if args.all:
        cases = [row.id for row in library.cases.rows(Query(where=None), limit=-1)]
    if not cases:
        raise FileProblem("没有写要导出哪些案件，写案件编号，或加 --all")
    written = {case: write_case(library, case, args.out / f"案件{case}") for case in cases}
    return {"exported": [{"case": case, "paths": paths} for case, paths in written.items()]}, 0


def _backup(library: "Library", args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    made = library.backups.make()
    return {"backup": {**asdict(made), "size": made.size}}, 0


def _backups(library: "Library", args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    found = [(one, library.backups.verify(one)) for one in library.backups.all()]
    records = [{**asdict(one), "size": one.size, "problem": problem} for one, problem in found]
    return {"backups": records}, int(any(problem for _, problem in found))


def _verify(library: "Library", args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    problem = library.backups.verify_library()
    return {"whole": not problem, "problem": problem, "cases": library.cases.count()}, int(bool(problem))


def _purge(library: "Library", args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    on = args.on or today()
    due = [row.id for row in library.privacy.due(on)] if args.due else []
    cases = list(dict.fromkeys([*args.cases, *due]))
    if not cases:
        if args.due:
            return {"receipt": None}, 0
        raise FileProblem("没有写要删除哪些案件，写案件编号，或加 --due 删除期限已到的")
    for case in cases:
        library.cases.row(case)
    if not args.yes:
        raise FileProblem(f"彻底删除 {len(cases)} 个案件后不能恢复，没有删除；确认的话加 --yes")
    return {"receipt": asdict(library.privacy.purge(cases, on, from_backups=args.from_backups))}, 0


def _audit(library: "Library", args: argparse.Namespace) -> tuple[dict[str, Any], int]:
    return {"events": [asdict(event) for event in library.audit.events(limit=-1)]}, 0


_TASKS = {
    "list": _list,
    "search": _list,
    "import": _import,
    "export": _export,
    "backup": _backup,
    "backups": _backups,
    "verify": _verify,
    "purge": _purge,
    "audit": _audit,
    "copy": library_care.copy,
    "person": library_care.person,
}
_WITHOUT = {"create": _create, "restore": _restore, "salvage": library_care.salvage}
"""Tasks that are no task of an open library."""
