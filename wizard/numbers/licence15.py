"""工商注册号 of 15 digits (GS 15-2006), on licences from before the unified code of 2015.

Registering office (6, GB/T 2260), serial number (8), check digit (ISO 7064 MOD 11,10). The rule is known
from copies only, and offices gave numbers before it, so a check digit that does not fit is a doubt.
"""

import re
from datetime import date

from wizard import districts
from wizard.numbers import check_digits, slips
from wizard.numbers.cleaning import groups, plain
from wizard.problem import Problem, Verdict

_WRONG = re.compile(r"[^0-9]")


def compact(text: str) -> str:
    """Without blanks, dashes and unseen characters."""
    return plain(text)


def _passes(code: str) -> bool:
    return len(code) == 15 and not _WRONG.search(code) and check_digits.licence(code[:14]) == code[14]


def validate(text: str, on: date) -> Verdict:
    """Judge alphabet and length; the check digit gives a doubt."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if _WRONG.search(code):
        bad = {found.start() for found in _WRONG.finditer(code)}
        return Verdict(code, (slips.wrong_character(code, bad, _passes, slips.DIGIT_FOR, 15),))
    if len(code) != 15:
        return Verdict(code, (Problem("BAD_LENGTH", values={"length": len(code), "hint": slips.hint(code)}),))
    doubts = [] if _passes(code) else [Problem("CHECK_DIGIT", 15)]
    if not districts.listed(code[:6]) and code[:6] != "100000":
        doubts.append(Problem("DIVISION_UNLISTED", 1, {"division": code[:6]}))
    return Verdict(code, (), tuple(doubts))


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups: office, serial number, check digit."""
    return groups(compact(text), 6, 8, 1)


def describe(text: str, on: date) -> dict[str, str | int]:
    """The place of the registering office."""
    code = compact(text)
    if not is_valid(code, on):
        return {}
    return {"division": code[:6], "place": districts.full_name(code[:6])}
