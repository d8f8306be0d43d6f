"""ICP 备案号, as the 工业和信息化部 filing system writes it.

Short name of the province, ICP备, 8 digits (year of two digits and six) or 10 (year of four, from about
2020), 号: the subject (主体). With -n it is a web site, -nX a mini-program, -nA an app, -nK a quick app.
A few from before the filing system of 2005 have 6 digits. Holders of a telecom licence file under its number:
粤B2-20090059-1626X. The bare licence, an ICP证 and the number of the 公安机关 are other things.
"""

import re
from datetime import date

from wizard.numbers import lists, slips
from wizard.numbers.cleaning import dashed, upper
from wizard.problem import Problem, Verdict

_SHAPE = re.compile(
    r"(?P<province>[\u4e00-\u9fff])ICP备(?P<digits>[0-9]{8}|[0-9]{10})号(?P<service>-[0-9]{1,5}[XAK]?)?"
)
_EARLY = re.compile(
    r"(?P<province>[\u4e00-\u9fff])ICP备(?P<digits>0[0-5][0-9]{4})号(?P<service>-[0-9]{1,5}[XAK]?)?"
)
_UNDER_LICENCE = re.compile(
    r"(?P<province>[\u4e00-\u9fff])(?P<licence>[AB][12](?:\.[AB][12]){0,3}-[0-9]{8})(?P<service>-[0-9]{1,5}[XAK]?)"
)
_LICENCE = re.compile(
    r"[\u4e00-\u9fff]?[AB][12](?:\.[AB][12]){0,3}-?[0-9]{8}号?|[\u4e00-\u9fff]?ICP证.{0,30}"
)
_POLICE = re.compile(r"[\u4e00-\u9fff]{0,3}公网安备?.{0,30}|[\u4e00-\u9fff]网安备.{0,30}")
_LOOSE = re.compile(
    r"([\u4e00-\u9fff])ICP(?:备案?)?号?[:-]?([0-9]{8}|[0-9]{10})号?-?(?:([0-9]{1,5})([XAK]?))?"
)
_KINDS = {"": "网站", "X": "小程序", "A": "App", "K": "快应用"}


def compact(text: str) -> str:
    """Without blanks and unseen characters; ICP in upper case, 備 and 號 written simply, one kind of dash."""
    return upper(dashed(text)).replace("備", "备").replace("號", "号").replace("證", "证")


def _suggestion(number: str, on: date) -> str | None:
    """The well-formed number that a loosely written text contains."""
    found = _LOOSE.search(number) if len(number) <= 60 else None
    if not found:
        return None
    province = lists.table("icp", "instead").get(found[1], found[1])
    service = f"-{found[3]}{found[4]}" if found[3] else ""
    written = f"{province}ICP备{found[2]}号{service}"
    return written if written != number and is_valid(written, on) else None


def _not_a_number(number: str, on: date) -> Problem:
    if _LICENCE.fullmatch(number):
        return Problem("IS_LICENCE")
    if _POLICE.fullmatch(number):
        return Problem("IS_POLICE_RECORD")
    return Problem("BAD_FORMAT", None, {"hint": slips.hint(number, "ICP 备案号")}, _suggestion(number, on))


def _judge_year(digits: str, on: date, problems: list[Problem], doubts: list[Problem]) -> None:
    year = int(digits[:4]) if len(digits) == 10 else 2000 + int(digits[:2])
    if not 2000 <= year <= on.year:
        said = digits[:4] if len(digits) == 10 else digits[:2]
        problems.append(Problem("YEAR", 6, {"year": said, "now": on.year}))
    elif year < 2005:
        doubts.append(Problem("EARLY", 6, {"year": year}))


def validate(text: str, on: date) -> Verdict:
    """Judge form, province and year; name the other numbers that are taken for it."""
    number = compact(text)
    if not number:
        return Verdict(number, (Problem("EMPTY"),))
    problems: list[Problem] = []
    doubts: list[Problem] = []
    found = _SHAPE.fullmatch(number) or _EARLY.fullmatch(number)
    licensed = _UNDER_LICENCE.fullmatch(number)
    if found:
        _judge_province(found["province"], number, on, problems)
        _judge_year(found["digits"], on, problems, doubts)
    elif licensed:
        _judge_province(licensed["province"], number, on, problems)
        doubts.append(Problem("UNDER_LICENCE"))
    else:
        problems.append(_not_a_number(number, on))
    return Verdict(number, tuple(problems), tuple(doubts))


def _judge_province(short: str, number: str, on: date, problems: list[Problem]) -> None:
    if short in lists.table("icp", "provinces"):
        return
    instead = lists.table("icp", "instead").get(short)
    hint = f"，备案号里用“{instead}”" if instead else ""
    suggestion = instead + number[1:] if instead else None
    if suggestion and not is_valid(suggestion, on):
        suggestion = None
    problems.append(Problem("PROVINCE", 1, {"province": short, "hint": hint}, suggestion))


def is_valid(text: str, on: date) -> bool:
    """Whether the number is well-formed."""
    return validate(text, on).valid


def format(text: str) -> str:
    """As it is published, in one piece."""
    return compact(text)


def describe(text: str, on: date) -> dict[str, str | int]:
    """Province, what is filed (subject, web site, mini-program …), and the year."""
    number = compact(text)
    if not is_valid(number, on):
        return {}
    found = _SHAPE.fullmatch(number) or _EARLY.fullmatch(number) or _UNDER_LICENCE.fullmatch(number)
    assert found is not None
    service = found["service"] or ""
    known: dict[str, str | int] = {
        "province": lists.table("icp", "provinces")[found["province"]],
        "kind": _KINDS[service[-1:] if service[-1:] in _KINDS else ""] if service else "主体",
        "subject": number.removesuffix(service),
    }
    digits = found.groupdict().get("digits") or ""
    if digits:
        known["year"] = int(digits[:4]) if len(digits) == 10 else 2000 + int(digits[:2])
    return known
