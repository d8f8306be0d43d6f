"""What can happen to a filing, and one line of its 办理记录.

The kinds of events are data (`resources/tracking/events.toml`): in which state each can be noted, and which
state follows. Times are Beijing time to the minute, for the platform and the 12381 message go by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Final

from wizard import states
from wizard.finding import Citation
from wizard.resource_files import ResourceError, toml
from wizard.tracking.sources import named
from wizard.tracking.timeline import BEIJING

STATES: Final[Mapping[str, str]] = {
    id_: word for id_, word in states.STATES.items() if id_ not in states.SET_BY_HAND
}
"""The states of a filing that follow from its events, with their words."""

NEW, CHANGE, CANCEL = "新增", "变更", "注销"
MATTERS: Final = (NEW, CHANGE, CANCEL)
PHONES: Final[Mapping[str, str]] = {
    "principal": "主体负责人",
    "contact": "小程序负责人",
    "both": "两位负责人",
}
"""Whose phone a 12381 message came to."""
ASKED: Final = frozenset({"phone", "text", "rejection", "numbers", "police_number", "change", "cancel"})


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event; see the head of the file it stands in."""

    id: str
    title: str
    button: str
    after: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    state: str = ""
    matter: tuple[str, ...] = ()
    begins: str = ""
    asks: tuple[str, ...] = ()
    freezes: bool = False
    act: str = ""
    result: str = ""
    hint: str = ""
    sources: tuple[Citation, ...] = ()

    def fits(self, state: str, matter: str) -> bool:
        """Whether it can be noted of a filing of that kind in that state."""
        return (not self.after or state in (*self.after, *self.also)) and self._of(matter)

    def expected(self, state: str, matter: str) -> bool:
        """Whether it is what comes next there, not a step that was left out in between."""
        return state in self.after and self._of(matter)

    def _of(self, matter: str) -> bool:
        return not self.matter or matter in self.matter


@dataclass(frozen=True, slots=True)
class Event:
    """One line: what happened, when (`at`), when that was noted, what was entered, what was frozen.

    `noted` is None for a line that only follows from the form (提交日期 typed by hand).
    """

    kind: Kind
    at: datetime
    noted: datetime | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    frozen: Mapping[str, Any] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """What was entered under `name`, empty where it was nothing."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its id, in the order in which they are offered.

    Raises:
        ResourceError: an entry lacks something, or names what does not exist.
    """
    return {kind.id: kind for kind in map(_kind, toml("tracking", "events.toml")["event"])}


def _kind(entry: dict[str, Any]) -> Kind:
    where = f"tracking/events.toml: {entry.get('id')}"
    try:
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()
        }
        values["sources"] = named(entry.get("sources", ()), where)
        kind = Kind(**values)
    except TypeError as error:
        raise ResourceError(f"{where}: {error}") from error
    unknown = {*kind.after, *kind.also, kind.state or "filling"} - set(STATES)
    unknown |= ({*kind.matter, kind.begins or NEW} - set(MATTERS)) | (set(kind.asks) - ASKED)
    if unknown or not kind.sources:
        raise ResourceError(f"{where}: unknown {sorted(unknown)}, or no source")
    return kind


def beijing(moment: datetime) -> datetime:
    """`moment` in Beijing time, to the minute; one that names no zone is taken to be so already."""
    moment = moment.astimezone(BEIJING) if moment.tzinfo else moment.replace(tzinfo=BEIJING)
    return moment.replace(second=0, microsecond=0)
