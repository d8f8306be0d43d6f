"""Fixed telephones: area code, a subscriber number of 7 or 8 digits, perhaps an extension.

The 329 area codes are `resources/numbers/area_codes.csv`; those of three digits have subscriber numbers of
8. A subscriber number starts with 2–9. Written 025-39128177-7859.
"""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from wizard.numbers import lists, slips
from wizard.numbers.cleaning import dashed
from wizard.problem import Problem, Verdict

_EXTENSION = re.compile(r"(?:转接?|轉|分机号?|分機|extension|ext\.?|x|#|,)+[:.]?", re.I | re.A)
_BRACKETS = str.maketrans("()[]/.", "------")
_COUNTRY = re.compile(r"-*(?:\+|00)86-*|86-+(?=0)")
_WRONG = re.compile(r"[^0-9]")


class _Parts(NamedTuple):
    area: str
    subscriber: str
    extension: str


@cache
def _areas() -> dict[str, str]:
    return {row[0]: row[1] for row in lists.rows("area_codes")}


def _joined(text: str) -> str:
    """What is shown of a number that is wrong: no blanks, dashes and brackets, 转 before an extension."""
    main, extension = _halves(text)
    return main.replace("-", "") + (f"转{extension}" if extension else "")


def _halves(text: str) -> tuple[str, str]:
    whole = dashed(text).translate(_BRACKETS)
    marker = _EXTENSION.search(whole)
    if not marker:
        return whole, ""
    # A second marker is shown as a dot: cleaned once more it must not be taken for the first.
    extension = _EXTENSION.sub("·", whole[marker.end() :].replace("-", ""))
    return whole[: marker.start()], extension.lstrip("接:")


def _parts(text: str) -> _Parts | None:
    """Area code, subscriber number and extension, as far as they can be told apart."""
    main, extension = _halves(text)
    country = _COUNTRY.match(main)
    if country:
        main = main[country.end() :]
        main = main if main.startswith("0") else f"0{main}"
    pieces = [piece for piece in main.split("-") if piece]
    digits = "".join(pieces)
    if not digits.startswith("0") or len(digits) > 30 or _WRONG.search(digits):
        return None
    short = digits[:3] == "010" or digits[:2] == "02"
    area, length = digits[: 3 if short else 4], 8 if short else 7
    ends = [sum(map(len, pieces[: n + 1])) for n in range(len(pieces))]
    end = next((end for end in ends if end - len(area) >= length), len(digits))
    subscriber, rest = digits[len(area) : end], digits[end:]
    return _Parts(area, subscriber, rest + extension)


def _judge(parts: _Parts) -> Problem | None:
    if parts.area not in _areas():
        return Problem("AREA_CODE", 1, {"fact": f"没有 {parts.area} 这个区号", "hint": ""})
    wanted = (8,) if len(parts.area) == 3 else (7, 8)
    if len(parts.subscriber) not in wanted:
        said = "8 位" if len(wanted) == 1 else "7 位或 8 位"
        values: dict[str, str | int] = {"area": parts.area, "wanted": said, "length": len(parts.subscriber)}
        return Problem("BAD_LENGTH", len(parts.area) + 1, values)
    if parts.subscriber[0] in "01":
        return Problem("BAD_SUBSCRIBER", len(parts.area) + 1, {"digit": parts.subscriber[0]})
    if len(parts.extension) > 6 or _WRONG.search(parts.extension):
        return Problem("EXTENSION")
    return None


def compact(text: str) -> str:
    """Area, number and extension with hyphens between, where they are right; else just the characters."""
    parts = _parts(text)
    if parts is not None and _judge(parts) is None:
        return "-".join(part for part in parts if part)
    joined = _joined(text)
    while (again := _joined(joined)) != joined:  # 分-机 comes together as a marker only now
        joined = again
    return joined


def _no_parts(number: str) -> Problem:
    """What is wrong with a text that does not start with a trunk 0 or has other characters."""
    if number[0] == "+" or number.startswith("00"):
        return Problem("OTHER_COUNTRY", 1)
    main = number.partition("转")[0]
    if _WRONG.search(main):
        bad = {found.start() for found in _WRONG.finditer(main)}
        return slips.wrong_character(main, bad, lambda one: _good(_parts(one)), {})
    completed = f"0{number}"
    fits = _good(_parts(completed)) and not slips.kind_of(number)
    values: dict[str, str | int] = {"fact": "开头要有区号", "hint": slips.hint(number, "固定电话")}
    return Problem("AREA_CODE", 1, values, compact(completed) if fits else None)


def _good(parts: _Parts | None) -> bool:
    return parts is not None and _judge(parts) is None


def validate(text: str, on: date) -> Verdict:
    """Judge area code, length, first digit and extension."""
    number = compact(text)
    if not number:
        return Verdict(number, (Problem("EMPTY"),))
    parts = _parts(text)
    problem = _no_parts(number) if parts is None else _judge(parts)
    return Verdict(number, (problem,) if problem else ())


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """With hyphens."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """The places of the area code, and the extension."""
    parts = _parts(text)
    if parts is None or _judge(parts):
        return {}
    known: dict[str, str | int] = {"area_code": parts.area, "place": _areas()[parts.area]}
    return known | {"extension": parts.extension} if parts.extension else known
