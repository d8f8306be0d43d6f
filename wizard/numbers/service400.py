"""400 and 800 service numbers: the prefix and 7 digits. 800 cannot be called from mobile phones."""

import re
from datetime import date

from wizard.numbers import slips
from wizard.numbers.cleaning import plain
from wizard.problem import Problem, Verdict

_SHAPE = re.compile(r"[48]00[0-9]{7}")
_MARKS = str.maketrans("", "", "().")


def _digits(text: str) -> str:
    return plain(text).translate(_MARKS)


def compact(text: str) -> str:
    """Written 400-688-1132 where the shape is right."""
    number = _digits(text)
    return f"{number[:3]}-{number[3:6]}-{number[6:]}" if _SHAPE.fullmatch(number) else number


def validate(text: str, on: date) -> Verdict:
    """Judge the shape; 800 gives a doubt."""
    number, shown = _digits(text), compact(text)
    if not number:
        return Verdict(shown, (Problem("EMPTY"),))
    if not _SHAPE.fullmatch(number):
        return Verdict(shown, (Problem("BAD_FORMAT", None, {"hint": slips.hint(number)}),))
    return Verdict(shown, (), (Problem("NOT_FROM_MOBILE", 1),) if number[0] == "8" else ())


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups of 3, 3 and 4."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Who pays for the call."""
    if not is_valid(text, on):
        return {}
    return {"type": "主被叫分摊付费" if compact(text)[0] == "4" else "被叫集中付费，手机打不通"}
