"""Taking a workbook in: each row checked, compared with what is there, and kept, or none of them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from wizard.batch.fate import Fate, Fates, Target, called
from wizard.batch.rows import Row, checked, intake_of
from wizard.intake.workbook.headings import CONFIDENCE_WORDS


class Taken(NamedTuple):
    """One row and what becomes of it; `place` is where a new one will be, empty where that has no name."""

    row: Row
    fate: Fate
    place: str = ""

    @property
    def called(self) -> str:
        """What the filing is called: subject and program."""
        return called(self.row.entry.answers)


class TakingIn:
    """One workbook on its way to a target; without one it is only looked at.

    Cells that could not be read stop everything unless `leave_out`; filings that are there already stay as
    they are unless `update`.

    Raises:
        FileProblem: the workbook, the file of headings or the target cannot be used.
    """

    def __init__(
        self,
        book: Path,
        headings: Path | None,
        target: Target | None,
        *,
        leave_out: bool = False,
        update: bool = False,
    ) -> None:
        self.book, self.target, self.update = book, target, update
        self.intake = intake_of(book, headings)
        self.counts: Counter[str] = Counter()
        self.stopped = not leave_out and any(one.severity == "error" for one in self.intake.notices)
        self._fates = Fates(target, leave_out=leave_out)

    def columns(self) -> list[dict[str, Any]]:
        """The columns with what they are read as, as plain values."""
        return [
            {
                "sheet": layout.table.sheet,
                "place": layout.heading_place(column),
                "heading": column.heading,
                "field": column.field if column.used else "",
                "proposed": "" if column.used else column.field,
                "confidence": column.confidence,
                "said": CONFIDENCE_WORDS[column.confidence],
            }
            for layout in self.intake.layouts
            for column in layout.columns
        ]

    def rows(self, on: date) -> Iterator[Taken]:
        """Every row, checked as of the day `on`; what is to be kept is gathered as long as none is faulty."""
        finished = False
        try:
            for row in checked(self.intake, on):
                taken = self._take(row)
                self.counts[taken.fate.state] += 1
                yield taken
            finished = True
        finally:
            if not finished and self.target:
                self.target.abandon()

    def finish(self) -> bool:
        """Keep what was gathered, or nothing where a row was faulty; whether it was kept."""
        if self.target:
            if self.stopped:
                self.target.abandon()
            else:
                self.target.commit()
        return not self.stopped

    def _take(self, row: Row) -> Taken:
        entry = row.entry
        fate = self._fates.of(entry.answers, entry.faulty, row.where)
        self.stopped = self.stopped or fate.state == "faulty"
        if self.target is None or self.stopped:
            return Taken(row, fate)
        return Taken(row, fate, put(self.target, fate, entry.answers, entry.row, update=self.update))


def put(target: Target, fate: Fate, answers: Any, number: int, *, update: bool) -> str:
    """Gather one row as its fate says; where a new one will be, or empty."""
    if fate.state == "new":
        return target.add(answers, number)
    if fate.state == "changed" and update:
        target.update(fate.same_as, {field: answers[field] for field in fate.changes})
    return ""
