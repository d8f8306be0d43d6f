"""Drafts for the tests of the self-check: a whole company filing, and ways to change one answer of it."""

from dataclasses import replace
from datetime import date
from typing import Any

from wizard.check.run import Report, self_check
from wizard.draft import Draft, parse
from wizard.resource_files import path

ON = date(2026, 11, 23)


def sample(name: str) -> Draft:
    """One of the samples; its attachments lie where it says."""
    file = path("samples", f"{name}.json")
    return replace(parse(file.read_bytes(), file.name), folder=file.parent)


def changed(draft: Draft, **answers: Any) -> Draft:
    """`draft` with other answers; ``principal__mobile`` is ``principal.mobile``, an empty one goes."""
    for name, answer in answers.items():
        draft = draft.with_answer(name.replace("__", "."), answer)
    return draft


def bare(**answers: Any) -> Draft:
    """A draft with these answers only."""
    return changed(Draft(), **answers)


def rules_found(draft: Draft, on: date = ON, **pictures: Any) -> list[str]:
    """The ids of what the self-check finds, but for what is not filled in."""
    return [one.rule for one in self_check(draft, on, **pictures).findings if not missing(one.rule)]


def missing(rule: str) -> bool:
    return rule.startswith("required.") or rule == "papers.missing-file"


def said(report: Report, rule: str) -> list[str]:
    """What one rule says."""
    return [one.message for one in report.findings if one.rule == rule]
