"""What the self-check found, as a line of JSON or as text for people."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from wizard.finding import SEVERITIES, SEVERITY_WORDS, Citation, Finding

if TYPE_CHECKING:
    from wizard.check.run import Report


def head(on: date) -> str:
    """How the JSON document begins; a record a line follows, and `tail`."""
    from wizard.check.run import rules_version

    begins = {"format": "beian-findings", "version": 1, "on": on.isoformat(), "rules": rules_version()}
    return json.dumps(begins, ensure_ascii=False)[:-1] + ', "files": ['


def tail(books: Sequence[str] = ()) -> str:
    """How it ends: with what was said of workbooks as a whole, a record each, where there are any."""
    return '], "books": [\n' + ",\n".join(books) + "\n]}" if books else "]}"


def record(
    file: str, findings: Sequence[Finding], row: int | None = None, sheet: str = "", **more: object
) -> str:
    """One draft, or one row of a workbook, as a line of JSON."""
    counts = {key: sum(finding.severity == key for finding in findings) for key in SEVERITIES}
    entry: dict[str, Any] = {
        "file": file,
        "row": row,
        **({"sheet": sheet} if sheet else {}),
        **more,
        "errors": counts["error"],
        "warnings": counts["warning"],
        "notes": counts["note"],
        "findings": [finding_record(finding) for finding in findings],
    }
    return json.dumps(entry, ensure_ascii=False)


def finding_record(finding: Finding) -> dict[str, Any]:
    """One finding as the document holds it."""
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


def lines(file: str, report: "Report") -> Iterator[str]:
    """The report on one draft for people, section by section."""
    from wizard.sections import SECTIONS

    yield f"{file}　{report.on.isoformat()}　规则 {report.rules}"
    yield counted(report.findings)
    grouped = report.by_section()
    for section_id, title in [*((section.id, section.title) for section in SECTIONS), ("", "其他")]:
        found = grouped.pop(section_id, ()) if section_id else sum(grouped.values(), ())
        if found:
            yield f"\n【{title}】"
        for finding in sorted(found, key=lambda one: SEVERITIES.index(one.severity)):
            yield from finding_lines(finding)
    yield "\n初筛，不代表审核结果\n"


def counted(findings: Sequence[Finding]) -> str:
    """How many there are of each severity, in words."""
    return "，".join(
        f"{word} {sum(finding.severity == key for finding in findings)}"
        for key, word in SEVERITY_WORDS.items()
    )


def finding_lines(finding: Finding) -> Iterator[str]:
    """One finding for people: what, how to mend it, who says so."""
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
