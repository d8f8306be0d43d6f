"""Numbers for the boss: filings by state, days per stage, reasons for rejection, how many pass at once.

They are counted from the 办理记录 of the cases alone; whom a case is about is in none of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Final

from wizard.tracking.calendar import Calendar
from wizard.tracking.events import NEW, Event
from wizard.tracking.following import Following
from wizard.tracking.record import UNKNOWN, Record
from wizard.tracking.rejection import understand_rejection

SYSTEM: Final = "短信没有按时核验"
NOT_TOLD: Final = "没有记下原因"
NOT_KNOWN: Final = "没有认出的原因"
_ENDS: Final[dict[str, tuple[str, ...]]] = {
    "平台初审": ("review_passed", "review_rejected", "sms_received"),
    "短信核验": ("sms_done", "sms_missed"),
    "通管局审核": ("administration_passed", "administration_rejected", "number_granted"),
}
_BEGINS: Final = {"平台初审": "submitted", "短信核验": "sms_received", "通管局审核": "sms_done"}
_REJECTED: Final = ("review_rejected", "administration_rejected", "sms_missed")
_GRANTED: Final = ("administration_passed", "number_granted")


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of something."""

    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Took:
    """Working days that a stage took: how often it was gone through, the middle one, the longest."""

    title: str
    count: int
    middle: float
    longest: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What was counted on the day `on`; `since` and `until` are where it was of those first handed in then.

    `cases` is how many are counted, `decided` of how many a first decision is known, `at_once` how many of
    these were never rejected. `whole` is what a filing took from its first submission to its number.
    """

    on: date
    since: date | None
    until: date | None
    cases: int
    states: Sequence[Counted] = ()
    stages: Sequence[Took] = ()
    whole: Took | None = None
    reasons: Sequence[Counted] = ()
    rejections: int = 0
    decided: int = 0
    at_once: int = 0

    @property
    def rate(self) -> float | None:
        """The share that passed at once, 0 to 1; None where nothing is decided yet."""
        return self.at_once / self.decided if self.decided else None


@dataclass(slots=True)
class Tally:
    """Takes one case after the other, so that they need not all be in memory, and counts them up."""

    calendar: Calendar
    on: date
    since: date | None = None
    until: date | None = None
    _cases: int = 0
    _states: Counter[str] = field(default_factory=Counter)
    _days: dict[str, list[int]] = field(default_factory=lambda: {title: [] for title in _ENDS})
    _whole: list[int] = field(default_factory=list)
    _reasons: Counter[str] = field(default_factory=Counter)
    _rejections: int = 0
    _decided: int = 0
    _at_once: int = 0

    def take(self, state: str, record: Record) -> None:
        """Count a case in `state` (a word); `record` is what was noted of it."""
        following = record.following
        if not self._meant(following):
            return
        self._cases += 1
        self._states[state] += 1
        events = [event for event in following.events if event.noted and event.at > UNKNOWN]
        for event in events:
            if event.kind.id in _REJECTED:
                self._rejections += 1
                self._reasons.update(set(_reasons(event)))
        for title, days in self._stages(events):
            self._days[title].append(days)
        self._decide(_first_filing(events))

    def _meant(self, following: Following) -> bool:
        if self.since is None and self.until is None:
            return True
        handed_in = (event.at.date() for event in following.events if event.kind.id == "submitted")
        first = next(handed_in, None)
        return first is not None and (self.since or first) <= first <= (self.until or first)

    def _stages(self, events: Sequence[Event]) -> Iterator[tuple[str, int]]:
        """Each time a stage was gone through, the working days it took."""
        begun: dict[str, date] = {}
        for event in events:
            if event.kind.id == "submitted":
                begun.clear()
            for title, ends in _ENDS.items():
                if event.kind.id in ends and title in begun:
                    yield title, self._between(begun.pop(title), event.at.date())
                if event.kind.id == _BEGINS[title]:
                    begun.setdefault(title, event.at.date())

    def _between(self, start: date, end: date) -> int:
        return max(0, self.calendar.workdays_between(start, end).days)

    def _decide(self, events: Sequence[Event]) -> None:
        ids = [event.kind.id for event in events]
        granted = next((event for event in events if event.kind.id in _GRANTED), None)
        rejected = any(id_ in _REJECTED for id_ in ids)
        if granted is None and not rejected:
            return
        self._decided += 1
        self._at_once += not rejected
        start = next((event for event in events if event.kind.id == "submitted"), None)
        if granted is not None and start is not None:
            self._whole.append(self._between(start.at.date(), granted.at.date()))

    def figures(self) -> Figures:
        """What was counted so far."""
        stages = [_took(title, days) for title, days in self._days.items() if days]
        return Figures(
            on=self.on,
            since=self.since,
            until=self.until,
            cases=self._cases,
            states=[Counted(title, count) for title, count in self._states.items()],
            stages=stages,
            whole=_took("从提交到备案号", self._whole) if self._whole else None,
            reasons=[Counted(title, count) for title, count in self._reasons.most_common()],
            rejections=self._rejections,
            decided=self._decided,
            at_once=self._at_once,
        )


def _took(title: str, days: Sequence[int]) -> Took:
    return Took(title, len(days), float(median(days)), max(days))


def _reasons(event: Event) -> Iterable[str]:
    """What a rejection was for, in the words of the list of known reasons."""
    if event.kind.id == "sms_missed":
        return [SYSTEM]
    text = event.text("rejection")
    if not text:
        return [NOT_TOLD]
    return [one.text for one in understand_rejection(text).reasons if one.text] or [NOT_KNOWN]


def _first_filing(events: Sequence[Event]) -> list[Event]:
    """The events up to the number: what comes after a filing was granted (变更, 注销) is another matter."""
    found: list[Event] = []
    for event in events:
        if event.kind.begins and event.kind.begins != NEW:
            break
        found.append(event)
    return found
