"""The library in the window: made, filled, listed, locked, opened again; plain files stay as they were."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from ui import demo_hand as hand
from ui import preferences, questions
from wizard.draft import load
from wizard.resource_files import path

PASSPHRASE = "lan jing tai deng"
SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def _own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "settings"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("BEIAN_HOME", str(tmp_path / "文档"))
    monkeypatch.setattr(questions, "whether_to_take_in", lambda *_: True)
    monkeypatch.setattr(questions, "whether_to_delete", lambda *_: False)


@pytest.fixture
def made(window, tmp_path):
    return make(window)


def make(window, by_store=False):
    """Make a library as a person does, in the dialog; the recovery key is read off it."""
    window.room.making.create()
    dialog = window.room.making.dialog
    if dialog.by_passphrase.isVisible() and not by_store:
        hand.click(dialog.by_passphrase)
    if not by_store:
        hand.type_text(dialog.first, PASSPHRASE)
        hand.type_text(dialog.second, PASSPHRASE)
    hand.click(dialog.create)
    assert hand.wait(lambda: dialog.pages.currentIndex() == 1)
    window.recovery_key = dialog.recovery.key.text().replace("\n", "")
    hand.click(dialog.recovery.go_on)
    assert dialog.isVisible(), "the recovery key cannot be passed by"
    hand.click(dialog.recovery.kept)
    hand.click(dialog.recovery.go_on)
    assert hand.wait(lambda: not dialog.isVisible())
    return window


def typed(window, text):
    hand.answer(window.page("subject").rows["subject.name"].editor, text)


def rows(window):
    return window.room.session.library.cases.rows()


def test_a_library_is_made_and_cases_are_kept_in_it(made):
    typed(made, "北京绿柠檬科技有限公司")
    assert made.case.save()
    assert [row.subject for row in rows(made)] == ["北京绿柠檬科技有限公司"]
    assert "已加密" in made.place.text()
    assert made.saved.text().startswith("已保存")


def test_what_was_open_comes_in_with_its_attachments(open_window, tmp_path):
    sample = load(path("samples", "company.json"))
    window = open_window(replace(sample, place={}), tmp_path / "案件.beian.json")
    make(window)
    (row,) = rows(window)
    assert row.program == sample.text("mini_program.name")
    files = window.room.session.library.files.of(row.id)
    assert len(files) == len({path for paths in sample.attachments.values() for path in paths})
    assert window.case.draft.file(files[0].name).is_file()
    folder = window.case.draft.folder
    assert not str(folder).startswith(str(tmp_path))
    assert folder.stat().st_mode & 0o077 == 0
    window.close()
    assert not folder.exists()


def test_two_passphrases_that_differ_are_told(window):
    window.room.making.create()
    dialog = window.room.making.dialog
    hand.type_text(dialog.first, PASSPHRASE)
    hand.type_text(dialog.second, PASSPHRASE + "x")
    hand.click(dialog.create)
    assert "不一样" in dialog.message.text()
    assert not window.room.open
    hand.click(hand.button(dialog, "以后再说"))


def test_the_lock_puts_the_key_away_and_the_passphrase_fetches_it(made):
    typed(made, "机密公司")
    made.activateWindow()
    QTest.keyClick(made.windowHandle(), Qt.Key.Key_L, SHIFTED)
    assert made.lock.on
    assert made.room.session.library is None
    form = made.lock.curtains[0].form
    hand.type_text(form.secret, "falsch")
    hand.click(form.unlock)
    assert hand.wait(lambda: "口令不正确" in form.message.text())
    hand.clear(form.secret)
    hand.type_text(form.secret, PASSPHRASE)
    hand.click(form.unlock)
    assert hand.wait(lambda: not made.lock.on)
    typed(made, "机密公司二")
    assert made.case.save()
    assert rows(made)[0].subject == "机密公司二"


def test_the_recovery_key_fetches_it_too(made):
    made.lock.lock()
    form = made.lock.curtains[0].form
    hand.click(form.other)
    hand.type_text(form.secret, made.recovery_key.lower())
    hand.click(form.unlock)
    assert hand.wait(lambda: not made.lock.on)
    assert made.room.open


def test_the_next_start_asks_and_opens_where_one_was(made, open_window, tmp_path):
    typed(made, "甲公司")
    made.go_to_field("principal.mobile")
    made.case.save()
    made.close()
    again = open_window(None, tmp_path / "另一个.beian.json")
    again.room.start()
    assert again.lock.on
    form = again.lock.curtains[0].form
    hand.type_text(form.secret, PASSPHRASE)
    hand.click(form.unlock)
    assert hand.wait(lambda: not again.lock.on)
    assert again.case.draft.text("subject.name") == "甲公司"
    assert again.current == "principal"
    assert again.focusWidget() is again.page("principal").rows["principal.mobile"].editor.target


def test_what_can_be_taken_back_is_kept_with_the_case(made, open_window, tmp_path):
    typed(made, "甲公司")
    made.go("principal")
    made.go("subject")
    typed(made, "乙公司")
    made.case.save()
    case = made.keeping.library.case_at(made.case.place)
    made.keeping.new()
    made.keeping.open_case(case)
    assert made.case.undo() == "subject.name"
    assert made.case.draft.text("subject.name") == "甲公司"


def test_one_may_go_on_with_plain_files(made, open_window, tmp_path):
    made.close()
    again = open_window(None, tmp_path / "另一个.beian.json")
    again.room.start()
    hand.click(again.lock.curtains[0].back)
    assert not again.lock.on
    typed(again, "普通文件")
    assert again.case.save()
    assert load(tmp_path / "另一个.beian.json").text("subject.name") == "普通文件"


def test_the_first_start_says_that_files_are_not_encrypted_and_says_it_once(window):
    window.room.start()
    assert "没有加密" in window.notice_text.text()
    hand.click(window.notice.act_button)
    assert window.room.making.dialog.isVisible()
    window.room.making.dialog.close()
    window.notice.hide()
    window.room.start()
    assert not window.notice.isVisible()


def test_a_library_that_is_gone_is_told_and_one_goes_on(window, tmp_path):
    preferences.set_library_folder(tmp_path / "拔掉的盘" / "客户库")
    window.room.start()
    assert not window.lock.on
    assert "客户库" in window.notice_text.text()
    typed(window, "甲公司")
    assert window.case.save()


def test_a_file_opened_beside_the_library_comes_in_or_stays(made, tmp_path, monkeypatch):
    from wizard.draft import Draft, save

    file = tmp_path / "外来.beian.json"
    save(Draft().with_answer("subject.name", "外来公司"), file)
    monkeypatch.setattr(questions, "whether_to_take_in", lambda *_: False)
    made.keeping.open(file)
    assert made.case.place == file
    monkeypatch.setattr(questions, "whether_to_take_in", lambda *_: True)
    monkeypatch.setattr(questions, "whether_to_delete", lambda *_: True)
    made.room.making.offer_to_take_in()
    assert not file.exists()
    assert [row.subject for row in rows(made)] == ["外来公司"]
    typed(made, "外来公司二")
    assert made.case.save()
    assert rows(made)[0].subject == "外来公司二"
    assert not file.exists()


def test_nothing_of_a_case_lies_on_the_desk_while_it_is_locked(open_window, tmp_path):
    sample = load(path("samples", "company.json"))
    window = open_window(replace(sample, place={}), tmp_path / "案件.beian.json")
    make(window)
    place = window.case.place
    assert list(place.parent.rglob("*.jpg"))
    window.lock.lock()
    assert not list(place.parent.parent.rglob("*.jpg"))
    hand.type_text(window.lock.curtains[0].form.secret, PASSPHRASE)
    hand.click(window.lock.curtains[0].form.unlock)
    assert hand.wait(lambda: not window.lock.on)
    assert list(place.parent.rglob("*.jpg"))


def canaries(folder: Path, *texts: str) -> list[str]:
    found = []
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            for text in texts:
                if any(text.encode(code) in data for code in ("utf-8", "utf-16-le", "gb18030")):
                    found.append(f"{file.name}: {text}")
    return found


def test_nothing_that_was_typed_can_be_read_on_the_disk(made, tmp_path):
    typed(made, "金丝雀公司")
    made.go("principal")
    hand.answer(made.page("principal").rows["principal.mobile"].editor, "13800000102")
    made.case.save()
    assert not canaries(tmp_path, "金丝雀公司", "13800000102")
    made.close()
    assert not canaries(tmp_path, "金丝雀公司", "13800000102")


def test_an_attachment_too_large_is_refused_where_it_is_dropped(open_window, tmp_path, monkeypatch):
    from wizard.library import files

    window = open_window()
    make(window)
    typed(window, "甲公司")
    window.go("papers")
    monkeypatch.setattr(files, "LARGEST", 30_000)
    field = "principal.certificate_photo_front"
    slot = window.page("papers").slots[field]
    hand.drop(slot, path("samples", "pictures", "authorization-letter-company.jpg"))
    assert hand.wait(lambda: "没有存进客户库" in slot.message.text())
    assert field not in window.case.draft.attachments
    assert window.case.save()


def test_what_is_said_above_the_page_is_seen_above_the_list_too(with_library):
    window = with_library()
    window.show_library()
    window.complain("硬盘快满了")
    assert window.notice_text.isVisible()
    assert window.notice_text.visibleRegion().boundingRect().height() > 0


def test_the_list_is_made_before_it_is_gone_to(made):
    room = made.room
    assert hand.wait(lambda: room.page is not None)
    page = room.page
    assert made.outer.currentWidget() is not page
    room.show_list()
    assert room.page is page
    assert page.isVisible()
    assert hand.wait(lambda: not page.model.behind)


def test_a_filter_can_be_kept_after_the_library_was_locked_and_opened_again(made, monkeypatch):
    made.room.show_list()
    made.lock.lock()
    form = made.lock.curtains[0].form
    hand.type_text(form.secret, PASSPHRASE)
    hand.click(form.unlock)
    assert hand.wait(lambda: not made.lock.on)
    page = made.room.page
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("加急的", True))
    page.bar._keep()
    page.refresh()
    assert hand.wait(lambda: page.bar.kept.findData("加急的") > 0 and not page.model.asking.busy)
