"""The `ok` and `bad` drafts of rules, made into real drafts: every rule is its own test."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from wizard.check.case import Case
from wizard.check.rule import Example, Rule
from wizard.check.rulebook import every_file
from wizard.check.run import Report, apply, self_check
from wizard.draft import Draft
from wizard.finding import Finding
from wizard.picture import PictureFacts
from wizard.reading import understand
from wizard.scan import Fault, Read, Scan
from wizard.sections import catalogue
from wizard.types import Papers

_BESIDE = ("on", "pictures", "scans", "sources")
USUAL_DAY = date(2026, 11, 23)
"""The day an example is judged on where it names none."""


def found_by(rule: Rule, example: Example) -> tuple[Finding, ...]:
    """What `rule` alone finds in an example: in the whole self-check another may say it instead."""
    draft, on = draft_of(example), example.get("on", USUAL_DAY)
    return tuple(apply(rule, Case(draft, understand(draft, on), on, _pictures(example))))


def check_example(example: Example) -> Report:
    """The whole self-check of an example."""
    return self_check(draft_of(example), example.get("on", USUAL_DAY), _pictures(example))


_USUAL = {"format": "JPEG", "width": 2000, "height": 1500, "bytes": 150000}


def _pictures(example: Example) -> dict[str, PictureFacts]:
    told = {**dict.fromkeys(example.get("scans", {}), _USUAL), **example.get("pictures", {})}
    return {name: PictureFacts(**facts) for name, facts in told.items()}


def _scans(example: Example) -> dict[str, Scan]:
    """What was read from the files of an example: by default all of it, and surely.

    A field is its value, or a list of value and confidence; a fault its code, or a table.
    """
    return {
        name: _scan(told, _pictures(example)[name].bytes) for name, told in example.get("scans", {}).items()
    }


def _scan(told: Mapping[str, Any], size: int) -> Scan:
    listed = told.get("fields", {}).items()
    fields = {key: Read(value, 0.95) if isinstance(value, str) else Read(*value) for key, value in listed}
    faults = tuple(Fault(one) if isinstance(one, str) else Fault(**one) for one in told.get("faults", ()))
    return Scan(told["kind"], fields, faults, told.get("legible", True), told.get("bytes", size))


def draft_of(example: Example) -> Draft:
    """The draft that a flat table of fields stands for; an unknown field id is a mistake in the rule.

    Raises:
        KeyError: the table names a field there is not.
    """
    answers: dict[str, Any] = {}
    attachments: dict[str, tuple[str, ...]] = {}
    for field_id, value in example.items():
        if field_id in _BESIDE:
            continue
        if isinstance(catalogue()[field_id].kind, Papers):
            attachments[field_id] = (value,) if isinstance(value, str) else tuple(value)
        else:
            answers[field_id] = tuple(value) if isinstance(value, list) else value
    scans, sources = _scans(example), example.get("sources", {})
    return Draft(answers=answers, attachments=attachments, scans=scans, sources=sources)


def every_rule() -> Iterator[tuple[str, Rule]]:
    """Every rule with its examples, and the code of the province whose rule it is."""
    for file in every_file():
        for rule in file.rules:
            yield file.province, rule


def failures() -> Iterator[str]:
    """What is wrong with the examples of any rule: an `ok` that is found, a `bad` that is not."""
    for province, rule in every_rule():
        where = {"subject.province": province} if province else {}
        for name, example, expected in (("ok", rule.ok, False), ("bad", rule.bad, True)):
            if not example:
                yield f"{rule.id}: no {name} draft"
                continue
            try:
                found = bool(found_by(rule, {**where, **example}))
            except (KeyError, TypeError) as error:
                yield f"{rule.id}: the {name} draft: {error!r}"
                continue
            if found is not expected:
                yield f"{rule.id}: the {name} draft is {'found' if found else 'not found'}"
