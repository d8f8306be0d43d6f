"""What a batch is asked to do, and what it tells: plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from wizard.finding import Finding
from wizard.masking import masked_within
from wizard.packet.options import PLAIN, Options

STATES: Final[Mapping[str, str]] = {
    "exported": "已导出",
    "kept": "没有变化，沿用上次的",
    "checked": "已检查",
    "refused": "没有导出",
    "failed": "没有导出",
    "waiting": "还没有做",
}
"""What became of a case, in words."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with every case. Without `target` they are checked only.

    `target` is a folder; `as_folders` writes everything of a case into a folder of its own, else one PDF.
    `given_day` says that `on` was asked for, so that a packet of another day is not the same. `again` does
    also what was done before and has not changed.
    """

    on: date
    made_at: datetime
    target: Path | None = None
    as_folders: bool = True
    options: Options = PLAIN
    draft_too: bool = False
    given_day: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One case in the index: what it is called, what became of it, and where.

    `state` is a key of `STATES`, `counts` are how many 错误, 提醒 and 说明 there are, `people` the names to
    be covered on a screen.
    """

    key: str
    called: str = "（没有名称）"
    state: str = "waiting"
    counts: tuple[int, int, int] = (0, 0, 0)
    place: str = ""
    reason: str = ""
    final: bool = True
    findings: tuple[Finding, ...] = ()
    people: tuple[str, ...] = ()

    def covered(self, text: str) -> str:
        """`text` with its people's names and numbers covered."""
        return masked_within(text, self.people)


@dataclass(frozen=True, slots=True)
class Told:
    """How far a batch is: `now` are the cases at work (covered), `seconds` what is left, where known."""

    done: int
    total: int
    now: tuple[str, ...] = ()
    seconds: float | None = None
    last: Line | None = None
