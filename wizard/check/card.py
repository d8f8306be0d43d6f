"""The card of a province: every rule of its own in force for a case, said as a demand, with its source."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wizard import districts
from wizard.check.rule import Rule
from wizard.check.rulebook import provincial
from wizard.finding import CONFIDENCE_WORDS, Citation, Finding, Severity
from wizard.reading import Reading
from wizard.sections import catalogue
from wizard.when import holds

_CLAUSE = re.compile(r"(?<=[，；])")
_MOST_WORDS = 6
_GENERAL = {"who": "负责人", "other_who": "另一位负责人"}


@dataclass(frozen=True, slots=True)
class Demand:
    """One rule of a province: what it asks for, of which fields, and what the self-check found by it.

    `found` is the severity of what was found, empty where the case keeps the rule.
    """

    text: str
    fix: str
    fields: tuple[str, ...]
    found: Severity | None
    sure: str
    cite: Citation
    cite2: Citation | None


@dataclass(frozen=True, slots=True)
class Card:
    """The rules of one province. `checked` is the day they were looked up."""

    province: str
    version: str
    checked: date
    demands: tuple[Demand, ...]


def card(reading: Reading, on: date, findings: Sequence[Finding]) -> Card | None:
    """The card for a case, what it breaks first; None while 备案省 is open or has no rules of its own."""
    file = provincial(reading.filing.subject.province) if reading.filing.subject.province else None
    place = districts.find(file.province) if file else None
    if file is None or place is None:
        return None
    choices = {field: text if field in reading.asked else "" for field, text in reading.choices.items()}
    choices["subject.province"] = file.province
    said = {finding.rule: finding for finding in reversed(findings)}
    held = [rule for rule in file.rules if rule.in_force(on) and holds(rule.when, choices)]
    demands = sorted((_demand(rule, said.get(rule.id), place.name) for rule in held), key=_gravity)
    return Card(place.name, file.version, file.checked, tuple(demands))


def _gravity(demand: Demand) -> int:
    return ("error", "warning", "note").index(demand.found) if demand.found else 3


def _demand(rule: Rule, finding: Finding | None, province: str) -> Demand:
    return Demand(
        finding.message if finding else demanded(rule, province),
        finding.fix if finding else _fix(rule),
        finding.fields if finding else rule.fields,
        finding.severity if finding else None,
        CONFIDENCE_WORDS[rule.confidence],
        rule.cite,
        rule.cite2,
    )


def demanded(rule: Rule, province: str) -> str:
    """What a rule asks for, without the clauses that only a finding could fill in.

    Where one is left out, what follows it stands alone only from the clause on that names the province.
    """
    known = _GENERAL | _from(rule.given) | {"label": _labels(rule.fields)}
    clauses = _CLAUSE.split(rule.message.replace("“{word}”", "{quoted}"))
    texts = [_filled(clause, known) for clause in clauses]
    if not all(texts):
        named = [place for place, text in enumerate(texts) if province[:2] in text]
        texts = texts[named[0] :] if named else []
    return "".join(texts).strip("，；") or _fix(rule) or rule.fix


def _fix(rule: Rule) -> str:
    """How a rule is met, where that needs no words of a finding."""
    return _filled(rule.fix, _GENERAL | _from(rule.given))


def _filled(clause: str, known: Mapping[str, str]) -> str:
    try:
        return clause.format_map(known)
    except KeyError:
        return ""


def _labels(fields: tuple[str, ...]) -> str:
    return "、".join(dict.fromkeys(catalogue()[field].label for field in fields))


def _from(given: Mapping[str, Any]) -> dict[str, str]:
    """What a rule gives its check, in the words its sentences use."""
    known = {key: str(value) for key, value in given.items() if isinstance(value, int)}
    if "chars" in known:
        known["least"] = known["chars"]
    if words := tuple(given.get("words", ())):
        more = "等" if len(words) > _MOST_WORDS else ""
        known["quoted"] = "".join(f"“{word}”" for word in words[:_MOST_WORDS]) + more
        known["word"] = "、".join(words[:_MOST_WORDS]) + more
    if answers := tuple(given.get("answers", ())):
        known["value"] = "、".join(answers)
    return known
