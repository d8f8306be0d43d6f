"""The self-check of a workbook's rows in their order."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wizard.batch.errand import joined
from wizard.batch.sharing import shared
from wizard.finding import Finding

if TYPE_CHECKING:
    from wizard.check.run import Report
    from wizard.intake.workbook.read import Entry, Intake

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv", ".txt")


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
    return shared(partial(_checked, on=on), intake.entries())


def intake_of(path: Path, headings: Path | None = None) -> "Intake":
    """The workbook `path`, its columns as guessed, or as kept in the file `headings`.

    Raises:
        FileProblem: one of the two cannot be used.
    """
    from wizard.intake.workbook.mapping import load_agreed
    from wizard.intake.workbook.read import open_intake

    return open_intake(path, load_agreed(headings) if headings else None)


def _checked(entries: "list[Entry]", on: date) -> list[Row]:
    from wizard.check.run import self_check

    return [Row(entry, joined(entry.findings, self_check(entry.draft, on))) for entry in entries]
