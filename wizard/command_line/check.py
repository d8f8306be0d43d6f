"""`main.py check`: the self-check of drafts and of every row of a workbook, for people or as JSON."""

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wizard.batch.rows import WORKBOOKS, checked, intake_of
from wizard.batch.sharing import shared
from wizard.command_line.program import day, today
from wizard.command_line.records import finding_lines, head, lines, record, tail
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.check.run import Report


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="文件",
        help="草稿（.json）或资料采集表（.xlsx、.csv，逐行检查），可以一次给几个",
    )
    parser.add_argument("--on", type=day, metavar="日期", help="按哪一天检查，如 2026-11-23，默认今天")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--headings", type=Path, metavar="文件", help="表格的表头与栏目的对应关系文件")


class _Outcome(NamedTuple):
    """What checking one draft or row came to: its part of the output, or why the file cannot be used.

    `book` marks what is said of a workbook as a whole.
    """

    text: str = ""
    blocked: bool = False
    problem: str = ""
    book: bool = False


def run(args: argparse.Namespace) -> int:
    """Check every file; 0 nothing blocks, 1 an 错误 was found, 2 a file cannot be used (the others are)."""
    on: date = args.on or today()
    blocked = problem = False
    books: list[str] = []
    parted = ""
    if args.json:
        print(head(on))
    for outcome in _outcomes(args.files, on, args.json, args.headings):
        blocked = blocked or outcome.blocked
        if outcome.problem:
            problem = True
            print(outcome.problem, file=sys.stderr)
        elif args.json and outcome.book:
            books.append(outcome.text)
        else:
            print(f"{parted}{outcome.text}")
            parted = "," if args.json else ""
    if args.json:
        print(tail(books))
    return 2 if problem else int(blocked)


def _outcomes(files: list[Path], on: date, as_json: bool, headings: Path | None) -> Iterator[_Outcome]:
    """The outcomes of all files in their order: one a draft, one a row of a workbook."""
    run_of_drafts: list[Path] = []
    for file in files:
        if file.suffix.lower() not in WORKBOOKS:
            run_of_drafts.append(file)
            continue
        yield from _drafts(run_of_drafts, on, as_json)
        run_of_drafts = []
        yield from _workbook(file, on, as_json, headings)
    yield from _drafts(run_of_drafts, on, as_json)


def _workbook(file: Path, on: date, as_json: bool, headings: Path | None) -> Iterator[_Outcome]:
    try:
        intake = intake_of(file, headings)
    except FileProblem as problem:
        yield _Outcome(problem=str(problem))
        return
    if intake.notices:
        faulty = any(notice.severity == "error" for notice in intake.notices)
        said = [f"{file}", *(line for notice in intake.notices for line in finding_lines(notice))]
        text = record(str(file), intake.notices) if as_json else "\n".join((*said, ""))
        yield _Outcome(text, faulty, book=True)
    for row in checked(intake, on):
        if as_json:
            text = record(str(file), row.findings, row.entry.row, row.entry.sheet)
        else:
            text = "\n".join(lines(f"{file}　{row.where}", row.report))
        yield _Outcome(text, row.report.blocked)


def _drafts(files: list[Path], on: date, as_json: bool) -> Iterator[_Outcome]:
    """One outcome a file, in their order."""
    return shared(partial(_share, on=on, as_json=as_json), files)


def _share(files: list[Path], on: date, as_json: bool) -> list[_Outcome]:
    return [_outcome(file, on, as_json) for file in files]


def _outcome(file: Path, on: date, as_json: bool) -> _Outcome:
    try:
        report = _check(file, on)
    except FileProblem as problem:
        return _Outcome(problem=str(problem))
    text = record(str(file), report.findings) if as_json else "\n".join(lines(str(file), report))
    return _Outcome(text, report.blocked)


def _check(file: Path, on: date) -> "Report":
    from wizard.check.run import self_check
    from wizard.draft import load
    from wizard.intake.guard import measure_all

    draft = load(file)
    return self_check(draft, on, measure_all(draft))
