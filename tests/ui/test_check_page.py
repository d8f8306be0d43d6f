"""The page of the self-check: everything found, and the way to each field."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import demo_hand as hand
from ui.style import MARKS
from wizard.draft import load
from wizard.finding import SEVERITY_WORDS
from wizard.resource_files import path


@pytest.fixture
def window(open_window):
    window = open_window(load(path("samples", "company_faulty.json")))
    window.go("check")
    return window


@pytest.fixture
def page(window):
    return window.page("check")


def leaves(page):
    tree = page.tree
    for i in range(tree.topLevelItemCount()):
        branch = tree.topLevelItem(i)
        yield from (branch.child(n) for n in range(branch.childCount()))


def test_every_finding_stands_once_with_its_word(window, page):
    rows = [(item.text(0), item.text(1)) for item in leaves(page)]
    assert len(rows) == len(window.case.report.findings)
    for finding in window.case.report.findings:
        assert (f"{MARKS[finding.severity]} {SEVERITY_WORDS[finding.severity]}", finding.message) in rows
    assert "初筛，不代表审核结果" in page.counts.text()
    assert hand.button(page, f"× 错误 {window.case.report.errors}")


def test_enter_goes_to_the_field_and_back(window, page):
    first = next(leaves(page))
    page.tree.setCurrentItem(first)
    QTest.keyClick(page.tree, Qt.Key.Key_Return)
    assert window.current != "check"
    field = window.case.draft.place["field"]
    assert QApplication.focusWidget() is window.page(window.current).rows[field].editor.target
    assert window.page(window.current).rows[field].message.isVisible()
    hand.click(window.to_check)
    assert window.current == "check"
    assert not window.to_check.isVisible()


def test_the_mend_button_goes_to_the_field(window, page):
    hand.click(page.mend)
    assert window.current == "subject"


def test_detail_says_why_and_names_the_source_and_the_day_it_was_looked_up(page):
    assert page.detail.text().startswith("为什么：平台和通管局按下面的依据审核")
    assert "依据：" in page.detail.text()
    assert "查阅 2026-" in page.detail.text()


def test_how_sure_a_rule_is_and_its_second_source_are_said(window, page):
    doubtful = next(one for one in window.case.report.findings if one.cite2)
    item = next(item for item in leaves(page) if item.text(1) == doubtful.message)
    page.tree.setCurrentItem(item)
    assert f"；{doubtful.sure}" in page.detail.text()
    assert f"另见：{doubtful.cite2.title}" in page.detail.text()


def test_a_filter_leaves_one_kind(window, page):
    hand.click(hand.button(page, f"× 错误 {window.case.report.errors}"))
    assert {item.text(0) for item in leaves(page)} == {"× 错误"}
    assert len(list(leaves(page))) == window.case.report.errors


def test_all_can_be_copied_as_text(window, page):
    hand.click(hand.button(page, "复制为文字"))
    text = QApplication.clipboard().text()
    assert text.startswith("自检结果（初筛，不代表审核结果）")
    assert all(finding.message in text for finding in window.case.report.findings)


def test_mending_takes_the_finding_away(window, page):
    before = window.case.report.errors
    hand.click(page.mend)
    field = window.case.draft.place["field"]
    row = window.page("subject").rows[field]
    hand.answer(row.editor, "91110115MA01QFMA2Y")
    hand.click(window.to_check)
    assert window.case.report.errors == before - 1
    assert len(list(leaves(page))) == len(window.case.report.findings)
