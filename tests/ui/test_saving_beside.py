"""Saving does not stand in the way: keys go on while the disk is slow, and said is only what is true."""

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressDialog

from tests.ui.slow_disk import SlowDisk
from ui import clock, questions, saved_draft, writer
from ui import demo_hand as hand
from ui.store import FileStore, settings
from wizard.draft import Draft, dump, load

FIELD = "mini_program.name"


@pytest.fixture
def disk(monkeypatch):
    return SlowDisk(monkeypatch)


@pytest.fixture(autouse=True)
def _never_asked(monkeypatch):
    """A window that closes at the end of a test that failed asks nobody."""
    monkeypatch.setattr(questions, "what_if_unsaved", lambda *_: questions.DROP)


@pytest.fixture
def writes(monkeypatch):
    """What was written, in order."""
    found, real = [], FileStore.save

    def save(self, draft, place, history=None):
        real(self, draft, place, history)
        found.append(draft.text(FIELD))

    monkeypatch.setattr(FileStore, "save", save)
    return found


@pytest.fixture
def window(open_window):
    window = open_window()
    window.go("mini_program", FIELD)
    assert window.case.save()
    return window


def target(window):
    return window.page("mini_program").rows[FIELD].editor.target


def keys(window, text):
    for key in text:
        QTest.keyClick(target(window), key)


def name(place):
    return load(place).text(FIELD)


def test_keys_are_taken_in_while_a_save_is_under_way(window, place, disk, writes):
    keys(window, "a")
    assert disk.waits()
    keys(window, "bc")
    assert window.case.draft.text(FIELD) == target(window).text() == "abc"
    assert name(place) == ""
    assert window.saved.text().startswith("未保存")
    disk.let_go(2)
    assert hand.wait(lambda: writes)
    assert name(place) == "a"
    assert window.saved.text().startswith("未保存")
    assert window.case.unsaved
    disk.open()
    assert hand.wait(lambda: not window.case.unsaved)
    assert name(place) == "abc"
    assert writes == ["a", "abc"]
    assert window.saved.text().startswith("已保存 ")


def test_of_what_waits_only_the_newest_is_written(window, place, disk, writes):
    keys(window, "a")
    assert disk.waits()
    for letter in "bcd":
        window.go("subject")
        window.go("mini_program", FIELD)
        keys(window, letter)  # in the place of what is selected
    disk.open()
    assert window.case.save()
    assert writes == ["a", "d"]
    assert name(place) == "d"


def test_it_is_said_to_be_saved_only_after_the_disk_has_it(window, disk):
    said = []
    window.case.saved.connect(said.append)
    keys(window, "a")
    assert disk.waits(1)
    disk.let_go()  # the file is there; its folder is not on the disk yet
    assert disk.waits(2)
    QTest.qWait(50)
    assert said == []
    disk.open()
    assert hand.wait(lambda: said)


def test_a_page_change_does_not_wait(window, disk):
    keys(window, "a")
    window.step(-1)
    assert window.current == "principal"
    assert disk.waits()
    assert window.case.unsaved
    assert not window.case.waited_for
    disk.open()


def test_closing_right_after_a_key_saves_it_and_lives_on(window, place, disk):
    happened = []
    keys(window, "a")
    QTimer.singleShot(100, lambda: happened.append("beat"))
    QTimer.singleShot(200, lambda: (happened.append("answered"), disk.open()))
    window.close()
    happened.append("closed")
    assert happened == ["beat", "answered", "closed"]
    assert not window.isVisible()
    assert name(place) == "a"


def test_the_window_is_closed_once_while_it_waits(window, place, disk):
    keys(window, "a")
    QTimer.singleShot(50, window.close)
    QTimer.singleShot(150, disk.open)
    window.close()
    assert not window.isVisible()
    assert name(place) == "a"


def test_two_quick_changes_of_the_case_keep_both(window, place, tmp_path, disk):
    (tmp_path / "b.beian.json").write_bytes(dump(Draft()))
    QTimer.singleShot(150, disk.open)
    keys(window, "a")
    window.keeping.open(tmp_path / "b.beian.json")
    window.case.answer(FIELD, "bb")
    window.keeping.new()
    assert name(place) == "a"
    assert name(tmp_path / "b.beian.json") == "bb"


def test_a_disk_that_takes_long_is_shown_and_no_key_gets_lost(window, disk, monkeypatch):
    shown = []
    monkeypatch.setattr(writer, "SHOWN_AFTER", 50)

    def look():
        shown.extend(one.labelText() for one in window.findChildren(QProgressDialog) if one.isVisible())
        disk.open()

    keys(window, "a")
    QTimer.singleShot(200, look)
    assert window.case.save()
    assert shown == ["正在保存…"]
    QTest.qWait(0)
    assert not any(one.isVisible() for one in window.findChildren(QProgressDialog))


def test_a_quick_disk_shows_no_sign(window, monkeypatch):
    shown = []
    window.case.slow.connect(shown.append)
    for letter in "abc":
        keys(window, letter)
        assert window.case.save()
    assert shown == []


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, "磁盘空间不足"), (errno.EIO, "磁盘读写出错"), (errno.ENOENT, "找不到这个位置")],
)
def test_what_goes_wrong_beside_is_told_in_the_same_sentences(window, place, disk, code, words):
    keys(window, "a")
    assert disk.waits()
    keys(window, "b")
    disk.error = OSError(code, "no")
    disk.open()
    assert hand.wait(window.notice.isVisible)
    assert words in window.notice_text.text()
    assert window.saved.text().startswith("最后的修改没有保存")
    disk.error = None
    keys(window, "c")
    assert hand.wait(lambda: not window.case.unsaved)
    assert name(place) == "abc"
    assert not window.notice.isVisible()


def test_a_folder_that_vanished_is_told_and_can_be_left(open_window, tmp_path):
    drive = tmp_path / "盘"
    drive.mkdir()
    window = open_window(place=drive / "案件.beian.json")
    window.go("mini_program", FIELD)
    assert window.case.save()
    keys(window, "a")
    drive.rename(tmp_path / "拔掉了")
    assert hand.wait(window.notice.isVisible)
    assert "检查文件夹是否还在" in window.notice_text.text()
    assert window.case.save_as(tmp_path / "别处.beian.json")
    assert name(tmp_path / "别处.beian.json") == "a"


def test_a_disk_that_never_answers_does_not_hold_the_window_for_ever(
    window, place, tmp_path, disk, monkeypatch
):
    monkeypatch.setattr(writer, "PATIENCE", 150)
    keys(window, "a")
    assert not window.case.save()
    assert "磁盘一直没有回应" in window.notice_text.text()
    monkeypatch.setattr(os, "fsync", disk._real)  # another disk
    assert window.case.save_as(tmp_path / "别处.beian.json")
    assert name(tmp_path / "别处.beian.json") == "a"
    disk.open()
    assert hand.wait(lambda: not window.case._writer.busy)
    assert window.case.place.name == "别处.beian.json"


def test_a_disk_that_answers_after_very_long_is_told_of_and_forgiven(window, place, disk, monkeypatch):
    monkeypatch.setattr(writer, "PATIENCE", 150)
    keys(window, "a")
    assert disk.waits()
    assert hand.wait(window.notice.isVisible)
    assert "磁盘一直没有回应" in window.notice_text.text()
    assert window.isEnabled()
    keys(window, "b")
    disk.open()
    assert hand.wait(lambda: not window.case.unsaved)
    assert not window.notice.isVisible()
    assert name(place) == "ab"


def test_a_disk_that_gave_no_answer_is_not_waited_for_a_second_time(window, disk, monkeypatch):
    monkeypatch.setattr(writer, "PATIENCE", 150)
    keys(window, "a")
    assert not window.case.save()
    waited = []
    monkeypatch.setattr(writer.Writer, "_live_on", lambda _: waited.append(1))
    assert not window.case.save()
    window.keeping.new()  # dropped: the person is asked by then
    assert waited == []
    assert window.case.draft.answers == {}
    disk.open()


def test_a_file_written_elsewhere_meanwhile_is_not_written_over(window, place, disk):
    keys(window, "a")
    assert disk.waits()
    disk.open()
    assert hand.wait(lambda: not window.case.unsaved)
    place.write_bytes(place.read_bytes() + b"\n")
    keys(window, "b")
    assert hand.wait(window.notice.isVisible)
    assert "另一个窗口或程序改过" in window.notice_text.text()
    assert name(place) == "a"


def test_what_is_given_up_is_not_written(window, place, disk, writes):
    keys(window, "a")
    assert disk.waits()
    keys(window, "b")
    window.case.begin_saving()
    disk.open()
    window.case.give_up()
    assert not window.case.unsaved
    QTest.qWait(saved_draft.SAVE_AFTER + 100)
    assert writes == ["a"]


def test_the_lock_falls_before_a_slow_disk_has_answered(window, place, disk):
    happened = []
    keys(window, "a")
    window.lock.locked.connect(lambda: happened.append("locked"))
    QTimer.singleShot(100, lambda: happened.append(("curtain", window.lock.on, window.windowTitle())))
    QTimer.singleShot(150, disk.open)
    window.lock.lock()
    assert happened == [("curtain", True, "内容已隐藏 – 备案助手"), "locked"]
    assert name(place) == "a"
    assert "主体" not in window.windowTitle()


def test_a_lock_does_not_say_that_all_is_saved_where_it_is_not(window, disk):
    keys(window, "a")
    disk.error = OSError(errno.ENOSPC, "full")
    disk.open()
    window.lock.lock()
    assert "没能存到磁盘" in window.lock.curtains[0].said.text()
    assert "都已保存" not in window.lock.curtains[0].said.text()
    hand.click(window.lock.curtains[0].back)
    assert "磁盘空间不足" in window.notice_text.text()
    disk.error = None


def test_leaving_asks_while_the_disk_is_full(window, disk, monkeypatch):
    asked = []
    monkeypatch.setattr(questions, "what_if_unsaved", lambda _, why: asked.append(why) or questions.STAY)
    keys(window, "a")
    disk.error = OSError(errno.ENOSPC, "full")
    disk.open()
    window.keeping.new()
    assert "磁盘空间不足" in asked[0]
    assert window.case.draft.text(FIELD) == "a"
    disk.error = None


def test_a_fault_of_the_program_in_a_save_is_not_swallowed(window, qtbot, monkeypatch):
    def broken(*_):
        raise RuntimeError("a fault")

    with monkeypatch.context() as patch, qtbot.captureExceptions() as caught:
        patch.setattr(FileStore, "save", broken)
        keys(window, "a")
        assert hand.wait(lambda: caught)
        assert not window.case.save_now(5)
    assert caught[0][0] is RuntimeError
    assert window.case.unsaved
    assert window.case.save()


def test_the_hour_is_that_of_the_answer_of_the_disk(window, disk, monkeypatch):
    keys(window, "a")
    assert disk.waits()
    monkeypatch.setattr(clock, "now", lambda: clock.datetime(2026, 11, 25, 12, 3))
    disk.open()
    assert hand.wait(lambda: window.saved.text().strip() == "已保存 12:03")


def test_a_save_writes_no_setting_that_is_so_already(window, own_settings):
    file = settings().fileName()
    keys(window, "a")
    assert window.case.save()
    before = Path(file).stat()
    keys(window, "b")
    assert window.case.save()
    after = Path(file).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
