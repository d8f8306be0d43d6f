"""Reading `.csv`: decoded, parted by commas, tabs or semicolons, every odd line named by its number."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from wizard.files import FileProblem, why
from wizard.finding import Severity
from wizard.intake.workbook.encoding import decode
from wizard.intake.workbook.table import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Line,
    Table,
    told,
)

LARGEST = 20 * 1024 * 1024
_SEPARATORS = ",\t;"
_KNOWN: tuple[str, Severity] = ("ENCODING", "note")
_GUESSED: tuple[str, Severity] = ("ENCODING_GUESSED", "warning")
_MOST_LINES = 200
"""More lines than this are never one row: a quote was left open."""


def read_csv(path: Path) -> Book:
    """The one table of the text file `path`.

    Raises:
        FileProblem: it is empty, too large, in no or in two encodings, or a quote is left open.
    """
    data = _bytes(path)
    decoded = decode(data, path.name)
    text = decoded.text.lstrip("\ufeff")
    first, _, after = text.partition("\n")
    if first.strip().strip('"').lower().startswith("sep=") and len(first.strip().strip('"')) == 5:
        text = after
    lines = list(_lines(text, path.name))
    code, severity = _GUESSED if decoded.guessed else _KNOWN
    notice = told(code, severity, book=path.name, encoding=decoded.encoding)
    return Book(path.name, (Table("", lines),) if lines else (), (notice,))


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise FileProblem(f"“{path.name}”有 {size >> 20} MB，超过 {LARGEST >> 20} MB，分成几个文件再试")
        data = path.read_bytes()
    except OSError as error:
        raise FileProblem(f"无法打开“{path.name}”：{why(error)}") from error
    if not data.strip():
        raise FileProblem(f"“{path.name}”是空文件，请对方重新发一份，或重新下载")
    return data


def _lines(text: str, name: str) -> Iterator[Line]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number, begins = 0, 1
    while True:
        begins = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise FileProblem(_open_quote(name, begins)) from error
        number += 1
        _judge(cells, begins, rows.line_num, name)
        if any(cells):
            if number > MOST_ROWS:
                raise FileProblem(f"“{name}”超过 {MOST_ROWS:,} 行，分成几个文件再试")
            yield Line(number, cells)


def _judge(cells: list[str], begins: int, ends: int, name: str) -> None:
    if ends - begins >= _MOST_LINES:
        raise FileProblem(_open_quote(name, begins))
    if len(cells) > MOST_COLUMNS:
        raise FileProblem(
            f"“{name}”第 {begins} 行有 {len(cells):,} 列，超过 {MOST_COLUMNS} 列，检查是否选错了文件"
        )
    longest = max(map(len, cells), default=0)
    if longest > LONGEST_CELL:
        raise FileProblem(
            f"“{name}”第 {begins} 行有一格是 {longest:,} 个字，"
            f"超过 {LONGEST_CELL:,} 个，检查是否多粘贴了别的内容"
        )


def _open_quote(name: str, line: int) -> str:
    return (
        f"“{name}”第 {line} 行的引号没有配对，或一格内容长得不合理，后面的行都会被吞掉，没有读入；"
        "补上引号，或用 Excel 另存为 .xlsx"
    )


def _separator(text: str) -> str:
    """What parts the cells: whatever stands most often in the first line that has any of them."""
    for line in io.StringIO(text[:20_000]):
        counts = {mark: line.count(mark) for mark in _SEPARATORS}
        if any(counts.values()):
            return max(_SEPARATORS, key=counts.__getitem__)
    return "," if "，" not in text[:20_000] else "，"
