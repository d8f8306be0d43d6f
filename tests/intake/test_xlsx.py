"""`.xlsx`: what is right is read whole, what is wrong is named by its place, what is hostile is refused."""

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.books import HEAD, ROW, book, package, rows, sheet, text
from wizard.files import FileProblem
from wizard.intake.workbook.read import open_intake, read_book
from wizard.intake.workbook.table import MOST_ROWS, Mark


def only(path: Path):
    (entry,) = open_intake(path).entries()
    return entry


def said(findings) -> set[str]:
    return {finding.rule.removeprefix("intake.") for finding in findings}


def test_rows_become_answers(tmp_path):
    intake = open_intake(book(tmp_path / "a.xlsx", [HEAD, ROW, ROW]))
    first, second = intake.entries()
    assert (first.row, second.row) == (2, 3)
    assert first.answers == second.answers
    assert first.answers["subject.name"] == ROW[0]
    assert first.answers["subject.certificate_number"] == ROW[2]
    assert first.answers["principal.mobile"] == ROW[4]
    assert not first.faulty


def test_a_formula_is_named_and_never_read(tmp_path):
    lines = [HEAD, ['<c t="str"><f>"企"&amp;"业"</f><v>企业</v></c>', *ROW[1:5], "<c><f>1+1</f></c>"]]
    entry = only(book(tmp_path / "a.xlsx", lines))
    assert "subject.name" not in entry.answers
    assert "mini_program.name" not in entry.answers
    messages = [finding.message for finding in entry.findings if finding.rule == "intake.formula"]
    assert ["A2" in messages[0], "F2" in messages[1]] == [True, True]
    assert all("“表1”表" in message and "公式" in message for message in messages)


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    entry = only(book(tmp_path / "a.xlsx", [HEAD, ["=cmd|'/c calc'!A1", *ROW[1:4], "@SUM(1)", ROW[5]]]))
    assert entry.answers["subject.name"] == "=cmd|'/c calc'!A1"
    assert not entry.faulty


def test_a_number_that_lost_its_last_digits_is_named(tmp_path):
    entry = only(book(tmp_path / "a.xlsx", [HEAD, [*ROW[:2], "<c><v>110101199003071234</v></c>", *ROW[3:]]]))
    assert "subject.certificate_number" not in entry.answers
    (finding,) = entry.findings
    assert finding.severity == "error"
    assert "C2" in finding.message
    assert "末几位" in finding.message
    assert "文本" in finding.fix


def test_a_short_number_is_read_and_told(tmp_path):
    entry = only(book(tmp_path / "a.xlsx", [HEAD, [*ROW[:4], "<c><v>13800000101</v></c>", ROW[5]]]))
    assert entry.answers["principal.mobile"] == "13800000101"
    assert said(entry.findings) == {"number"}


@pytest.mark.parametrize(
    ("kind", "content", "code"),
    [
        ("n", "0.5", "fraction"),
        ("b", "1", "logical"),
        ("e", "#N/A", "cell-error"),
        ("e", "#REF!", "cell-error"),
    ],
)
def test_what_is_no_text_is_named(tmp_path, kind, content, code):
    cell = f'<c t="{kind}"><v>{content}</v></c>'
    entry = only(book(tmp_path / "a.xlsx", [HEAD, [cell, *ROW[1:]]]))
    assert code in said(entry.findings)
    assert "subject.name" not in entry.answers


def test_dates_are_dates_only_where_one_is_asked(tmp_path):
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    made.active.append(
        ["主体·主体名称", "主体负责人·证件有效期起", "主体负责人·证件有效期止", "小程序·上架日期"]
    )
    made.active.append([datetime.date(2026, 3, 1), datetime.date(2019, 6, 6), 43622, 20190606])
    made.save(path)
    entry = only(path)
    assert entry.answers["principal.certificate_validity_date_start"] == "2019-06-06"
    assert entry.answers["mini_program.online_since"] == "20190606"
    assert "principal.certificate_validity_date_end" not in entry.answers
    by_rule = {finding.rule: finding for finding in entry.findings}
    assert "2019-06-06" in by_rule["intake.date-serial"].message
    assert "A2" in by_rule["intake.date-here"].message


def test_a_stray_cell_in_the_far_corner_is_cut_off_and_named(tmp_path):
    body = "".join(
        (
            '<row r="1">' + "".join(text(cell, f"{'ABCDEF'[n]}1") for n, cell in enumerate(HEAD)) + "</row>",
            '<row r="2">' + "".join(text(cell, f"{'ABCDEF'[n]}2") for n, cell in enumerate(ROW)),
            '<c r="XFC2" s="1"/></row>',
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        )
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(package([sheet(body)]))
    intake = open_intake(path)
    assert any("XFD1048576" in notice.message for notice in intake.notices)
    assert [entry.answers["subject.name"] for entry in intake.entries()] == [ROW[0]]


def test_a_table_that_begins_elsewhere_keeps_its_places(tmp_path):
    path = tmp_path / "a.xlsx"
    made = openpyxl.Workbook()
    for place, value in {
        "C3": "客户资料（内部）",
        "C5": "主体·主体名称",
        "D5": "小程序·小程序名称",
        "C7": "某地示例科技有限公司",
        "D7": "示例工具",
        "D9": "=1",
        "F7": "没有表头",
    }.items():
        made.active[place] = value
    made.save(path)
    intake = open_intake(path)
    first, second = intake.entries()
    assert (first.row, first.answers["mini_program.name"]) == (7, "示例工具")
    assert (second.row, second.faulty) == (9, True)
    assert "D9" in second.findings[0].message
    assert any("F5" in notice.message and "没有表头" in notice.message for notice in intake.notices)


def test_a_lying_dimension_is_not_believed(tmp_path):
    xml = sheet(rows([HEAD, ROW])).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    path = tmp_path / "a.xlsx"
    path.write_bytes(package([xml]))
    assert only(path).answers["subject.name"] == ROW[0]


def test_prefixed_names_are_understood(tmp_path):
    xml = sheet(rows([HEAD, ["<c><f>1+1</f><v>2</v></c>", *ROW[1:]]]))
    for name in ("worksheet", "sheetData", "row", "c", "f", "v", "is", "t"):
        xml = xml.replace(f"<{name}>", f"<x:{name}>").replace(f"<{name} ", f"<x:{name} ")
        xml = xml.replace(f"</{name}>", f"</x:{name}>")
    path = tmp_path / "a.xlsx"
    path.write_bytes(package([xml.replace("xmlns=", "xmlns:x=")]))
    (table,) = read_book(path).tables
    assert table.lines[1].cells[0] is Mark.FORMULA


def test_too_many_rows_are_refused_before_they_are_all_read(tmp_path):
    line = "<row>" + text("甲") + "</row>"
    path = tmp_path / "a.xlsx"
    path.write_bytes(package([sheet(line * (MOST_ROWS + 200))]))
    with pytest.raises(FileProblem, match="20,000 行"):
        read_book(path)


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE l [<!ENTITY i "x">]>', '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]>'],
)
def test_entities_are_refused(tmp_path, declared):
    path = book(tmp_path / "a.xlsx", [HEAD, ROW], before=declared)
    with pytest.raises(FileProblem, match="DTD"):
        read_book(path)


def test_macros_are_not_run_and_told(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(package([sheet(rows([HEAD, ROW]))], [("xl/vbaProject.bin", b"\xd0\xcf")]))
    intake = open_intake(path)
    assert "macros" in said(intake.notices)
    assert len(list(intake.entries())) == 1


def test_a_hidden_sheet_is_told_and_not_read(tmp_path):
    path = tmp_path / "a.xlsx"
    seen, hidden = sheet(rows([HEAD, ROW])), sheet(rows([HEAD, ROW, ROW]))
    path.write_bytes(package([('name="客户"', seen), ('name="旧的" state="hidden"', hidden)]))
    intake = open_intake(path)
    assert "hidden-sheet" in said(intake.notices)
    assert [entry.sheet for entry in intake.entries()] == ["客户"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空文件"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 700 + "EncryptedPackage".encode("utf-16-le"),
            "打开密码",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 700, r"\.xls"),
        (b"<html>404</html>", "不是 Excel 工作簿"),
        (package([sheet(rows([HEAD]))])[:-60], "不完整"),
        (package([sheet(rows([["a", "b"], ["1", "2"]]))]), "没有认出表头"),
        (package([sheet("<row><c")]), "读不出来"),
    ],
    ids=["empty", "protected", "old", "web page", "cut", "no headings", "broken xml"],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(tmp_path, data, words):
    path = tmp_path / "客户.xlsx"
    path.write_bytes(data)
    with pytest.raises(FileProblem, match=words) as caught:
        open_intake(path)
    assert "客户.xlsx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as out:
        out.writestr("word/document.xml", "x")
    with pytest.raises(FileProblem, match="不是 Excel 工作簿"):
        read_book(tmp_path / "a.xlsx")


NAMES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn", "Zl", "Zp", "Cf")), min_size=1, max_size=30
).map(lambda name: " ".join(name.split()))


@settings(max_examples=60)
@given(st.lists(NAMES.filter(bool), min_size=1, max_size=8))
def test_names_come_back_as_they_were_entered(tmp_path_factory, names):
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    made = openpyxl.Workbook()
    made.active.append(["小程序·小程序名称", "主体·主体名称"])
    for name in names:
        made.active.append([name, "某地示例科技有限公司"])
        made.active.cell(made.active.max_row, 1).data_type = "s"
    made.save(path)
    read = list(open_intake(path).entries())
    assert len(read) == len(names)
    for entry, name in zip(read, names, strict=True):
        assert entry.faulty or entry.answers["mini_program.name"] == name


@settings(max_examples=120)
@given(st.binary(max_size=3000), st.booleans())
def test_whatever_the_bytes_the_answer_is_a_book_or_a_sentence(tmp_path_factory, data, wrapped):
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    path.write_bytes(package([data.decode("latin-1")]) if wrapped else b"PK" + data)
    problem = ""
    try:
        open_intake(path)
    except FileProblem as caught:
        problem = str(caught)
    assert not problem or "a.xlsx" in problem
