"""Checks of dates: certificates that run out, papers that are too old, days that cannot be."""

from collections.abc import Iterator
from datetime import date, timedelta

from wizard.check.case import Case, Hit, called, title
from wizard.days import LONG_TERM, written


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` later (or earlier), the last one where there is none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return LONG_TERM if months > 0 else date.min
    following = (
        date(year + month // 11, (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else LONG_TERM
    )
    return date(year, month + 1, min(day.day, (following - timedelta(1)).day))


def _hit(field: str, day: date, **more: str | int) -> Hit:
    return Hit({**called(field), "day": written(day), **more}, (field,))


def past(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A day that must not be over is over: a certificate has run out."""
    for field in fields:
        if (day := case.value(field)) and day < case.on:
            yield _hit(field, day)


def ends_within(case: Case, fields: tuple[str, ...], *, months: int) -> Iterator[Hit]:
    """Less than `months` are left, and the day is not over yet."""
    for field in fields:
        if (day := case.value(field)) and case.on <= day < months_later(case.on, months):
            yield _hit(field, day, months=months)


def in_future(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A day that must have been is still to come."""
    for field in fields:
        if (day := case.value(field)) and day > case.on:
            yield _hit(field, day)


def signed_later(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A letter is dated after the day of submission."""
    for field in fields:
        if (day := case.value(field)) and day > case.day_of_submission:
            yield _hit(field, day)


def older(case: Case, fields: tuple[str, ...], *, months: int) -> Iterator[Hit]:
    """A paper is more than `months` old on the day of submission."""
    oldest = months_later(case.day_of_submission, -months)
    for field in fields:
        if (day := case.value(field)) and day < oldest:
            yield _hit(field, day, months=months)


def before(case: Case, fields: tuple[str, ...], *, day: date) -> Iterator[Hit]:
    """The first field's day lies before a fixed one."""
    if (value := case.value(fields[0])) and value < day:
        yield Hit({"day": written(value), "limit": day.isoformat()})


def since(case: Case, fields: tuple[str, ...], *, day: date) -> Iterator[Hit]:
    """The first field's day is a fixed one or later, and not in the future."""
    if (value := case.value(fields[0])) and day <= value <= case.on:
        yield Hit({"day": written(value), "limit": day.isoformat()})


def not_after(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Of each two days, the second does not come after the first."""
    for first, second in zip(fields[::2], fields[1::2], strict=True):
        start, end = case.value(first), case.value(second)
        if start and end and end <= start:
            values = {"who": title(first), "start": written(start), "end": written(end)}
            yield Hit(values, (first, second))


def before_birth(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Of each two fields, a number and a day, the day lies before the holder's birth."""
    for number, field in zip(fields[::2], fields[1::2], strict=True):
        born, day = case.birth(number), case.value(field)
        if born and day and day < born:
            yield Hit(_hit(field, day, birth=born.isoformat()).values, (field, number))


_LONGEST = 46


def validity_span(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Of each three fields (number, start, end) the span is not the one the law gives at that age.

    居民身份证法 art. 5: 16–25 years of age ten years, 26–45 twenty years, from 46 long-term; under 16 five.
    """
    for number, first, last in zip(fields[::3], fields[1::3], fields[2::3], strict=True):
        kind = case.value(f"{number.partition('.')[0]}.certificate_type")
        born, start, end = case.birth(number), case.value(first), case.value(last)
        if kind != "居民身份证" or not (born and start and end) or not born <= start < end:
            continue
        age = years_between(born, start)
        lawful = lawful_years(age)
        found = 0 if end == LONG_TERM else end.year - start.year
        if found != lawful:
            values: dict[str, str | int] = {"who": title(number), "age": age}
            values |= {"start": written(start), "end": written(end)}
            yield Hit(values | {"lawful": f" {lawful} 年" if lawful else "“长期”"}, (first, last))


def lawful_years(age: int) -> int:
    """For how many years an ID is given at that age, 0 for 长期 (居民身份证法 art. 5)."""
    return 0 if age >= _LONGEST else 20 if age >= 26 else 10 if age >= 16 else 5


def years_between(born: date, day: date) -> int:
    """Full years of age on `day`; who was born on 29 February turns a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
