"""The dates a case waits for or runs up to: results of both reviews, 短信核验, 公安备案, papers running out.

Everything is reckoned from the 办理记录 and the form, by the working calendar; nothing here reads the clock.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wizard.draft import Draft
from wizard.finding import Citation
from wizard.tracking.calendar import Calendar
from wizard.tracking.expiry import expiries
from wizard.tracking.following import Following
from wizard.tracking.record import record_of
from wizard.tracking.sentences import sentence, times
from wizard.tracking.sources import named
from wizard.tracking.timeline import ADMINISTRATION, FILED, FILLING, REVIEW, SMS, StageDates, timeline, words


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date. `id` stays the same while it is the same matter; `round` tells submissions apart.

    It is over with the end of `latest`, or at `moment`; `earliest` is where a range begins. `certain` is
    whether every working day counted is official. `span` is the same in words, `todo` what to do about it,
    `before` when to remind of it: hours before `moment`, else days before `latest`.
    """

    id: str
    title: str
    latest: date
    span: str
    todo: str
    earliest: date | None = None
    moment: datetime | None = None
    certain: bool = True
    before: tuple[int, ...] = ()
    sources: tuple[Citation, ...] = ()

    def is_past(self, now: datetime) -> bool:
        """Whether it has run out at `now`."""
        return self.moment < now if self.moment else self.latest < now.date()


def deadlines(draft: Draft, calendar: Calendar, today: date) -> tuple[Deadline, ...]:
    """The dates of a case as it stands, the next one first; none where it is stopped.

    `today` only decides whether words name the year.
    """
    now = record_of(draft).following
    if now.state == "stopped":
        return ()
    found = [*_of_stage(now, calendar, today), *_of_papers(draft, now, today)]
    return tuple(sorted(found, key=lambda one: (one.latest, one.moment is None, one.id)))


def next_deadline(found: Sequence[Deadline], today: date) -> Deadline | None:
    """The first that is not over: what the list of cases is sorted by; a review's result may be overdue."""
    return next((one for one in found if one.latest >= today or _still_waits(one, today)), None)


_WAITING = (REVIEW, SMS, ADMINISTRATION)
_PATIENCE = timedelta(days=30)
"""How long 公安联网备案 stands first in the list after its day: the duty is doubtful for mini-programs."""


def _still_waits(one: Deadline, today: date) -> bool:
    return one.id.startswith(_WAITING) or (one.id == _POLICE and today - one.latest <= _PATIENCE)


_POLICE = "police"


def stage_dates(now: Following, calendar: Calendar) -> tuple[StageDates, ...]:
    """The five stages of the present round; empty where it was not handed in."""
    if now.submitted is None or now.submitted.year <= 2000:
        return ()
    return timeline(calendar, now.submitted, sms_received_at=now.first_message, ended=now.ended)


def _of_stage(now: Following, calendar: Calendar, today: date) -> Iterator[Deadline]:
    if now.state == FILED:
        yield from _police(now, today)
        return
    line = {dates.stage_id: dates for dates in stage_dates(now, calendar)}
    if now.state not in line or now.state == FILLING:
        return
    dates = line[now.state]
    if now.state == SMS:
        yield _message(now, dates, today)
        return
    what = "平台初审" if now.state == REVIEW else "通管局审核"
    rule = times("results")
    yield Deadline(
        _id(now),
        f"{what}出结果",
        dates.latest,
        words(dates, today),
        sentence("review_overdue" if now.state == REVIEW else "administration_overdue"),
        earliest=dates.earliest,
        certain=dates.certain,
        before=tuple(rule["remind_days"]),
        sources=named(rule["sources"], "results"),
    )


def _id(now: Following) -> str:
    """What names a stage of one submission, counted over all matters of the case."""
    return f"{now.state}-{sum(event.kind.freezes for event in now.events)}"


def _message(now: Following, dates: StageDates, today: date) -> Deadline:
    """The 24 hours, or that the message should have come."""
    rule = times("sms_verification")
    id_ = _id(now)
    sources = named(rule["sources"], SMS)
    if dates.deadline:
        todo = sentence("verify_todo")
        until, before = dates.deadline, tuple(rule["remind_hours"])
        return Deadline(
            id_,
            "短信核验截止",
            until.date(),
            words(dates, today),
            todo,
            moment=until,
            before=before,
            sources=sources,
        )
    passed = now.ended.get(REVIEW, dates.earliest)
    todo = sentence("message_missing")
    day = passed + timedelta(days=1)
    span = words(StageDates(SMS, passed, day), today)
    return Deadline(f"{id_}-message", "应当收到 12381 短信", day, span, todo, passed, sources=sources)


def _police(now: Following, today: date) -> Iterator[Deadline]:
    """公安联网备案 within so many days of the number; the duty is written for web sites."""
    if now.granted is None or now.seen("police_filed"):
        return
    rule = times("police_filing")
    day = now.granted + timedelta(days=rule["days"])
    todo = sentence("police", days=rule["days"])
    span = words(StageDates(FILED, day, day), today)
    before, sources = tuple(rule["remind_days"]), named(rule["sources"], "police_filing")
    yield Deadline(_POLICE, "公安联网备案最晚办理日", day, span, todo, before=before, sources=sources)


def _of_papers(draft: Draft, now: Following, today: date) -> Iterator[Deadline]:
    """Certificates by their last day; before handing in, the last day to hand in with each paper."""
    to_hand_in = now.state in (FILLING, "rejected") and now.matter != "注销"
    for paper in expiries(draft):
        rule = times("certificates" if paper.until else "letters")
        before, sources = tuple(rule["remind_days"]), named(rule["sources"], paper.field_id)
        if to_hand_in:
            day, title = paper.hand_in_by, f"{paper.label}：最晚提交日"
            name = "certificate_hand_in" if paper.until else "letter_hand_in"
        elif paper.until:
            day, title, name = paper.until, f"{paper.label}到期", "certificate_ends"
        else:
            continue
        todo = sentence(name, months=rule["months"])
        span = words(StageDates(FILLING, day, day), today)
        yield Deadline(f"paper-{paper.field_id}", title, day, span, todo, before=before, sources=sources)
