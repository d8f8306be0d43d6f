"""The sentences for problems of single answers, read from `resources/messages/`."""

from functools import cache
from typing import Any, NamedTuple

from wizard.finding import Citation
from wizard.problem import Problem
from wizard.resource_files import ResourceError, toml

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
