"""Dates as they stand on certificates."""

import re
from datetime import date

from wizard.problem import Problem, Verdict

LONG_TERM = date.max
"""The value of 长期: later than every day, so that it compares as it should."""

_LONG = {"长期", "长期有效", "永久", "永久有效", "无固定期限", "无限期", "9999-12-31"}
_FORMS = re.compile(
    r"(?P<y>[0-9]{4})(?:(?P<s>[-./])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})"
    r"|年(?P<m2>[0-9]{1,2})月(?P<d2>[0-9]{1,2})日?|(?P<m3>[0-9]{2})(?P<d3>[0-9]{2}))"
)


def read_day(text: str, long_term: bool = False) -> tuple[Verdict, date | None]:
    """The day a cleaned `text` names; `long_term` allows 长期, whose value is `LONG_TERM`."""
    bare = "".join(text.split())
    if bare in _LONG:
        if long_term:
            return Verdict("长期"), LONG_TERM
        return Verdict(bare, (Problem("LONG_TERM_NOT_HERE"),)), None
    found = _FORMS.fullmatch(bare)
    if not found:
        code = "DAY_MISSING" if re.fullmatch(r"[0-9]{4}[-./年]?[0-9]{0,2}月?", bare) else "BAD_FORMAT"
        return Verdict(
            text, (Problem(code, values={"long": "，没有期限的填“长期”" if long_term else ""}),)
        ), None
    year, month, day = (int(part) for part in (found["y"], *_month_and_day(found)))
    written = f"{year:04}-{month:02}-{day:02}"
    if not 1900 <= year <= 2200:
        return Verdict(written, (Problem("BAD_YEAR", values={"year": year}),)), None
    try:
        return Verdict(written), date(year, month, day)
    except ValueError:
        return Verdict(written, (Problem("NO_SUCH_DAY", values={"day": written}),)), None


def _month_and_day(found: re.Match[str]) -> tuple[str, str]:
    for month, day in (("m", "d"), ("m2", "d2"), ("m3", "d3")):
        if found[month] is not None:
            return found[month], found[day]
    raise AssertionError("the pattern has three forms")


def written(day: date) -> str:
    """A day as it is printed: 2019-06-06, or 长期."""
    return "长期" if day == LONG_TERM else day.isoformat()
