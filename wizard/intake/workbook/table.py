"""What is read from a workbook before anything is made of it: tables of raw cells, and what was noticed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum
from typing import NamedTuple

from wizard.finding import Finding, Severity
from wizard.messages import problem_text
from wizard.problem import Problem

MOST_ROWS = 20_000
MOST_COLUMNS = 256
LONGEST_CELL = 32_767
"""What a spreadsheet itself can hold in one cell."""


class Mark(Enum):
    """What stands in a cell whose content is not a value somebody entered."""

    FORMULA = "formula"
    ERROR = "error"


Raw = str | int | float | bool | date | time | timedelta | Mark
"""One cell as the file gives it; an empty cell is an empty text."""


class Line(NamedTuple):
    """One row of a table: its number as the spreadsheet shows it, and its cells from column A on."""

    number: int
    cells: Sequence[Raw]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; a text file is one sheet without a name."""

    sheet: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as it was read: `notices` are what concerns no single row (macros, encoding)."""

    name: str
    tables: tuple[Table, ...]
    notices: tuple[Finding, ...] = ()


def column_name(place: int) -> str:
    """The letters of a column: 0 is A, 26 is AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The place of a column by its letters: A is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - 64
    return place - 1


def at(sheet: str, row: int, column: int) -> str:
    """Where a cell is, for a sentence: “资料”表 B3; a text file has no sheet."""
    where = f"{column_name(column)}{row}"
    return f"“{sheet}”表 {where}" if sheet else where


def told(code: str, severity: Severity, fields: tuple[str, ...] = (), **values: str | int) -> Finding:
    """A finding of the import, its sentences from `resources/messages/intake.toml`."""
    text = problem_text("intake", Problem(code, values=values))
    rule = f"intake.{code.lower()}".replace("_", "-")
    return Finding(rule, severity, fields, text.message, text.fix)
