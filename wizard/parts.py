"""What a case keeps beside its answers, each part declared once: last packet, what was entered, its record.

A part stands in the file, and in `Draft.rest`, under its key. The room that writes it gives it its type:
`packet.versions.last`, `packet.entering.entered`, `tracking.record.record_of`. None of it is a step of the
person's, so no undo takes any of it back (`history` knows of answers and attachments alone); and what this
version cannot read stays in the file as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from wizard.draft import Draft

Held = Mapping[str, Any]
"""A part as the file holds it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of them: its key, what becomes of mine and theirs where two versions of a case meet.

    `copied`: whether a copy of the case, another filing, has it too.
    """

    key: str
    meet: Callable[[Held, Held], Held]
    copied: bool = False

    def of(self, draft: Draft) -> Held:
        """What the draft holds of it; empty where that is nothing, or cannot be read."""
        kept = draft.rest.get(self.key)
        return kept if isinstance(kept, Mapping) else {}

    def put(self, draft: Draft, held: Held) -> Draft:
        """The draft that holds this of it."""
        return replace(draft, rest={**draft.rest, self.key: dict(held)})

    def out_of(self, draft: Draft) -> Draft:
        """The draft without it."""
        return replace(draft, rest={key: held for key, held in draft.rest.items() if key != self.key})

    def met(self, mine: Draft, theirs: Draft) -> Draft:
        """My draft, with what theirs has more of it."""
        held, other = self.of(mine), self.of(theirs)
        both = self.meet(held, other) if held and other else held or other
        return mine if both is held or both == held else self.put(mine, both)


def _newer(mine: Held, theirs: Held) -> Held:
    """The packet that was made last: the next one is the version after it, and says what changed since."""
    return theirs if _version(theirs) > _version(mine) else mine


def _version(held: Held) -> int:
    found = held.get("version")
    return found if isinstance(found, int) else 0


def _all_marks(mine: Held, theirs: Held) -> Held:
    """What either has entered; where I am."""
    return {**theirs, **mine, "marks": {**_mapping(theirs.get("marks")), **_mapping(mine.get("marks"))}}


def _all_lines(mine: Held, theirs: Held) -> Held:
    """The lines of both in the order in which they were noted."""
    ours = lines_of(mine)
    new = [line for line in lines_of(theirs) if line not in ours]
    return {**theirs, **mine, "events": sorted([*ours, *new], key=_noted_at)} if new else mine


def lines_of(record: Held) -> list[Any]:
    """The lines of 办理记录 as the file holds them, strange ones included."""
    found = record.get("events")
    return list(found) if isinstance(found, list) else []


def _noted_at(line: Any) -> str:
    noted = line.get("noted") if isinstance(line, Mapping) else ""
    return noted if isinstance(noted, str) else ""


def _mapping(held: Any) -> Held:
    return held if isinstance(held, Mapping) else {}


PACKET: Final = Part("packet", _newer)
"""The last packet that was made of the case."""
ENTERING: Final = Part("entering", _all_marks)
"""How far entering it on the platform has come."""
FOLLOWING: Final = Part("following", _all_lines)
"""办理记录: what became of it. Lines are only added."""
PARTS: Final = (PACKET, ENTERING, FOLLOWING)


def met(mine: Draft, theirs: Draft) -> Draft:
    """My draft where another version of the case has come to be elsewhere: every part has what both have."""
    for part in PARTS:
        mine = part.met(mine, theirs)
    return mine


def for_a_copy(draft: Draft, parts: Iterable[Part] = PARTS) -> Draft:
    """The draft without what belongs to this filing alone."""
    for part in parts:
        if not part.copied:
            draft = part.out_of(draft)
    return draft
