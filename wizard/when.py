"""The one kind of condition there is: an AND of «this answer is one of these»."""

from collections.abc import Mapping

When = Mapping[str, tuple[str, ...]]


def holds(when: When, answers: Mapping[str, object]) -> bool:
    """Whether every named answer is one of the listed texts; an empty condition always holds."""
    return all(answers.get(field) in allowed for field, allowed in when.items())
