"""邮政编码: six digits. No free list of all codes was found, so only the two leading digits are judged."""

import re
from datetime import date

from wizard.numbers import lists, slips
from wizard.numbers.cleaning import plain
from wizard.problem import Problem, Verdict

_WRONG = re.compile(r"[^0-9]")


def compact(text: str) -> str:
    """Without blanks, dashes and unseen characters."""
    return plain(text)


def _place(code: str) -> str:
    return lists.table("postcodes", "whole").get(code) or lists.table("postcodes", "prefixes").get(
        code[:2], ""
    )


def _passes(code: str) -> bool:
    return len(code) == 6 and not _WRONG.search(code) and bool(_place(code))


def validate(text: str, on: date) -> Verdict:
    """Judge characters, length and the first two digits."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if _WRONG.search(code):
        bad = {found.start() for found in _WRONG.finditer(code)}
        return Verdict(code, (slips.wrong_character(code, bad, _passes, slips.DIGIT_FOR, 6),))
    if len(code) != 6:
        return Verdict(code, (Problem("BAD_LENGTH", values={"length": len(code), "hint": slips.hint(code)}),))
    if not _place(code):
        return Verdict(code, (Problem("UNKNOWN_PREFIX", 1, {"prefix": code[:2]}),))
    return Verdict(code)


def is_valid(text: str, on: date) -> bool:
    """Whether the code is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As it is written, in one piece."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """The province of the first two digits."""
    code = compact(text)
    return {"province": _place(code)} if is_valid(code, on) else {}
