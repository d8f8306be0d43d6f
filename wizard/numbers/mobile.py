"""Mobile numbers of the mainland: 11 digits, the first three a range that was allotted (MIIT).

Ranges are `resources/numbers/mobile.toml`. Only a range that nobody was given is an error; the operator a
range was given to says nothing about the operator today (携号转网), nor does the place.
"""

import re
from datetime import date
from functools import cache

from wizard.numbers import lists, slips
from wizard.numbers.cleaning import groups, plain
from wizard.problem import Problem, Verdict

_MARKS = str.maketrans("", "", "()[]./·")
_COUNTRY = re.compile(r"(?:(?:\+|00)86)+|86(?=[01][0-9]{10,11}\Z)")
_WRONG = re.compile(r"[^0-9]")


def _split(text: str) -> tuple[str, bool]:
    """The number without country code and trunk 0, and whether it had a trunk 0."""
    number = plain(text).translate(_MARKS)
    country = _COUNTRY.match(number)
    if country:
        number = number[country.end() :]
    trunk = len(number) == 12 and number.startswith("01")
    return (number[1:] if trunk else number), trunk


def compact(text: str) -> str:
    """The 11 digits, without +86, a trunk 0, blanks, dashes and brackets."""
    number = _split(text)[0]
    while (again := _split(number)[0]) != number:
        number = again
    return number


@cache
def _operators() -> dict[str, str]:
    """Range → operator it was given to."""
    ranges = lists.sets("mobile", "operators")
    return {prefix: operator for operator, prefixes in ranges.items() for prefix in prefixes}


def _passes(number: str) -> bool:
    return len(number) == 11 and not _WRONG.search(number) and number[:3] in _operators()


def _problem(number: str) -> Problem | None:
    if not number:
        return Problem("EMPTY")
    if number[0] == "+" or number.startswith("00"):
        return Problem("OTHER_COUNTRY", 1)
    if _WRONG.search(number):
        bad = {found.start() for found in _WRONG.finditer(number)}
        return slips.wrong_character(number, bad, _passes, {})
    if len(number) != 11:
        hint = slips.hint(number, "手机号码")
        return Problem("BAD_LENGTH", values={"length": len(number), "hint": hint})
    if number[:3] not in _operators():
        return Problem("UNASSIGNED_RANGE", 1, {"range": number[:3], "hint": slips.hint(number, "手机号码")})
    if number[:3] in lists.sets("mobile", "use")["things"]:
        return Problem("IOT_NUMBER", 1, {"range": number[:3]})
    return None


def validate(text: str, on: date) -> Verdict:
    """Judge characters, length and range."""
    number = compact(text)
    if problem := _problem(number):
        return Verdict(number, (problem,))
    doubts = [Problem("TRUNK_ZERO")] if _split(text)[1] else []
    use, range_ = lists.sets("mobile", "use"), {"range": number[:3]}
    for code, part in (("DATA_CARD", "data"), ("MVNO", "resellers"), ("RANGE_UNCONFIRMED", "unconfirmed")):
        if number[:3] in use[part]:
            doubts.append(Problem(code, 1, range_))
    return Verdict(number, (), tuple(doubts))


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups of 3, 4 and 4."""
    return groups(compact(text), 3, 4, 4)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Whom the range was given to."""
    number = compact(text)
    return {"range_of": _operators()[number[:3]]} if is_valid(number, on) else {}
