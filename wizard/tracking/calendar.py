"""Working days (工作日) on the statutory calendar: weekends, 法定节假日 and 调休, from one file a year.

A year whose 放假安排 is not known is reckoned from its weekends and the days that are off by law, and such a
result is marked (预计，未含调休).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from wizard.files import FileProblem, atomic_write, why
from wizard.resource_files import ResourceError, path, toml
from wizard.tracking.year_file import Year, parse_year, read_bytes

SHIFTED = "调休上班"
_DAY = timedelta(days=1)
_FILES = "[0-9][0-9][0-9][0-9].json"


class Workday(NamedTuple):
    """Whether a day is worked; `official` when its year's 放假安排 is known. True or false as the day is."""

    works: bool
    official: bool
    name: str = ""

    def __bool__(self) -> bool:
        return self.works


class Reckoned(NamedTuple):
    """A day that was counted; `certain` when every day counted has its year's official 放假安排."""

    day: date
    certain: bool


class Count(NamedTuple):
    """How many working days lie between two days; `certain` as in `Reckoned`."""

    days: int
    certain: bool


class Calendar:
    """The working days of all years; `years` are the official ones, `problems` the user's files left out."""

    def __init__(self, years: Mapping[int, Year], problems: tuple[str, ...] = ()) -> None:
        self.years = MappingProxyType(dict(sorted(years.items())))
        self.problems = problems
        self._named: dict[date, Workday] = {}
        for year in self.years.values():  # the notice of a later year is the later word on a December
            for day, name in year.off.items():
                self._named[day] = Workday(works=False, official=day.year in years, name=name)
            for day in year.work:
                self._named[day] = Workday(works=True, official=day.year in years, name=SHIFTED)

    @classmethod
    def load(cls, folder: Path | None = None) -> "Calendar":
        """The bundled years, overridden by those imported into `folder`. A bad file there is only reported.

        Raises:
            ResourceError: a bundled file is damaged.
        """
        years = {year.year: year for year in _bundled()}
        problems = []
        for file in sorted(folder.glob(_FILES)) if folder else ():
            try:
                year = parse_year(file.name, read_bytes(file), imported=True)
                if file.stem != str(year.year):
                    raise FileProblem(f"“{file.name}”里是 {year.year} 年的安排，和文件名不符，重新导入这一年")
                years[year.year] = year
            except FileProblem as problem:
                problems.append(str(problem))
        return cls(years, tuple(problems))

    def is_workday(self, day: date) -> Workday:
        """Whether `day` is worked, whether that is official, and the festival or 调休 it belongs to."""
        day = _plain(day)
        if (named := self._named.get(day)) is not None:
            return named
        if day.year in self.years:
            return Workday(day.weekday() < 5, official=True)
        name = _statutory(day.year).get(day, "")
        return Workday(not name and day.weekday() < 5, official=False, name=name)

    def add_workdays(self, day: date, n: int) -> Reckoned:
        """The `n`-th working day after `day`; with `n` = 0 `day` itself, be it worked or not.

        开始的当日不计入，自下一日开始计算 (民法典第二百零一条); 不含法定节假日 (行政许可法第八十二条).
        Where the calendar of Python ends the last day stands, not certain.

        Raises:
            ValueError: `n` is negative.
        """
        if n < 0:
            raise ValueError(f"working days are counted forwards, not {n}")
        day, certain = _plain(day), True
        while n:
            if day == date.max:
                return Reckoned(day, certain=False)
            day += _DAY
            there = self.is_workday(day)
            certain = certain and there.official
            n -= there.works
        return Reckoned(day, certain)

    def workdays_between(self, start: date, end: date) -> Count:
        """The working days after `start` up to and with `end`; negative when `end` comes first.

        So `workdays_between(day, add_workdays(day, n).day)` is `n`.
        """
        start, end = _plain(start), _plain(end)
        if end < start:
            back = self.workdays_between(end, start)
            return Count(-back.days, back.certain)
        found = [self.is_workday(start + timedelta(days=i)) for i in range(1, (end - start).days + 1)]
        return Count(sum(one.works for one in found), all(one.official for one in found))


def import_year(file: Path, folder: Path) -> int:
    """Check a year's 放假安排 and keep it in `folder`, over an older one of that year; the year it is for.

    Read are our own layout (as under `resources/holidays/`) and the widely shared `{year, papers, days}`.

    Raises:
        FileProblem: it cannot be read, is not a whole 放假安排, or cannot be kept; nothing was changed.
    """
    data = read_bytes(file)
    year = parse_year(file.name, data, imported=True).year
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(f"无法建立文件夹“{folder}”：{why(error)}") from error
    atomic_write(folder / f"{year}.json", data)
    return year


def _plain(day: date) -> date:
    """A `datetime` is a `date` that neither compares nor hashes like one."""
    return date(day.year, day.month, day.day)


@cache
def _bundled() -> tuple[Year, ...]:
    try:
        files = sorted(path("holidays").glob(_FILES))
        return tuple(parse_year(file.name, read_bytes(file)) for file in files)
    except FileProblem as problem:
        raise ResourceError(f"holidays: {problem}") from problem


@cache
def _statutory(year: int) -> Mapping[date, str]:
    """The days of `year` that are off by 全国年节及纪念日放假办法, without 调休 and 补假."""
    data = toml("holidays", "statutory.toml")
    days = {
        date(year, entry["month"], day): entry["name"] for entry in data["fixed"] for day in entry["days"]
    }
    if lunar := data["lunar"].get(str(year)):
        for entry in data["moving"]:
            for shift in range(entry["first"], entry["last"] + 1):
                days.setdefault(lunar[entry["column"]] + timedelta(days=shift), entry["name"])
    return days
