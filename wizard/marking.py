"""What the list of cases in a library is told of a case's 办理记录: its state, and its next date."""

from datetime import date

from wizard.draft import Draft
from wizard.library.library import Library
from wizard.tracking.calendar import Calendar
from wizard.tracking.deadlines import deadlines, next_deadline
from wizard.tracking.record import record_of


def mark(library: Library, case: int, draft: Draft, calendar: Calendar, today: date) -> None:
    """Give a case of the library the state and deadline that follow from its record; without one nothing.

    Raises:
        FileProblem: the library could not be written.
    """
    record = record_of(draft)
    if not record.events:
        return
    next_ = next_deadline(deadlines(draft, calendar, today), today)
    with library.transaction():
        library.marks.set_state([case], record.following.state, today)
        library.marks.set_deadline([case], next_.latest if next_ else None)
