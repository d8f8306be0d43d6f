"""办理记录 as it is kept with the case: in the draft, so in a plain file and in the library alike.

It is the part `FOLLOWING` of a draft. Lines are only added, none is changed or taken away; a line that this
version cannot read stays as it is.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final

from wizard import numbers
from wizard.days import read_day
from wizard.draft import Draft
from wizard.parts import FOLLOWING, lines_of
from wizard.tracking.events import STATES, Event, beijing, kinds
from wizard.tracking.following import Following, follow
from wizard.tracking.granted import number_problem
from wizard.tracking.timeline import BEIJING

LONGEST: Final = 20_000
"""Characters of a text that is entered; a rejection is never so long."""
UNKNOWN: Final = datetime(2000, 1, 1, tzinfo=BEIJING)
"""Stands for a time that the form does not tell."""
MOST: Final = 5_000
"""Lines of a record that are read; a filing has some dozens, a damaged file may have any number."""
_FUTURE: Final = timedelta(minutes=5)


class Refused(ValueError):
    """An event that cannot be noted; the text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Record:
    """The lines of a case, all of them in their order; `strange` is how many cannot be read."""

    events: tuple[Event, ...] = ()
    strange: int = 0

    @property
    def following(self) -> Following:
        """Where the filing stands."""
        return follow(self.events)


def record_of(draft: Draft) -> Record:
    """The record of a case; where nothing was noted, what follows from 提交日期 and 备案号 in the form."""
    lines = _lines(draft)
    if not lines:
        return Record(tuple(_implied(draft)))
    events = [event for line in lines[:MOST] if (event := _event(line))]
    return Record(tuple(events), len(lines) - len(events))


def case_id(draft: Draft) -> str:
    """What tells the case in calendars: made at random with its first line; empty before."""
    found = FOLLOWING.of(draft).get("id")
    return found if isinstance(found, str) and found.isalnum() and len(found) <= 40 else ""


def earlier(draft: Draft) -> Iterator[Draft]:
    """The draft with its record as it was before each of its lines, the first before there was any.

    What the lines filled in into the form is left out, the other answers are those of now.
    """
    kept, lines, bare = FOLLOWING.of(draft), _lines(draft), FOLLOWING.out_of(draft)
    answers = {name: answer for name, answer in draft.answers.items() if not name.startswith("progress.")}
    for count in range(len(lines)):
        before = FOLLOWING.put(bare, {**kept, "events": lines[:count]}) if count else bare
        yield replace(before, answers=answers)


def with_event(
    draft: Draft,
    kind_id: str,
    at: datetime,
    now: datetime,
    values: Mapping[str, Any] | None = None,
    frozen: Mapping[str, Any] | None = None,
) -> Draft:
    """The draft with one more line, and with what follows from it in the form: dates, numbers, 备案类型.

    Raises:
        Refused: it does not fit what was noted before, or what was entered does not do.
        KeyError: there is no such kind.
    """
    kind = kinds()[kind_id]
    event = Event(kind, beijing(at), beijing(now), _entered(values or {}), frozen or {})
    record = record_of(draft)
    _judge(record.following, event)
    if problem := number_problem(draft, event):
        raise Refused(problem)
    kept = draft.rest.get(FOLLOWING.key)
    before = dict(kept) if isinstance(kept, Mapping) else {} if kept is None else {"unread": kept}
    lines = _lines(draft) or [_line(one) for one in record.events]
    before.setdefault("id", os.urandom(8).hex())
    before["events"] = [*lines, _line(event)]
    return _with_progress(FOLLOWING.put(draft, before), event)


def _judge(now: Following, event: Event) -> None:
    """Whether the event can follow what was noted.

    Raises:
        Refused: it cannot.
    """
    if not now.could_follow(event.kind):
        raise Refused(f"现在是“{STATES[now.state]}”，记不了“{event.kind.title}”；先补记中间的一步")
    assert event.noted is not None
    if event.at > event.noted + _FUTURE:
        raise Refused(f"{event.at:%Y-%m-%d %H:%M} 还没有到，核对时间")
    last = now.since
    if last and event.at < last and event.kind.id != "corrected":
        same_day = last.date() == event.at.date() and now.events[-1].noted is None
        if not same_day:
            raise Refused(f"早于上一条记录的时间（{last:%Y-%m-%d %H:%M}），核对时间；上一条记错的先更正")


def _entered(values: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, str):
            text = value.encode("utf-8", "replace").decode().strip()
            if len(text) > LONGEST:
                raise Refused(f"文字太长，最多 {LONGEST} 字，只粘贴要紧的一段")
            if text:
                kept[name] = text
        elif listed := [str(one) for one in value]:
            kept[name] = listed
    return kept


def _with_progress(draft: Draft, event: Event) -> Draft:
    """What follows from the event in the form: 提交日期, the numbers, 备案类型; it counts as worked out."""
    found = {}
    if event.kind.id == "submitted":
        found["progress.submitted_on"] = event.at.date().isoformat()
    if event.kind.id == "number_granted":
        found["progress.service_icp_number"] = event.text("service_icp_number")
        found["progress.subject_icp_number"] = event.text("subject_icp_number")
    if event.kind.begins:
        found["subject.filing_type"] = event.kind.begins
        found["subject.record_number"] = draft.text("progress.subject_icp_number")
    for field_id, text in found.items():
        if text and draft.text(field_id) != text:
            draft = draft.with_answer(field_id, text, "computed")
    return draft


def _lines(draft: Draft) -> list[Any]:
    return lines_of(FOLLOWING.of(draft))


def _line(event: Event) -> dict[str, Any]:
    line: dict[str, Any] = {"kind": event.kind.id, "at": event.at.isoformat(timespec="minutes")}
    line["noted"] = event.noted.isoformat(timespec="minutes") if event.noted else ""
    if event.values:
        line["values"] = dict(event.values)
    if event.frozen:
        line["frozen"] = dict(event.frozen)
    return line


def _event(line: Any) -> Event | None:
    try:
        kind = kinds()[line["kind"]]
        at, noted = _moment(line["at"]), _moment(line["noted"]) if line["noted"] else None
        values, frozen = line.get("values", {}), line.get("frozen", {})
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return None
    if not isinstance(values, Mapping) or not isinstance(frozen, Mapping):
        return None
    return Event(kind, at, noted, values, frozen)


def _moment(text: Any) -> datetime:
    if not isinstance(text, str):
        raise TypeError
    moment = beijing(datetime.fromisoformat(text))
    if not 2000 <= moment.year <= 2200:
        raise ValueError
    return moment


def _implied(draft: Draft) -> list[Event]:
    """What the form tells of a filing that nobody has followed; the year 2000 stands for an unknown day."""
    _, day = read_day(draft.text("progress.submitted_on").strip())
    known = day is not None and 2000 < day.year <= 2200
    at = datetime(day.year, day.month, day.day, tzinfo=BEIJING) if day and known else UNKNOWN
    number = draft.text("progress.service_icp_number").strip()
    events = [Event(kinds()["submitted"], at)] if known or number else []
    if number and numbers.kind("icp").is_valid(number, date(2200, 1, 1)):
        events.append(Event(kinds()["number_granted"], at, values={"service_icp_number": number}))
    return events
