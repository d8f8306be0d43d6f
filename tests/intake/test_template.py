"""The blank workbook: every field once, text in every cell, and what is filled in comes back the same."""

import io
from datetime import date

import openpyxl
import pytest

from wizard.draft import Draft, load
from wizard.intake.workbook.columns import EXAMPLE, INSTRUCTIONS, OPTIONS
from wizard.intake.workbook.read import open_intake
from wizard.intake.workbook.template import DATA, FILLED_ROWS, SHEETS, template
from wizard.intake.workbook.wording import asked_of_clients, choices, written
from wizard.resource_files import path

DAY = date(2026, 11, 25)
NAMES = ("company", "individual_business", "person", "company_faulty")


@pytest.fixture(scope="module")
def samples() -> list[Draft]:
    return [load(path("samples", f"{name}.json")) for name in NAMES]


@pytest.fixture(scope="module")
def by_rows(samples) -> bytes:
    return template(DAY, samples[:2])


@pytest.fixture(scope="module")
def by_sheets(samples) -> bytes:
    return template(DAY, samples[:1], by_rows=False)


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_the_headings_are_those_of_the_catalogue_with_help_as_comments(by_rows):
    sheet = opened(by_rows)[DATA]
    assert [cell.value for cell in sheet[1]] == [field.heading for field in asked_of_clients()]
    assert sheet.freeze_panes == "A2"
    for cell, field in zip(sheet[1], asked_of_clients(), strict=True):
        assert field.ask.help in cell.comment.text


def test_every_cell_to_fill_in_is_text(by_rows, by_sheets):
    sheet = opened(by_rows)[DATA]
    for row in sheet.iter_rows(min_row=2, max_row=FILLED_ROWS + 1, max_col=len(asked_of_clients())):
        assert {cell.number_format for cell in row} == {"@"}
    for number in range(1, SHEETS + 1):
        sheet = opened(by_sheets)[f"备案{number}"]
        headings = {field.heading for field in asked_of_clients()}
        filled = [row[1].number_format for row in sheet.iter_rows() if row[0].value in headings]
        assert filled == ["@"] * len(headings)


def test_lists_are_those_of_the_code_sets(by_rows):
    book = opened(by_rows)
    assert book[OPTIONS].sheet_state == "hidden"
    rules = {str(rule.sqref).split(":")[0]: rule for rule in book[DATA].data_validations.dataValidation}
    for place, field in enumerate(asked_of_clients(), 1):
        first = f"{openpyxl.utils.get_column_letter(place)}2"
        assert (first in rules) == bool(choices(field))
        if listed := choices(field):
            where = rules[first].formula1.partition("!")[2].replace("$", "")
            assert tuple(cell.value for (cell,) in book[OPTIONS][where]) == listed


def test_a_sheet_for_one_filing_prints_on_the_width_of_a_page(by_sheets):
    sheet = opened(by_sheets)["备案1"]
    assert int(sheet.page_setup.fitToHeight) == 0
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_nothing_in_it_is_a_formula(by_rows, by_sheets):
    for data in (by_rows, by_sheets):
        for sheet in opened(data):
            assert not [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_the_example_and_the_instructions_are_not_read(tmp_path, by_rows, by_sheets):
    for data in (by_rows, by_sheets):
        (tmp_path / "a.xlsx").write_bytes(data)
        intake = open_intake(tmp_path / "a.xlsx")
        assert not list(intake.entries())
        assert any("填写的样子" in notice.message for notice in intake.notices)
        names = opened(data).sheetnames
        assert INSTRUCTIONS in names
        assert any(name.startswith(EXAMPLE) for name in names)


def test_rows_filled_in_come_back_as_they_were_entered(tmp_path, samples, by_rows):
    book = opened(by_rows)
    for number, draft in enumerate(samples, 2):
        for place, field in enumerate(asked_of_clients(), 1):
            book[DATA].cell(number, place).value = written(draft.answers.get(field.id, "")) or None
    book.save(tmp_path / "a.xlsx")
    entries = list(open_intake(tmp_path / "a.xlsx").entries())
    assert [entry.row for entry in entries] == [2, 3, 4, 5]
    typed = {field.id for field in asked_of_clients()}
    for entry, draft in zip(entries, samples, strict=True):
        assert entry.answers == {key: value for key, value in draft.answers.items() if key in typed}
        assert not entry.faulty


def test_a_sheet_filled_in_comes_back(tmp_path, samples, by_sheets):
    book = opened(by_sheets)
    sheet = book["备案2"]
    for row in sheet.iter_rows():
        for field in asked_of_clients():
            if row[0].value == field.heading:
                row[1].value = written(samples[1].answers.get(field.id, "")) or None
    copy = book.copy_worksheet(sheet)
    copy.title = "备案 2 的副本"
    book.save(tmp_path / "a.xlsx")
    first, second = open_intake(tmp_path / "a.xlsx").entries()
    typed = {field.id for field in asked_of_clients()}
    wanted = {key: value for key, value in samples[1].answers.items() if key in typed}
    assert first.answers == second.answers == wanted
    assert (first.sheet, second.sheet) == ("备案2", "备案 2 的副本")


def test_a_fault_on_a_sheet_is_named_by_its_cell(tmp_path, by_sheets):
    book = opened(by_sheets)
    row = next(row for row in book["备案1"].iter_rows() if row[0].value == "主体负责人·证件号码")
    row[1].value = 110101199003071234
    book.save(tmp_path / "a.xlsx")
    (entry,) = open_intake(tmp_path / "a.xlsx").entries()
    assert f"“备案1”表 {row[1].coordinate}" in entry.findings[0].message
