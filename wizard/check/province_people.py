"""Checks of persons that only some provinces ask for: their age, who may do both, where they come from."""

from collections.abc import Iterator

from wizard import districts
from wizard.check.case import Case, Hit, label, title
from wizard.check.dates import months_later, years_between
from wizard.days import LONG_TERM, written
from wizard.sections.natures import PERSON

_MEN = "13579"


def _here(case: Case, fields: tuple[str, ...]) -> tuple[str, ...]:
    """The fields, those of 主体负责人 where the 小程序负责人 is the same person by a click."""
    if case.choices.get("contact.same_as_principal") == "是":
        fields = tuple(field.replace("contact.", "principal.") for field in fields)
    return tuple(dict.fromkeys(fields))


def young_without_paper(
    case: Case,
    fields: tuple[str, ...],
    *,
    years: int,
    papers: tuple[str, ...],
    least: int = 0,
    persons_only: bool = False,
) -> Iterator[Hit]:
    """A person is `least` to under `years` years old, and none of the papers is attached that allow it.

    With `persons_only` a paper helps only where 个人 files, not for an organisation.
    """
    helps = not persons_only or case.choices.get("subject.type") in PERSON
    if helps and any(case.value(paper) for paper in papers):
        return
    for field in _here(case, fields):
        if (born := case.birth(field)) and least <= (age := years_between(born, case.on)) < years:
            yield Hit({"who": title(field), "age": age, "years": years}, (field, *papers))


def past_retirement(case: Case, fields: tuple[str, ...], *, men: int, women: int) -> Iterator[Hit]:
    """A person is older than `men` or `women` years; the 17th digit of a number says which of the two."""
    for field in _here(case, fields):
        if born := case.birth(field):
            limit = men if case.value(field)[16] in _MEN else women
            if (age := years_between(born, case.on)) > limit:
                yield Hit({"who": title(field), "age": age, "limit": limit}, (field,))


def same_person_unless_legal(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """主体负责人 is not the 法定代表人, and 小程序负责人 is yet another person."""
    if case.choices.get("principal.is_legal_person") == "否" and case.two_people:
        yield Hit()


def phones_distinct(case: Case, fields: tuple[str, ...], *, least: int) -> Iterator[Hit]:
    """Two people have fewer than `least` different numbers among their telephones, all of them filled in."""
    numbers = [case.value(field) for field in fields]
    if case.two_people and all(numbers) and len(set(numbers)) < least:
        yield Hit({"now": len(set(numbers)), "least": least})


def id_of_province(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A resident ID begins with another province's code: there it was first issued, no paper changes that.

    Fields: the number, the province, and what else is concerned.
    """
    number = case.value(fields[0])
    kind = case.value(f"{fields[0].partition('.')[0]}.certificate_type")
    if number and kind == "居民身份证" and case.province and number[:2] != case.province[:2]:
        found, chosen = districts.find(f"{number[:2]}0000"), districts.find(case.province)
        if found and chosen:
            yield Hit({"who": title(fields[0]), "found": found.name, "chosen": chosen.name})


def valid_no_longer(case: Case, fields: tuple[str, ...], *, months: int) -> Iterator[Hit]:
    """A resident ID (of each two fields the first and last day) was issued for at most `months`."""
    for first, last in zip(fields[::2], fields[1::2], strict=True):
        kind = case.value(f"{first.partition('.')[0]}.certificate_type")
        start, end = case.value(first), case.value(last)
        if kind == "居民身份证" and start and end and start < end <= months_later(start, months):
            yield Hit({"who": title(first), "start": written(start), "end": written(end)}, (first, last))


def ends_between(case: Case, fields: tuple[str, ...], *, least: int, months: int) -> Iterator[Hit]:
    """At least `least` months are left, which does for the nation, but less than `months`."""
    for field in fields:
        day = case.value(field)
        if day and day != LONG_TERM and months_later(case.on, least) <= day < months_later(case.on, months):
            yield Hit({"label": label(field), "day": written(day), "months": months}, (field,))


def contains_answer(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The first answer contains another one, such as a program's name that of a person."""
    text = case.value(fields[0]) or ""
    for field in fields[1:]:
        other = case.value(field)
        if other and str(other) in text:
            yield Hit({"label": label(fields[0]), "other": str(other)}, (fields[0], field))
            return
