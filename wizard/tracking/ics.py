"""Deadlines as a calendar file (iCalendar, RFC 5545), for the calendar of a phone or of an office.

It holds the name of the mini-program and nothing of a person: no number, no name, no address. The same
deadline has the same UID in every file, so that it replaces itself when a newer file is taken in. One that
the record led to and that is no more (the stage is passed, a line was corrected) stands in the file as
cancelled, with a higher SEQUENCE (sections 3.8.1.11 and 3.8.7.4), as long as its day is still to come.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from wizard.draft import Draft
from wizard.masking import masked_within
from wizard.tracking.calendar import Calendar
from wizard.tracking.deadlines import Deadline, deadlines
from wizard.tracking.record import case_id, earlier, record_of

_LONGEST = 75
"""Octets of a line without its break (section 3.1)."""
_MORNING = 9
"""At which hour of a day it is reminded of."""
_HEAD = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//beian-assistant//filing deadlines//ZH",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
)


def calendar_file(
    cases: Iterable[tuple[Draft, Sequence[Deadline]]], calendar: Calendar, made_at: datetime
) -> bytes:
    """The deadlines of cases as the bytes of an ``.ics`` file; `made_at` is with its zone."""
    return whole(line for draft, found in cases for line in entries(draft, found, calendar, made_at))


def entries(draft: Draft, found: Sequence[Deadline], calendar: Calendar, made_at: datetime) -> Iterator[str]:
    """The lines for the deadlines of one case, to stand in a `whole` file."""
    for deadline in found:
        yield from _event(draft, deadline, made_at)
    kept = {uid(draft, deadline) for deadline in found}
    for name, deadline in _once(draft, calendar, made_at.date()).items():
        if name not in kept:
            yield from _cancelled(draft, name, deadline, made_at)


def _once(draft: Draft, calendar: Calendar, today: date) -> dict[str, Deadline]:
    """The deadlines that stood in files written earlier, if any were, by their UID, as they were last."""
    was = ((before, one) for before in earlier(draft) for one in deadlines(before, calendar, today))
    return {uid(before, one): one for before, one in was if one.latest >= today}


def whole(lines: Iterable[str]) -> bytes:
    """The file that holds the lines of `entries`."""
    return b"".join(fold(line) for line in (*_HEAD, *lines, "END:VCALENDAR"))


def fold(line: str) -> bytes:
    """One line with its break, folded so that no piece is over 75 octets and no character is cut in two."""
    pieces, piece = [], b""
    for char in line:
        octets = char.encode("utf-8", "replace")
        if len(piece) + len(octets) > _LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join((*pieces, piece)) + b"\r\n"


def escaped(text: str) -> str:
    """A TEXT value (section 3.3.11): its commas, semicolons, backslashes and line breaks escaped."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(char for char in text if char >= " " and char != "\x7f")


def uid(draft: Draft, deadline: Deadline) -> str:
    """What names a deadline in calendars; it tells nothing of the case."""
    case = case_id(draft) or "\n".join(
        draft.text(field).strip() for field in ("mini_program.appid", "mini_program.name", "subject.name")
    )
    return hashlib.sha256(f"{case}\n{deadline.id}".encode("utf-8", "replace")).hexdigest()[:32]


def _event(draft: Draft, deadline: Deadline, made_at: datetime) -> Iterator[str]:
    title = f"备案：{deadline.title}{'' if deadline.certain else '（预计）'}"
    yield "BEGIN:VEVENT"
    yield from _named(draft, uid(draft, deadline), deadline, title, made_at)
    yield f"DESCRIPTION:{escaped(f'{deadline.span}{chr(10)}{deadline.todo}')}"
    yield "CATEGORIES:备案"
    yield "TRANSP:TRANSPARENT"
    for before in deadline.before:
        yield from _alarm(title, deadline, before)
    yield "END:VEVENT"


def _cancelled(draft: Draft, name: str, deadline: Deadline, made_at: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _named(draft, name, deadline, f"不用再等：{deadline.title}", made_at)
    yield "STATUS:CANCELLED"
    yield "END:VEVENT"


def _named(draft: Draft, name: str, deadline: Deadline, title: str, made_at: datetime) -> Iterator[str]:
    """What every event says: which it is, in which version, when, and its title."""
    yield f"UID:{name}@beian-assistant"
    yield f"DTSTAMP:{_utc(made_at)}"
    yield f"SEQUENCE:{len(record_of(draft).events)}"
    if deadline.moment:
        yield f"DTSTART:{_utc(deadline.moment)}"
    else:
        yield f"DTSTART;VALUE=DATE:{deadline.latest:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{deadline.latest + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(f'{title}　{_program(draft)}')}"


def _alarm(title: str, deadline: Deadline, before: int) -> Iterator[str]:
    """Hours before the moment, or at nine in the morning so many days before."""
    hours = before if deadline.moment else before * 24 - _MORNING
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{escaped(title)}"
    yield f"TRIGGER:{'-' if hours > 0 else ''}PT{abs(hours)}H"
    yield "END:VALARM"


def _program(draft: Draft) -> str:
    """The mini-program's name as the calendar may show it: without numbers and names of people."""
    people = tuple(draft.text(f"{role}.name").strip() for role in ("principal", "contact"))
    name = draft.text("mini_program.name").strip() or "未命名的小程序"
    return masked_within(name[:60], people)


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
