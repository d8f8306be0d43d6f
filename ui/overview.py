"""Every open filing with its dates: from the library that is open, and from the plain files opened lately."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ui.private import names_in
from wizard.draft import Draft, load
from wizard.files import FileProblem
from wizard.masking import masked_within
from wizard.tracking.calendar import Calendar
from wizard.tracking.deadlines import Deadline, deadlines, next_deadline
from wizard.tracking.events import STATES
from wizard.tracking.following import is_open
from wizard.tracking.record import record_of

_SOON = 30
"""Days within which a date of a filing that is not under way is worth a line."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One filing: its next date and where it is kept, a case of the library or a plain file.

    `next` is None for one that waits for nothing but the person: it was rejected.
    """

    name: str
    state: str
    next: Deadline | None
    draft: Draft
    dates: tuple[Deadline, ...]
    case: int = 0
    place: Path = Path()

    def days(self, today: date) -> int:
        """How many days are left; none for one that waits for the person."""
        return (self.next.latest - today).days if self.next else 0


def gather(
    library: Any, places: Iterable[Path], calendar: Calendar, today: date, stop: Callable[[], bool]
) -> Sequence[Filed]:
    """The filings that have a date to look to, the next one first; files that are gone are left out."""
    found = []
    for case, place, draft in _drafts(library, places):
        if stop():
            break
        if filed := _filed(draft, calendar, today, case, place):
            found.append(filed)
    return sorted(found, key=lambda one: (one.days(today), one.name))


def _drafts(library: Any, places: Iterable[Path]) -> Iterator[tuple[int, Path, Draft]]:
    for row in library.cases.due() if library is not None else ():
        try:
            yield row.id, Path(), library.cases.load(row.id).draft
        except FileProblem:
            continue
    for place in places:
        try:
            yield 0, place, load(place)
        except FileProblem:
            continue


def _filed(draft: Draft, calendar: Calendar, today: date, case: int, place: Path) -> Filed | None:
    now = record_of(draft).following
    dates = deadlines(draft, calendar, today)
    next_ = next_deadline(dates, today)
    soon = next_ is not None and (next_.latest - today).days <= _SOON
    if now.state == "rejected" and not soon:
        next_ = None  # it waits for the person, not for a far date
    if not (is_open(now) or soon):
        return None
    name = draft.text("mini_program.name") or draft.text("subject.name") or place.name or "新案件"
    return Filed(masked_within(name, names_in(draft)), STATES[now.state], next_, draft, dates, case, place)
