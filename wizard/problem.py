"""What a single answer can have wrong with it, as codes and facts; the sentences live in `messages`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

NOTHING: Mapping[str, str | int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, or doubtful, about one answer.

    `code` is the reason code (``CHECK_DIGIT``), `position` the 1-based character it stands at,
    `values` fill the sentence, `suggestion` is a repaired answer that passes, to be offered and
    never applied silently.
    """

    code: str
    position: int | None = None
    values: Mapping[str, str | int] = field(default_factory=lambda: NOTHING)
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What judging one text came to.

    `normalised` is the cleaned text. `problems` make the answer unfit, the gravest first;
    `doubts` never do (they become 提醒).
    """

    normalised: str
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the text is well-formed. It says nothing about whether the number was issued."""
        return not self.problems

    @property
    def reason(self) -> str:
        """The code of the first problem, ``OK`` where there is none."""
        return self.problems[0].code if self.problems else "OK"
