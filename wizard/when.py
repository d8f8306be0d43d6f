"""The one kind of condition there is: an AND of «this answer is one of these»."""

from collections.abc import Mapping

When = Mapping[str, tuple[str, ...]]


def holds(when: When, answers: Mapping[str, object]) -> bool:
    """Whether every named answer is one of the listed texts; an empty condition always holds."""
    # a loop: this is asked a hundred times a draft, and `all` takes twice as long
    for field, allowed in when.items():  # noqa: SIM110
        if answers.get(field) not in allowed:
            return False
    return True
