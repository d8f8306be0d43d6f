"""Checks of persons: who is who, and whether their numbers are their own."""

from collections.abc import Iterator
from itertools import combinations

from wizard.check.case import Case, Hit, called, label, title
from wizard.check.dates import years_between
from wizard.check.given import Places
from wizard.masking import masked
from wizard.sections import catalogue

_NOWHERE = Places()


def _shown(field: str, value: object) -> str:
    return masked(str(value)) if catalogue()[field].ask.private else str(value)


def _same(one: object, other: object) -> bool:
    """Equal texts, but for blanks, the kind of dot, and capital letters."""
    return _plain(one) == _plain(other)


def _plain(value: object) -> str:
    return "".join(str(value).split()).replace("•", "·").replace("・", "·").casefold()


def _pair(case: Case, one: str, other: str) -> Hit:
    values: dict[str, str | int] = {
        "who": title(one),
        "label": label(one),
        "value": _shown(one, case.value(one)),
        "other_who": title(other),
        "other_label": label(other),
        "other": _shown(other, case.value(other)),
    }
    return Hit(values, (one, other))


def differ(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The first answer is the same as another one."""
    first = case.value(fields[0])
    for field in fields[1:]:
        other = case.value(field)
        if first and other and _same(first, other):
            yield _pair(case, fields[0], field)


def differ_in_pairs(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Of each two answers, both are the same."""
    for pair in zip(fields[::2], fields[1::2], strict=True):
        yield from differ(case, pair)


def agree(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The first answer and another one, both given, are not the same."""
    first = case.value(fields[0])
    for field in fields[1:]:
        other = case.value(field)
        if first and other and not _same(first, other):
            yield _pair(case, fields[0], field)


def people_differ(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Two different people have the same answer."""
    if case.two_people:
        yield from differ(case, fields)


def people_crossed(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Of each two fields, one person's is the same as the other person's."""
    if case.two_people:
        yield from differ_in_pairs(case, fields)


def one_number_two_names(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Among pairs of a number and a name, one number stands with two names."""
    pairs = [pair for pair in zip(fields[::2], fields[1::2], strict=True) if all(map(case.value, pair))]
    for (number, name), (other_number, other_name) in combinations(pairs, 2):
        if case.value(number) == case.value(other_number):
            for hit in agree(case, (name, other_name)):
                values = {**hit.values, "number": masked(case.value(number))}
                yield Hit(values, (name, number, other_name, other_number))


def one_name_two_numbers(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Of two pairs of a number and a name, both have the same name and different numbers."""
    number, name, other_number, other_name = fields
    if not all(map(case.value, fields)) or case.value(number) == case.value(other_number):
        return
    if _same(case.value(name), case.value(other_name)):
        yield Hit(_pair(case, name, other_name).values, fields)


def same_person_twice(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The same person is filled in twice, and one of the other answers is not the same."""
    number, other_number, *pairs = fields
    if not case.value(number) or case.value(number) != case.value(other_number):
        return
    for pair in zip(pairs[::2], pairs[1::2], strict=True):
        for hit in agree(case, pair):
            yield Hit(hit.values, (number, other_number, *pair))
            return


def younger(
    case: Case, fields: tuple[str, ...], *, years: int, least: int = 0, not_in: Places = _NOWHERE
) -> Iterator[Hit]:
    """The holder of a certificate is under `years` (and at least `least`) years old today."""
    if case.province in not_in:
        return
    for field in fields:
        if born := case.birth(field):
            age = years_between(born, case.on)
            if least <= age < years:
                yield Hit({"who": title(field), "age": age, "years": years, "least": least}, (field,))


def han_name(case: Case, fields: tuple[str, ...], *, certificate_types: tuple[str, ...]) -> Iterator[Hit]:
    """Of each two fields, a name in Chinese characters stands with such a certificate."""
    for name, kind in zip(fields[::2], fields[1::2], strict=True):
        text, chosen = case.value(name), case.value(kind)
        if text and chosen in certificate_types and "\u4e00" <= text[0] <= "\u9fff":
            yield Hit({"who": title(name), "kind": chosen}, (kind, name))


def one_of(case: Case, fields: tuple[str, ...], *, answers: tuple[str, ...]) -> Iterator[Hit]:
    """An answer is one of those listed."""
    for field in fields:
        if case.value(field) in answers:
            yield Hit({**called(field), "value": case.value(field)}, (field,))


def begins(case: Case, fields: tuple[str, ...], *, prefixes: tuple[str, ...]) -> Iterator[Hit]:
    """A number begins with one of the listed digits."""
    for field in fields:
        number = case.value(field)
        if number and number.startswith(prefixes):
            yield Hit({**called(field), "value": masked(number), "head": number[:3]}, (field,))
