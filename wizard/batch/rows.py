"""The self-check of a workbook's rows in their order, shared out among processors where there are many."""

import gc
import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wizard.batch.errand import joined
from wizard.finding import Finding

if TYPE_CHECKING:
    from wizard.check.run import Report
    from wizard.intake.workbook.read import Entry, Intake

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt")
_SHARE = 100
_AT_ONCE = 3
"""How many shares a processor may be ahead: what is read is not piled up."""


class Row(NamedTuple):
    """One checked row: the entry as it was read, and what the import and the self-check have to say of it."""

    entry: "Entry"
    report: "Report"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found, the import's own first."""
        return self.report.findings

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        return (
            f"“{self.entry.sheet}”表第 {self.entry.row} 行" if self.entry.sheet else f"第 {self.entry.row} 行"
        )


def checked(intake: "Intake", on: date) -> Iterator[Row]:
    """Every filing of the workbook, checked as of the day `on`, in order; nothing of it is kept here."""
    entries = intake.entries()
    shares = iter(lambda: list(islice(entries, _SHARE)), [])
    first = next(shares, [])
    yield from _share(first, on)  # the other processes begin with the rules read, where they are forked
    second = next(shares, [])
    workers = os.cpu_count() or 1
    if not second or workers == 1:
        yield from _share(second, on)
        for share in shares:
            yield from _share(share, on)
        return
    from concurrent.futures import Future, ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        waiting: deque[Future[list[Row]]] = deque([pool.submit(_share, second, on)])
        for share in shares:
            waiting.append(pool.submit(_share, share, on))
            if len(waiting) > workers * _AT_ONCE:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()


def intake_of(path: Path, headings: Path | None = None) -> "Intake":
    """The workbook `path`, its columns as guessed, or as kept in the file `headings`.

    Raises:
        FileProblem: one of the two cannot be used.
    """
    from wizard.intake.workbook.mapping import load_agreed
    from wizard.intake.workbook.read import open_intake

    return open_intake(path, load_agreed(headings) if headings else None)


def _share(entries: "list[Entry]", on: date) -> list[Row]:
    from wizard.check.run import self_check

    with few_collections():
        return [Row(entry, joined(entry.findings, self_check(entry.draft, on))) for entry in entries]


@contextmanager
def few_collections() -> Iterator[None]:
    """While this lasts, garbage is looked for seldom: what the rules are read into stays."""
    often = gc.get_threshold()
    gc.set_threshold(50_000)
    try:
        yield
    finally:
        gc.set_threshold(*often)
