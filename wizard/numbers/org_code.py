"""组织机构代码, GB 11714-1997: 8 digits or letters, a hyphen, one check character (0–9 or X).

Given on the certificates in use before the unified code; today it is characters 9–17 of the latter.
"""

import re
from datetime import date

from wizard.numbers import check_digits, slips
from wizard.numbers.cleaning import plain
from wizard.problem import Problem, Verdict

_WRONG = re.compile(r"[^0-9A-Z]")


def compact(text: str) -> str:
    """Upper case, with the hyphen before the check character where the length is right."""
    code = plain(text)
    return f"{code[:8]}-{code[8]}" if len(code) == 9 else code


def _passes(code: str) -> bool:
    return len(code) == 9 and not _WRONG.search(code) and check_digits.organisation(code[:8]) == code[8]


def validate(text: str, on: date) -> Verdict:
    """Judge alphabet, length and check character."""
    shown, code = compact(text), plain(text)
    if not code:
        return Verdict(shown, (Problem("EMPTY"),))
    if _WRONG.search(code):
        bad = {found.start() for found in _WRONG.finditer(code)}
        return Verdict(shown, (slips.wrong_character(code, bad, _passes, {}),))
    if len(code) != 9:
        return Verdict(
            shown, (Problem("BAD_LENGTH", values={"length": len(code), "hint": slips.hint(code)}),)
        )
    if not _passes(code):
        return Verdict(shown, (Problem("ORG_CHECK", 10),))
    return Verdict(shown)


def is_valid(text: str, on: date) -> bool:
    """Whether the code is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As it is printed, with its hyphen."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Body and check character: the code says nothing of place or category."""
    code = compact(text)
    return {"body": code[:8], "check_character": code[-1]} if is_valid(code, on) else {}
