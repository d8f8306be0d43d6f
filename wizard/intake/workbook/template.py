"""The blank 资料采集表 that goes to a client: one row a filing, or one sheet a filing."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from wizard.draft import Draft
from wizard.fields import Field
from wizard.intake.workbook.columns import EXAMPLE, FILL_IN, INSTRUCTIONS, OPTIONS
from wizard.intake.workbook.wording import (
    asked_of_clients,
    choices,
    closed,
    instructions,
    need,
    note,
    written,
)
from wizard.types import Line

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

DATA = "资料"
FILLED_ROWS = 200
"""So many rows are made ready; below them the columns are still text."""
SHEETS = 3
_VALIDATED_ROWS = 2_000
_SHADES = {"必填": "#FFF2CC", "按情况": "#E2EFDA", "选填": "#EDEDED"}


def template(day: date, examples: Sequence[Draft] = (), *, by_rows: bool = True) -> bytes:
    """The blank workbook as the bytes of its file, `examples` filled in on a sheet of their own."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    plain_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {"in_memory": True, **plain_text})
    book.set_properties({"title": "微信小程序备案资料采集表", "created": datetime.combine(day, time())})
    sheets = _Sheets(book)
    if by_rows:
        sheets.rows(DATA)
    else:
        for number in range(1, SHEETS + 1):
            sheets.single(f"备案{number}")
    sheets.instructions(DATA if by_rows else "备案1", by_rows)
    if by_rows:
        sheets.rows(f"{EXAMPLE}（不读入）", examples)
    elif examples:
        sheets.single(f"{EXAMPLE}（不读入）", examples[0])
    sheets.options()
    book.close()
    return out.getvalue()


class _Sheets:
    """The sheets of one workbook, with the lists its cells choose from."""

    def __init__(self, book: "Workbook") -> None:
        self.book = book
        self.text: Format = book.add_format(
            {"num_format": "@", "valign": "top", "text_wrap": True, "border": 1}
        )
        self.column: Format = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
        self.plain: Format = book.add_format({"valign": "top", "text_wrap": True})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.section: Format = book.add_format({"bold": True, "bg_color": "#D9E2F3"})
        self.heads = {
            kind: book.add_format(
                {"bold": True, "bg_color": shade, "border": 1, "text_wrap": True, "valign": "vcenter"}
            )
            for kind, shade in _SHADES.items()
        }
        self.lists: dict[tuple[str, ...], str] = {}

    def rows(self, name: str, examples: Sequence[Draft] = ()) -> None:
        """A sheet with the headings in its first row, frozen, and one row a filing below."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 36)
        fields = asked_of_clients()
        for place, field in enumerate(fields):
            sheet.set_column(place, place, _width(field), self.column)
            sheet.write_string(0, place, field.heading, self.heads[need(field)])
            self._comment(sheet, 0, place, field)
            self._offer(sheet, (1, place, _VALIDATED_ROWS, place), field)
        for row in range(1, max(FILLED_ROWS, len(examples)) + 1 if not examples else len(examples) + 1):
            given = examples[row - 1] if examples else Draft()
            for place, field in enumerate(fields):
                self._cell(sheet, row, place, written(given.answers.get(field.id, "")))

    def single(self, name: str, example: Draft | None = None) -> None:
        """A sheet for one filing: the fields below each other, what is filled in beside them."""
        sheet = self.book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_column(0, 0, 34, self.column)
        sheet.set_column(1, 1, 46, self.column)
        sheet.set_column(2, 2, 70, self.plain)
        for place, word in enumerate(("栏目", FILL_IN, "说明")):
            sheet.write_string(0, place, word, self.heads["必填"])
        row, section = 1, ""
        for field in asked_of_clients():
            if field.section.title != section:
                section = field.section.title
                sheet.write_string(row, 0, f"【{section}】", self.section)
                row += 1
            sheet.write_string(row, 0, field.heading, self.heads[need(field)])
            self._cell(sheet, row, 1, written(example.answers.get(field.id, "")) if example else "")
            said = note(field).replace("\n", "；")
            sheet.set_row(row, 16 * (1 + len(said) // 34))
            sheet.write_string(row, 2, said, self.plain)
            self._offer(sheet, (row, 1, row, 1), field)
            row += 1

    def instructions(self, sheet_name: str, by_rows: bool) -> None:
        """The page that says in plain words how to fill it in."""
        sheet = self.book.add_worksheet(INSTRUCTIONS)
        sheet.set_column(0, 0, 96, self.plain)
        for row, line in enumerate(instructions(sheet_name, by_rows)):
            sheet.write_string(row, 0, line, self.title if row == 0 else self.plain)

    def options(self) -> None:
        """The hidden sheet the lists stand on: a list inside a cell's rule may have 255 characters only."""
        sheet = self.book.add_worksheet(OPTIONS)
        sheet.hide()
        for place, listed in enumerate(self.lists):
            for row, label in enumerate(listed):
                sheet.write_string(row, place, label)

    def _comment(self, sheet: "Worksheet", row: int, place: int, field: Field) -> None:
        size = {"x_scale": 2.2, "y_scale": 1.4, "font_size": 10, "font_name": "Microsoft YaHei"}
        sheet.write_comment(row, place, note(field), size)

    def _cell(self, sheet: "Worksheet", row: int, place: int, text: str) -> None:
        if text:
            sheet.write_string(row, place, text, self.text)
        else:
            sheet.write_blank(row, place, None, self.text)

    def _offer(self, sheet: "Worksheet", cells: tuple[int, int, int, int], field: Field) -> None:
        listed = choices(field)
        if not listed:
            return
        rule = {
            "validate": "list",
            "source": self._list(listed),
            "input_title": field.label[:32],
            "input_message": note(field)[:255],
            "error_title": "从列表里选",
            "error_message": f"“{field.label}”从列表里选一项",
            "error_type": "stop" if closed(field) else "information",
        }
        sheet.data_validation(*cells, rule)

    def _list(self, listed: tuple[str, ...]) -> str:
        """Where a list stands on the sheet of options."""
        from xlsxwriter.utility import xl_col_to_name

        if listed not in self.lists:
            column = xl_col_to_name(len(self.lists))
            self.lists[listed] = f"={OPTIONS}!${column}$1:${column}${len(listed)}"
        return self.lists[listed]


def _width(field: Field) -> int:
    if isinstance(field.kind, Line) and field.kind.most > 200:
        return 50
    return {"OrganisationName": 30}.get(field.kind.name, 22)
