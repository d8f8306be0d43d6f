"""One cell made an answer, or named and left out: a spreadsheet changes what was typed into it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from wizard import numbers
from wizard.draft import Answer
from wizard.fields import Field
from wizard.finding import Finding, Severity
from wizard.intake.workbook.table import LONGEST_CELL, Mark, Raw, told
from wizard.texts import clean, clean_lines, is_han
from wizard.types import Choice, Count, Day, Line, Number, NumberBy, PersonalNumber, Rows, Several, Telephone

_LOST = 10**15
"""A spreadsheet keeps 15 digits of a number."""
_SERIALS = range(20_000, 80_000)
_FIRST_DAY = date(1899, 12, 30)
_SPOILT = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,3}")
_CELL_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
_LOGICAL: Mapping[str, dict[bool, str]] = {
    "yes_no": {True: "是", False: "否"},
    "have": {True: "有", False: "无"},
}
_IDENTIFIERS = (Number, NumberBy, PersonalNumber, Telephone)
_LONG_MOJIBAKE = 5
_OF_NOBODY = re.compile("[\ue000-\uf8ff]")
_BEYOND_LATIN = re.compile("[\u2200-\U0010ffff]")

Place = Callable[[], str]
"""Where a cell stands, for a sentence; asked for only where there is something to say."""

Read = tuple[str, Finding | None]
"""The text of a cell, empty where it is left out, and what there is to say about it."""


def read_cell(raw: Raw, field: Field, place: Place) -> Read:
    """What `raw` says as an answer to `field`; `place` is where it stands, for the sentence."""
    if isinstance(raw, str):
        return _text(raw, field, place)
    if isinstance(raw, Mark):
        return _left_out("FORMULA" if raw is Mark.FORMULA else "CELL_ERROR", field, place)
    if isinstance(raw, bool):
        return _logical(raw, field, place)
    if isinstance(raw, (int, float)):
        return _number(raw, field, place)
    if isinstance(raw, date):
        return _date(raw, field, place)
    return _left_out("TIME_HERE", field, place)


def as_answer(text: str, field: Field) -> Answer:
    """The text of a cell in the shape of an answer to `field`: lists are parted at 、；，and line ends."""
    if isinstance(field.kind, Several):
        return tuple(_parts(text))
    if isinstance(field.kind, Rows):
        return tuple(_row(part) for part in _parts(text))
    return text


def _left_out(code: str, field: Field, place: Place, **values: str | int) -> Read:
    return "", told(code, "error", (field.id,), place=place(), field=field.heading, **values)


def _kept(kept: str, code: str, severity: Severity, field: Field, place: Place, **values: str | int) -> Read:
    return kept, told(code, severity, (field.id,), place=place(), field=field.heading, **values)


def _text(raw: str, field: Field, place: Place) -> Read:
    lines = isinstance(field.kind, Line) and field.kind.lines
    text = clean_lines(raw) if lines else clean(raw)
    if not text:
        return "", None
    if len(raw) > LONGEST_CELL:
        return _left_out("TOO_LONG", field, place, now=len(raw), most=LONGEST_CELL)
    if text in _CELL_ERRORS:
        return _left_out("CELL_ERROR", field, place)
    if garbled(text):
        return _left_out("MOJIBAKE", field, place)
    if isinstance(field.kind, Day) and text.isdigit() and len(text) == 5 and int(text) in _SERIALS:
        return _serial(int(text), field, place)
    if _SPOILT.fullmatch(text) or (isinstance(field.kind, _IDENTIFIERS) and _rounded(text)):
        return _left_out("NUMBER_LOST", field, place)
    if isinstance(field.kind, Choice) and text.upper() in ("TRUE", "FALSE"):
        return _logical(text.upper() == "TRUE", field, place)
    if "".join(text.split()) != "".join(raw.split()):
        return _kept(text, "INVISIBLE", "warning", field, place)
    return text, None


def _rounded(text: str) -> bool:
    """Whether a long number ends in zeros from its 16th digit on, and no number of a person or body does."""
    if not (text.isascii() and text.isdigit() and len(text) > 15 and not text[15:].strip("0")):
        return False
    later = date(2199, 1, 1)
    return not any(numbers.kind(kind).validate(text, later).valid for kind in ("ric", "uscc"))


def _logical(value: bool, field: Field, place: Place) -> Read:
    words = _LOGICAL.get(field.kind.code_set) if isinstance(field.kind, Choice) else None
    if words:
        return words[value], None
    return _left_out("LOGICAL", field, place, text=str(value).upper())


def _number(raw: float, field: Field, place: Place) -> Read:
    if abs(raw) >= _LOST:
        return _left_out("NUMBER_LOST", field, place)
    if raw != int(raw):
        return _left_out("FRACTION", field, place, text=f"{raw:g}")
    whole = int(raw)
    if isinstance(field.kind, Day):
        return _serial(whole, field, place) if whole in _SERIALS else (str(whole), None)
    if isinstance(field.kind, Count):
        return str(whole), None
    severity: Severity = "note" if isinstance(field.kind, Number) else "warning"
    return _kept(str(whole), "NUMBER", severity, field, place, text=str(whole))


def _serial(days: int, field: Field, place: Place) -> Read:
    day = _FIRST_DAY + timedelta(days=days)
    return _left_out("DATE_SERIAL", field, place, text=str(days), day=day.isoformat())


def _date(raw: date, field: Field, place: Place) -> Read:
    day = raw.date() if isinstance(raw, datetime) else raw
    if isinstance(raw, datetime) and raw.time() != time() and not isinstance(field.kind, Day):
        return _left_out("TIME_HERE", field, place)
    if isinstance(field.kind, Day):
        return day.isoformat(), None
    return _left_out("DATE_HERE", field, place, text=day.isoformat())


def garbled(text: str) -> bool:
    """Whether `text` is what a wrong encoding makes of Chinese: 锟斤拷, 鍖椾含, or characters of nobody."""
    if "\ufffd" in text or "锟斤拷" in text or "烫烫烫" in text:
        return True
    if text.isascii():
        return False
    if _OF_NOBODY.search(text):
        return True
    if _BEYOND_LATIN.search(text):
        return len(text) >= _LONG_MOJIBAKE and _reads_as("gb18030", text)
    return len(text) > 1 and (_reads_as("cp1252", text) or _reads_as("latin-1", text))


def _reads_as(codec: str, text: str) -> bool:
    """Whether the bytes of `text` in a wrong encoding are Chinese in UTF-8."""
    try:
        other = text.encode(codec).decode("utf-8")
    except UnicodeError:
        return False
    return other != text and any(map(is_han, other))


def _parts(text: str) -> list[str]:
    for mark in "；;，,\n":
        text = text.replace(mark, "、")
    return [part.strip() for part in text.split("、") if part.strip()]


def _row(part: str) -> dict[str, Any]:
    """“新闻：许可证 123” as a row of 前置审批."""
    kind, _, code = part.replace(":", "：").partition("：")
    return {"type": kind.strip(), "code": code.strip()} if code.strip() else {"type": kind.strip()}
