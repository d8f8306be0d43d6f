"""军官证, 士官证 and the like: 某字第…号. No text of its rule is public: a loose shape only."""

import re
from datetime import date

from wizard.numbers import slips
from wizard.numbers.cleaning import dashed, upper
from wizard.problem import Problem, Verdict

_SHAPE = re.compile(r"([\u4e00-\u9fff]{1,6}?)字第([0-9A-Z]{4,10})号")
_ALMOST = re.compile(r"([\u4e00-\u9fff]{1,6}?)字第?([0-9A-Z]{4,10})号?")


def compact(text: str) -> str:
    """Without blanks and unseen characters, 號 written 号."""
    return upper(dashed(text)).replace("-", "").replace("號", "号")


def validate(text: str, on: date) -> Verdict:
    """Judge the shape."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if _SHAPE.fullmatch(code):
        return Verdict(code)
    almost = _ALMOST.fullmatch(code)
    suggestion = f"{almost[1]}字第{almost[2]}号" if almost else None
    return Verdict(code, (Problem("BAD_FORMAT", None, {"hint": slips.hint(code)}, suggestion),))


def is_valid(text: str, on: date) -> bool:
    """Whether the number has the usual shape."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As it is printed, in one piece."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """The word before 字第 and the number after it."""
    found = _SHAPE.fullmatch(compact(text))
    return {"word": found[1], "number": found[2]} if found else {}
