"""What opens a library, in the window: the system's key store and its lock, and a new data key."""

import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QProgressDialog, QPushButton

from tests.library.conftest import Drawer
from ui import demo_hand as hand
from ui import passphrase_dialog, recovery_key_page, rekey
from ui.settings_dialog import SettingsDialog
from wizard.draft import Draft
from wizard.library import backup, key_store, place
from wizard.library.problems import NoKeyStore, WrongPassphrase
from wizard.library.wipe import copy_of

PASSPHRASE = "蓝鲸台灯"


@pytest.fixture
def drawer(monkeypatch):
    drawer = Drawer()
    for name in ("keep", "fetch", "forget", "available"):
        monkeypatch.setattr(key_store, name, getattr(drawer, name))
    return drawer


@pytest.fixture
def stored(window, tmp_path, own_settings, drawer):
    """The window with a library that the key store alone opens, and a case open in it."""
    library, _ = place.create(tmp_path / "客户库", None, keep_in_key_store=True)
    library.cases.new(Draft(folder=tmp_path).with_answer("subject.name", "甲公司"))
    library.close()
    told = []
    session = window.room.session
    session.open(tmp_path / "客户库", {"from_key_store": True}, lambda: told.append(1), told.append)
    assert hand.wait(lambda: told == [1]), told
    window.keeping.open_case(1)
    return window


def said(window):
    return "".join(
        label.text() for label in window.lock.curtains[0].findChildren(QLabel) if label.isVisible()
    )


def test_a_lock_puts_the_key_away_and_asks_the_key_store_for_it_again(stored, drawer):
    stored.lock.lock()
    assert stored.room.session.library is None
    assert "能用你这个系统账户的人都能点开" in said(stored)
    assert not stored.lock.curtains[0].form.isVisible()
    hand.click(stored.lock.curtains[0].back)
    assert hand.wait(lambda: not stored.lock.on)
    assert stored.room.session.library is not None
    assert stored.case.draft.text("subject.name") == "甲公司"


def test_where_the_key_store_gives_nothing_a_secret_is_asked_for(stored, drawer):
    stored.lock.lock()
    held, drawer.held = drawer.held, {}
    hand.click(stored.lock.curtains[0].back)
    form = stored.lock.curtains[0].form
    assert hand.wait(form.isVisible)
    assert stored.lock.on
    assert stored.room.session.library is None
    drawer.held = held
    hand.click(stored.lock.curtains[0].back)
    assert hand.wait(lambda: not stored.lock.on)


def test_the_key_store_is_offered_only_where_there_is_one(with_library, drawer):
    window = with_library()
    drawer.broken = True
    dialog = SettingsDialog(window.room.session.library, lambda: None, window)
    dialog.show()
    assert hand.wait(lambda: not dialog.asking.busy)
    assert not dialog.store.isVisible()
    dialog.reject()
    drawer.broken = False
    dialog = SettingsDialog(window.room.session.library, lambda: None, window)
    dialog.show()
    assert hand.wait(dialog.store.isVisible)
    dialog.reject()


def _fill_in(monkeypatch, answers):
    """Answer the dialogs of a new data key: what is to be done, the passphrases, the new recovery key."""

    def passphrases(self):
        self.show()
        for line, text in zip((self.now, self.first, self.second), answers, strict=True):
            hand.type_text(line, text)
        hand.click(self.go)
        return self.result()

    shown = []
    monkeypatch.setattr(rekey, "chosen", lambda *_, **__: True)
    monkeypatch.setattr(passphrase_dialog.PassphraseDialog, "exec", passphrases)
    monkeypatch.setattr(
        recovery_key_page.RecoveryKeyDialog, "exec", lambda self: shown.append(self.page.key.text())
    )
    return shown


def _settings(window):
    dialog = SettingsDialog(window.room.session.library, window.room.put_settings_to_use, window)
    dialog.show()
    button = next(one for one in dialog.findChildren(QPushButton) if one.text() == "更换数据密钥…")
    return dialog, button


def test_a_new_data_key_from_the_settings(with_library, monkeypatch, tmp_path):
    window = with_library()
    before = copy_of(window.room.session.library.keys.data_key)
    shown = _fill_in(monkeypatch, (PASSPHRASE, "换了 人", "换了 人"))
    dialog, button = _settings(window)
    hand.click(button)
    assert "换好了" in dialog.message.text()
    assert window.room.session.library.keys.data_key != before
    dialog.reject()
    window.close()
    with pytest.raises(WrongPassphrase):
        place.unlock(tmp_path / "客户库", passphrase=PASSPHRASE)
    place.unlock(tmp_path / "客户库", passphrase="换了 人").close()
    place.unlock(tmp_path / "客户库", recovery_key=shown[0].replace("\n", "")).close()


def test_a_new_data_key_can_be_stopped_and_nothing_has_changed(with_library, monkeypatch, tmp_path):
    window = with_library()
    monkeypatch.setattr("ui.busy.SHOWN_AFTER", 0)
    make = backup.make

    def slow(database, header, folder, progress, cancelled):
        progress(1, 2, "正在复制客户库")
        end = time.monotonic() + 20
        while not cancelled() and time.monotonic() < end:
            time.sleep(0.01)
        return make(database, header, folder, progress, cancelled)

    monkeypatch.setattr(backup, "make", slow)
    _fill_in(monkeypatch, (PASSPHRASE, "换了 人", "换了 人"))
    dialog, button = _settings(window)

    def stop():
        signs = [top for top in QApplication.topLevelWidgets() if isinstance(top, QProgressDialog)]
        sign = next((one for one in signs if one.isVisible() and "复制" in one.labelText()), None)
        if sign is not None:
            hand.click(sign.findChild(QPushButton))
            assert sign.labelText() == "正在停下…"
        else:
            QTimer.singleShot(20, stop)

    QTimer.singleShot(20, stop)
    hand.click(button)
    assert "和原来一样" in dialog.message.text()
    dialog.reject()
    window.close()
    place.unlock(tmp_path / "客户库", passphrase=PASSPHRASE).close()


def test_the_lock_waits_for_work_that_keeps_everybody_out(with_library):
    window = with_library()
    library = window.room.session.library
    window.lock.set_minutes(5)
    window.lock._seen = window.lock._seen[0], window.lock._seen[1] - 3600
    with library._database.alone():
        window.lock._see()
        assert not window.lock.on
        assert window.lock._timer.isActive()
    window.lock._see()
    assert window.lock.on


def test_no_key_store_is_a_problem_with_a_way_on(drawer):
    drawer.broken = True
    with pytest.raises(NoKeyStore):
        key_store.fetch("x")
