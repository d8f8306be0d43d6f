"""`main.py check`: the self-check of drafts, for people or as JSON."""

import argparse
import gc
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.command_line.program import day, today
from wizard.files import FileProblem
from wizard.finding import SEVERITIES, SEVERITY_WORDS, Finding

if TYPE_CHECKING:
    from wizard.check.run import Report

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".csv")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="草稿", help="草稿文件（.json），可以一次给几个"
    )
    parser.add_argument("--on", type=day, metavar="日期", help="按哪一天检查，如 2026-11-23，默认今天")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Check every file; 0 nothing blocks, 1 an 错误 was found, 2 a file cannot be used (the others are)."""
    on: date = args.on or today()
    often = gc.get_threshold()
    gc.set_threshold(50_000)  # what the rules are read into stays: looking for garbage is idle
    try:
        checked, unusable = _check_all(args.files, on)
    finally:
        gc.set_threshold(*often)
    if args.json:
        print(json.dumps(_document(checked, on), ensure_ascii=False, indent=1))
    else:
        for file, report in checked:
            print("\n".join(_lines(file, report)))
    return 2 if unusable else int(any(report.blocked for _, report in checked))


def _check_all(files: list[Path], on: date) -> tuple[list[tuple[Path, "Report"]], bool]:
    checked: list[tuple[Path, Report]] = []
    for file in files:
        try:
            checked.append((file, _check(file, on)))
        except FileProblem as problem:
            print(problem, file=sys.stderr)
    return checked, len(checked) < len(files)


def _check(file: Path, on: date) -> "Report":
    if file.suffix.lower() in _WORKBOOKS:
        raise FileProblem(f"“{file.name}”是表格，这个版本只检查草稿（.json），先把内容录成草稿再检查")
    from wizard.check.run import self_check
    from wizard.draft import load
    from wizard.intake.guard import measure_all

    draft = load(file)
    return self_check(draft, on, measure_all(draft))


def _document(checked: list[tuple[Path, "Report"]], on: date) -> dict[str, Any]:
    from wizard.check.run import rules_version

    return {
        "format": "beian-findings",
        "version": 1,
        "on": on.isoformat(),
        "rules": rules_version(),
        "files": [
            {
                "file": str(file),
                "row": None,
                "errors": report.errors,
                "warnings": report.warnings,
                "notes": report.notes,
                "findings": [_record(finding, report) for finding in report.findings],
            }
            for file, report in checked
        ],
    }


def _record(finding: Finding, report: "Report") -> dict[str, Any]:
    rule = report.rule(finding)
    record = asdict(finding)
    record["confidence"] = rule.confidence if rule else None
    if rule and rule.cite2:
        record["cite2"] = asdict(rule.cite2)
    return record


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
            yield from _finding(finding, report)
    yield "\n初筛，不代表审核结果\n"


def _count(report: "Report", severity: str) -> int:
    return sum(finding.severity == severity for finding in report.findings)


def _finding(finding: Finding, report: "Report") -> Iterator[str]:
    from wizard.check.rule import CONFIDENCE_WORDS

    yield f"  {SEVERITY_WORDS[finding.severity]}　{finding.message}"
    if finding.fix:
        yield f"    　　怎么改：{finding.fix}"
    if finding.cite:
        rule = report.rule(finding)
        sure = f"；{CONFIDENCE_WORDS[rule.confidence]}" if rule else ""
        cite = finding.cite
        checked = f"查阅 {cite.checked}" if cite.checked else ""
        named = "，".join(part for part in (cite.title, cite.article, cite.issuer, checked) if part)
        yield f"    　　依据：{named}{sure}"
