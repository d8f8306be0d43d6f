"""Dates as they stand on papers: 2017年07月26日, 2017.07.26, 二〇一七年七月二十六日, 长期."""

import re
from datetime import date

_FIGURES = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "O": 0}
_NUMBER = r"(\d{4})\s*(?:年|\.|-|/)\s*(\d{1,2})\s*(?:月|\.|-|/)\s*(\d{1,2})(?!\d)\s*日?"
_WRITTEN = r"([〇○零一二三四五六七八九O]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日?"
_DAY = re.compile(f"{_NUMBER}|{_WRITTEN}")
LONG = re.compile("长期|永久|永续|无固定期限|不约定期限|无期限|不定期")
_TO = re.compile("至|到|-|~|～|一(?=长|[12][0-9]{3})")


def days(text: str) -> list[tuple[date, int, int]]:
    """The dates in `text`, each with its start and end; what is no day of the calendar is left out."""
    found = []
    for match in _DAY.finditer(text):
        day = _day(match)
        if day:
            found.append((day, match.start(), match.end()))
    return found


def day(text: str) -> str:
    """The one date in `text` as 2017-07-26; empty where there is none or more than one."""
    found = days(text)
    return found[0][0].isoformat() if len(found) == 1 else ""


def span(text: str) -> tuple[str, str]:
    """Begin and end of a period; the end may be 长期; each is empty where it is not there."""
    found = days(text)
    if len(found) >= 2:
        return found[0][0].isoformat(), found[1][0].isoformat()
    endless = LONG.search(text)
    if len(found) == 1:
        start, end = found[0][1], found[0][2]
        if endless and endless.start() >= end:
            return found[0][0].isoformat(), "长期"
        before_it = _TO.search(text[:start]) and not text[:start].startswith("自")
        return ("", found[0][0].isoformat()) if before_it else (found[0][0].isoformat(), "")
    return ("", "长期") if endless else ("", "")


def _day(match: re.Match[str]) -> date | None:
    try:
        if match[1] and len(match[3]) == 1 < len(match[2]) and not match[0].endswith("日"):
            return None  # of 21日 the seal may have left a 2
        if match[1]:
            year, month, number = (int(match[place]) for place in (1, 2, 3))
        else:
            year = int("".join(str(_FIGURES[char]) for char in match[4]))
            month, number = _spoken(match[5]), _spoken(match[6])
        return date(year, month, number) if 1900 <= year <= 2200 else None
    except ValueError:
        return None


def _spoken(text: str) -> int:
    """十 is 10, 十二 is 12, 二十 is 20, 二十六 is 26."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _FIGURES[text] if len(text) == 1 else 0
    return (_FIGURES[tens] if tens else 1) * 10 + (_FIGURES[ones] if ones else 0)
