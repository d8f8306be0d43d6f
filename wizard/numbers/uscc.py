"""统一社会信用代码, GB 32100-2015 with amendment XG1-2016 and GB 11714-1997.

18 characters of 0–9 and A–Z without I O S V Z: registering department (1), category (1), division of the
registering office (6, GB/T 2260), organisation code (9, the last its own check character), check character.
The pairs of department and category are `resources/numbers/uscc.toml`. A division that no list has is a
doubt: real codes have some (zones, codes given before a reform).
"""

import re
from datetime import date
from functools import cache

from wizard import districts
from wizard.numbers import check_digits, lists, slips
from wizard.numbers.cleaning import groups, plain
from wizard.problem import Problem, Verdict

_WRONG = re.compile(rf"[^{check_digits.USCC_ALPHABET}]")
_LETTERS = {"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"}
_PLACE = re.compile(
    "1[1-5][0-9]{4}|2[1-3][0-9]{4}|3[1-7][0-9]{4}|4[1-6][0-9]{4}|5[0-4][0-9]{4}|6[1-6][0-9]{4}"
    "|71[0-9]{4}|8[1-3][0-9]{4}|990000"
)
NATION = {"100000": "国家", "990000": "新疆生产建设兵团"}


def compact(text: str) -> str:
    """Upper case, without blanks, dashes and unseen characters."""
    return plain(text)


@cache
def _categories() -> tuple[dict[str, str], dict[str, str]]:
    return lists.table("uscc", "categories"), lists.table("uscc", "extension")


def _length(code: str) -> Problem:
    return Problem("BAD_LENGTH", values={"length": len(code), "hint": slips.hint(code)})


def _hint(code: str) -> str:
    return slips.hint(code, "统一社会信用代码") if code[:17].isdigit() else ""


def _passes(code: str) -> bool:
    return len(code) == 18 and not _WRONG.search(code) and not _judge(code)[0]


def _judge(code: str) -> tuple[list[Problem], list[Problem]]:
    """Problems and doubts of 18 allowed characters."""
    problems: list[Problem] = []
    doubts: list[Problem] = []
    standard, extension = _categories()
    pair, place = code[:2], code[2:8]
    if pair not in standard:
        if pair in extension:
            doubts.append(Problem("CATEGORY_EXT", 1, {"pair": pair}))
        else:
            problems.append(Problem("CATEGORY", 1, {"pair": pair, "hint": _hint(code)}))
    if not districts.listed(place) and place != "100000":
        if _PLACE.fullmatch(place):
            doubts.append(Problem("DIVISION_UNLISTED", 3, {"division": place}))
        else:
            problems.append(Problem("DIVISION", 3, {"division": place, "hint": _hint(code)}))
    organisation = check_digits.organisation(code[8:16]) == code[16]
    if check_digits.uscc(code) != code[17]:
        where = "前 8 位或最后一位" if organisation else "第 9–17 位"
        problems.append(Problem("CHECK_DIGIT", 18, {"where": where, "hint": _hint(code)}))
    if not organisation:
        problems.append(Problem("ORG_CHECK", 17))
    return problems, doubts


def validate(text: str, on: date) -> Verdict:
    """Judge alphabet, length, category, division and both check characters."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if _WRONG.search(code):
        bad = {found.start() for found in _WRONG.finditer(code)}
        return Verdict(code, (slips.wrong_character(code, bad, _passes, _LETTERS, 18),))
    if len(code) != 18:
        return Verdict(code, (_length(code),))
    problems, doubts = _judge(code)
    return Verdict(code, tuple(problems), tuple(doubts))


def is_valid(text: str, on: date) -> bool:
    """Whether the code is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups: department and category, division, organisation code, check character."""
    return groups(compact(text), 2, 6, 9, 1)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Registering department, category, place of registration and organisation code."""
    code = compact(text)
    if not is_valid(code, on):
        return {}
    place = code[2:8]
    standard, extension = _categories()
    return {
        "department": lists.table("uscc", "departments")[code[0]],
        "category": standard.get(code[:2]) or extension[code[:2]],
        "division": place,
        "place": NATION.get(place) or districts.full_name(place) or districts.full_name(place[:2] + "0000"),
        "organisation_code": f"{code[8:16]}-{code[16]}",
    }
