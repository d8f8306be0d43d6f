"""Tables that run over as many pages as they need, with their head repeated on each."""

from collections.abc import Iterable
from dataclasses import dataclass

from wizard.packet.flow import Flow
from wizard.packet.lines import split
from wizard.packet.page import Box, Check, Jump, Rule, Text, Zone
from wizard.packet.paper import BAND, BODY, GROUP, HAIR, HEAD, HEIGHT, INK, LEFT, RIGHT, Style

PAD = 4.6
CHANGED = "改"
_CHECK = 8.6
_FIELD = "field-"


@dataclass(frozen=True, slots=True)
class Run:
    """A text in a cell. `aside` puts it at the right edge of the line before, where there is room."""

    text: str
    style: Style = BODY
    jump: str = ""
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in one place of a table; `check` draws a box before it, ticked or not."""

    runs: tuple[Run, ...] = ()
    check: bool | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its width in points, whether texts stand at its right edge, its heading."""

    width: float
    heading: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row; `target` names it for links, as ``field-`` and an id where it is an answer.

    `changed` puts a bar and 改 into the margin.
    """

    cells: tuple[Cell, ...]
    target: str = ""
    changed: bool = False


def cell(text: str, style: Style = BODY, jump: str = "") -> Cell:
    """A cell with one text."""
    return Cell((Run(text, style, jump),))


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    style: Style
    jump: str
    aside: str = ""
    aside_style: Style = BODY


@dataclass(slots=True)
class Table:
    """A table being set into a flow."""

    flow: Flow
    columns: tuple[Column, ...]
    pad: float = PAD

    def print(self, rows: Iterable[Row]) -> None:
        """Set all rows; the last does not stand alone on a page."""
        self._head()
        laid = [(row, self._lines_of(row)) for row in rows]
        heights = [_height(lines) + 2 * self.pad for _, lines in laid]
        for number, (row, lines) in enumerate(laid):
            if 0 < number == len(laid) - 2 and self._parts(*heights[number:]):
                self._turn()
            self._row(lines, [each.check for each in row.cells], row)

    def titled(self, title: str, rows: Iterable[Row], target: str = "") -> None:
        """Set a heading and all rows; the heading does not stand without the first of them.

        `target` gives it a line of its own in the outline.
        """
        rows = list(rows)
        least = self._lines_of(rows[0]) if rows else []
        over = GROUP.leading + 3 + HEAD.leading + 6
        self.flow.need(over + min(max(_height(least) + 2 * self.pad, 60), HEIGHT / 2))
        if target:
            self.flow.entry(title, target)
        self.flow.line(title, GROUP)
        self.flow.gap(3)
        self.print(rows)

    def _lines_of(self, row: Row) -> list[list[_Line]]:
        return [self._lines(*pair) for pair in zip(row.cells, self.columns, strict=True)]

    def _parts(self, height: float, last: float) -> bool:
        """Whether the last row would go to the next page without the one before, and both fit there."""
        return height <= self.flow.room < height + last < HEIGHT - HEAD.leading - 6

    def _head(self) -> None:
        if not any(column.heading for column in self.columns):
            self.flow.put(Rule(LEFT, self.flow.y, RIGHT, self.flow.y, HAIR))
            return
        self.flow.need(HEAD.leading + 60)
        height = HEAD.leading + 6
        self.flow.put(Box(LEFT, self.flow.y, RIGHT - LEFT, height, fill=BAND))
        for x, column in self._places():
            width = HEAD.width(column.heading)
            at = x + column.width - PAD - width if column.right else x + PAD
            self.flow.put(Text(at, HEAD.baseline(self.flow.y + 3), column.heading, HEAD))
        self.flow.y += height

    def _places(self) -> Iterable[tuple[float, Column]]:
        x = LEFT
        for column in self.columns:
            yield x, column
            x += column.width

    def _lines(self, content: Cell, column: Column) -> list[_Line]:
        width = column.width - 2 * PAD - (_CHECK + 5 if content.check is not None else 0)
        lines: list[_Line] = []
        for run in content.runs:
            last = lines[-1] if lines else None
            if run.aside and last and not last.aside:
                free = width - last.style.width(last.text) - run.style.width(run.text)
                if free > 12:
                    lines[-1] = _Line(last.text, last.style, last.jump, run.text, run.style)
                    continue
            for text in split(run.text, width, run.style.width):
                lines.append(_Line(text, run.style, run.jump))
        return lines

    def _row(self, cells: list[list[_Line]], checks: list[bool | None], row: Row) -> None:
        height = _height(cells) + 2 * self.pad
        if height > self.flow.room and (height < HEIGHT / 2 or self.flow.room < 60):
            self._turn()
        if row.target:
            self.flow.target(row.target)
        while True:
            limit = self.flow.room - 2 * self.pad
            parts = [_first(lines, limit) for lines in cells]
            self._part(parts, checks, row)
            cells = [lines[len(part) :] for lines, part in zip(cells, parts, strict=True)]
            if not any(cells):
                return
            checks = [None] * len(checks)
            self._turn()

    def _turn(self) -> None:
        self.flow.turn()
        self._head()

    def _part(self, cells: list[list[_Line]], checks: list[bool | None], row: Row) -> None:
        flow = self.flow
        top = flow.y + self.pad
        first = max((lines[0].style.leading for lines in cells if lines), default=0.0)
        for (x, column), lines, check in zip(self._places(), cells, checks, strict=True):
            left = x + PAD
            if check is not None:
                flow.put(Check(left, top + (first - _CHECK) / 2, _CHECK, check))
                left += _CHECK + 5
            y = top + ((first - lines[0].style.leading) / 2 if lines else 0)
            for line in lines:
                self._line(line, left, x + column.width - PAD, y, column.right)
                y += line.style.leading
        flow.y = top + _height(cells) + self.pad
        above = top - self.pad
        if row.target.startswith(_FIELD):
            flow.put(Zone(LEFT, above, RIGHT - LEFT, flow.y - above, row.target.removeprefix(_FIELD)))
        if row.changed:
            flow.put(Rule(LEFT - 5, above + 2, LEFT - 5, flow.y - 2, INK, 2))
            flow.put(Text(LEFT - 8 - HEAD.size, HEAD.baseline(top), CHANGED, HEAD._replace(colour=INK)))
        flow.put(Rule(LEFT, flow.y, RIGHT, flow.y, HAIR))

    def _line(self, line: _Line, left: float, right: float, top: float, at_right: bool) -> None:
        width = line.style.width(line.text.rstrip())
        x = right - width if at_right else left
        if line.text.strip():
            self.flow.put(Text(x, line.style.baseline(top), line.text, line.style))
        if line.jump:
            self.flow.put(Jump(x - 2, top, width + 4, line.style.leading, line.jump))
        if line.aside:
            style = line.aside_style
            at = Text(right - style.width(line.aside), line.style.baseline(top), line.aside, style)
            self.flow.put(at)


def _height(cells: list[list[_Line]]) -> float:
    """The height of a row: its first lines stand in the middle of the tallest of them."""
    first = max((lines[0].style.leading for lines in cells if lines), default=0.0)
    tall = [
        (first - lines[0].style.leading) / 2 + sum(line.style.leading for line in lines)
        for lines in cells
        if lines
    ]
    return max([first, *tall])


def _first(lines: list[_Line], limit: float) -> list[_Line]:
    """The lines that fit into `limit`, one at least so that every page takes some."""
    used = 0.0
    for number, line in enumerate(lines):
        used += line.style.leading
        if used > limit and number:
            return lines[:number]
    return lines
