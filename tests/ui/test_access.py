"""Everybody can use it: names for every input, labels with buddies, nothing cut off."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea

from ui.pages import PAGES
from wizard.draft import Draft, load
from wizard.resource_files import path

DRAFTS = {
    "empty": Draft(),
    "full": load(path("samples", "company.json")),
    "person": load(path("samples", "person.json")),
}


@pytest.fixture(params=DRAFTS)
def shown(request, open_window):
    window = open_window(DRAFTS[request.param])
    for info in PAGES:
        window.go(info.id)
    return window


def focusable(window):
    seen, widget = [], window.nextInFocusChain()
    while widget is not window:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            seen.append(widget)
        widget = widget.nextInFocusChain()
    return seen


@pytest.mark.parametrize("page_id", [page.id for page in PAGES])
def test_everything_tab_reaches_has_a_name(shown, page_id):
    shown.go(page_id)
    reached = focusable(shown)
    assert len(reached) > 3
    for widget in reached:
        named = widget.accessibleName() or (widget.text() if isinstance(widget, QPushButton) else "")
        assert named or isinstance(widget, QLabel), (widget.metaObject().className(), widget.objectName())


@pytest.mark.parametrize("page_id", ["subject", "principal", "mini_program", "contact"])
def test_every_label_of_a_field_has_its_input_as_buddy(shown, page_id):
    for row in shown.page(page_id).rows.values():
        assert row.label.buddy() is row.editor.target


@pytest.mark.parametrize("page_id", ["subject", "principal", "mini_program", "contact"])
def test_a_message_is_part_of_what_a_screen_reader_says(shown, page_id):
    page = shown.page(page_id)
    page.visit_all()
    for row in page.rows.values():
        if not row.message.isHidden():
            targets = [row.editor.target, *row.editor.widget.children()]
            assert any(row.message.text() in getattr(t, "accessibleDescription", str)() for t in targets)


@pytest.mark.parametrize("size", [(1280, 720), (1024, 700)])
def test_nothing_is_cut_off(shown, size, qtbot):
    shown.resize(*size)
    for info in PAGES:
        shown.go(info.id)
        QTest.qWait(40)
        page = shown.page(info.id)
        if isinstance(page, QScrollArea):
            assert page.widget().minimumSizeHint().width() <= page.viewport().width(), info.id
        for widget in (*page.findChildren(QLabel), *page.findChildren(QPushButton)):
            if not widget.isVisible() or not widget.text():
                continue
            if isinstance(widget, QLabel) and widget.wordWrap():
                needed = widget.heightForWidth(widget.width())
                assert widget.height() >= needed, (info.id, widget.text())
            else:
                assert widget.width() >= widget.minimumSizeHint().width(), (info.id, widget.text())
