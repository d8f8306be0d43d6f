"""A workbook that is open in a worker: its columns, its rows checked, as plain values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from wizard.batch.errand import joined, plain
from wizard.files import FileProblem, why
from wizard.intake.workbook.columns import NoHeadings
from wizard.intake.workbook.headings import Column
from wizard.intake.workbook.layout import Layout
from wizard.intake.workbook.mapping import names
from wizard.intake.workbook.read import Entry, Intake, entry_of, open_intake
from wizard.intake.workbook.table import Line, Raw, Table

_EXAMPLES, _LONGEST = 3, 60
_MOST = 2_000_000
"""Characters given out at once, and those of one row more."""


def named(path: Path) -> str:
    """What tells this state of the file from others.

    Raises:
        FileProblem: it is not there any more.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise FileProblem(f"无法打开“{path.name}”：{why(error)}") from error
    return f"{path} {state.st_mtime_ns} {state.st_size}"


class OpenBook:
    """See `intake.workbook.read`. Rows are counted from 0 over all its sheets, blank ones included.

    Raises:
        FileProblem: it cannot be used.
    """

    def __init__(self, path: Path, agreed: Mapping[str, str]) -> None:
        self._full = False
        self._problem, self._strange = "", list[dict[str, Any]]()
        try:
            self._intake = open_intake(path, agreed)
        except NoHeadings as problem:
            self._problem = str(problem)
            self._strange = list(_strange(problem.book.tables))
            self._intake = Intake(problem.book.name, (), problem.book.notices)
        self._lines = self._intake.lines()

    def facts(self) -> dict[str, Any]:
        """Its columns with what they are read as and what stands in them, how many rows, what was noticed.

        Where no heading was known, `unknown` says so, and the columns are those of each sheet's first row.
        """
        return {
            "name": self._intake.name,
            "rows": len(self._lines),
            "unknown": self._problem,
            "columns": self._strange
            + [column for layout in self._intake.layouts for column in _columns(layout)],
            "notices": plain(self._intake.notices),
        }

    def judged(self, start: int, stop: int, on: date) -> dict[str, Any]:
        """The rows from `start` to `stop`: number, place, answers, whether a cell was left out, counts.

        `next` is where the rest begins: rows that hold much are given out a few at a time.
        """
        from wizard.batch.sharing import few_collections
        from wizard.check.run import self_check

        made, after = [], start
        with few_collections():
            for number, entry in self._entries(start, stop):
                report = joined(entry.findings, self_check(entry.draft, on))
                counts = Counter(finding.severity for finding in report.findings)
                told = [counts["error"], counts["warning"], counts["note"]]
                made.append([*_row(number, entry), told])
                after = number + 1
        return {"rows": made, "next": self._next(after, stop)}

    def entries(self, start: int, stop: int) -> dict[str, Any]:
        """The same without the check and its counts."""
        made = [(number, _row(number, entry)) for number, entry in self._entries(start, stop)]
        after = made[-1][0] + 1 if made else start
        return {"rows": [row for _, row in made], "next": self._next(after, stop)}

    def _next(self, after: int, stop: int) -> int:
        return after if self._full else stop

    def row(self, number: int, on: date) -> dict[str, Any]:
        """Everything that was found in one row, the import's own first, and its answers."""
        from wizard.check.run import self_check

        for _, entry in self._entries(number, number + 1):
            report = joined(entry.findings, self_check(entry.draft, on))
            return {"findings": plain(report.findings), "answers": dict(entry.answers)}
        return {"findings": [], "answers": {}}

    def _entries(self, start: int, stop: int) -> Iterator[tuple[int, Entry]]:
        """The filings from `start` to `stop`, fewer where they hold much: then it is `full`."""
        self._full, held = False, 0
        for number, (layout, line) in enumerate(self._lines[start:stop], start):
            if held > _MOST:
                self._full = True
                return
            if entry := entry_of(layout, line):
                held += sum(len(str(answer)) for answer in entry.answers.values())
                yield number, entry


def _row(number: int, entry: Entry) -> list[Any]:
    return [number, entry.sheet, entry.row, dict(entry.answers), entry.faulty]


def _strange(tables: Iterable[Table]) -> Iterator[dict[str, Any]]:
    """The columns of tables whose headings nobody knows."""
    for table in tables:
        head = table.lines[0].cells if table.lines else ()
        columns = tuple(
            Column(place, _shown(cell))
            for place, cell in enumerate(head)
            if isinstance(cell, str) and cell.strip()
        )
        yield from _columns(Layout(table, columns))


def _columns(layout: Layout) -> Iterator[dict[str, Any]]:
    lines: list[Line] = []
    for line in layout.filings():
        lines.append(line)
        if len(lines) >= 20:
            break
    for name, column in zip(names(layout.columns), layout.columns, strict=True):
        cells = [_shown(line.cells[column.place]) for line in lines if column.place < len(line.cells)]
        yield {
            "sheet": layout.table.sheet,
            "place": layout.heading_place(column),
            "name": name,
            "heading": column.heading,
            "field": column.field,
            "confidence": column.confidence,
            "examples": [cell for cell in cells if cell][:_EXAMPLES],
        }


def _shown(raw: Raw) -> str:
    return "" if raw == "" else " ".join(str(raw).split())[:_LONGEST]
