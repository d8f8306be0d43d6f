"""The list of materials, printing, and the calendar of a year: what is reached from menus and buttons."""

import json
from datetime import date

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import demo_hand as hand
from ui import questions
from ui.actions import Actions
from wizard.check.materials import materials
from wizard.draft import load
from wizard.resource_files import path
from wizard.tracking.calendar import Calendar
from wizard.user_folder import holidays_folder


@pytest.fixture
def window(open_window):
    return open_window(load(path("samples", "company_faulty.json")))


@pytest.fixture
def listed(window):
    """The list of materials, opened by its button on the page of papers."""
    window.go("papers")
    hand.click(window.page("papers").materials)
    return window.beside.materials


def rows(dialog):
    items = (dialog.tree.topLevelItem(i) for i in range(dialog.tree.topLevelItemCount()))
    return {item.text(0): [item.text(n) for n in range(1, 8)] for item in items}


def test_the_list_says_form_signature_stamp_date_and_state(window, listed):
    found = rows(listed)
    assert list(found) == [one.name for one in materials(window.case.report.reading)]
    assert found["小程序负责人授权书"][:6] == [
        "必需",
        "✓ 已有",
        "原件彩色扫描件",
        "1",
        "法定代表人",
        "单位公章",
    ]
    assert found["小程序负责人证件正面"][-1] == "2039-06-06"
    assert found["互联网信息服务承诺书"][:2] == ["平台提供", "不用备"]
    assert "为什么：" in listed.detail.text()
    assert "查阅 2026-" in listed.detail.text()


def test_the_list_follows_the_case_and_leads_to_the_place_of_a_paper(window, listed, qtbot):
    papers = window.page("papers")
    name = "主体负责人证件反面"
    slot = papers.slots["principal.certificate_photo_back"]
    window.case.attach(slot.field.id, ())
    assert rows(listed)[name][1] == "× 缺"
    assert "还缺 1 项必需的" in listed.lead.text()
    window.go("subject")
    listed.tree.setCurrentItem(listed.tree.findItems(name, Qt.MatchFlag.MatchExactly)[0])
    QTest.keyClick(listed.tree, Qt.Key.Key_Return)
    assert window.current == "papers"
    assert window.case.draft.place["field"] == "principal.certificate_photo_back"


def test_the_list_can_be_copied(listed):
    hand.click(hand.button(listed, "复制为文字"))
    text = QApplication.clipboard().text()
    assert text.startswith("材料清单")
    assert "签名：法定代表人" in text


def test_what_is_printed_can_be_read_back(window, tmp_path, monkeypatch):
    file = tmp_path / "自检.pdf"

    def into_a_file(self: QPrintDialog) -> int:
        self.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.printer().setOutputFileName(str(file))
        return QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", into_a_file)
    window.go("check")
    hand.click(hand.button(window.page("check"), "打印…"))
    with pypdfium2.PdfDocument(file) as document:
        read = "".join(page.get_textpage().get_text_range() for page in document)
        assert document[0].get_size() == pytest.approx((595, 842), abs=2)
    plain = "".join(read.split())
    assert "初筛" in plain
    assert plain.count("怎么改：") == window.page("check").text().count("怎么改：")


def test_nothing_is_printed_where_no_printer_is_chosen(window, monkeypatch):
    from ui import printing

    asked = []
    monkeypatch.setattr(QPrintDialog, "exec", lambda self: asked.append(self.windowTitle()) or 0)
    monkeypatch.setattr(printing, "put_on_paper", lambda *_: pytest.fail("printed all the same"))
    window.go("check")
    hand.click(hand.button(window.page("check"), "打印…"))
    assert asked == ["打印自检结果"]


YEAR = {
    "year": 2027,
    "source": {"title": "国务院办公厅关于2027年部分节假日安排的通知", "url": "https://www.gov.cn/"},
    "off": [
        *("2027-01-01", "2027-02-05", "2027-02-06", "2027-02-07", "2027-02-08", "2027-02-09"),
        *("2027-02-10", "2027-02-11", "2027-04-05", "2027-05-01", "2027-05-02", "2027-05-03"),
        *("2027-06-09", "2027-09-15", "2027-10-01", "2027-10-02", "2027-10-03", "2027-10-04"),
    ],
    "work": ["2027-02-14", "2027-10-09"],
}


@pytest.mark.parametrize("good", [True, False])
def test_a_year_is_imported_from_the_menu(window, monkeypatch, tmp_path, good):
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(YEAR if good else {**YEAR, "off": []}), encoding="utf-8")
    monkeypatch.setattr(questions, "which_year", lambda *_: file)
    Actions(window).import_year()
    calendar = Calendar.load(holidays_folder())
    if good:
        assert "2027 年的放假安排已导入" in window.notice_text.text()
        assert not calendar.is_workday(date(2027, 2, 8))
        assert calendar.is_workday(date(2027, 2, 14))
        (holidays_folder() / "2027.json").unlink()
    else:
        assert "还没有放假日期" in window.notice_text.text()
        assert 2027 not in calendar.years
