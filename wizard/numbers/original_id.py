"""The 原始 ID of a WeChat account: gh_ and 12 hexadecimal digits. It is not the AppID."""

import re
from datetime import date

from wizard.numbers import slips
from wizard.numbers.cleaning import bare, lower
from wizard.problem import Problem, Verdict

_SHAPE = re.compile(r"gh_[0-9a-f]{12}")
_APPID = re.compile(r"wx[0-9a-f]{16}")


def compact(text: str) -> str:
    """Lower case, without blanks and unseen characters."""
    return lower(bare(text))


def validate(text: str, on: date) -> Verdict:
    """Judge the shape; an AppID is named as such."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if _APPID.fullmatch(code):
        return Verdict(code, (Problem("IS_APPID"),))
    if not _SHAPE.fullmatch(code):
        repaired = slips.digits_repaired(code, _SHAPE, 3)
        return Verdict(code, (Problem("BAD_FORMAT", None, {"hint": slips.hint(code)}, repaired),))
    return Verdict(code)


def is_valid(text: str, on: date) -> bool:
    """Whether the id is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As the platform shows it, in one piece."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """What it stands for."""
    return {"stands_for": "公众平台帐号的原始 ID"} if is_valid(text, on) else {}
