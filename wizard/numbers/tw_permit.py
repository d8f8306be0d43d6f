"""台湾居民来往大陆通行证: 8 digits on the card of 2015, 10 in the booklet before it.

No check digit is published: shape only.
"""

import re
from datetime import date

from wizard.numbers import slips
from wizard.numbers.cleaning import groups, plain
from wizard.problem import Problem, Verdict

_SHAPE = re.compile(r"[0-9]{8}([0-9]{2})?")


def compact(text: str) -> str:
    """Upper case, without blanks, dashes and unseen characters."""
    return plain(text)


def validate(text: str, on: date) -> Verdict:
    """Judge the shape; the ten digits of an old booklet give a doubt."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    found = _SHAPE.fullmatch(code)
    if not found:
        suggestion = slips.digits_repaired(code, _SHAPE)
        return Verdict(code, (Problem("BAD_FORMAT", None, {"hint": slips.hint(code)}, suggestion),))
    return Verdict(code, (), (Problem("OLD_BOOKLET", 9),) if found[1] else ())


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups of four."""
    return groups(compact(text), 4, 4)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Which make of permit it is."""
    code = compact(text)
    return {"make": "卡式" if len(code) == 8 else "旧版本式"} if is_valid(code, on) else {}
