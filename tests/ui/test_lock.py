"""The lock: nothing can be read or reached behind it, and nothing that was typed goes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from ui import demo_hand as hand
from ui.lock import ASKED
from wizard.draft import load

SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Keys:
    """A key that one passphrase fetches."""

    held, engaged, look = True, False, ASKED

    def __init__(self):
        self.there, self.tries = True, []

    def drop(self):
        self.there = False

    def take(self, secret, recovery, told):
        self.tries.append((secret, recovery))
        self.there = secret in ("tongguan", "RECOVERY")
        told("" if self.there else "口令不正确，检查大小写", 0 if len(self.tries) < 3 else 2)


@pytest.fixture
def locked(window):
    window.lock.keys = Keys()
    hand.answer(window.page("subject").rows["subject.name"].editor, "机密公司")
    window.activateWindow()
    assert hand.wait(window.isActiveWindow)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, SHIFTED)
    assert window.lock.on
    return window


def legible(top):
    texts = [
        w.text() for kind in (QLabel, QLineEdit, QPushButton) for w in top.findChildren(kind) if w.isVisible()
    ]
    return "".join(texts) + top.windowTitle()


def unlock(window, text="tongguan"):
    form = window.lock.curtains[0].form
    hand.clear(form.secret)
    hand.type_text(form.secret, text)
    QTest.keyClick(form.secret, Qt.Key.Key_Return)


def test_nothing_can_be_read_and_what_was_typed_is_saved(locked, place):
    assert "机密公司" not in legible(locked)
    assert "案件" not in legible(locked)
    assert not locked.lock.keys.there
    assert load(place).text("subject.name") == "机密公司"


def test_the_passphrase_leads_back_to_where_one_was(locked):
    unlock(locked)
    assert not locked.lock.on
    row = locked.page("subject").rows["subject.name"]
    assert row.isVisible()
    assert row.editor.value() == "机密公司"
    assert locked.focusWidget() is row.editor.target
    assert "主体" in locked.windowTitle()


def test_another_passphrase_is_refused_in_words_and_can_be_typed_again(locked):
    unlock(locked, "falsch")
    form = locked.lock.curtains[0].form
    assert locked.lock.on
    assert form.message.text() == "× 口令不正确，检查大小写"
    assert form.secret.hasSelectedText()
    unlock(locked)
    assert not locked.lock.on


def test_an_empty_one_is_asked_for(locked):
    form = locked.lock.curtains[0].form
    hand.click(form.unlock)
    assert form.message.text() == "× 填写口令"
    assert locked.lock.keys.tries == []


def test_after_some_wrong_ones_one_has_to_wait(locked):
    for _ in range(3):
        unlock(locked, "falsch")
    form = locked.lock.curtains[0].form
    assert "2 秒后再试" in form.message.text()
    QTest.keyClick(form.secret, Qt.Key.Key_Return)
    assert len(locked.lock.keys.tries) == 3
    form._count(), form._count()
    assert "秒" not in form.message.text()
    unlock(locked)
    assert not locked.lock.on


def test_the_recovery_key_opens_it_too(locked):
    form = locked.lock.curtains[0].form
    hand.click(form.other)
    unlock(locked, "RECOVERY")
    assert locked.lock.keys.tries == [("RECOVERY", True)]
    assert not locked.lock.on


def test_no_key_reaches_what_is_behind(locked):
    handle = locked.windowHandle()
    for key, modifier in (
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier),
    ):
        QTest.keyClick(handle, key, modifier)
    for _ in range(12):
        QTest.keyClick(handle, Qt.Key.Key_Tab)
        assert locked.lock.curtains[0].isAncestorOf(locked.focusWidget())
    assert locked.current == "subject"
    assert locked.case.draft.text("subject.name") == "机密公司"
    unlock(locked)
    QTest.keyClick(handle, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert locked.current == "principal"


def test_the_passphrase_can_be_typed_at_once_whatever_the_pages_do(locked):
    locked.focus_field("subject.name")
    assert locked.focusWidget() is locked.lock.curtains[0].form.secret


def test_windows_beside_are_locked_too(window):
    window.lock.keys = Keys()
    window.beside.show_materials()
    tree = window.beside.materials.tree
    assert tree.isVisible()
    window.lock.lock()
    assert not tree.isVisible()
    assert "材料" not in "".join(
        label.text() for label in window.beside.materials.findChildren(QLabel) if label.isVisible()
    )
    unlock(window)
    assert tree.isVisible()


def test_a_window_that_opens_meanwhile_is_covered(locked, qtbot):
    dialog = QWidget(locked, Qt.WindowType.Dialog)
    label = QLabel("机密", dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: len(locked.lock.curtains) == 2)
    assert not label.isVisible()
    unlock(locked)
    assert label.isVisible()


def test_without_a_passphrase_it_hides_and_says_so(window):
    window.lock.lock()
    assert "没有设口令" in legible(window)
    assert "未开始" not in legible(window)
    hand.click(window.lock.curtains[0].back)
    assert not window.lock.on


def test_it_locks_by_itself_when_nobody_is_there(window, qtbot):
    window.lock.set_minutes(0.05 / 60)
    qtbot.waitUntil(lambda: window.lock.on, timeout=3000)


def test_a_sign_of_life_puts_it_off(window, monkeypatch):
    window.lock.set_minutes(5)
    seen = window.lock._seen
    window.activateWindow()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert window.lock._seen > seen
    window.lock._see()
    assert not window.lock.on
    assert 280_000 < window.lock._timer.remainingTime() < 320_000


def test_hours_of_sleep_lock_it(window):
    window.lock.set_minutes(5)
    window.lock._seen = window.lock._seen[0], window.lock._seen[1] - 3600
    window.lock._see()
    assert window.lock.on


def test_a_save_that_fails_does_not_keep_it_open(window, monkeypatch):
    hand.answer(window.page("subject").rows["subject.name"].editor, "机密公司")
    monkeypatch.setattr(window.case, "save", lambda: False)
    window.lock.lock()
    assert "机密公司" not in legible(window)
    monkeypatch.undo()
    hand.click(window.lock.curtains[0].back)
    assert window.case.save()
