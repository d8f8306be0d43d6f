"""`main.py deadlines`: the dates of cases, the next one first, for people, as JSON, or as a calendar file."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from wizard.command_line.program import day, now, today
from wizard.command_line.secrets_given import add_secrets, folder_of, secret_of
from wizard.files import FileProblem, atomic_write

if TYPE_CHECKING:
    from wizard.draft import Draft
    from wizard.tracking.calendar import Calendar
    from wizard.tracking.deadlines import Deadline
    from wizard.tracking.following import Following


class _Case(NamedTuple):
    """What is shown of a case, and its lines of the calendar file, if one is wanted.

    Its draft is let go of: a library may hold very many.
    """

    file: str
    name: str
    following: "Following"
    found: "tuple[Deadline, ...]"
    entries: tuple[str, ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", type=Path, nargs="*", metavar="草稿", help="草稿（.json）；不写就看客户库")
    add_secrets(parser)
    parser.add_argument("--on", type=day, metavar="日期", help="按哪一天看，如 2026-11-23，默认今天")
    parser.add_argument("--ics", type=Path, metavar="文件", help="写成日历文件（.ics），导入手机或办公日历")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """List the dates; 0 all was read, 2 a file cannot be used (the others are listed).

    Raises:
        FileProblem: the calendar file could not be written.
    """
    from wizard.tracking.calendar import Calendar
    from wizard.user_folder import holidays_folder

    on: date = args.on or today()
    calendar = Calendar.load(holidays_folder())
    cases: list[_Case] = []
    problem = False
    for made in _drafts(args):
        if isinstance(made, FileProblem):
            problem = True
            print(made, file=sys.stderr)
        elif (case := _case(*made, calendar, on, bool(args.ics))).found or args.files or case.entries:
            cases.append(case)
    if args.ics and (cases or not problem):
        from wizard.tracking.ics import whole

        atomic_write(args.ics, whole(line for case in cases for line in case.entries))
    if args.json:
        print(json.dumps(_document(cases, on), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(cases, on)))
        if args.ics and cases:
            print(f"日历文件：{args.ics}，里面没有证件号和电话")
    return 2 if problem else 0


def _drafts(args: argparse.Namespace) -> "Iterator[tuple[str, Draft] | FileProblem]":
    """The drafts that are named with their names, or every case in hand of the library."""
    from wizard.draft import load

    for file in args.files:
        try:
            yield str(file), load(file)
        except FileProblem as wrong:
            yield wrong
    if not args.files:
        from wizard.library import place

        with place.unlock(folder_of(args), app="命令行", **secret_of(args)) as library:
            for row in library.cases.every():
                yield f"客户库 {row.id}", library.cases.load(row.id).draft


def _case(file: str, draft: "Draft", calendar: "Calendar", on: date, wanted: bool) -> _Case:
    from wizard.masking import masked_within
    from wizard.tracking.deadlines import deadlines
    from wizard.tracking.ics import entries
    from wizard.tracking.record import record_of

    found = deadlines(draft, calendar, on)
    name = masked_within(draft.text("mini_program.name") or Path(file).name)
    following = replace(record_of(draft).following, events=())
    lines = tuple(entries(draft, found, calendar, now())) if wanted else ()
    return _Case(file, name, following, found, lines)


def _lines(cases: list[_Case], on: date) -> Iterator[str]:
    """Every date of every case, the next one first."""
    from wizard.tracking.events import STATES

    dated = [(one, case) for case in cases for one in case.found]
    for one, case in sorted(dated, key=lambda pair: (pair[0].latest, pair[1].file)):
        over = "　已过" if one.latest < on else ""
        yield f"{one.latest}　{one.title}　{one.span}{over}"
        yield f"  {case.name}（{STATES[case.following.state]}）：{one.todo}"
    for case in cases:
        if not case.found:
            yield f"{case.name}（{STATES[case.following.state]}）：没有要等的日期"


def _document(cases: list[_Case], on: date) -> dict[str, Any]:
    return {
        "format": "beian-deadlines",
        "version": 1,
        "on": on.isoformat(),
        "files": [
            {
                "file": case.file,
                "state": case.following.state,
                "matter": case.following.matter,
                "deadlines": [_plain(one) for one in case.found],
            }
            for case in cases
        ],
    }


def _plain(one: "Deadline") -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "earliest": one.earliest.isoformat() if one.earliest else None,
        "latest": one.latest.isoformat(),
        "until": one.moment.isoformat(timespec="minutes") if one.moment else None,
        "certain": one.certain,
        "span": one.span,
        "todo": one.todo,
        "sources": [source.title for source in one.sources],
    }
