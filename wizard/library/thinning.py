"""Which backups stay: 12 recent, one a day for 7 days, one a week for 4 weeks, one a month for 6 months.

Days that had a backup are counted, not days that went by: a clock set wrong makes nothing old, and what is
newest is told by the number of the backup.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

RECENT: Final = 12
_KEPT: Final[tuple[tuple[int, Callable[[date], object]], ...]] = (
    (7, lambda day: day),
    (4, lambda day: day.isocalendar()[:2]),
    (6, lambda day: (day.year, day.month)),
)


def kept(backups: Sequence[tuple[int, date]]) -> set[int]:
    """The numbers of the backups that stay, out of all by number and day."""
    newest_first = sorted(backups, reverse=True)
    stay = {number for number, _ in newest_first[:RECENT]}
    for most, period in _KEPT:
        seen: dict[object, int] = {}
        for number, day in newest_first:
            seen.setdefault(period(day), number)
        stay.update(list(seen.values())[:most])
    return stay
