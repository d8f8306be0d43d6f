"""Reading `.xlsx`: the package is vetted part by part, and only what was vetted is handed to the reader."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wizard.files import FileProblem, why
from wizard.finding import Finding
from wizard.intake.workbook.archive import open_archive, part
from wizard.intake.workbook.sheet_scan import Scanned, TooLarge, scan
from wizard.intake.workbook.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Line,
    Mark,
    Raw,
    Table,
    column_name,
    told,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_RELATIONS = "xl/_rels/workbook.xml.rels"
_NEEDED = (_RELATIONS, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml")
_ROOT = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="xl/workbook.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_TARGET = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_MOST_SHEETS = 500
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再试"


class _Vetted(NamedTuple):
    """A package that holds nothing but vetted parts, and what was found in each sheet by its path."""

    package: bytes
    sheets: dict[str, Scanned]
    macros: bool


def read_xlsx(path: Path) -> Book:
    """The tables of the workbook `path`, formulas marked, sheets without cells left out.

    Raises:
        FileProblem: it is no workbook, is damaged, protected, too large, or holds what no workbook needs.
    """
    _by_first_bytes(path)
    vetted = _vetted(path)
    from python_calamine import CalamineError, CalamineWorkbook

    notices = [told("MACROS", "note", book=path.name)] if vetted.macros else []
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(vetted.package)) as workbook:
            tables = tuple(_tables(workbook, vetted, notices))
    except (CalamineError, OSError, ValueError) as error:
        raise FileProblem(f"“{path.name}”的内容读不出来，{_SAVE_AS}") from error
    except BaseException as error:  # a panic of the reader is no Exception
        if type(error).__name__ != "PanicException":
            raise
        raise FileProblem(f"“{path.name}”的内容读不出来，{_SAVE_AS}") from error
    return Book(path.name, tables, tuple(notices))


def _by_first_bytes(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise FileProblem(f"无法打开“{path.name}”：{why(error)}") from error
    if not head:
        raise FileProblem(f"“{path.name}”是空文件，请对方重新发一份，或重新下载")
    if head.startswith(_OLE):
        if _ENCRYPTED in head or _ENCRYPTED in _tail(path):
            raise FileProblem(f"“{path.name}”设了打开密码，在 Excel 或 WPS 里去掉密码，另存后再试")
        raise FileProblem(f"“{path.name}”是旧版 Excel（.xls）的内容，{_SAVE_AS}")
    if not head.startswith(b"PK"):
        raise FileProblem(f"“{path.name}”的内容不是 Excel 工作簿，检查是否选错了文件")


def _tail(path: Path) -> bytes:
    """The directory of an OLE file may stand anywhere in it; a protected workbook is small enough to look."""
    with path.open("rb") as file:
        return file.read(8 * 1024 * 1024)


def _vetted(path: Path) -> _Vetted:
    with open_archive(path) as archive:
        names = set(archive.namelist())
        if "xl/workbook.xml" not in names:
            raise FileProblem(f"“{path.name}”不是 Excel 工作簿（.xlsx），{_SAVE_AS}")
        sheets = sorted(name for name in names if _SHEET.fullmatch(name))
        if len(sheets) > _MOST_SHEETS:
            raise FileProblem(
                f"“{path.name}”有 {len(sheets)} 个工作表，超过 {_MOST_SHEETS} 个，分成几个文件再试"
            )
        out = io.BytesIO()
        found: dict[str, Scanned] = {}
        with zipfile.ZipFile(out, "w") as package:
            package.writestr("_rels/.rels", _ROOT)
            for name in _NEEDED:
                if name in names:
                    package.writestr(name, _clean(part(archive, name, path.name), path.name))
            for name in sheets:
                found[name] = _scanned(_clean(part(archive, name, path.name), path.name), path.name)
                package.writestr(name, found[name].xml)
                found[name].xml = b""
        return _Vetted(out.getvalue(), found, any("vbaProject" in name for name in names))


def _clean(xml: bytes, name: str) -> bytes:
    """A part that declares no entities and is plain UTF-8, as every spreadsheet program writes it."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise FileProblem(f"“{name}”里有正常工作簿没有的声明（DTD），来历可疑，没有打开；{_SAVE_AS}")
    if b"\0" in xml:
        raise FileProblem(f"“{name}”的内容不是正常的文字，没有打开；{_SAVE_AS}")
    return xml


def _scanned(xml: bytes, name: str) -> Scanned:
    try:
        return scan(xml)
    except TooLarge as error:
        limits = f"{MOST_ROWS:,} 行、{MOST_COLUMNS} 列"
        raise FileProblem(f"“{name}”超过 {limits}，分成几个文件再试") from error


def _tables(workbook: "CalamineWorkbook", vetted: _Vetted, notices: list[Finding]) -> Iterator[Table]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    paths = _paths(vetted.package)
    for place, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet or place >= len(paths) or paths[place] not in vetted.sheets:
            continue
        found = vetted.sheets[paths[place]]
        sheet = workbook.get_sheet_by_index(place)
        for row, column in found.strays:
            notices.append(told("STRAY", "warning", place=f"“{about.name}”表 {column_name(column)}{row}"))
        if about.visible != SheetVisibleEnum.Visible:
            if sheet.height and not about.name.startswith("选项"):
                notices.append(told("HIDDEN_SHEET", "note", sheet=about.name))
            continue
        if lines := list(_lines(sheet, found.marks)):
            yield Table(about.name, lines)


def _lines(sheet: "CalamineSheet", marks: Mapping[tuple[int, int], Mark]) -> Iterator[Line]:
    """The rows that hold something; a formula is marked, whatever value was kept for it."""
    marked: dict[int, dict[int, Mark]] = {}
    for (row, column), mark in marks.items():
        marked.setdefault(row, {})[column] = mark
    left = sheet.start[1] if sheet.start else 0  # the reader gives empty rows above, but no empty columns
    for number, cells in enumerate(sheet.iter_rows(), 1):
        line: list[Raw] = [*[""] * left, *cells]
        _put(line, marked.pop(number, {}))
        if any(cell != "" for cell in line):
            yield Line(number, line)
    for number in sorted(marked):
        line = []
        _put(line, marked[number])
        yield Line(number, line)


def _put(line: list[Raw], marks: Mapping[int, Mark]) -> None:
    for column, mark in marks.items():
        line.extend([""] * (column + 1 - len(line)))
        line[column] = mark


def _paths(package: bytes) -> list[str]:
    """The path of each sheet in the order of the workbook, empty where it cannot be told."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        book = archive.read("xl/workbook.xml")
        relations = archive.read("xl/_rels/workbook.xml.rels") if _RELATIONS in archive.namelist() else b""
    targets = {
        _attribute(one, b"Id"): _absolute(_attribute(one, b"Target")) for one in _TARGET.findall(relations)
    }
    listed = re.findall(rb"<(?:\w+:)?sheet\s[^>]*>", book)
    return [targets.get(_attribute(one, rb"\w+:id"), "") for one in listed]


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"\s*=\s*[\"']([^\"']*)[\"']", tag)
    return found[1].decode("utf-8", "replace") if found else ""


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
