"""The sentences for problems of single answers and for faults of pictures, from `resources/messages/`."""

from functools import cache
from typing import Any, NamedTuple

from wizard.finding import Citation, Severity
from wizard.problem import Problem
from wizard.resource_files import ResourceError, toml
from wizard.scan import Fault

_FILES = ("answers.toml", "numbers.toml", "intake.toml")


class Text(NamedTuple):
    """A sentence that says what is wrong, and one that says what to do (may be empty)."""

    message: str
    fix: str


@cache
def _kinds() -> dict[str, Any]:
    kinds: dict[str, Any] = {}
    for file in _FILES:
        kinds.update(toml("messages", file))
    return kinds


def problem_text(kind: str, problem: Problem) -> Text:
    """The sentences for `problem` of an answer of `kind` (``uscc``, ``day`` …).

    Raises:
        ResourceError: the message file has no such entry, or asks for a value the problem lacks.
    """
    try:
        entry = _kinds()[kind][problem.code]
        values = {**problem.values, "position": problem.position, "suggestion": problem.suggestion}
        return Text(entry["message"].format_map(values), entry.get("fix", "").format_map(values))
    except (KeyError, ValueError) as error:
        raise ResourceError(f"messages: [{kind}.{problem.code}]: {error!r}") from error


def kind_label(kind: str) -> str:
    """What an answer of `kind` is called in Chinese."""
    return str(_kinds().get(kind, {}).get("label", kind))


@cache
def cite(kind: str) -> Citation | None:
    """The standard behind the judgement of `kind`, where one is named."""
    entry = _kinds().get(kind, {}).get("cite")
    return Citation(**entry) if entry else None


class FaultText(NamedTuple):
    """What a fault of a picture is called, what is wrong, why such pictures are sent back, and what to do."""

    label: str
    message: str
    why: str
    fix: str


def fault_text(code: str) -> FaultText:
    """The sentences for a fault (`wizard.scan.Fault.code`).

    Raises:
        ResourceError: there is no such fault.
    """
    try:
        return FaultText(**fault_texts()[code])
    except KeyError as error:
        raise ResourceError(f"messages: faults.toml says nothing of {code}") from error


@cache
def fault_texts() -> dict[str, Any]:
    """All faults that can be named, by code."""
    return toml("messages", "faults.toml")


def fault_severity(fault: Fault) -> Severity:
    """说明 for what the program mends by itself, 错误 for another paper than asked for, 提醒 for the rest.

    The platform's own limits are rules.
    """
    return "note" if fault.mended else "error" if fault.code == "wrong_document" else "warning"
