"""A library that does not open as it should: each trouble has its words, its way on, and loses nothing."""

import json
import os

import pytest
from PySide6.QtWidgets import QMessageBox

from ui import demo_hand as hand
from ui import library_trouble, preferences
from wizard.draft import Draft
from wizard.library import place

PASSPHRASE = "蓝鲸台灯"


@pytest.fixture
def folder(tmp_path, own_settings):
    """A library with two backups; its folder is the one that is opened at the start."""
    folder = tmp_path / "客户库"
    library, _ = place.create(folder, PASSPHRASE)
    for name in ("甲公司", "乙公司"):
        library.cases.new(Draft(folder=tmp_path).with_answer("subject.name", name))
        library.backups.make()
    library.close()
    preferences.set_library_folder(folder)
    return folder


def start(window, passphrase=PASSPHRASE):
    window.room.start()
    form = window.lock.curtains[0].form
    hand.type_text(form.secret, passphrase)
    hand.click(form.unlock)
    return form


def flip(file):
    data = bytearray(file.read_bytes())
    for at in range(len(data) // 2, len(data) // 2 + 40):
        data[at] ^= 0xFF
    file.write_bytes(data)


def test_a_damaged_file_is_told_apart_and_a_backup_put_in_its_place(folder, window, monkeypatch):
    flip(folder / "library.db")
    (folder / "library.lock").write_text(json.dumps({"pid": 1}), encoding="utf-8")
    seen = []

    def choose(parent, problem):
        dialog = library_trouble.BackupDialog(problem, parent)
        dialog.show()
        seen.append([dialog.list.topLevelItem(n).text(2) for n in range(dialog.list.topLevelItemCount())])
        return dialog.chosen.folder

    monkeypatch.setattr(library_trouble, "which_backup", choose)
    start(window)
    assert hand.wait(lambda: window.room.open)
    assert seen == [["✓ 完好"]]
    assert {row.subject for row in window.room.session.library.cases.rows()} == {"甲公司", "乙公司"}
    assert "已恢复" in window.notice_text.text()
    assert list(folder.glob("library.db.damaged-*"))


def test_a_damaged_backup_is_named_and_an_older_one_offered(folder, window, monkeypatch):
    newest = sorted((folder / "backups").iterdir())[-1]
    flip(newest / "library.db")
    (folder / "library.db").write_bytes(b"")
    seen = []

    def choose(parent, problem):
        dialog = library_trouble.BackupDialog(problem, parent)
        seen.extend(dialog.list.topLevelItem(n).text(2) for n in range(dialog.list.topLevelItemCount()))
        return dialog.chosen.folder

    monkeypatch.setattr(library_trouble, "which_backup", choose)
    start(window)
    assert hand.wait(lambda: window.room.open)
    assert seen[0].startswith("× ")
    assert seen[1] == "✓ 完好"
    assert {row.subject for row in window.room.session.library.cases.rows()} == {"甲公司"}


def test_one_may_leave_it_as_it_is_and_go_on_with_plain_files(folder, window, monkeypatch):
    flip(folder / "library.db")
    (folder / "library.lock").write_text(json.dumps({"pid": 1}), encoding="utf-8")
    before = (folder / "library.db").read_bytes()
    monkeypatch.setattr(library_trouble, "which_backup", lambda *_: None)
    form = start(window)
    assert hand.wait(lambda: "已损坏" in form.message.text())
    hand.click(window.lock.curtains[0].back)
    assert not window.lock.on
    assert not window.room.open
    assert (folder / "library.db").read_bytes() == before


def test_who_holds_it_is_told(folder, window):
    other = place.unlock(folder, passphrase=PASSPHRASE)
    form = start(window)
    assert hand.wait(lambda: f"进程 {os.getpid()}" in form.message.text())
    assert "损坏" not in form.message.text()
    other.close()
    hand.click(form.unlock)
    assert hand.wait(lambda: window.room.open)


def test_a_lock_that_another_machine_left_is_taken_over_after_a_question(folder, window, monkeypatch):
    (folder / "library.lock").write_text(
        json.dumps({"pid": 7, "host": "qiantai-2", "app": "备案助手", "since": "2026-11-20T10:00:00"}),
        encoding="utf-8",
    )
    asked = []

    def release(box):
        asked.append(box.text())
        return 0

    monkeypatch.setattr(QMessageBox, "exec", release)
    takes = QMessageBox.ButtonRole.AcceptRole
    monkeypatch.setattr(
        QMessageBox,
        "clickedButton",
        lambda box: next(each for each in box.buttons() if box.buttonRole(each) == takes),
    )
    start(window)
    assert hand.wait(lambda: window.room.open)
    assert "qiantai-2" in asked[0]


def test_a_newer_version_is_told_and_left_alone(folder, window, monkeypatch):
    from wizard.library import schema

    before = (folder / "library.db").read_bytes()
    monkeypatch.setattr(schema, "VERSION", 0)
    form = start(window)
    assert hand.wait(lambda: "更新版本" in form.message.text())
    assert (folder / "library.db").read_bytes() == before


def test_keys_that_are_gone_are_told_at_once(folder, window):
    import shutil

    for name in ("library.key", "library.key2"):
        (folder / name).unlink()
    shutil.rmtree(folder / "backups")
    window.room.start()
    assert not window.lock.on
    assert "钥匙文件" in window.notice_text.text()


def test_a_backup_that_fails_in_the_background_is_said(folder, window, monkeypatch):
    from wizard.files import FileProblem

    start(window)
    assert hand.wait(lambda: window.room.open)

    def fails():
        raise FileProblem("备份没有做成：磁盘空间不足")

    monkeypatch.setattr(window.room.session.library.backups, "make", fails)
    monkeypatch.setattr(window.room.session.library.backups, "due", lambda: True)
    window.room.session.back_up()
    assert hand.wait(lambda: "备份没有做成" in window.notice_text.text())
    monkeypatch.undo()


def test_an_unclean_end_is_said_and_the_case_is_open_where_one_was(folder, window):
    preferences.set_last_case(1)
    window.room._last = 1
    (folder / "library.lock").write_text(json.dumps({"pid": 1}), encoding="utf-8")
    start(window)
    assert hand.wait(lambda: window.room.open and not window.lock.on)
    assert window.case.draft.text("subject.name") == "甲公司"
    assert window.notice.isVisible()
    assert "没有正常退出" in window.notice_text.text()


def test_where_no_backup_is_whole_what_can_be_read_is_saved_into_a_new_library(folder, window, monkeypatch):
    import shutil

    from ui.recovery_key_page import RecoveryKeyDialog

    shutil.rmtree(folder / "backups")
    data = bytearray((folder / "library.db").read_bytes())
    data[-2048] ^= 0xFF
    (folder / "library.db").write_bytes(data)
    (folder / "library.lock").write_text(json.dumps({"pid": 1}), encoding="utf-8")
    shown, said = [], []

    def choose(dialog):
        dialog.show()
        hand.click(hand.button(dialog, "把还能读出的案件救到新客户库"))
        return dialog.result()

    monkeypatch.setattr(library_trouble.BackupDialog, "exec", choose)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: said.append(box.text()))
    monkeypatch.setattr(RecoveryKeyDialog, "exec", lambda self: shown.append(self.page._plain))
    start(window)
    assert hand.wait(lambda: window.room.open)
    assert "救出" in said[0]
    assert window.room.session.library.folder.name.startswith("客户库-救回-")
    assert window.room.session.library.cases.count() >= 1
    assert (folder / "library.db").read_bytes() == bytes(data)
    new = window.room.session.library.folder
    window.room.leave()
    place.unlock(new, recovery_key=shown[0]).close()


def test_without_a_good_backup_the_recovery_key_salvages_into_a_library_of_its_own(
    tmp_path, own_settings, window, monkeypatch
):
    folder = tmp_path / "旧库"
    library, key = place.create(folder, PASSPHRASE)
    for number in range(40):
        library.cases.new(Draft(folder=tmp_path).with_answer("subject.name", f"公司{number}" * 50))
    library.close()
    flip(folder / "library.db")
    preferences.set_library_folder(folder)
    shown, told = [], []

    def choose(parent, problem):
        dialog = library_trouble.BackupDialog(problem, parent)
        dialog.show()
        shown.append({button.text() for button in dialog.buttons.buttons()})
        return library_trouble.SALVAGE

    monkeypatch.setattr(library_trouble, "which_backup", choose)
    monkeypatch.setattr(library_trouble, "passphrase_for_salvage", lambda parent: "新的口令")
    monkeypatch.setattr(library_trouble, "say_what_was_salvaged", lambda parent, found: told.append(found))
    window.room.start()
    form = window.lock.curtains[0].form
    hand.click(form.other)
    hand.type_text(form.secret, key)
    hand.click(form.unlock)
    assert hand.wait(lambda: window.room.open)
    assert shown == [{"把还能读出的案件救到新客户库", "先不恢复"}]
    assert told[0].cases + told[0].cases_lost <= 40
    assert window.room.session.folder != folder
    made = window.room.session.folder
    window.close()
    place.unlock(made, passphrase="新的口令").close()


def test_a_library_whose_drive_vanished_is_saved_elsewhere_and_goes_on_there(
    folder, window, tmp_path, monkeypatch
):
    from PySide6.QtWidgets import QFileDialog

    start(window)
    assert hand.wait(lambda: window.room.open)
    window.keeping.open_case(1)
    window.go("subject")
    (folder / "library.db").rename(tmp_path / "拔掉了.db")
    hand.answer(window.page("subject").rows["subject.name"].editor, "拔掉以后填的公司")
    assert not window.case.save()
    assert "移走、删除" in window.notice_text.text()
    (tmp_path / "优盘").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "优盘"))
    hand.click(window.notice.act_button)
    assert hand.wait(lambda: not window.case.unsaved)
    assert window.room.session.folder == tmp_path / "优盘" / "客户库"
    assert preferences.library_folder() == tmp_path / "优盘" / "客户库"
    assert "另存到" in window.notice_text.text()
    window.close()
    with place.unlock(tmp_path / "优盘" / "客户库", passphrase=PASSPHRASE) as library:
        assert library.cases.load(1).draft.text("subject.name") == "拔掉以后填的公司"
        assert library.cases.count() == 2
