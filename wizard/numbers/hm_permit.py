"""港澳居民来往内地通行证: H (Hong Kong) or M (Macau) and 8 digits.

The booklets before 2013 printed two more digits, the number of times the permit was renewed. No check digit
is published for the printed number: shape only.
"""

import re
from datetime import date

from wizard.numbers import slips
from wizard.numbers.cleaning import groups, plain
from wizard.problem import Problem, Verdict

_SHAPE = re.compile(r"[HM][0-9]{8}([0-9]{2})?")


def compact(text: str) -> str:
    """Upper case, without blanks, dashes and unseen characters."""
    return plain(text)


def validate(text: str, on: date) -> Verdict:
    """Judge the shape; the two digits of an old booklet give a doubt."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    found = _SHAPE.fullmatch(code)
    if not found:
        suggestion = slips.digits_repaired(code, _SHAPE, 1)
        return Verdict(code, (Problem("BAD_FORMAT", None, {"hint": slips.hint(code)}, suggestion),))
    return Verdict(code, (), (Problem("OLD_BOOKLET", 10),) if found[1] else ())


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups: the letter, 8 digits, the renewals of an old booklet."""
    return groups(compact(text), 1, 8)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Where the holder comes from, and which make of permit it is."""
    code = compact(text)
    if not is_valid(code, on):
        return {}
    return {"from": "香港" if code[0] == "H" else "澳门", "make": "卡式" if len(code) == 9 else "旧版本式"}
