"""放假安排 2023–2026 typed from the notices of the 国务院办公厅, apart from `resources/`; and a count by it.

国办发明电〔2022〕16号, 〔2023〕7号, 〔2024〕12号, 〔2025〕7号. Each entry: the festival, first and last day
off, and the days of its 调休 that are worked. 2027 had no notice when this was written: its days off are
those of the law (全国年节及纪念日放假办法), so that only the mark 预计 is asked of it.
"""

from datetime import date, timedelta

NOTICES: dict[int, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    2023: (
        ("元旦", "2022-12-31", "2023-01-02", ()),
        ("春节", "2023-01-21", "2023-01-27", ("2023-01-28", "2023-01-29")),
        ("清明节", "2023-04-05", "2023-04-05", ()),
        ("劳动节", "2023-04-29", "2023-05-03", ("2023-04-23", "2023-05-06")),
        ("端午节", "2023-06-22", "2023-06-24", ("2023-06-25",)),
        ("中秋节、国庆节", "2023-09-29", "2023-10-06", ("2023-10-07", "2023-10-08")),
    ),
    2024: (
        ("元旦", "2024-01-01", "2024-01-01", ()),
        ("春节", "2024-02-10", "2024-02-17", ("2024-02-04", "2024-02-18")),
        ("清明节", "2024-04-04", "2024-04-06", ("2024-04-07",)),
        ("劳动节", "2024-05-01", "2024-05-05", ("2024-04-28", "2024-05-11")),
        ("端午节", "2024-06-10", "2024-06-10", ()),
        ("中秋节", "2024-09-15", "2024-09-17", ("2024-09-14",)),
        ("国庆节", "2024-10-01", "2024-10-07", ("2024-09-29", "2024-10-12")),
    ),
    2025: (
        ("元旦", "2025-01-01", "2025-01-01", ()),
        ("春节", "2025-01-28", "2025-02-04", ("2025-01-26", "2025-02-08")),
        ("清明节", "2025-04-04", "2025-04-06", ()),
        ("劳动节", "2025-05-01", "2025-05-05", ("2025-04-27",)),
        ("端午节", "2025-05-31", "2025-06-02", ()),
        ("国庆节、中秋节", "2025-10-01", "2025-10-08", ("2025-09-28", "2025-10-11")),
    ),
    2026: (
        ("元旦", "2026-01-01", "2026-01-03", ("2026-01-04",)),
        ("春节", "2026-02-15", "2026-02-23", ("2026-02-14", "2026-02-28")),
        ("清明节", "2026-04-04", "2026-04-06", ()),
        ("劳动节", "2026-05-01", "2026-05-05", ("2026-05-09",)),
        ("端午节", "2026-06-19", "2026-06-21", ()),
        ("中秋节", "2026-09-25", "2026-09-27", ()),
        ("国庆节", "2026-10-01", "2026-10-07", ("2026-09-20", "2026-10-10")),
    ),
}
BY_LAW_2027 = (
    "2027-01-01",
    *("2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08"),
    "2027-04-05",
    *("2027-05-01", "2027-05-02"),
    "2027-06-09",
    "2027-09-15",
    *("2027-10-01", "2027-10-02", "2027-10-03"),
)
DAY = timedelta(days=1)


def _off_and_worked() -> tuple[set[date], set[date]]:
    off, worked = {date.fromisoformat(day) for day in BY_LAW_2027}, set()
    for entries in NOTICES.values():
        for _, first, last, shifted in entries:
            day = date.fromisoformat(first)
            while day <= date.fromisoformat(last):
                off.add(day)
                day += DAY
            worked |= {date.fromisoformat(one) for one in shifted}
    return off, worked


OFF, WORKED = _off_and_worked()


def is_worked(day: date) -> bool:
    """Whether the day is worked by the tables above."""
    return day in WORKED or (day.weekday() < 5 and day not in OFF)


def workdays_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`, gone to one day at a time."""
    while count:
        day += DAY
        count -= is_worked(day)
    return day
