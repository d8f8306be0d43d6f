"""Certificates and letters that run out: the day each is good until, and by when to hand in with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from wizard.days import LONG_TERM, read_day
from wizard.draft import Draft
from wizard.sections import CONTACT_LINK, catalogue
from wizard.tracking.sentences import times

_CERTIFICATES: Final = (
    "subject.certificate_validity_date_end",
    "principal.certificate_validity_date_end",
    "contact.certificate_validity_date_end",
)
_LETTERS: Final = (
    ("principal.authorization_letter", "principal.authorization_letter_date"),
    ("contact.authorization_letter", "contact.authorization_letter_date"),
    ("materials.commitment_letter", "materials.commitment_letter_date"),
)


@dataclass(frozen=True, slots=True)
class Expiry:
    """A paper by the field that tells its date: `hand_in_by` is the last day to hand in with it.

    `until` is the last day of a certificate, None for a letter: once handed in, its date does not matter.
    """

    field_id: str
    label: str
    hand_in_by: date
    until: date | None = None


def expiries(draft: Draft) -> Iterator[Expiry]:
    """The papers of a case whose day is known and not 长期."""
    linked = draft.text(CONTACT_LINK) == "是"
    for field_id in _CERTIFICATES:
        day = _day(draft, field_id, long_term=True)
        if day and day != LONG_TERM and not (linked and field_id.startswith("contact.")):
            last = months_before(day, int(times("certificates")["months"]))
            yield Expiry(field_id, _called(field_id), last, until=day)
    for paper, field_id in _LETTERS:
        day = _day(draft, field_id)
        if day and not (linked and field_id.startswith("contact.")):
            last = months_before(day, -int(times("letters")["months"]))
            yield Expiry(field_id, catalogue()[paper].heading, last)


def months_before(day: date, months: int) -> date:
    """The same day of the month `months` earlier (negative: later), the last one where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return day


def _day(draft: Draft, field_id: str, *, long_term: bool = False) -> date | None:
    return read_day(draft.text(field_id).strip(), long_term)[1] if draft.text(field_id) else None


def _called(field_id: str) -> str:
    section = catalogue()[field_id].section
    return f"{section.title}证件"
