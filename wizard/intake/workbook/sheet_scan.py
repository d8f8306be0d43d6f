"""One sheet's XML before a parser sees it: how far it reaches, where formulas stand, what lies astray.

The reader behind makes one block of all cells between the first and the last; one stray cell in the far
corner would make it ask for 500 GB. So what lies outside is cut out here, and named.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from wizard.intake.workbook.table import MOST_COLUMNS, MOST_ROWS, Mark, column_number

_DEEPEST = MOST_ROWS + 50  # headings may stand below a title
_MOST_STRAYS = 20
_P = rb"<(?:[A-Za-z_][\w.-]*:)?"
_ROW = re.compile(_P + rb"row\b[^>]*>")
_ROW_NUMBER = re.compile(_P + rb"row\b[^>]*?\sr=[\"'](\d+)[\"']")
_FORMULA = re.compile(_P + rb"f[\s/>]")
_ERROR = re.compile(rb"\st=[\"']e[\"']")
_FAR = re.compile(rb"\sr=[\"'](?:[A-Z]{3,}|[J-Z][A-Z]|I[W-Z])\d+[\"']")
_REFERENCE = re.compile(rb"\sr=[\"']([A-Z]{1,7})(\d+)[\"']")
_NUMBER = re.compile(rb"\sr=[\"'](\d+)[\"']")
_TOKEN = re.compile(
    _P + rb"(?P<open>row|c|f|v|is)\b(?P<rest>[^>]*)>|</(?:[A-Za-z_][\w.-]*:)?(?P<close>c)\s*>"
)


class TooLarge(Exception):
    """The sheet holds more rows or columns than are read."""


@dataclass(slots=True)
class Scanned:
    """A sheet's XML without what lay astray.

    `marks` are the formulas and the #N/A of the sheet, `strays` what was cut out, by (row, column).
    Rows count from 1, columns from 0.
    """

    xml: bytes
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)
    strays: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    start: int
    filled: bool = False
    mark: Mark | None = None

    @property
    def far(self) -> bool:
        return self.row > _DEEPEST or self.column >= MOST_COLUMNS


def scan(xml: bytes) -> Scanned:
    """What the sheet holds.

    Raises:
        TooLarge: more than a few cells lie outside of what is read.
    """
    if _plain(xml):
        return Scanned(xml)
    found = Scanned(b"")
    kept: list[bytes] = []
    upto = 0
    for cell, end in _cells(xml):
        if cell.far:
            if cell.filled or cell.mark:
                found.strays.append((cell.row, cell.column))
            if len(found.strays) > _MOST_STRAYS:
                raise TooLarge
            kept.append(xml[upto : cell.start])
            upto = end
        elif cell.mark:
            found.marks[cell.row, cell.column] = cell.mark
    found.xml = b"".join((*kept, xml[upto:]))
    return found


def _plain(xml: bytes) -> bool:
    """Whether all cells lie inside and none is to be marked, seen without looking at each."""
    if xml.count(b"row ") + xml.count(b"row>") > 4 * _DEEPEST:  # opened and closed; the slow look ends sooner
        return False
    numbers = [int(number[:9]) for number in _ROW_NUMBER.findall(xml)]
    if len(numbers) < sum(1 for _ in _ROW.finditer(xml)):
        return False
    odd = _FORMULA.search(xml) or _ERROR.search(xml) or _FAR.search(xml)
    return max(numbers, default=0) <= _DEEPEST and not odd


def _cells(xml: bytes) -> Iterator[tuple[_Cell, int]]:
    """Each cell with where it ends; numbers left out are counted on."""
    row = column = 0
    cell: _Cell | None = None
    for token in _TOKEN.finditer(xml):
        tag, rest = token["open"], token["rest"]
        if tag == b"row":
            row, column = _row_after(row, rest), 0
        elif tag == b"c":
            row, column = _place(rest, row, column)
            cell = _Cell(row, column - 1, token.start(), mark=Mark.ERROR if _ERROR.search(rest) else None)
            if rest.endswith(b"/"):
                yield cell, token.end()
                cell = None
        elif token["close"]:
            if cell:
                yield cell, token.end()
            cell = None
        elif cell:
            cell.mark = Mark.FORMULA if tag == b"f" else cell.mark
            cell.filled = cell.filled or not rest.endswith(b"/")


def _row_after(row: int, rest: bytes) -> int:
    named = _NUMBER.search(rest)
    return int(named[1][:9]) if named else row + 1


def _place(rest: bytes, row: int, column: int) -> tuple[int, int]:
    """Row and column (both from 1) of a cell, by its reference or as the next one."""
    named = _REFERENCE.search(rest)
    if not named:
        return row, column + 1
    return int(named[2][:9]), column_number(named[1].decode("ascii")) + 1
