"""Tab goes as one reads, and whatever has the focus is in sight."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from ui import demo_hand as hand
from ui.pages import PAGES
from wizard.draft import load
from wizard.resource_files import path


@pytest.fixture
def filled(open_window):
    return open_window(load(path("samples", "company.json")))


def walked(window, port=None):
    """What Tab goes to, from the step list until it comes round again; what lies in `port` is in sight."""
    window.steps.buttons[0].setFocus()
    first = QApplication.focusWidget()
    QTest.keyClick(first, Qt.Key.Key_Tab)
    seen = []
    while (widget := QApplication.focusWidget()) is not None and widget not in seen and widget is not first:
        seen.append(widget)
        assert len(seen) < 300
        if port is not None and port.isAncestorOf(widget):
            top = widget.mapTo(port, QPoint(0, 0)).y()
            assert -1 <= top <= port.height() - min(widget.height(), 20), widget.accessibleName()
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    return seen


@pytest.mark.parametrize("page_id", [info.id for info in PAGES])
def test_tab_goes_down_the_page_and_then_to_the_buttons(filled, page_id):
    window = filled
    window.go(page_id)
    page = window.page(page_id)
    seen = walked(window)
    on_page = [widget for widget in seen if page.isAncestorOf(widget) or widget is page]
    below = [widget for widget in seen if window.strip.isAncestorOf(widget)]
    assert on_page
    assert below
    assert seen.index(below[0]) > seen.index(on_page[-1])
    inner = page.widget() if isinstance(page, QScrollArea) else page
    tops = [widget.mapTo(inner, QPoint(0, 0)).y() for widget in on_page]
    for before, after, above, under in zip(on_page, on_page[1:], tops, tops[1:], strict=False):
        same_line = under > above - max(before.height(), after.height())
        assert same_line, (before.accessibleName(), after.accessibleName())


def test_a_row_added_later_has_its_turn(window):
    window.go("mini_program")
    page = window.page("mini_program")
    hand.click(hand.button(page, "添加一项审批"))
    (row,) = page.rows["mini_program.pre_approvals"].editor._rows
    seen = walked(window)
    comment = page.rows["mini_program.comment"].editor.target
    assert seen.index(row._code) < seen.index(comment)


def test_what_has_the_focus_is_in_sight(filled):
    filled.resize(1024, 700)
    for page_id in ("subject", "principal", "papers", "export"):
        filled.go(page_id)
        page = filled.page(page_id)
        for widget in walked(filled, page.viewport()):
            assert widget.isVisible()


def test_arrows_go_through_the_steps_without_leaving_the_page(window):
    window.go("subject")
    window.steps.buttons[0].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert window.current == "subject"
    assert QApplication.focusWidget() is window.steps.buttons[2]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert window.current == "mini_program"
