"""`main.py rules`: everything the self-check may say, with who says so."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from wizard import districts
from wizard.check.examples import every_rule, failures
from wizard.check.rule import Rule
from wizard.check.run import rules_version
from wizard.command_line import coverage
from wizard.finding import CONFIDENCE_WORDS, SEVERITY_WORDS
from wizard.messages import cite
from wizard.resource_files import path, toml
from wizard.sections import catalogue


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.add_argument("--verify", action="store_true", help="用每条规则自带的两份例子把规则核对一遍")
    parser.add_argument("--coverage", action="store_true", help="列出已知的驳回原因各由哪些规则提示")


def run(args: argparse.Namespace) -> int:
    """Print every rule and every message of single answers; --verify tries their examples, --coverage sets
    them against the known reasons for a rejection.
    """
    if args.verify:
        return _verify()
    rules = [_record(rule, province) for province, rule in every_rule()]
    answers = list(_answers())
    if args.coverage:
        severities = {record["id"]: record["severity"] for record in (*rules, *answers)}
        print(coverage.document(severities) if args.json else "\n".join(coverage.lines(severities)))
        return 0
    if args.json:
        document = {"format": "beian-rules", "version": 1, "rules_version": rules_version()}
        print(json.dumps({**document, "rules": [*rules, *answers]}, ensure_ascii=False, indent=1))
        return 0
    print(f"规则 {rules_version()}：{len(rules)} 条规则，{len(answers)} 条单项答案的提示\n")
    for record in rules:
        print("\n".join(_lines(record)))
    print("【单项答案】")
    for record in answers:
        fix = f"　{record['fix']}" if record["fix"] else ""
        print(f"  {record['id']}　{record['message']}{fix}")
    return 0


def _verify() -> int:
    failed = list(failures())
    for line in failed:
        print(line, file=sys.stderr)
    print(f"{sum(1 for _ in every_rule())} 条规则，{len(failed)} 处与例子不符")
    return int(bool(failed))


def _record(rule: Rule, province: str) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": rule.id,
        "severity": rule.severity,
        "province": district.name if (district := districts.find(province)) else None,
        "fields": list(rule.fields),
        "when": {field_id: _shown(field_id, answers) for field_id, answers in rule.when.items()},
        "check": rule.check,
        "message": rule.message,
        "fix": rule.fix,
        "cite": asdict(rule.cite),
        "confidence": rule.confidence,
        "valid_from": None if rule.valid_from == date.min else rule.valid_from.isoformat(),
        "valid_to": None if rule.valid_to == date.max else rule.valid_to.isoformat(),
    }
    return record | ({"cite2": asdict(rule.cite2)} if rule.cite2 else {})


def _shown(field_id: str, answers: tuple[str, ...]) -> list[str]:
    """Answers of a condition as people know them: provinces by name."""
    found = [districts.find(answer) if answer.isdigit() else None for answer in answers]
    return [place.name if place else answer for place, answer in zip(found, answers, strict=True)]


def _answers() -> Iterator[dict[str, Any]]:
    """What may be said of single answers, from the message files."""
    for file in sorted(path("messages").glob("*.toml")):
        for kind, entries in toml("messages", file.name).items():
            source = cite(kind)
            for code, entry in entries.items():
                if isinstance(entry, dict) and "message" in entry:
                    yield {
                        "id": f"{kind}.{code.lower()}".replace("_", "-"),
                        "severity": _severity(kind, code),
                        "province": None,
                        "fields": _fields_of(kind),
                        "message": entry["message"],
                        "fix": entry.get("fix", ""),
                        "cite": asdict(source) if source else None,
                        "valid_from": None,
                        "valid_to": None,
                    }


_DOUBTS = {
    *("AGE_OVER_120", "CASE_FOLDED", "CATEGORY_EXT", "COUNTRY", "DATA_CARD", "DIVISION_UNLISTED", "DOT"),
    *("EARLY", "MVNO", "NOT_FROM_MOBILE", "OLD_BOOKLET", "OLD_CARD_15", "ONLY_SUFFIX", "RANGE_UNCONFIRMED"),
    *("REGION_HISTORIC", "REGION_UNLISTED", "TLD_UNKNOWN", "TRUNK_ZERO", "UNDER_18", "UNDER_LICENCE", "WWW"),
    *("BLANK_REMOVED", "licence15.CHECK_DIGIT"),
}


def _severity(kind: str, code: str) -> str:
    """Whether a problem of a single answer makes it unfit, only doubtful, or is just said."""
    if kind == "unknown":
        return "note"
    return "warning" if code in _DOUBTS or f"{kind}.{code}" in _DOUBTS else "error"


def _fields_of(kind: str) -> list[str]:
    return [field.id for field in catalogue().values() if field.kind.name == kind]


def _lines(record: dict[str, Any]) -> Iterator[str]:
    where = f"　{record['province']}" if record["province"] else ""
    yield f"{SEVERITY_WORDS[record['severity']]}{where}　{record['id']}"
    yield f"  {record['message']}"
    yield f"  怎么改：{record['fix']}"
    cite, sure = record["cite"], CONFIDENCE_WORDS[record["confidence"]]
    yield f"  依据：{cite['title']}，{cite['issuer']}，查阅 {cite['checked']}；{sure}"
    dates = [record["valid_from"] or "", record["valid_to"] or ""]
    if any(dates):
        yield f"  适用日期：{dates[0] or '不限'} 至 {dates[1] or '不限'}"
    yield ""
