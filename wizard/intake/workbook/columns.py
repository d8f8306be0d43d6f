"""Which tables of a book hold filings, and what becomes of columns that are doubled, doubtful or unknown."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from wizard.files import FileProblem
from wizard.finding import Finding
from wizard.intake.workbook.cells import garbled
from wizard.intake.workbook.headings import Column, guess, ignored, importable, plain
from wizard.intake.workbook.layout import ENOUGH, Layout
from wizard.intake.workbook.mapping import Agreed, agree
from wizard.intake.workbook.table import Book, Raw, Table, at, told

_LOOKED_AT = 30
_SHOWN = 6
EXAMPLE = "示例"
INSTRUCTIONS = "填写说明"
OPTIONS = "选项"
FILL_IN = "填写"


class NoHeadings(FileProblem):
    """No table of a book has headings that are known; a person may say which column is what."""

    def __init__(self, text: str, book: Book) -> None:
        super().__init__(text)
        self.book = book


class _Found(NamedTuple):
    layout: Layout
    score: int


def layouts(book: Book, agreed: Agreed) -> tuple[tuple[Layout, ...], tuple[Finding, ...]]:
    """The tables of a book that hold filings, and what is to be said of their columns.

    Raises:
        NoHeadings: no table has headings that are known.
    """
    found: list[Layout] = []
    notices: list[Finding] = []
    for table in book.tables:
        if table.sheet.startswith((EXAMPLE, INSTRUCTIONS, OPTIONS)):
            if table.sheet.startswith(EXAMPLE):
                notices.append(told("EXAMPLE_SHEET", "note", sheet=table.sheet))
            continue
        layout = _understood(table, agreed)
        if layout is None:
            notices.append(told("SHEET_SKIPPED", "warning", sheet=table.sheet))
            continue
        layout, said = _settled(layout)
        found.append(layout)
        notices += said
        if not any(True for _ in layout.filings()):
            notices.append(
                told("NO_ROWS", "warning", sheet=f"“{table.sheet}”表" if table.sheet else "文件里")
            )
    if not found:
        raise NoHeadings(_no_headings(book), book)
    return tuple(found), tuple(notices)


def _understood(table: Table, agreed: Agreed) -> Layout | None:
    """A table by the row of its headings, or the column of them; None where neither is there."""
    across = max(_across(table, agreed), key=lambda one: one.score)
    down = _down(table, agreed)
    best = down if across.score < ENOUGH and down.score > ENOUGH else across
    if not best.layout.vertical:
        head = table.lines[best.layout.head].cells
        proposed = agree(guess(head, propose=True), agreed)
        best = best._replace(layout=replace(best.layout, columns=proposed))
    return best.layout if best.score >= ENOUGH or _single(best, table) else None


def _single(best: _Found, table: Table) -> bool:
    return best.score == 1 and len([cell for cell in table.lines[best.layout.head].cells if cell != ""]) == 1


def _across(table: Table, agreed: Agreed) -> Iterator[_Found]:
    for place, line in enumerate(table.lines[:_LOOKED_AT]):
        columns = agree(guess(line.cells), agreed)
        yield _Found(Layout(table, columns, head=place), sum(column.used for column in columns))


def _down(table: Table, agreed: Agreed) -> _Found:
    headings: list[Raw] = [line.cells[0] if line.cells else "" for line in table.lines[:300]]
    columns = agree(guess(headings), agreed)
    values = next((line.cells.index(FILL_IN) for line in table.lines[:5] if FILL_IN in line.cells), 1)
    layout = Layout(table, columns, vertical=True, values=values)
    return _Found(layout, sum(column.used for column in columns))


def _settled(layout: Layout) -> tuple[Layout, list[Finding]]:
    """The layout with columns that claim the same field settled, and what is to be said of its headings."""
    notices: list[Finding] = []
    dropped: set[int] = set()
    for field in dict.fromkeys(column.field for column in layout.columns if column.used):
        same = [column for column in layout.columns if column.used and column.field == field]
        if len(same) > 1:
            lost, said = _rivals(layout, same)
            dropped |= lost
            notices.append(said)
    columns = tuple(
        replace(column, confidence="none") if column.place in dropped else column for column in layout.columns
    )
    for column in columns:
        if column.place not in dropped:
            notices += _said(layout, column)
    notices += _unnamed(layout)
    return replace(layout, columns=columns), notices


def _rivals(layout: Layout, same: Sequence[Column]) -> tuple[set[int], Finding]:
    """Which of the columns of one field are not read, and what is said of it.

    One that has the field's own name goes before others; alike columns are read once; of columns that differ
    none is read: which one is right only the person knows.
    """
    heading = importable()[same[0].field].heading
    places = "、".join(layout.heading_place(column) for column in same)
    own = [column for column in same if column.confidence == "exact"]
    if len(own) == 1:
        lost = {column.place for column in same if column is not own[0]}
        return lost, told("DOUBLED_OWN", "warning", (own[0].field,), heading=heading, places=places)
    if all(len({cell for cell in cells if cell != ""}) <= 1 for cells in _cells_of(layout, same)):
        lost = {column.place for column in same[1:]}
        if not any(cells[0] == "" and any(cells[1:]) for cells in _cells_of(layout, same)):
            return lost, told("DOUBLED_SAME", "note", (same[0].field,), heading=heading, places=places)
    return {column.place for column in same}, told(
        "DOUBLED", "error", (same[0].field,), heading=heading, places=places
    )


def _cells_of(layout: Layout, columns: Sequence[Column]) -> Iterator[list[Raw]]:
    for line in layout.filings():
        yield [line.cells[one.place] if one.place < len(line.cells) else "" for one in columns]


def _said(layout: Layout, column: Column) -> Iterator[Finding]:
    place = layout.heading_place(column)
    if column.confidence == "likely":
        field = importable()[column.field].heading
        yield told("LIKELY", "note", (column.field,), place=place, heading=column.heading, field=field)
    elif column.used or layout.vertical or plain(column.heading) in ignored():
        return
    elif any(cells[0] != "" for cells in _cells_of(layout, [column])):
        yield told("NOT_USED", "warning", place=place, heading=column.heading)


def _no_headings(book: Book) -> str:
    """That no table has headings, with what stands there, so that 乱码 is seen."""
    first = next((line for table in book.tables for line in table.lines), None)
    cells = [str(cell) for cell in first.cells if isinstance(cell, str) and cell.strip()] if first else []
    shown = "、".join("".join(c if c.isprintable() else "?" for c in cell[:12]) for cell in cells[:_SHOWN])
    says = f"第 1 行是“{shown}”，" if shown else ""
    if any(map(garbled, cells)):
        says += "像是乱码（可能是别的编码），请对方另存为 .xlsx 再试；"
    return (
        f"“{book.name}”里没有认出表头，{says}没有读入；"
        "用 main.py intake --template 导出的表填写，或用对应关系文件指定每一列"
    )


def _unnamed(layout: Layout) -> Iterator[Finding]:
    """Columns of a sheet that hold something under an empty heading; of a text file each row is told."""
    if layout.vertical or layout.text:
        return
    head = layout.table.lines[layout.head]
    for place in range(max(len(line.cells) for line in layout.table.lines)):
        empty = place >= len(head.cells) or head.cells[place] == ""
        if empty and any(place < len(line.cells) and line.cells[place] != "" for line in layout.filings()):
            yield told("NO_HEADING", "warning", place=at(layout.table.sheet, head.number, place))
