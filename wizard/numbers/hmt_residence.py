"""港澳台居民居住证 (State Council order of 2018-08): the number is built like a resident ID.

The first six digits are 810000 (Hong Kong), 820000 (Macau) or 830000 (Taiwan); then birth date (8),
sequence (3) and check character (ISO 7064 MOD 11-2).
"""

from datetime import date

from wizard.numbers import identity, slips
from wizard.numbers.cleaning import groups, plain
from wizard.problem import Problem, Verdict

REGIONS = {"810000": "香港特别行政区", "820000": "澳门特别行政区", "830000": "台湾省"}


def compact(text: str) -> str:
    """Upper case, without blanks, dashes and unseen characters."""
    return plain(text)


def validate(text: str, on: date) -> Verdict:
    """Judge characters, length, region, birth date and check character."""
    code = compact(text)
    if not code:
        return Verdict(code, (Problem("EMPTY"),))
    if problem := identity.wrong_characters(code):
        return Verdict(code, (problem,))
    if len(code) != 18:
        return Verdict(code, (Problem("BAD_LENGTH", values={"length": len(code), "hint": slips.hint(code)}),))
    problems: list[Problem] = []
    doubts: list[Problem] = []
    if code[:6] not in REGIONS:
        hint = slips.hint(code, "港澳台居民居住证号")
        problems.append(Problem("REGION", 1, {"region": code[:6], "hint": hint}))
    identity.judge_birth(code, on, problems, doubts)
    if not identity.checks(code):
        problems.append(Problem("CHECK_DIGIT", 18))
    return Verdict(code, tuple(problems), tuple(doubts))


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """In groups: region, birth date, the rest."""
    return groups(compact(text), 6, 8, 4)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Region, birth date, sex and age."""
    code = compact(text)
    return {"region": REGIONS[code[:6]], **identity.person(code, on)} if is_valid(code, on) else {}
