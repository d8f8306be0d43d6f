"""`main.py check`: the self-check of drafts, for people or as JSON."""

import argparse
import gc
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from wizard.command_line.program import day, today
from wizard.files import FileProblem
from wizard.finding import SEVERITIES, SEVERITY_WORDS, Citation, Finding

if TYPE_CHECKING:
    from wizard.check.run import Report

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".csv")
MANY = 64
"""From so many files on, starting more processes pays."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="草稿", help="草稿文件（.json），可以一次给几个"
    )
    parser.add_argument("--on", type=day, metavar="日期", help="按哪一天检查，如 2026-11-23，默认今天")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


class _Outcome(NamedTuple):
    """What checking one file came to: its part of the output, or why the file cannot be used."""

    text: str = ""
    blocked: bool = False
    problem: str = ""


def run(args: argparse.Namespace) -> int:
    """Check every file; 0 nothing blocks, 1 an 错误 was found, 2 a file cannot be used (the others are)."""
    on: date = args.on or today()
    outcomes = _outcomes(args.files, on, args.json)
    for outcome in outcomes:
        if outcome.problem:
            print(outcome.problem, file=sys.stderr)
    texts = [outcome.text for outcome in outcomes if not outcome.problem]
    if texts or args.json:
        print(_document(texts, on) if args.json else "\n".join(texts))
    if any(outcome.problem for outcome in outcomes):
        return 2
    return int(any(outcome.blocked for outcome in outcomes))


def _outcomes(files: list[Path], on: date, as_json: bool) -> list[_Outcome]:
    """One outcome a file, in their order; many files are shared out among all processors."""
    workers = os.cpu_count() or 1
    if len(files) < MANY or workers == 1:
        return _share(files, on, as_json)
    from concurrent.futures import ProcessPoolExecutor

    first = _share(files[:1], on, as_json)  # the others begin with the rules read, where processes are forked
    files = files[1:]
    size = max(MANY // 4, len(files) // (workers * 4))
    shares = [files[start : start + size] for start in range(0, len(files), size)]
    with ProcessPoolExecutor(workers) as pool:
        done = pool.map(_share, shares, repeat(on), repeat(as_json))
        return first + [outcome for share in done for outcome in share]


def _share(files: list[Path], on: date, as_json: bool) -> list[_Outcome]:
    often = gc.get_threshold()
    gc.set_threshold(50_000)  # what the rules are read into stays: looking for garbage is idle
    try:
        return [_outcome(file, on, as_json) for file in files]
    finally:
        gc.set_threshold(*often)


def _outcome(file: Path, on: date, as_json: bool) -> _Outcome:
    try:
        report = _check(file, on)
    except FileProblem as problem:
        return _Outcome(problem=str(problem))
    return _Outcome(
        _file_record(file, report) if as_json else "\n".join(_lines(file, report)), report.blocked
    )


def _check(file: Path, on: date) -> "Report":
    if file.suffix.lower() in _WORKBOOKS:
        raise FileProblem(f"“{file.name}”是表格，这个版本只检查草稿（.json），先把内容录成草稿再检查")
    from wizard.check.run import self_check
    from wizard.draft import load
    from wizard.intake.guard import measure_all

    draft = load(file)
    return self_check(draft, on, measure_all(draft))


def _document(records: list[str], on: date) -> str:
    """The whole JSON document, a file a line."""
    from wizard.check.run import rules_version

    head = {"format": "beian-findings", "version": 1, "on": on.isoformat(), "rules": rules_version()}
    return json.dumps(head, ensure_ascii=False)[:-1] + ', "files": [\n' + ",\n".join(records) + "\n]}"


def _file_record(file: Path, report: "Report") -> str:
    record = {
        "file": str(file),
        "row": None,
        "errors": report.errors,
        "warnings": report.warnings,
        "notes": report.notes,
        "findings": [_record(finding) for finding in report.findings],
    }
    return json.dumps(record, ensure_ascii=False)


def _record(finding: Finding) -> dict[str, Any]:
    record: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "fields": finding.fields,
        "message": finding.message,
        "fix": finding.fix,
        "cite": _citation(finding.cite) if finding.cite else None,
        "confidence": finding.confidence,
    }
    if finding.cite2:
        record["cite2"] = _citation(finding.cite2)
    return record


@cache
def _citation(cite: Citation) -> dict[str, str]:
    return asdict(cite)


def _lines(file: Path, report: "Report") -> Iterator[str]:
    from wizard.sections import SECTIONS

    counts = "，".join(f"{word} {_count(report, key)}" for key, word in SEVERITY_WORDS.items())
    yield f"{file}　{report.on.isoformat()}　规则 {report.rules}"
    yield counts
    grouped = report.by_section()
    for section_id, title in [*((section.id, section.title) for section in SECTIONS), ("", "其他")]:
        found = grouped.pop(section_id, ()) if section_id else sum(grouped.values(), ())
        if found:
            yield f"\n【{title}】"
        for finding in sorted(found, key=lambda one: SEVERITIES.index(one.severity)):
            yield from _finding(finding)
    yield "\n初筛，不代表审核结果\n"


def _count(report: "Report", severity: str) -> int:
    return sum(finding.severity == severity for finding in report.findings)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  {SEVERITY_WORDS[finding.severity]}　{finding.message}"
    if finding.fix:
        yield f"    　　怎么改：{finding.fix}"
    if finding.cite:
        sure = f"；{finding.sure}" if finding.sure else ""
        yield f"    　　依据：{_named(finding.cite)}{sure}"
    if finding.cite2:
        yield f"    　　另见：{_named(finding.cite2)}"


def _named(cite: Citation) -> str:
    checked = f"查阅 {cite.checked}" if cite.checked else ""
    return "，".join(part for part in (cite.title, cite.article, cite.issuer, checked) if part)
