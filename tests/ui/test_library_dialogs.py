"""What the menu 客户库 offers: backups, settings, what was done, what is due, what is held of one person."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMessageBox

from ui import demo_hand as hand
from ui import purge
from ui.audit_dialog import AuditDialog
from ui.backups_dialog import BackupsDialog
from ui.passphrase_dialog import PassphraseDialog
from ui.person_dialog import PersonDialog
from ui.recovery_key_page import RecoveryKeyDialog
from ui.retention_dialog import RetentionDialog
from ui.settings_dialog import SettingsDialog
from wizard.draft import load
from wizard.library import place
from wizard.resource_files import path

SAMPLE = replace(load(path("samples", "company.json")), attachments={}, place={}, folder=Path("nowhere"))
PASSPHRASE = "蓝鲸台灯"


def two_cases(library):
    for name in ("点餐", "商城"):
        library.cases.new(SAMPLE.with_answer("mini_program.name", name))


@pytest.fixture
def window(with_library):
    return with_library(two_cases)


@pytest.fixture
def library(window):
    return window.room.session.library


@pytest.fixture
def said_yes(monkeypatch):
    """Every question is answered by doing it."""
    does = (QMessageBox.ButtonRole.AcceptRole, QMessageBox.ButtonRole.DestructiveRole)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: 0)
    monkeypatch.setattr(
        QMessageBox,
        "clickedButton",
        lambda box: next(each for each in box.buttons() if box.buttonRole(each) in does),
    )
    for kind in ("purge", "person_dialog"):
        monkeypatch.setattr(f"ui.{kind}.show_receipt", lambda *_: None)


def entries(menu):
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if action.isVisible() and action.text()]


def test_the_menu_offers_what_the_library_can_do_only_while_there_is_one(window, open_window, tmp_path):
    words = {action.text() for action in entries(window.menus[3])}
    assert {"备份与恢复…", "客户库设置…", "操作记录…", "一个人的资料…"} <= words
    other = open_window(None, tmp_path / "b.beian.json")
    words = {action.text() for action in entries(other.menus[3])}
    assert words == {"案件列表", "建立客户库…", "打开客户库…"}


def test_recent_cases_name_nobody_and_open(window, library):
    case = library.cases.rows()[1].id
    menu = window.actions_.library.recent
    menu.aboutToShow.emit()
    assert len(menu.actions()) == 2
    chosen: QAction = menu.actions()[1]
    assert SAMPLE.text("principal.name") not in chosen.text()
    chosen.trigger()
    assert window.keeping.library.case_at(window.case.place) == case


def test_a_backup_is_made_checked_and_put_back(window, library, said_yes):
    case = library.cases.rows()[0].id
    dialog = BackupsDialog(library, window.room.ready_to_restore, window)
    dialog.restored.connect(window.room.restored)
    dialog.show()
    before = dialog.tree.topLevelItemCount()
    dialog._make()
    assert hand.wait(lambda: "备份做好了" in dialog.lead.text())
    assert dialog.tree.topLevelItemCount() == before + 1
    dialog._verify()
    assert hand.wait(lambda: "刚检查过，完好" in dialog.tree.topLevelItem(0).text(3))
    window.keeping.open_case(case)
    window.go("mini_program")
    hand.answer(window.page("mini_program").rows["mini_program.name"].editor, "改坏了")
    window.case.save()
    dialog._restore()
    assert hand.wait(lambda: "已恢复" in window.notice_text.text())
    assert {row.program for row in library.cases.rows()} == {"点餐", "商城"}
    assert window.outer.currentWidget() is window.room.page
    window.keeping.open_case(case)
    assert window.case.draft.text("mini_program.name") in ("点餐", "商城")


def test_the_library_itself_is_checked(window, library):
    dialog = BackupsDialog(library, lambda: True, window)
    dialog._verify_library()
    assert hand.wait(lambda: "客户库逐页检查过，完好" in dialog.lead.text())


def test_settings_hold_at_once(window, library, monkeypatch, tmp_path):
    dialog = SettingsDialog(library, window.room.put_settings_to_use, window)
    dialog.numbers["idle_lock_minutes"].setValue(1)
    assert library.settings.get("idle_lock_minutes") == 1
    assert 50_000 < window.lock._timer.remainingTime() < 70_000
    dialog.numbers["idle_lock_minutes"].setValue(0)
    assert not window.lock._timer.isActive()
    (tmp_path / "优盘").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "优盘"))
    dialog._choose()
    assert library.settings.get("second_place") == str(tmp_path / "优盘")
    library.backups.make()
    assert list((tmp_path / "优盘").rglob("library.db"))


def test_the_passphrase_is_changed_by_one_who_knows_it(window, library):
    dialog = PassphraseDialog(library.keys.fits, library.keys.change_passphrase, window)
    dialog.show()
    for line, text in ((dialog.now, "falsch"), (dialog.first, "neu wort"), (dialog.second, "neu wort")):
        hand.type_text(line, text)
    hand.click(dialog.go)
    assert "现在的口令不正确" in dialog.message.text()
    hand.clear(dialog.now)
    hand.type_text(dialog.now, PASSPHRASE)
    hand.click(dialog.go)
    assert not dialog.isVisible()
    assert library.keys.fits("neu wort")
    assert not library.keys.fits(PASSPHRASE)


def test_another_recovery_key_is_shown_until_it_is_kept(window, library, monkeypatch):
    shown = []
    monkeypatch.setattr(RecoveryKeyDialog, "exec", lambda self: shown.append(self.page._plain))
    SettingsDialog(library, lambda: None, window)._new_recovery_key()
    folder = library.folder
    window.room.leave()
    place.unlock(folder, recovery_key=shown[0]).close()


def test_what_was_done_is_listed_without_values(window, library, monkeypatch, tmp_path):
    case = library.cases.rows()[0].id
    library.marks.set_state([case], "waiting")
    dialog = AuditDialog(library, window)
    text = "".join(
        dialog.tree.topLevelItem(n).text(column)
        for n in range(dialog.tree.topLevelItemCount())
        for column in range(5)
    )
    assert "改案件状态" in text
    assert SAMPLE.text("subject.name") not in text
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "记录.csv"), ""))
    dialog._save()
    assert "改案件状态" in (tmp_path / "记录.csv").read_text(encoding="utf-8-sig")


def test_what_is_kept_too_long_is_said_and_deleted_for_good(window, library, said_yes):
    case = library.cases.rows()[0].id
    library.marks.keep_until([case], date(2020, 1, 1))
    window.room._reminded = False
    window.room._remind()
    assert "1 个案件过了保存期限" in window.notice_text.text()
    window.keeping.open_case(case)
    dialog = RetentionDialog(library, window)
    dialog.purged.connect(window.room.purged)
    assert dialog.tree.topLevelItemCount() == 1
    dialog._purge()
    assert dialog.tree.topLevelItemCount() == 0
    assert library.cases.count() == 1
    assert window.case.draft.answers == {}
    window.case.save()
    assert library.cases.count() == 1
    assert library.privacy.receipts()


def test_one_keeps_it_longer(window, library):
    cases = [row.id for row in library.cases.rows()]
    library.marks.keep_until(cases, date(2020, 1, 1))
    dialog = RetentionDialog(library, window)
    dialog._keep(90)
    assert dialog.tree.topLevelItemCount() == 1


def test_a_receipt_names_nobody(library):
    case = library.cases.rows()[0].id
    words = purge.words_of(library.privacy.purge([case], date(2026, 11, 25)))
    assert "彻底删除案件 1 个" in words
    assert SAMPLE.text("subject.name") not in words


def test_what_is_held_of_one_person_is_taken_out_or_deleted(window, library, said_yes, monkeypatch, tmp_path):
    case = library.cases.rows()[0].id
    window.keeping.open_case(case)
    dialog = PersonDialog(library, window)
    dialog.show()
    hand.type_text(dialog.search, SAMPLE.text("principal.name"))
    assert hand.wait(lambda: not dialog.asking.busy)
    assert dialog.tree.topLevelItemCount() == 1
    assert SAMPLE.text("principal.name") not in dialog.tree.topLevelItem(0).text(0)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    dialog._export()
    (written,) = tmp_path.glob("个人资料-*/资料.json")
    assert SAMPLE.text("principal.mobile") in written.read_text(encoding="utf-8")
    dialog._purge()
    window.room.reload()
    assert not window.case.draft.text("principal.name")
    assert window.case.draft.text("subject.name")
    assert window.case.undo() == ""


def test_dialogs_of_the_library_close_when_it_is_locked(window, library):
    dialog = AuditDialog(library, window)
    dialog.open()
    assert dialog.isVisible()
    window.lock.lock()
    assert not dialog.isVisible()
    hand.type_text(window.lock.curtains[0].form.secret, PASSPHRASE)
    hand.click(window.lock.curtains[0].form.unlock)
    assert hand.wait(lambda: not window.lock.on)


def test_another_library_is_made_beside_the_first(window, library, tmp_path):
    window.keeping.open_case(library.cases.rows()[0].id)
    desk = window.case.draft.folder
    assert window.room.leave()
    assert window.keeping.library is None
    assert not desk.exists()
    assert window.case.draft.answers == {}
    assert place.ways_named(tmp_path / "客户库") == ("passphrase", "recovery")
