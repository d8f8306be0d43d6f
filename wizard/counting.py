"""备案统计: counting the cases of a library or of files, and writing what was counted."""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from wizard.draft import Draft
from wizard.files import FileProblem, atomic_write
from wizard.library.library import Library
from wizard.library.records import STATES, Query
from wizard.tracking.charts import Chart, charts, rate, whole
from wizard.tracking.events import STATES as STATES_OF_A_RECORD
from wizard.tracking.figures import Figures, Tally
from wizard.tracking.record import record_of

_STEP = 500
"""Cases after which is said how many are counted."""
_BEFORE = "filling"
"""The state of a record before anything is handed in: the library tells three sorts of it apart."""


def count_files(tally: Tally, drafts: Iterable[Draft]) -> None:
    """Count drafts that are plain files."""
    for draft in drafts:
        record = record_of(draft)
        tally.take(STATES_OF_A_RECORD[record.following.state], record)


def count_library(
    tally: Tally,
    library: Library,
    query: Query,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> None:
    """Count the cases that `query` finds; `progress` is told done and total from time to time."""
    found = library.cases.ids(query)
    for done, case in enumerate(found, 1):
        if cancelled():
            return
        stored = library.cases.load(case)
        record = record_of(stored.draft)
        state = record.following.state
        tally.take(STATES[stored.row.state if state == _BEFORE else state], record)
        if done % _STEP == 0 or done == len(found):
            progress(done, len(found))


def charts_of(figures: Figures) -> tuple[Chart, ...]:
    """The charts of what was counted, the states in the order in which a case goes through them."""
    return charts(figures, list(STATES.values()))


def write(target: Path, figures: Figures, made_at: datetime, program: str) -> None:
    """Write what was counted to `target`: a PDF or a workbook, as its ending says.

    Raises:
        FileProblem: it ends in neither, or could not be written.
    """
    made = {".pdf": _pdf, ".xlsx": _workbook}.get(target.suffix.lower())
    if made is None:
        raise FileProblem(f"“{target.name}”的扩展名要是 .pdf 或 .xlsx，换一个文件名")
    atomic_write(target, made(figures, made_at, program))


def _pdf(figures: Figures, made_at: datetime, program: str) -> bytes:
    from wizard.packet.figures import figures_pdf  # here: counting alone needs nothing of it

    return figures_pdf(whole(figures), rate(figures), charts_of(figures), made_at, program)


def _workbook(figures: Figures, made_at: datetime, program: str) -> bytes:
    from wizard.packet.figures import figures_workbook

    return figures_workbook(whole(figures), rate(figures), charts_of(figures), made_at)
