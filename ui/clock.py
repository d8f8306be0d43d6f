"""The clock, read in this one place for the window."""

from datetime import date, datetime


def now() -> datetime:
    """This moment, with the zone of the machine."""
    return datetime.now().astimezone()


def today() -> date:
    """The day every rule that asks for one is judged by."""
    return now().date()
