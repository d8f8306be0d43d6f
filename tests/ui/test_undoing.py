"""Undo and redo across pages, with the keys a person uses."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from ui import demo_hand as hand
from wizard.resource_files import path

CTRL = Qt.KeyboardModifier.ControlModifier


def row(window, page_id, name):
    return window.page(page_id).rows[f"{page_id}.{name}"]


def press(window, key, modifier=CTRL):
    QTest.keyClick(window.windowHandle(), key, modifier)


def entry(window, word):
    return next(a for a in window.findChildren(QAction) if a.text().startswith(word))


def test_ctrl_z_takes_back_what_another_page_holds_and_goes_there(window):
    window.activateWindow()
    hand.answer(row(window, "subject", "name").editor, "北京绿柠檬科技有限公司")
    window.go("mini_program")
    hand.answer(row(window, "mini_program", "name").editor, "绿柠檬点餐")
    window.go("check")
    press(window, Qt.Key.Key_Z)
    assert window.current == "mini_program"
    assert row(window, "mini_program", "name").editor.value() == ""
    window.go("check")
    press(window, Qt.Key.Key_Z)
    assert window.current == "subject"
    assert window.case.draft.answers == {}
    press(window, Qt.Key.Key_Y)
    press(window, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert window.current == "mini_program"
    assert row(window, "mini_program", "name").editor.value() == "绿柠檬点餐"
    assert window.case.draft.text("subject.name") == "北京绿柠檬科技有限公司"


def test_a_text_field_first_takes_back_its_own(window):
    window.activateWindow()
    hand.answer(row(window, "subject", "name").editor, "甲公司")
    address = row(window, "subject", "address").editor
    hand.type_text(address.target, "12")
    press(window, Qt.Key.Key_Z)
    assert address.value() == ""
    assert window.focusWidget() is address.target
    assert window.case.draft.text("subject.name") == "甲公司"
    press(window, Qt.Key.Key_Y)
    assert address.value() == "12"
    press(window, Qt.Key.Key_Z)
    window.go("papers")
    press(window, Qt.Key.Key_Z)
    assert window.current == "subject"
    assert window.case.draft.answers == {}
    press(window, Qt.Key.Key_Z)
    assert window.statusBar().currentMessage() == "没有可以撤销的"


def test_the_menu_says_what_it_takes_back(window):
    assert entry(window, "撤销").text() == "撤销"
    hand.answer(row(window, "subject", "name").editor, "甲公司")
    assert entry(window, "撤销").text() == "撤销：主体名称"
    window.case.undo()
    window.case.history.pause()
    assert entry(window, "重做").text() == "重做：主体名称"
    window.go("principal")
    hand.answer(row(window, "principal", "mobile").editor, "1")
    assert entry(window, "撤销").text() == "撤销：主体负责人的手机号码"
    assert entry(window, "重做").text() == "重做"


def test_a_picture_that_was_taken_out_comes_back(window):
    window.go("papers")
    slot = window.page("papers").slots["principal.certificate_photo_front"]
    hand.drop(slot, path("samples", "pictures", "id-lin-zhiyuan-front.jpg"))
    held = window.case.draft.attachments
    hand.click(hand.button(slot, "移除"))
    window.go("check")
    window.activateWindow()
    press(window, Qt.Key.Key_Z)
    assert window.case.draft.attachments == held
    assert window.current == "papers"
    assert hand.button(slot, "移除")
    assert window.page("papers")._undo_bar.isHidden()


def test_what_was_deleted_by_hand_comes_back(window):
    name = row(window, "subject", "name").editor
    hand.answer(name, "甲公司")
    window.go("principal")
    window.go("subject")
    hand.clear(name.target)
    window.go("check")
    window.activateWindow()
    press(window, Qt.Key.Key_Z)
    assert name.value() == "甲公司"


def test_a_choice_is_taken_back_with_what_it_brought_into_sight(window):
    hand.answer(row(window, "subject", "type").editor, "个人")
    window.activateWindow()
    press(window, Qt.Key.Key_Z)
    assert row(window, "subject", "type").editor.value() == ""
    assert window.case.draft.answers == {}


def test_another_case_has_a_history_of_its_own(window, tmp_path):
    hand.answer(row(window, "subject", "name").editor, "甲公司")
    window.keeping.new()
    assert entry(window, "撤销").text() == "撤销"
    assert window.case.undo() == ""
