"""The clock of the library, read in this one place: times are kept as milliseconds since 1970."""

import time
from datetime import date, datetime


def now() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


def moment(milliseconds: int) -> datetime:
    """That time on the clock of this machine."""
    return datetime.fromtimestamp(milliseconds / 1000).astimezone()


def today() -> date:
    """Today on the clock of this machine."""
    return moment(now()).date()


def stamp(milliseconds: int) -> str:
    """The time as part of a file name, 20261125-153000."""
    return moment(milliseconds).strftime("%Y%m%d-%H%M%S")
