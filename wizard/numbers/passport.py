"""护照: 6 to 9 letters and digits, as ICAO Doc 9303 leaves to each country; no check digit goes with it."""

import re
from datetime import date

from wizard.numbers import slips
from wizard.numbers.cleaning import plain
from wizard.problem import Problem, Verdict

_SHAPE = re.compile(r"(?=.*[0-9])[0-9A-Z]{6,9}")
_MAINLAND = (
    (re.compile(r"E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}|1[45][0-9]{7}"), "中国因私普通护照"),
    (re.compile(r"(?:PE|P)[0-9]{7,8}"), "中国公务普通护照"),
    (re.compile(r"(?:SE|S)[0-9]{7,8}"), "中国公务护照"),
    (re.compile(r"(?:DE|D)[0-9]{7,8}"), "中国外交护照"),
)


def compact(text: str) -> str:
    """Upper case, without blanks, dashes and unseen characters."""
    return plain(text)


def validate(text: str, on: date) -> Verdict:
    """Judge length and characters."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if not _SHAPE.fullmatch(code):
        return Verdict(code, (Problem("BAD_FORMAT", None, {"length": len(code), "hint": slips.hint(code)}),))
    return Verdict(code)


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As it is printed, in one piece."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Which Chinese passport the number looks like, if any; the number alone does not prove it."""
    code = compact(text)
    if not is_valid(code, on):
        return {}
    return next(({"looks_like": label} for shape, label in _MAINLAND if shape.fullmatch(code)), {})
