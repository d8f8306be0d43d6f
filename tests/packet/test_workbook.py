"""填报文本.xlsx: every answer in a cell of text, in the order of the form; nothing is ever worked out."""

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.packet import cases
from wizard.draft import Draft
from wizard.packet.answers import EMPTY, SHEETS, sheet_fields, shown
from wizard.packet.cells import LONGEST
from wizard.packet.snapshot import Snapshot
from wizard.packet.workbook import workbook
from wizard.sections import catalogue
from wizard.types import Papers


def cells(data: bytes) -> dict[str, list[tuple[str, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_one_sheet_for_each_page_in_the_order_of_the_form(tmp_path: Path):
    snapshot = cases.full(tmp_path)
    found = cells(workbook(snapshot))
    assert list(found) == ["主体", "主体负责人", "小程序", "小程序负责人"]
    for section, rows in zip(SHEETS, found.values(), strict=True):
        fields = [each for each in sheet_fields(snapshot, section) if not isinstance(each.kind, Papers)]
        assert [row[0] for row in rows] == ["栏目", *(each.label for each in fields)]
        assert [row[1] for row in rows[1:]] == [shown(snapshot, each).value or EMPTY for each in fields]


def test_every_cell_is_text(tmp_path: Path):
    book = openpyxl.load_workbook(io.BytesIO(workbook(cases.full(tmp_path))))
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert len(found) > 100
    assert {(cell.data_type, cell.number_format) for cell in found} == {("s", "@")}


FORMULAS = [
    "=1+1",
    "@SUM(1)",
    "+1",
    "-1",
    '=HYPERLINK("http://x")',
    "http://example.com",
    "'=1",
    "1e309",
    "00123",
]


@pytest.mark.parametrize("text", [*FORMULAS, *cases.HOSTILE])
def test_hostile_text_stays_text(text: str):
    snapshot = cases.frozen(Draft({**cases.FULL, "subject.comment": text, "principal.name": text}))
    data = workbook(snapshot)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            content = archive.read(name).decode("utf-8")
            assert "<f>" not in content
            assert "<hyperlink" not in content
    rows = {row[0]: row[1] for row in cells(data)["主体"]}
    wanted = shown(snapshot, catalogue()["subject.comment"]).value
    if wanted.isprintable() and len(wanted) <= LONGEST:
        assert rows["主体备注"] == (wanted or EMPTY)


def test_a_text_too_long_for_a_cell_goes_on_in_the_next():
    long = "长" * (LONGEST + 7)
    rows = cells(workbook(cases.frozen(Draft({**cases.FULL, "subject.comment": long}))))["主体"]
    parts = [row[1] for row in rows if row[0].startswith("主体备注")]
    assert "".join(parts) == long
    assert len(parts) == 2


def test_the_same_snapshot_gives_the_same_bytes(tmp_path: Path):
    snapshot = cases.full(tmp_path)
    assert workbook(snapshot) == workbook(snapshot)
    assert workbook(snapshot) != workbook(replace(snapshot, version=3))


def test_sources_and_what_is_required(tmp_path: Path):
    draft = cases.full(tmp_path).draft.with_answer("subject.name", "某公司", "read")
    rows = {row[0]: row[2] for row in cells(workbook(cases.frozen(draft)))["主体"]}
    assert rows["主体名称"] == "必填，识别（未核对）"
    assert rows["主体备注"] == "选填"


def test_linked(tmp_path: Path):
    rows = cells(workbook(cases.linked(tmp_path)))["小程序负责人"]
    assert rows[1][0] == "与主体负责人相同"
    assert ("姓名", cases.FULL["principal.name"]) in [row[:2] for row in rows]


def empty_sheets(snapshot: Snapshot) -> set[str]:
    return {row[1] for rows in cells(workbook(snapshot)).values() for row in rows[1:]}


def test_an_empty_draft():
    assert EMPTY in empty_sheets(cases.frozen(Draft()))
    assert not [text for text in empty_sheets(cases.frozen(Draft())) if re.search("None", text)]
