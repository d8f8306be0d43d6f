"""公民身份号码 of the 居民身份证, GB 11643-1999 (the 15-digit numbers are void since 2013-01-01).

Division of first issue (6, GB/T 2260), birth date (8), sequence (3, odd for men), check character
(ISO 7064 MOD 11-2). The division is that of the first issue, so codes long abolished are right; one that no
list has is a doubt.
"""

from datetime import date

from wizard import districts
from wizard.numbers import identity, ric15, slips
from wizard.numbers.cleaning import groups, plain
from wizard.problem import Problem, Verdict


def compact(text: str) -> str:
    """Upper case, without blanks, dashes and unseen characters."""
    return plain(text)


def _other_document(code: str) -> Problem | None:
    """The verdict on a text that is plainly no 18-digit number of a citizen."""
    if problem := identity.wrong_characters(code):
        return problem
    if len(code) == 15 and code[14] != "X":
        upgraded = ric15.upgrade(code)
        fitting = upgraded if identity.fits(upgraded) else None
        return Problem("LEGACY_15", suggestion=fitting)
    if len(code) != 18:
        return Problem("BAD_LENGTH", values={"length": len(code), "hint": slips.hint(code)})
    if code[:2] in ("81", "82", "83"):
        return Problem("IS_HMT_RESIDENCE", 1)
    if code[0] == "9":
        return Problem("IS_FOREIGN_PR", 1)
    return None


def validate(text: str, on: date) -> Verdict:
    """Judge characters, length, kind of document, division, birth date and check character."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if problem := _other_document(code):
        return Verdict(code, (problem,))
    problems: list[Problem] = []
    doubts: list[Problem] = []
    identity.judge_region(code[:6], problems, doubts)
    identity.judge_birth(code, on, problems, doubts)
    if not identity.checks(code):
        problems.append(Problem("CHECK_DIGIT", 18))
    return Verdict(code, tuple(problems), tuple(doubts))


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups: division, birth date, the rest."""
    return groups(compact(text), 6, 8, 4)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Place of first issue, birth date, sex, and age on the day `on`."""
    code = compact(text)
    if not is_valid(code, on):
        return {}
    province = districts.find(code[:2] + "0000")
    place = districts.full_name_at(code[:6], int(code[6:10]))
    return {
        "province": province.name if province else "",
        "place": place or (province.name if province else ""),
        **identity.person(code, on),
    }
