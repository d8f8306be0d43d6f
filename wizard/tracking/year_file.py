"""One year's official 放假安排, read from a file and judged before it is believed."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from wizard.files import FileProblem, why
from wizard.finding import Citation

_MOST_BYTES = 256 * 1024
_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEKDAYS = "一二三四五六日"
# Off by 全国年节及纪念日放假办法 in every year since 2008, whatever the notice says besides.
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
# 2019 to 2026 give 22 to 33 days off and 5 to 8 weekend days worked.
_PLAUSIBLE_OFF = range(15, 46)
_PLAUSIBLE_WORK = range(1, 16)


@dataclass(frozen=True, slots=True)
class Year:
    """The official 放假安排 of one year: the days off with the festival's name, and the weekend days worked.

    It may reach into December of the year before, as the notice for 2019 did.
    """

    year: int
    source: Citation
    off: Mapping[date, str]
    work: frozenset[date]
    imported: bool = False


def read_bytes(file: Path) -> bytes:
    """What is in `file`, unless it is far too large to be one year's 放假安排.

    Raises:
        FileProblem: it cannot be read, or is too large.
    """
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise FileProblem(f"“{file.name}”太大，不像一年的放假安排，检查是否选错了文件")
        return file.read_bytes()
    except OSError as error:
        raise FileProblem(f"无法读取“{file.name}”：{why(error)}") from error


def parse_year(name: str, data: bytes, *, imported: bool = False) -> Year:
    """The 放假安排 in a file called `name`, in our own layout or the widely shared `{year, papers, days}`.

    Raises:
        FileProblem: it is not one, or not a whole one: a list that is empty must not read as 没有节假日.
    """
    try:
        return _year(json.loads(data.decode("utf-8-sig")), imported)
    except (ValueError, RecursionError) as error:
        raise FileProblem(f"“{name}”不是放假安排文件（JSON，UTF-8），检查是否选错了文件") from error
    except _Wrong as wrong:
        raise FileProblem(f"“{name}”：{wrong}") from wrong


class _Wrong(Exception):
    """What is wrong with the content of a year's file, in Chinese."""


def _year(data: Any, imported: bool) -> Year:
    number = data.get("year") if isinstance(data, dict) else None
    if type(number) is not int or not 2000 <= number <= 2100:
        raise _Wrong("没有写明是哪一年（year），检查是否选错了文件")
    if "days" in data:
        data = _from_shared(data, number)
    off, work = _days(data, "off", number), _days(data, "work", number)
    _judge(number, off, work)
    return Year(number, _source(data), _named(data, off), frozenset(work), imported)


def _days(data: dict[str, Any], key: str, year: int) -> list[date]:
    texts = data.get(key)
    if not isinstance(texts, list) or not texts:
        what = "放假日期（off）" if key == "off" else "调休上班日（work）"
        raise _Wrong(f"还没有{what}，等国务院办公厅公布 {year} 年的放假安排后再导入")
    days = [_day(text) for text in texts]
    for day in days:
        if day.year != year and (day.year, day.month) != (year - 1, 12):
            raise _Wrong(f"{day} 不是 {year} 年的日期，核对年份")
        if days.count(day) > 1:
            raise _Wrong(f"{day} 写了两次，删去一个")
    return days


def _day(text: Any) -> date:
    try:
        if isinstance(text, str) and _WRITTEN.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    shown = "".join(c if c.isprintable() else "?" for c in str(text)[:20])
    raise _Wrong(f"“{shown}”不是日期，照 2026-10-01 的样子写")


def _judge(year: int, off: list[date], work: list[date]) -> None:
    """Whether this can be a whole 放假安排: no day both ways, the fixed days off, counts as ever."""
    if both := sorted(set(off) & set(work)):
        raise _Wrong(f"{both[0]} 既写成放假又写成上班，核对这一天")
    for day in work:
        if day.weekday() < 5:
            raise _Wrong(f"调休上班日 {day} 是星期{_WEEKDAYS[day.weekday()]}，本来就上班，核对日期和年份")
    for month, number in _ALWAYS_OFF:
        if date(year, month, number) not in off:
            raise _Wrong(f"放假日期里没有 {month} 月 {number} 日，补全后再导入")
    if len(off) not in _PLAUSIBLE_OFF or len(work) not in _PLAUSIBLE_WORK:
        raise _Wrong(f"放假 {len(off)} 天、调休上班 {len(work)} 天，和历年相差太多，检查是否完整")


def _source(data: dict[str, Any]) -> Citation:
    source = data.get("source")
    if not isinstance(source, dict):
        source = {}
    title, number, url = (_text(source.get(key, "")) for key in ("title", "number", "url"))
    if not title:
        raise _Wrong("没有写明出处（source），补上通知的标题和网址后再导入")
    return Citation(title, "国务院办公厅", number, url, published=_text(data.get("issued", "")))


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 300 or not value.isprintable():
        raise _Wrong("出处和节日名称只能是一行文字，检查是否选错了文件")
    return value


def _named(data: dict[str, Any], off: list[date]) -> dict[date, str]:
    """The days off, each with its festival from `names`: {"春节": [first day, last day]}."""
    names = data.get("names", {})
    named = dict.fromkeys(off, "")
    for name, span in names.items() if isinstance(names, dict) else ():
        if not isinstance(span, list) or len(span) != 2:
            raise _Wrong(f"节日“{_text(name)}”要写起止两个日期")
        first, last = _day(span[0]), _day(span[1])
        named |= {day: _text(name) for day in off if first <= day <= last}
    return named


def _from_shared(data: dict[str, Any], year: int) -> dict[str, Any]:
    """Our layout of `{"year", "papers": [url], "days": [{"name", "date", "isOffDay"}]}`."""
    days, papers = data["days"], data.get("papers")
    if not isinstance(days, list) or not all(
        isinstance(day, dict) and isinstance(day.get("isOffDay"), bool) for day in days
    ):
        raise _Wrong("days 里有一项没有写明是否放假（isOffDay），检查是否选错了文件")
    off = [day for day in days if day["isOffDay"]]
    names: dict[str, list[Any]] = {}
    for day in off:
        names.setdefault(str(day.get("name", "")), [day.get("date"), None])[1] = day.get("date")
    return {
        "source": {
            "title": f"国务院办公厅关于{year}年部分节假日安排的通知",
            "url": papers[0] if isinstance(papers, list) and papers else "",
        },
        "names": names,
        "off": [day.get("date") for day in off],
        "work": [day.get("date") for day in days if not day["isOffDay"]],
    }
