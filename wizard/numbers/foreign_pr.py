"""外国人永久居留身份证: the five-star card of 2023 and the card before it.

2023: 9, province of application (2), nationality (3, ISO 3166-1 numeric), birth date (8), sequence (3),
check character (ISO 7064 MOD 11-2). Before: nationality (3 letters) and 12 digits, of which the fifth to
the tenth are the birth date without century; no text of its check digit was found, so it is not judged.
"""

import re
from datetime import date
from functools import cache

from wizard import districts
from wizard.numbers import identity, lists, slips
from wizard.numbers.cleaning import groups, plain
from wizard.problem import Problem, Verdict

_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")


def compact(text: str) -> str:
    """Upper case, without blanks, dashes and unseen characters."""
    return plain(text)


@cache
def _countries() -> dict[str, str]:
    """Both codes → name."""
    return {code: name for alpha, numeric, name in lists.rows("countries") for code in (alpha, numeric)}


def _old_birth_dates(code: str) -> list[date]:
    days = (identity.birth_date(century + code[7:13]) for century in ("19", "20"))
    return [day for day in days if day]


def _judge_old(code: str, on: date) -> Verdict:
    doubts = [Problem("OLD_CARD_15")]
    if code[:3] not in _countries():
        doubts.append(Problem("COUNTRY", 1, {"country": code[:3]}))
    if not any(day <= on for day in _old_birth_dates(code)):
        said = f"{code[7:9]}-{code[9:11]}-{code[11:13]}"
        return Verdict(code, (Problem("BAD_DATE", 8, {"date": said}),), tuple(doubts))
    return Verdict(code, (), tuple(doubts))


def validate(text: str, on: date) -> Verdict:
    """Judge the new card by all its parts, the old one by shape and date."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if _OLD.fullmatch(code):
        return _judge_old(code, on)
    if problem := identity.wrong_characters(code):
        return Verdict(code, (problem,))
    if len(code) != 18:
        return Verdict(code, (Problem("BAD_LENGTH", values={"length": len(code), "hint": slips.hint(code)}),))
    problems: list[Problem] = []
    doubts: list[Problem] = []
    if code[0] != "9":
        hint = slips.hint(code, "外国人永久居留身份证号")
        problems.append(Problem("BAD_PREFIX", 1, {"char": code[0], "hint": hint}))
    if not districts.current(code[1:3] + "0000"):
        problems.append(Problem("REGION", 2, {"region": code[1:3]}))
    if code[3:6] not in _countries():
        doubts.append(Problem("COUNTRY", 4, {"country": code[3:6]}))
    identity.judge_birth(code, on, problems, doubts)
    if not identity.checks(code):
        problems.append(Problem("CHECK_DIGIT", 18))
    return Verdict(code, tuple(problems), tuple(doubts))


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups: the new card's province and nationality, birth date, rest; the old card's letters first."""
    code = compact(text)
    return groups(code, 6, 8, 4) if code[:1] == "9" else groups(code, 3, 4, 6)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Nationality, province of application, birth date, sex and age; of the old card the nationality."""
    code = compact(text)
    if not is_valid(code, on):
        return {}
    if code[0] != "9":
        return {"card": "2023 年以前的卡", "country": _countries().get(code[:3], "")}
    province = districts.find(code[1:3] + "0000")
    return {
        "card": "2023 年版（五星卡）",
        "country": _countries().get(code[3:6], ""),
        "province": province.name if province else "",
        **identity.person(code, on),
    }
