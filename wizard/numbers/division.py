"""行政区划代码, GB/T 2260: province (2), city (2), county (2). Current and historic: `wizard.districts`."""

import re
from datetime import date

from wizard import districts
from wizard.numbers import slips
from wizard.numbers.cleaning import plain
from wizard.problem import Problem, Verdict

_WRONG = re.compile(r"[^0-9]")
_OUTSIDE = re.compile(r"(?:71|8[1-3])[0-9]{4}")


def compact(text: str) -> str:
    """Without blanks, dashes and unseen characters."""
    return plain(text)


def _known(code: str) -> bool:
    return districts.listed(code) or _OUTSIDE.fullmatch(code) is not None


def validate(text: str, on: date) -> Verdict:
    """Judge characters and length, and look the code up; one that is out of use gives a doubt."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if _WRONG.search(code):
        bad = {found.start() for found in _WRONG.finditer(code)}
        return Verdict(code, (slips.wrong_character(code, bad, _known, slips.DIGIT_FOR, 6),))
    if len(code) != 6:
        return Verdict(code, (Problem("BAD_LENGTH", values={"length": len(code), "hint": slips.hint(code)}),))
    if not _known(code):
        return Verdict(code, (Problem("UNKNOWN", 1, {"code": code}),))
    if districts.current(code):
        return Verdict(code)
    if not districts.listed(code):
        return Verdict(code, (), (Problem("NOT_STANDARD", 1, {"code": code}),))
    values: dict[str, str | int] = {"code": code, "place": districts.full_name(code)}
    return Verdict(code, (), (Problem("HISTORIC", 1, values),))


def is_valid(text: str, on: date) -> bool:
    """Whether the code is or was in use."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As it is written, in one piece."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """The name from the province down, the level, and the years it was in use."""
    found = districts.find(compact(text))
    if found is None:
        return {}
    levels = {"province": "省级", "city": "地级", "district": "县级"}
    known: dict[str, str | int] = {"name": districts.full_name(found.code), "level": levels[found.level]}
    if not found.current:
        known["until"] = found.until if found.until != "?" else "年份不详"
    return known
