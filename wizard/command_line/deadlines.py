"""`main.py deadlines`: the dates of cases, the next one first, for people, as JSON, or as a calendar file."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from wizard.command_line.program import day, now, today
from wizard.files import FileProblem, atomic_write

if TYPE_CHECKING:
    from wizard.draft import Draft
    from wizard.tracking.deadlines import Deadline
    from wizard.tracking.following import Following


class _Case(NamedTuple):
    file: Path
    draft: "Draft"
    following: "Following"
    found: "tuple[Deadline, ...]"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", type=Path, nargs="+", metavar="草稿", help="草稿（.json），可以一次给几个")
    parser.add_argument("--on", type=day, metavar="日期", help="按哪一天看，如 2026-11-23，默认今天")
    parser.add_argument("--ics", type=Path, metavar="文件", help="写成日历文件（.ics），导入手机或办公日历")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """List the dates; 0 all was read, 2 a file cannot be used (the others are listed).

    Raises:
        FileProblem: the calendar file could not be written.
    """
    on: date = args.on or today()
    cases: list[_Case] = []
    problem = False
    for file in args.files:
        try:
            cases.append(_case(file, on))
        except FileProblem as wrong:
            problem = True
            print(wrong, file=sys.stderr)
    if args.ics and (cases or not problem):
        from wizard.tracking.ics import calendar_file

        made = calendar_file(((one.draft, one.found) for one in cases), now())
        atomic_write(args.ics, made)
    if args.json:
        print(json.dumps(_document(cases, on), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_lines(cases, on)))
        if args.ics and cases:
            print(f"日历文件：{args.ics}，里面没有证件号和电话")
    return 2 if problem else 0


def _case(file: Path, on: date) -> _Case:
    from wizard.draft import load
    from wizard.tracking.calendar import Calendar
    from wizard.tracking.deadlines import deadlines
    from wizard.tracking.record import record_of
    from wizard.user_folder import holidays_folder

    draft = load(file)
    found = deadlines(draft, Calendar.load(holidays_folder()), on)
    return _Case(file, draft, record_of(draft).following, found)


def _lines(cases: list[_Case], on: date) -> Iterator[str]:
    """Every date of every case, the next one first."""
    from wizard.tracking.events import STATES

    dated = [(one, case) for case in cases for one in case.found]
    for one, case in sorted(dated, key=lambda pair: (pair[0].latest, str(pair[1].file))):
        over = "　已过" if one.latest < on else ""
        yield f"{one.latest}　{one.title}　{one.span}{over}"
        yield f"  {_name(case)}（{STATES[case.following.state]}）：{one.todo}"
    for case in cases:
        if not case.found:
            yield f"{_name(case)}（{STATES[case.following.state]}）：没有要等的日期"


def _name(case: _Case) -> str:
    from wizard.masking import masked_within

    return masked_within(case.draft.text("mini_program.name") or case.file.name)


def _document(cases: list[_Case], on: date) -> dict[str, Any]:
    return {
        "format": "beian-deadlines",
        "version": 1,
        "on": on.isoformat(),
        "files": [
            {
                "file": str(case.file),
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
