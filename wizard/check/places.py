"""Checks of places: the region chosen, the two addresses, and what numbers tell of a region."""

from collections.abc import Iterator
from functools import lru_cache

from wizard import districts
from wizard.check.case import Case, Hit, label, title
from wizard.districts import District

_WORDS = {"province": "省", "city": "市", "district": "区县"}
_ONE_CITY = ("11", "12", "31", "50")
_BETWEEN = " ,，、·"


@lru_cache(maxsize=8)
def _split(text: str) -> districts.Split:
    """The start of an address; several rules ask about the same two addresses."""
    return districts.split_address(text)


def _chosen(case: Case) -> tuple[District | None, ...]:
    codes = (case.value(f"subject.{level}") for level in _WORDS)
    return tuple(districts.find(code) if code else None for code in codes)


def region_matches(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The address on the certificate names another province, city or district than the one chosen.

    Fields: the address, then province, city and district. A district that no longer exists is let pass.
    """
    address, *levels = fields
    text = case.value(address)
    if not text:
        return
    for field, chosen, found in zip(levels, _chosen(case), _split(text), strict=True):
        if chosen is None or found is None or chosen.code == found.code or not found.current:
            continue
        if found.level == "city" and found.code[:2] in _ONE_CITY and chosen.code[:2] == found.code[:2]:
            continue
        values = {"level": _WORDS[found.level], "chosen": chosen.name, "found": found.name}
        yield Hit(values, (field, address))
        return


def no_region(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """An address that should be whole does not begin with a province, city or district."""
    for field in fields:
        text = case.value(field)
        if text and not any(_split(text)):
            yield Hit({"label": label(field)}, (field,))


def repeats_region(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """An address begins with the province, city or district that is chosen beside it."""
    for field in fields:
        text = case.value(field)
        if text and (start := _region_at_start(text, _chosen(case))):
            yield Hit({"label": label(field), "start": start}, (field,))


def _region_at_start(text: str, chosen: tuple[District | None, ...]) -> str:
    """The part of `text` that names the chosen region: by full names, or by short ones that go on."""
    rest = text
    for row in chosen:
        if row and rest.startswith(row.name):
            rest = rest.removeprefix(row.name).lstrip(_BETWEEN)
        elif row and row.level != "district" and chosen[2] and _split(text)[2] == chosen[2]:
            rest = rest.removeprefix(districts.short_name(row.name)).lstrip(_BETWEEN)
    return text[: len(text) - len(rest)].rstrip(_BETWEEN)


def lies_elsewhere(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """An address begins with another province, city or district than the one chosen."""
    chosen = _chosen(case)
    above = "".join(dict.fromkeys(row.name for row in chosen[:2] if row))
    for field in fields:
        text = case.value(field) or ""
        found = _split(text) if any(_split(text)) else _split(above + text)
        for one, other in zip(chosen, found, strict=True):
            if one and other and other.current and one.code != other.code:
                yield Hit({"label": label(field), "chosen": one.name, "found": other.name}, (field,))
                break


def number_from_elsewhere(case: Case, fields: tuple[str, ...], *, start: int) -> Iterator[Hit]:
    """The province in a number (two digits from `start`) is not the one chosen.

    Fields: the number, the province, and attachments any of which answers the question.
    """
    number, province, *answers = fields
    text, chosen = case.value(number), districts.find(case.province) if case.province else None
    if not text or chosen is None or any(case.value(field) for field in answers):
        return
    found = districts.find(text[start : start + 2] + "0000")
    if found and found.code != chosen.code:
        values = {"who": title(number), "label": label(number), "found": found.name, "chosen": chosen.name}
        yield Hit(values, (number, province, *answers))
