"""What the 18-character numbers of people have in common: MOD 11-2, a birth date, a doubt about the age."""

import re
from datetime import date

from wizard import districts
from wizard.numbers import check_digits, slips
from wizard.problem import Problem

_WRONG = re.compile(r"[^0-9](?!\Z)|[^0-9X]\Z")
GENDERS = ("女", "男")
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71")


def wrong_characters(code: str) -> Problem | None:
    """Anything but digits, and X in the last place."""
    if not _WRONG.search(code):
        return None
    bad = {found.start() for found in _WRONG.finditer(code)}
    return slips.wrong_character(code, bad, fits, slips.DIGIT_FOR, 18)


def fits(code: str) -> bool:
    """Whether 18 characters have a birth date that exists and the right check character."""
    return len(code) == 18 and not _WRONG.search(code) and checks(code) and birth_date(code[6:14]) is not None


def checks(code: str) -> bool:
    """Whether the 18th character fits the other 17."""
    return check_digits.resident(code[:17]) == code[17]


def birth_date(digits: str) -> date | None:
    """The day that 8 digits name, if there is such a day."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def age(born: date, on: date) -> int:
    """Completed years; who is born on 29 February gets older on 1 March."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def judge_region(region: str, problems: list[Problem], doubts: list[Problem]) -> None:
    """Add what is to be said about the first six digits."""
    if not _PROVINCE.match(region):
        problems.append(Problem("REGION", 1, {"region": region}))
    elif not districts.listed(region):
        doubts.append(Problem("REGION_UNLISTED", 1, {"region": region}))
    elif not districts.current(region):
        doubts.append(Problem("REGION_HISTORIC", 1, {"region": region, "place": districts.full_name(region)}))


def judge_birth(code: str, on: date, problems: list[Problem], doubts: list[Problem]) -> None:
    """Add what is to be said about the date in places 7–14."""
    born = birth_date(code[6:14])
    if born is None:
        said = f"{code[6:10]}-{code[10:12]}-{code[12:14]}"
        problems.append(Problem("BAD_DATE", 7, {"date": said}))
    elif born > on:
        problems.append(Problem("FUTURE_DATE", 7, {"date": born.isoformat()}))
    else:
        years = age(born, on)
        if years > 120:
            doubts.append(Problem("AGE_OVER_120", 7, {"date": born.isoformat(), "age": years}))
        elif years < 18:
            doubts.append(Problem("UNDER_18", 7, {"date": born.isoformat(), "age": years}))


def person(code: str, on: date) -> dict[str, str | int]:
    """Birth date, sex and age from a number that fits."""
    born = birth_date(code[6:14])
    assert born is not None
    return {"birth_date": born.isoformat(), "gender": GENDERS[int(code[16]) % 2], "age": age(born, on)}
