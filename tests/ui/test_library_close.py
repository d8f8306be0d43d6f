"""Closing a library that takes a while to back up, and what is noted of looking at what is covered."""

import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QProgressDialog, QPushButton

from ui import demo_hand as hand
from ui.person_dialog import PersonDialog
from wizard.draft import Draft
from wizard.library import backup, place
from wizard.process.work import Cancelled

NUMBER = "110101199003074476"
CASE = Draft(
    answers={"subject.name": "甲公司", "principal.name": "苏晓岚", "principal.certificate_number": NUMBER},
    folder=Path("nowhere"),
)


def one_case(library):
    library.cases.new(CASE)


def hold(button):
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)


def test_what_was_looked_at_or_copied_is_noted_without_the_value(with_library):
    window = with_library(one_case)
    window.keeping.open_case(1)
    window.room.show_list()
    page = window.room.page
    assert hand.wait(lambda: page.model.rowCount() == 1)
    hold(page.names)
    dialog = PersonDialog(window.room.session.library, window)
    dialog.show()
    hold(next(one for one in dialog.findChildren(QPushButton) if "按住" in one.text()))
    dialog.close()
    window.clipboard.copy(NUMBER)
    assert window.case.save()
    events = [one for one in window.room.session.library.audit.events() if "号码" in one.action]
    assert [(one.action, one.case, one.detail) for one in events] == [
        ("复制完整号码", 1, ""),
        ("查看完整号码", 1, "一个人的资料"),
        ("查看完整号码", 1, "按住显示姓名"),
    ]
    window.clipboard.empty()


def _slowly(monkeypatch):
    """A backup that takes until somebody stops it."""
    monkeypatch.setattr("ui.busy.SHOWN_AFTER", 0)

    def make(database, header, folder, progress, cancelled):
        progress(1, 2, "正在复制客户库")
        end = time.monotonic() + 20
        while not cancelled():
            assert time.monotonic() < end
            time.sleep(0.01)
        raise Cancelled

    monkeypatch.setattr(backup, "make", make)


def test_closing_without_time_leaves_the_backup_out(with_library, tmp_path, monkeypatch):
    window, seen = with_library(one_case), []
    _slowly(monkeypatch)

    def stop():
        signs = [top for top in QApplication.topLevelWidgets() if isinstance(top, QProgressDialog)]
        sign = next((one for one in signs if one.isVisible() and "复制" in one.labelText()), None)
        if sign is None:
            QTimer.singleShot(20, stop)
        else:
            seen.append(sign.findChild(QPushButton).text())
            hand.click(sign.findChild(QPushButton))

    QTimer.singleShot(20, stop)
    window.close()
    assert seen == ["不备份，直接关闭"]
    with place.unlock(tmp_path / "客户库", passphrase="蓝鲸台灯") as library:
        assert library.backups.all() == []
        assert library.notices == []


def test_a_backup_under_way_holds_neither_the_lock_nor_the_end_up(with_library, monkeypatch):
    window = with_library(one_case)
    make = backup.make
    _slowly(monkeypatch)
    window.room.session.back_up()
    assert window.room.session.busy
    window.lock.lock()
    assert window.room.session.library is None
    assert hand.wait(lambda: not window.room.session.busy)
    assert window.notice.isHidden()
    monkeypatch.setattr(backup, "make", make)
    window.close()
