"""公民身份号码 of 15 digits, as given before 1999-10-01 and void since 2013-01-01.

Division (6), birth date without the century, which is 19 (6), sequence (3). It is judged for its own sake
only; for a filing the number of 18 is wanted, which `upgrade` computes.
"""

import re
from datetime import date

from wizard import districts
from wizard.numbers import check_digits, identity, slips
from wizard.numbers.cleaning import groups, plain
from wizard.problem import Problem, Verdict

_WRONG = re.compile(r"[^0-9]")


def compact(text: str) -> str:
    """Without blanks, dashes and unseen characters."""
    return plain(text)


def upgrade(code: str) -> str:
    """The number of 18 characters that stands for these 15 digits."""
    body = f"{code[:6]}19{code[6:]}"
    return body + check_digits.resident(body)


def _passes(code: str) -> bool:
    return len(code) == 15 and not _WRONG.search(code) and identity.fits(upgrade(code))


def validate(text: str, on: date) -> Verdict:
    """Judge characters, length, province and birth date."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if _WRONG.search(code):
        bad = {found.start() for found in _WRONG.finditer(code)}
        return Verdict(code, (slips.wrong_character(code, bad, _passes, slips.DIGIT_FOR, 15),))
    if len(code) != 15:
        return Verdict(code, (Problem("BAD_LENGTH", values={"length": len(code), "hint": slips.hint(code)}),))
    problems: list[Problem] = []
    doubts: list[Problem] = []
    identity.judge_region(code[:6], problems, doubts)
    identity.judge_birth(upgrade(code), on, problems, doubts)
    return Verdict(code, tuple(problems), tuple(doubts))


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups: division, birth date, sequence."""
    return groups(compact(text), 6, 6, 3)


def describe(text: str, on: date) -> dict[str, str | int]:
    """The same as for 18 digits, and the number of 18 it became."""
    code = compact(text)
    if not is_valid(code, on):
        return {}
    return {
        "place": districts.full_name_at(code[:6], 1900 + int(code[6:8])),
        **identity.person(upgrade(code), on),
        "upgraded": upgrade(code),
    }
