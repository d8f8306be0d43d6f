"""`main.py follow`: where a filing stands and what comes next; and noting what has happened."""

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.command_line import program
from wizard.command_line.secrets_given import add_secrets, folder_of, secret_of
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.draft import Draft
    from wizard.library.library import Library
    from wizard.tracking.record import Record

_VALUES = (
    "phone",
    "text",
    "rejection",
    "service_icp_number",
    "subject_icp_number",
    "police_number",
    "cancel",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("file", type=Path, nargs="?", metavar="草稿", help="草稿（.json）")
    parser.add_argument("--case", type=int, metavar="编号", help="不写草稿：客户库里这个编号的案件")
    add_secrets(parser)
    parser.add_argument("--event", metavar="事件", help="记一条，例如 submitted；不写就只看进度和能记什么")
    parser.add_argument(
        "--at", type=moment, metavar="时间", help="发生的时间（北京时间），如 2026-11-25T10:30，默认现在"
    )
    parser.add_argument("--phone", choices=("principal", "contact", "both"), help="短信到了谁的手机")
    parser.add_argument("--text", default="", metavar="文字", help="备注，或页面上的提示")
    parser.add_argument("--rejection", default="", metavar="原文", help="驳回原文")
    parser.add_argument("--number", default="", dest="service_icp_number", metavar="备案号")
    parser.add_argument("--subject-number", default="", dest="subject_icp_number", metavar="主体备案号")
    parser.add_argument("--police-number", default="", metavar="公安备案号")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def moment(text: str) -> datetime:
    """The value of ``--at``: a moment in Beijing time.

    Raises:
        argparse.ArgumentTypeError: the text is none.
    """
    from wizard.tracking.events import beijing

    try:
        return beijing(datetime.fromisoformat(text.strip()))
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"“{text[:20]}”不是时间，按 2026-11-25T10:30 的样子写") from error


def run(args: argparse.Namespace) -> int:
    """Note the event, if one is given, and say where the filing stands.

    Raises:
        FileProblem: the filing cannot be used, or the event cannot be noted; it is as it was.
    """
    from wizard.tracking.record import record_of

    now = program.now()
    with _followed(args) as (draft, keep):
        if args.event:
            draft = _noted(draft, args, now)
            keep(draft)
    record = record_of(draft)
    if args.json:
        print(json.dumps(_document(draft, record, now), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(draft, record, now)))
    return 0


@contextmanager
def _followed(args: argparse.Namespace) -> "Iterator[tuple[Draft, Callable[[Draft], object]]]":
    """The filing with its attachments at hand, and what keeps it where it came from.

    Raises:
        FileProblem: not one filing was named, or it cannot be used.
    """
    from wizard.draft import load, save

    if (args.file is None) == (args.case is None):
        raise FileProblem("写明跟进哪一个备案：一份草稿，或用 --case 写明客户库里的编号")
    if args.file is not None:
        yield load(args.file), lambda draft: save(draft, args.file)
        return
    from wizard.batch.library_items import library_items
    from wizard.library import place

    with (
        place.unlock(folder_of(args), app="命令行", **secret_of(args)) as library,
        library_items(library, [args.case]) as (item,),
    ):
        stored = library.cases.load(args.case)
        draft = item.lay_out(stored.draft) if args.event else stored.draft
        yield draft, lambda noted: _keep(library, args.case, noted, stored.version)


def _keep(library: "Library", case: int, draft: "Draft", version: int) -> None:
    """Save the case as the window does: the list of cases shows where the filing stands."""
    from wizard.marking import mark
    from wizard.tracking.calendar import Calendar
    from wizard.user_folder import holidays_folder

    library.cases.save(case, draft, version)
    mark(library, case, draft, Calendar.load(holidays_folder()), program.today())


def _noted(draft: "Draft", args: argparse.Namespace, now: datetime) -> "Draft":
    from wizard.check.run import rules_version
    from wizard.tracking.events import kinds
    from wizard.tracking.freezing import frozen
    from wizard.tracking.record import Refused, with_event

    if args.event not in kinds():
        raise FileProblem(f"没有“{args.event}”这种事件，可以用：{'、'.join(kinds())}")
    values = {name: given for name in _VALUES if (given := getattr(args, name, ""))}
    kept = frozen(draft, rules_version()) if kinds()[args.event].freezes else None
    try:
        return with_event(draft, args.event, args.at or now, now, values, kept)
    except Refused as problem:
        raise FileProblem(f"{problem}。什么也没有记") from problem


def _lines(draft: "Draft", record: "Record", now: datetime) -> Iterator[str]:
    from wizard.tracking.advice import next_steps
    from wizard.tracking.events import STATES, beijing

    following = record.following
    matter = "" if following.matter == "新增" else f"（{following.matter}）"
    yield f"现在：{STATES[following.state]}{matter}"
    for text in next_steps(following, beijing(now), draft):
        yield f"  {text}"
    for one in _dates(draft, now):
        yield f"期限：{one['title']}　{one['span']}"
    yield "办理记录："
    for event in record.events:
        yield f"  {event.at:%Y-%m-%d %H:%M}　{event.kind.title}"
    if record.strange:
        yield f"  另有 {record.strange} 条这个版本看不懂，原样留着"
    yield "接下来可以记（--event）："
    for kind in (*following.expected(), *following.possible()):
        yield f"  {kind.id:24}{kind.title}"


def _dates(draft: "Draft", now: datetime) -> list[dict[str, str]]:
    from wizard.tracking.calendar import Calendar
    from wizard.tracking.deadlines import deadlines
    from wizard.user_folder import holidays_folder

    found = deadlines(draft, Calendar.load(holidays_folder()), now.date())
    return [
        {"id": one.id, "title": one.title, "latest": one.latest.isoformat(), "span": one.span}
        for one in found
    ]


def _document(draft: "Draft", record: "Record", now: datetime) -> dict[str, Any]:
    from wizard.tracking.advice import next_steps
    from wizard.tracking.events import beijing

    following = record.following
    return {
        "format": "beian-following",
        "version": 1,
        "state": following.state,
        "matter": following.matter,
        "round": following.round,
        "next": list(next_steps(following, beijing(now), draft)),
        "deadlines": _dates(draft, now),
        "events": [
            {
                "kind": event.kind.id,
                "at": event.at.isoformat(timespec="minutes"),
                "noted": event.noted.isoformat(timespec="minutes") if event.noted else None,
                "values": dict(event.values),
                "frozen": bool(event.frozen),
            }
            for event in record.events
        ],
        "can_follow": [kind.id for kind in (*following.expected(), *following.possible())],
    }
