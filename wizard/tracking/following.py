"""Where a filing stands: the state that follows from the lines of its 办理记录, and what is known with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from wizard.tracking.events import CANCEL, NEW, Event, Kind, kinds
from wizard.tracking.timeline import ADMINISTRATION, FILED, FILLING, REVIEW, SMS

_CORRECTED: Final = "corrected"
_BOTH: Final = ("principal", "contact")
_ONCE: Final = ("number_granted", "number_shown", "police_filed")
_WITHOUT_MESSAGE: Final = ("sms_received", "sms_done", "sms_missed", "withdrawn")
_WITH_MESSAGE: Final = ("sms_done", "sms_failed", "sms_resent", "sms_missed", "sms_received", "withdrawn")
_OVER: Final = {"review_passed": REVIEW, "sms_done": SMS}
"""Which stage is over with which event; what ends all of them is told by its state."""


@dataclass(frozen=True, slots=True)
class Following:
    """The state and what goes with it; `events` are those that count, without what was taken back.

    `matter` is 新增, 变更 or 注销; `round` the number of times it was handed in for that; `messages` when the
    12381 message came first, by phone, and `tries` what went wrong, by phone, both of the present round.
    """

    state: str = FILLING
    matter: str = NEW
    round: int = 0
    events: tuple[Event, ...] = ()
    submitted: date | None = None
    ended: Mapping[str, date] = field(default_factory=dict)
    messages: Mapping[str, datetime] = field(default_factory=dict)
    verified: tuple[str, ...] = ()
    tries: Mapping[str, int] = field(default_factory=dict)
    resent: int = 0
    granted: date | None = None

    @property
    def since(self) -> datetime | None:
        """When the last thing happened."""
        return self.events[-1].at if self.events else None

    @property
    def first_message(self) -> datetime | None:
        """When the message came that the 24 hours are counted from: the first that is not verified yet."""
        open_ = [at for phone, at in self.messages.items() if phone not in self.verified]
        return min(open_, default=None)

    def seen(self, kind_id: str) -> Event | None:
        """The last event of that kind that counts."""
        return next((event for event in reversed(self.events) if event.kind.id == kind_id), None)

    def could_follow(self, kind: Kind) -> bool:
        """Whether an event of that kind can be noted now."""
        if kind.id == _CORRECTED:
            return bool(self.events) and self.events[-1].noted is not None
        return kind.fits(self.state, self.matter)

    def expected(self) -> tuple[Kind, ...]:
        """The kinds that come next, the likeliest first; what is done already is not among them."""
        found = [kind for kind in kinds().values() if kind.expected(self.state, self.matter)]
        if self.state == SMS:
            waiting = _WITHOUT_MESSAGE if not self.messages else _WITH_MESSAGE
            found = [kinds()[id_] for id_ in waiting]
        return tuple(kind for kind in found if not (kind.id in _ONCE and self.seen(kind.id)))

    def possible(self) -> tuple[Kind, ...]:
        """The other kinds that can be noted."""
        expected = self.expected()
        return tuple(kind for kind in kinds().values() if self.could_follow(kind) and kind not in expected)


def follow(events: Iterable[Event]) -> Following:
    """The state after `events`, the oldest first."""
    now, counted = Following(), counting(events)
    for event in counted:
        now = _after(now, event)
    return replace(now, events=counted)


def counting(events: Iterable[Event]) -> tuple[Event, ...]:
    """The events that count: each 更正 takes itself and the line before it out."""
    kept: list[Event] = []
    for event in events:
        if event.kind.id != _CORRECTED:
            kept.append(event)
        elif kept:
            kept.pop()
    return tuple(kept)


def _after(now: Following, event: Event) -> Following:
    kind, day = event.kind, event.at.date()
    if kind.begins:
        return replace(now, state=kind.state, matter=kind.begins, round=0, submitted=None, ended={})
    if kind.id == "submitted":
        now = replace(now, round=now.round + 1, submitted=day, ended={})
        return replace(now, state=kind.state, messages={}, verified=(), tries={}, resent=0)
    if kind.id in ("sms_received", "sms_failed", "sms_resent", "sms_done"):
        now = _with_message(now, event)
    if kind.id == "given_up" and now.granted:
        return replace(now, state=FILED, matter=NEW)
    if kind.id in ("administration_passed", "number_granted") and now.granted is None and event.noted:
        now = replace(now, granted=day)
    if kind.id in _OVER and not (kind.id == "sms_done" and now.first_message):
        now = replace(now, ended={**now.ended, _OVER[kind.id]: day})
    return _in_state(now, kind, day)


def _in_state(now: Following, kind: Kind, day: date) -> Following:
    state = kind.state or now.state
    if kind.id == "sms_done" and now.first_message:
        state = now.state
    if kind.id == "sms_received":
        now = replace(now, ended={REVIEW: day, **now.ended})
    if state == FILED != now.state:
        now = replace(now, ended={**now.ended, ADMINISTRATION: day, FILED: day}, matter=NEW)
    return replace(now, state=state)


def _with_message(now: Following, event: Event) -> Following:
    """What an event of the 短信核验 changes, for one phone or for both."""
    named = event.text("phone") or "both"
    phones = _BOTH if named == "both" else (named,)
    if event.kind.id == "sms_received":
        return replace(now, messages={**dict.fromkeys(phones, event.at), **now.messages})
    if event.kind.id == "sms_failed":
        return replace(now, tries={**now.tries, **{one: now.tries.get(one, 0) + 1 for one in phones}})
    if event.kind.id == "sms_resent":
        return replace(now, resent=now.resent + 1)
    return replace(now, verified=tuple(dict.fromkeys((*now.verified, *phones))))


def is_open(following: Following) -> bool:
    """Whether something is under way: handed in, or a 变更 or 注销 begun, and not over."""
    if following.state == "stopped":
        return False
    return following.state not in (FILLING, FILED) or following.matter in ("变更", CANCEL)
