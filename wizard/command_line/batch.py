"""`main.py batch check|export …`: many cases at a time, on all processors.

An export that was killed half-way goes on where it was. A check begins anew: to check a case takes less time
than to bring a line about it to the disk.
"""

import argparse
import json
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from wizard.command_line.choices import LOCKED, add_choices, chosen
from wizard.command_line.filters import add_filters, query_of
from wizard.command_line.program import day, today
from wizard.command_line.secrets_given import add_secrets, secret_of
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.batch.items import Item
    from wizard.batch.lanes import Lanes
    from wizard.batch.task import Line, Task, Told

_WANTED = "客户库里的案件，用 --where、--state、--tag、--find 挑选"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    tasks = parser.add_subparsers(dest="task", required=True, metavar="做什么")
    for name, text in (
        ("check", "自检每一个案件，列成目录"),
        ("export", "每个案件导出一份材料包或一整套文件；中断后再运行一次，从中断的地方接着做"),
    ):
        made = tasks.add_parser(name, help=text, description=text)
        made.add_argument(
            "sources", nargs="*", type=Path, metavar="来源", help="草稿、装着草稿的文件夹、采集表"
        )
        add_secrets(made, _WANTED)
        add_filters(made, ("open", "archived"))
        made.add_argument("--find", default="", metavar="文字", help="名称、AppID、编码里有这些字的")
        made.add_argument(
            "--case", action="append", type=int, default=[], metavar="编号", help="这个编号的案件"
        )
        made.add_argument("--headings", type=Path, metavar="文件", help="采集表的表头与栏目的对应关系文件")
        out = "写到哪个文件夹，目录（表格和 PDF）也在里面" if name == "export" else "目录写到哪个文件夹"
        made.add_argument("-o", "--out", type=Path, required=name == "export", metavar="文件夹", help=out)
        made.add_argument("--on", type=day, metavar="日期", help="按哪一天检查，不写就是今天")
        made.add_argument("--json", action="store_true", help="输出 JSON")
    made.add_argument("--packets", action="store_true", help="每个案件只导出一份材料包（PDF）")
    made.add_argument("--draft", action="store_true", help="有错误的也导出，每页标明“草稿”")
    made.add_argument("--again", action="store_true", help="以前导出过、没有变化的也重新导出")
    add_choices(made)


def run(args: argparse.Namespace) -> int:
    """Do the batch; 0 all is well, 1 a case has 错误 or could not be done, 2 nothing could be done.

    Raises:
        FileProblem: the sources or the target cannot be used.
    """
    from wizard.batch.lanes import Lanes

    lanes = Lanes()
    try:
        if args.task == "export":
            lanes.warm()  # they load what they need while the sources are looked through
        return _carry_out(args, lanes)
    finally:
        lanes.close()


def _carry_out(args: argparse.Namespace, lanes: "Lanes") -> int:
    from wizard.batch import indexing
    from wizard.batch.run import Batch

    task = _task(args)
    with _items(args) as items:
        if not items:
            raise FileProblem("没有符合的案件，什么也没有做；检查来源或筛选条件")
        stopped = _stopping()
        lines = Batch(items, task, lanes).run(_printer(args.json), stopped.is_set)
    written: list[Path] = []
    if args.out is not None:
        args.out.mkdir(parents=True, exist_ok=True)
        head, _ = lanes.ask(*indexing.pack(lines, task, args.out)).result()
        written = [Path(path) for path in head["paths"]]
    if task.options.password and task.as_folders:
        print(LOCKED, file=sys.stderr)
    _tell(args, task, lines, written)
    return 0 if all(map(indexing.good, lines)) else 1


def _task(args: argparse.Namespace) -> "Task":
    from wizard.batch.task import Task

    on = args.on or today()
    moment = datetime.now() if args.on is None else datetime.combine(on, time())  # noqa: DTZ005
    made_at = moment.astimezone().replace(microsecond=0)
    if args.task == "check":
        return Task(on, made_at)
    return Task(
        on,
        made_at,
        target=args.out,
        as_folders=not args.packets,
        options=chosen(args),
        draft_too=args.draft,
        given_day=args.on is not None,
        again=args.again,
    )


@contextmanager
def _items(args: argparse.Namespace) -> "Iterator[list[Item]]":
    """The cases that were asked for.

    Raises:
        FileProblem: none were, or a source cannot be used.
    """
    from wizard.batch.items import from_files

    if not args.sources and args.library is None:
        raise FileProblem("写明要做哪些案件：草稿、文件夹、采集表，或用 --library 写明客户库")
    found = list(from_files(args.sources, args.headings, args.out))
    if args.library is None:
        yield found
        return
    from wizard.batch.library_items import library_items
    from wizard.library import place

    with place.unlock(args.library, app="命令行", **secret_of(args)) as library:
        for notice in library.notices:
            print(notice, file=sys.stderr)
        with library_items(library, _cases(library, args)) as cases:
            yield [*found, *cases]


def _cases(library: Any, args: argparse.Namespace) -> list[int]:
    if args.case:
        return list(dict.fromkeys(args.case))
    return [row.id for row in library.cases.rows(query_of(args, args.find), limit=-1)]


def _stopping() -> Event:
    """Set by ^C: what is done stays, the rest is left for another run; a second ^C ends at once."""
    stopped = Event()

    def stop(number: int, frame: object) -> None:
        print("正在停下；再按一次立即结束", file=sys.stderr)
        stopped.set()
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    signal.signal(signal.SIGINT, stop)
    return stopped


def _printer(quiet: bool) -> Any:
    from wizard.batch.task import STATES
    from wizard.command_line.records import counted

    def told(now: "Told") -> None:
        if now.last is None or quiet:
            return
        line = now.last
        found = f"　自检：{counted(line.findings)}" if line.state in ("checked", "exported") else ""
        why = f"　{line.reason}" if line.reason else ""
        print(f"{now.done} / {now.total}　{STATES[line.state]}　{line.called}{found}{why}", flush=True)

    return told


def _tell(args: argparse.Namespace, task: "Task", lines: "Sequence[Line]", written: Sequence[Path]) -> None:
    from wizard.batch.indexing import tally

    if args.json:
        print(json.dumps(_document(args, task, lines, written), ensure_ascii=False, indent=1))
        return
    print(
        "\n共 {} 个案件：{}".format(
            len(lines), "，".join(f"{words} {count} 个" for words, count in tally(lines, task))
        )
    )
    for path in written:
        print(f"目录 {path}")
    if any(line.state == "waiting" for line in lines):
        again = "接着做" if task.target else "从头检查"
        print(f"还有没做的，再运行同一条命令{again}", file=sys.stderr)


def _document(
    args: argparse.Namespace, task: "Task", lines: "Sequence[Line]", written: Sequence[Path]
) -> dict[str, Any]:
    from wizard.command_line.records import finding_record

    return {
        "format": "beian-batch",
        "version": 1,
        "task": args.task,
        "on": task.on.isoformat(),
        "out": str(args.out or ""),
        "index": [str(path) for path in written],
        "cases": [
            {
                "case": line.key,
                "called": line.called,
                "state": line.state,
                "final": line.final if line.place else None,
                "place": line.place,
                "reason": line.reason,
                "errors": line.counts[0],
                "warnings": line.counts[1],
                "notes": line.counts[2],
                "findings": [finding_record(finding) for finding in line.findings],
            }
            for line in lines
        ],
    }
