"""A workbook as the filings in it: read, its columns agreed on, its rows one by one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from wizard.draft import Answer, Draft
from wizard.files import FileProblem, why
from wizard.finding import Finding
from wizard.intake.workbook.cells import Place, as_answer, read_cell
from wizard.intake.workbook.columns import layouts
from wizard.intake.workbook.headings import Column, importable
from wizard.intake.workbook.layout import Layout
from wizard.intake.workbook.mapping import Agreed
from wizard.intake.workbook.table import Book, Line, Raw, told
from wizard.reading import choices_of

_OPENED_AS_PACKAGE = (b"PK", b"\xd0\xcf\x11\xe0")
_NUMBER, _OWN_NUMBER = "subject.certificate_number", "principal.certificate_number"


@dataclass(frozen=True, slots=True)
class Entry:
    """One filing of a workbook: where it stands, its answers, and what the import has to say of its cells.

    An 错误 among `findings` means that a cell was left out, because what it holds is not what was entered.
    """

    sheet: str
    row: int
    answers: Mapping[str, Answer]
    findings: tuple[Finding, ...] = ()

    @property
    def draft(self) -> Draft:
        """The filing as a draft."""
        return Draft(answers=self.answers)

    @property
    def faulty(self) -> bool:
        """Whether a cell could not be read as it was entered."""
        return any(finding.severity == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Intake:
    """A workbook whose columns are understood: `layouts` in the order of the sheets, and what was noticed."""

    name: str
    layouts: tuple[Layout, ...]
    notices: tuple[Finding, ...]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of all sheets."""
        return tuple(column for layout in self.layouts for column in layout.columns)

    def lines(self) -> list[tuple[Layout, Line]]:
        """Where the filings stand, those without any answer included; see `entry_of`."""
        return [(layout, line) for layout in self.layouts for line in layout.filings()]

    def entries(self) -> Iterator[Entry]:
        """The filings, read one after the other; nothing of them is kept here."""
        for layout in self.layouts:
            for line in layout.filings():
                if entry := entry_of(layout, line):
                    yield entry


def read_book(path: Path) -> Book:
    """The tables of a workbook or text file, told apart by its first bytes, not by its name.

    Raises:
        FileProblem: it cannot be used; the text says why and what to do.
    """
    try:
        if not path.is_file():
            raise FileProblem(f"找不到“{path}”，检查文件名，移动硬盘是否插好")
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise FileProblem(f"无法打开“{path}”：{why(error)}") from error
    if head.startswith(_OPENED_AS_PACKAGE) or path.suffix.lower() in (".xlsx", ".xlsm", ".xls"):
        from wizard.intake.workbook.xlsx import read_xlsx

        return read_xlsx(path)
    from wizard.intake.workbook.csv_text import read_csv

    return read_csv(path)


def open_intake(path: Path, agreed: Agreed | None = None) -> Intake:
    """The workbook `path` with its columns guessed, what was `agreed` on put over the guesses.

    Raises:
        FileProblem: it cannot be used, or no table in it has headings that are known.
    """
    book = read_book(path)
    found, notices = layouts(book, agreed or {})
    return Intake(book.name, found, (*book.notices, *notices))


@dataclass(slots=True)
class _Row:
    """One filing being put together."""

    sheet: str
    number: int
    answers: dict[str, Answer] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def take(self, column: Column, raw: Raw, place: Place) -> None:
        known = importable()[column.field]
        text, said = read_cell(raw, known, place)
        if said:
            self.findings.append(said)
        if text:
            self.answers[column.field] = as_answer(text, known)
            self.places[column.field] = place


def entry_of(layout: Layout, line: Line) -> Entry | None:
    """The filing that stands in one line of a layout; None where there is nothing in it."""
    row = _Row(layout.table.sheet, line.number)
    for column in layout.columns:
        if column.used and column.place < len(line.cells):
            raw = line.cells[column.place]
            if raw != "":
                row.take(column, raw, partial(layout.place, line, column))
    if layout.text:
        row.findings += _ragged(layout, line)
    if row.answers:
        _own_number(row, layout)
        row.findings += _not_asked(row)
    if not (row.answers or row.findings):
        return None
    return Entry(row.sheet, row.number, row.answers, tuple(row.findings))


def _own_number(row: _Row, layout: Layout) -> None:
    """A 证件号码 beside the subject is a person's own where a person files."""
    loose = any(column.field == _NUMBER and column.confidence == "likely" for column in layout.columns)
    if not loose or _NUMBER not in row.answers or _OWN_NUMBER in row.answers:
        return
    if choices_of(Draft(answers=row.answers)).get("subject.type") == "个人":
        row.answers[_OWN_NUMBER] = row.answers.pop(_NUMBER)
        row.places[_OWN_NUMBER] = row.places.pop(_NUMBER)


def _not_asked(row: _Row) -> Iterator[Finding]:
    """What stands in cells that the choices of the same row leave out; a choice still open leaves none."""
    choices = choices_of(Draft(answers=row.answers))
    for id_, place in row.places.items():
        known = importable()[id_]
        if any(choices.get(on) and choices[on] not in allowed for on, allowed in known.when.items()):
            yield told("NOT_ASKED", "note", (id_,), place=place(), field=known.heading)


def _ragged(layout: Layout, line: Line) -> Iterator[Finding]:
    """What a text file's row has too many or too few cells of: a comma without quotes moves the rest."""
    wide, cells = layout.width, line.cells
    if extra := sum(1 for cell in cells[wide:] if cell != ""):
        yield told("EXTRA_CELLS", "error", row=line.number, count=extra)
    elif len(cells) < wide:
        yield told("FEW_CELLS", "warning", row=line.number, count=wide - len(cells))
