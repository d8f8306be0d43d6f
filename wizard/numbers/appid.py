"""The AppID of a mini-program: wx and 16 hexadecimal digits in lower case. gh_… is the 原始 ID."""

import re
from datetime import date

from wizard.numbers import slips
from wizard.numbers.cleaning import bare, lower
from wizard.problem import Problem, Verdict

_SHAPE = re.compile(r"wx[0-9a-f]{16}")
_WRONG = re.compile(r"[^0-9a-f]")
_LETTERS = {"o": "0", "l": "1", "i": "1", "z": "2", "s": "5"}


def compact(text: str) -> str:
    """Lower case, without blanks and unseen characters; a hyphen is kept, it does not belong there."""
    return lower(bare(text))


def _passes(code: str) -> bool:
    return _SHAPE.fullmatch(code) is not None


def _problem(code: str) -> Problem | None:
    if not code:
        return Problem("EMPTY")
    if code.startswith("gh_"):
        return Problem("IS_ORIGINAL_ID", 1)
    if not code.startswith("wx"):
        repaired = next((one for one in (f"wx{code}", f"wx{code[2:]}") if _passes(one)), None)
        return Problem("BAD_PREFIX", 1, {"hint": slips.hint(code)}, repaired)
    bad = {found.start() for found in _WRONG.finditer(code, 2)}
    if bad:
        joined = code.replace("-", "")
        if _passes(joined):
            return Problem("BAD_CHAR", min(bad) + 1, {"char": "-", "hint": ""}, joined)
        return slips.wrong_character(code, bad, _passes, _LETTERS, 18)
    if len(code) != 18:
        return Problem("BAD_LENGTH", values={"length": len(code)})
    return None


def validate(text: str, on: date) -> Verdict:
    """Judge prefix, characters and length; upper case gives a doubt."""
    code = compact(text)
    problem = _problem(code)
    folded = (Problem("CASE_FOLDED"),) if code != bare(text) else ()
    return Verdict(code, (problem,) if problem else (), folded)


def is_valid(text: str, on: date) -> bool:
    """Whether the id is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As the platform shows it, in one piece."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """What it stands for."""
    return {"stands_for": "小程序（或同一开放平台的其他应用）的 AppID"} if is_valid(text, on) else {}
