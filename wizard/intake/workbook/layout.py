"""How a table is laid out: which row holds the headings, or which column, and which cells are whose."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.intake.workbook.headings import Column
from wizard.intake.workbook.table import Line, Raw, Table, at

ENOUGH = 2
"""So many headings make a heading row."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A table understood. Its headings stand in one row, or (`vertical`) in one column, one filing a sheet.

    `head` is the place of the heading row among the lines; `values` the column of the answers where it is
    vertical, in which case a column's `place` is the place of its line.
    """

    table: Table
    columns: tuple[Column, ...]
    head: int = 0
    vertical: bool = False
    values: int = 0

    @property
    def text(self) -> bool:
        """Whether it came from a text file, whose rows may be of any length."""
        return not self.table.sheet

    @property
    def width(self) -> int:
        """How many cells the heading row has."""
        return len(self.table.lines[self.head].cells)

    def filings(self) -> Iterator[Line]:
        """The rows of cells, one a filing, in the order of the columns."""
        lines = self.table.lines
        if self.vertical:
            cells = [line.cells[self.values] if self.values < len(line.cells) else "" for line in lines]
            yield Line(lines[0].number, cells)
            return
        for line in lines[self.head + 1 :]:
            if not self._repeats_headings(line):
                yield line

    def place(self, line: Line, column: Column) -> str:
        """Where the cell of a filing stands, for a sentence."""
        if self.vertical:
            return at(self.table.sheet, self.table.lines[column.place].number, self.values)
        return at(self.table.sheet, line.number, column.place)

    def heading_place(self, column: Column) -> str:
        """Where the heading of a column stands, for a sentence."""
        if self.vertical:
            return at(self.table.sheet, self.table.lines[column.place].number, 0)
        return at(self.table.sheet, self.table.lines[self.head].number, column.place)

    def _repeats_headings(self, line: Line) -> bool:
        """Whether a row is the heading row again, as where two tables were pasted under each other."""
        used = [column for column in self.columns if column.used]
        return len(used) >= ENOUGH and all(
            column.place < len(line.cells) and line.cells[column.place] == self._heading(column)
            for column in used
        )

    def _heading(self, column: Column) -> Raw:
        return self.table.lines[self.head].cells[column.place]
