"""What is private is covered where it need not be seen, and does not stay in the clipboard."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import clipboard_guard, hold_button
from ui.private import names_in
from wizard.draft import Draft, load
from wizard.resource_files import path
from wizard.sections import catalogue

NUMBER, MOBILE = "110101199003074476", "13800000102"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def filled(open_window, tmp_path):
    draft = Draft(folder=tmp_path)
    for field, text in (
        ("subject.type", "个人"),
        ("subject.name", "林知远"),
        ("principal.name", "林知远"),
        ("principal.certificate_number", NUMBER),
        ("principal.mobile", MOBILE),
        ("mini_program.name", "绿柠檬点餐"),
    ):
        draft = draft.with_answer(field, text)
    return open_window(draft, tmp_path / f"林知远 {MOBILE}.beian.json")


def all_texts(review):
    return "".join(label.text() for label in review._values.values())


def test_the_title_and_the_place_name_nobody(filled):
    for text in (filled.windowTitle(), filled.place.text()):
        assert "林**" in text
        assert "138****0102" in text
        assert "林知远" not in text
        assert MOBILE not in text


def test_every_field_that_holds_a_persons_name_is_known_to_be_one():
    from ui.private import NAMES

    assert set(NAMES) <= set(catalogue())
    draft = load(path("samples", "company.json"))
    assert draft.text("principal.name") in names_in(draft)


def test_a_sentence_above_the_page_covers_numbers(filled):
    filled.complain(f"找不到“{NUMBER}.jpg”")
    assert filled.notice_text.text() == "找不到“110101********4476.jpg”"


def test_numbers_are_shown_only_while_the_button_is_held(filled):
    filled.go("export")
    review = filled.page("export").review
    assert NUMBER not in all_texts(review)
    assert "110101********4476" in all_texts(review)
    QTest.mousePress(review.show_private, LEFT)
    assert NUMBER in all_texts(review)
    QTest.mouseRelease(review.show_private, LEFT)
    assert NUMBER not in all_texts(review)


def test_numbers_are_covered_again_when_the_time_is_over_or_the_window_is_left(filled, monkeypatch, qtbot):
    filled.go("export")
    review = filled.page("export").review
    review.show_private._timer.setInterval(30)
    QTest.mousePress(review.show_private, LEFT)
    qtbot.waitUntil(lambda: NUMBER not in all_texts(review))
    QTest.mouseRelease(review.show_private, LEFT)
    review.show_private._timer.setInterval(hold_button.LONGEST)
    QTest.mousePress(review.show_private, LEFT)
    assert NUMBER in all_texts(review)
    QApplication.sendEvent(review.show_private, QEvent(QEvent.Type.WindowDeactivate))
    assert NUMBER not in all_texts(review)
    QTest.mouseRelease(review.show_private, LEFT)


def copied(window, page_id, field_id):
    window.go_to_field(field_id)
    line = window.page(page_id).rows[field_id].editor.target
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    return QApplication.clipboard().text()


def test_a_copied_number_leaves_the_clipboard_after_a_while(filled, qtbot):
    assert filled.clipboard._timer.interval() == clipboard_guard.KEPT_FOR == 30_000
    filled.clipboard._timer.setInterval(40)
    assert copied(filled, "principal", "principal.certificate_number") == NUMBER
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == "", timeout=2000)


def test_what_came_into_the_clipboard_since_stays(filled, qtbot):
    filled.clipboard._timer.setInterval(40)
    copied(filled, "principal", "principal.mobile")
    QApplication.clipboard().setText("别的")
    qtbot.wait(120)
    assert QApplication.clipboard().text() == "别的"


def test_what_is_not_private_stays_in_the_clipboard(filled):
    assert copied(filled, "mini_program", "mini_program.name") == "绿柠檬点餐"
    assert not filled.clipboard._timer.isActive()


def test_a_copied_number_leaves_the_clipboard_at_the_end(filled):
    assert copied(filled, "principal", "principal.mobile") == MOBILE
    filled.close()
    assert QApplication.clipboard().text() == ""
