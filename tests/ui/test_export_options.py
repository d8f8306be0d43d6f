"""The choices of an export: on the page, remembered, contradictions said at once, and in the files."""

from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.ui.fake_workshop import FakeWorkshop
from ui import demo_hand as hand
from ui import export_choices, store
from ui.export_choices import ANOTHER, NO_PASSWORD
from ui.export_options import LOCKED
from wizard.draft import Draft, load
from wizard.packet.exported import Exported
from wizard.resource_files import path


@pytest.fixture(autouse=True)
def settings(monkeypatch, tmp_path):
    """Settings of their own for each test."""
    folder = tmp_path / "settings"
    folder.mkdir()
    monkeypatch.setattr(store, "settings_folder", lambda: folder)
    return folder / "window.ini"


@pytest.fixture
def window(open_window):
    window = open_window(load(path("samples", "company.json")))
    window.go("export")
    return window


@pytest.fixture
def card(window):
    card = window.page("export").card
    hand.click(card.options.change)
    return card


@pytest.fixture
def given(monkeypatch, tmp_path):
    """An export that writes nothing; the options it was given."""
    from ui import packet_desk

    def says(snapshot, target):
        return Exported((tmp_path / "包" / "材料包.pdf",), (), ("主体证件照片：已缩到 2 MB 以内",))

    fake = FakeWorkshop(says)
    monkeypatch.setattr(packet_desk, "own_workshop", lambda: fake)
    return fake.given


def lock(card, password, again=None):
    hand.click(card.options.lock)
    QTest.keyClicks(card.options.password, password)
    QTest.keyClicks(card.options.again, password if again is None else again)


def test_the_boxes_are_folded_away_until_wanted(window):
    options = window.page("export").card.options
    assert options.panel.isHidden()
    assert options.told.text() == "证件影像加用途水印；不加密码"
    options.change.setFocus()
    QTest.keyClick(options.change, Qt.Key.Key_Return)
    assert options.panel.isVisible()
    assert options.change.text() == "收起选项"


def test_what_is_chosen_goes_into_the_export(card, given, qtbot):
    for name in ("with_case", "with_report"):
        hand.click(card.options.boxes[name])
    hand.type_text(card.options.receiver, "甲代办 公司")
    lock(card, "a1b2")
    hand.click(card.final)
    qtbot.waitUntil(lambda: card.written is not None)
    ((_, options),) = given
    assert (options.with_case, options.password, options.receiver) == (True, "a1b2", "甲代办 公司")
    assert options.purpose
    assert options.with_report
    assert not options.archival


def test_pictures_to_upload_are_marked_only_where_chosen_and_only_for_this_case(
    window, card, given, qtbot, tmp_path, settings
):
    box = card.options.boxes["mark_uploads"]
    assert not box.isChecked()
    hand.click(box)
    assert "上传图片也加水印" in card.options.told.text()
    hand.click(card.draft)
    qtbot.waitUntil(lambda: card.written is not None)
    assert given[0][1].mark_uploads
    assert not settings.exists() or b"mark_uploads" not in settings.read_bytes()
    window.case.open(Draft(folder=tmp_path), tmp_path / "另一个.beian.json")
    assert not box.isChecked()
    assert not card.choices.for_files().mark_uploads


def test_what_was_done_and_what_has_no_password_is_told(card, given, qtbot):
    lock(card, "a1b2")
    hand.click(card.draft)
    qtbot.waitUntil(lambda: card.written is not None)
    told = card.told.text()
    assert "（草稿）" in told
    assert "上传图片　主体证件照片：已缩到 2 MB 以内" in told
    assert LOCKED in told


def test_without_a_password_nothing_is_said_of_it(card, given, qtbot):
    hand.click(card.draft)
    qtbot.waitUntil(lambda: card.written is not None)
    assert "密码" not in card.told.text()


def test_contradictions_are_said_at_once(card, given):
    options = card.options
    assert options.problem.isHidden()
    hand.click(options.boxes["archival"])
    hand.click(options.boxes["with_case"])
    assert "PDF/A-1b 不能带附件" in options.problem.text()
    hand.click(options.boxes["with_case"])
    assert options.problem.isHidden()
    hand.click(options.lock)
    assert "不能加密码" in options.problem.text()
    hand.click(card.final)
    assert given == []
    assert options.problem.isVisible()
    assert card.final.isVisible()


@pytest.mark.parametrize(("again", "said"), [("", ANOTHER), ("a1b3", ANOTHER)])
def test_two_passwords_that_differ_stop_the_export(card, given, again, said):
    lock(card, "a1b2", again)
    hand.click(card.options.change)
    hand.click(card.final)
    assert given == []
    assert said in card.options.problem.text()
    assert card.options.panel.isVisible()
    assert card.options.again.hasFocus()
    QTest.keyClick(card.options.again, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(card.options.again, "a1b2")
    assert card.options.problem.isHidden()


def test_a_password_that_is_empty_stops_the_export(card, given):
    hand.click(card.options.lock)
    hand.click(card.final)
    assert given == []
    assert NO_PASSWORD in card.options.problem.text()
    assert card.options.password.hasFocus()


def test_the_password_is_covered_until_asked_for(card):
    hand.click(card.options.lock)
    assert card.options.password.echoMode() == QLineEdit.EchoMode.Password
    hand.click(card.options.show_password)
    assert card.options.password.echoMode() == QLineEdit.EchoMode.Normal
    assert card.options.again.echoMode() == QLineEdit.EchoMode.Normal


def test_choices_are_remembered_but_no_password_and_no_receiver(card, open_window, settings, given, qtbot):
    hand.click(card.options.boxes["with_case"])
    hand.type_text(card.options.receiver, "甲代办公司")
    lock(card, "geheim77")
    hand.click(card.draft)
    qtbot.waitUntil(lambda: card.written is not None)
    kept = settings.read_bytes()
    assert b"geheim77" not in kept
    assert "甲代办".encode() not in kept
    assert b"\\x7532" not in kept
    again = open_window(load(path("samples", "company.json"))).beside.choices
    remembered = {"purpose": True, "with_report": False, "archival": False, "with_case": True}
    assert again.kept == {**remembered, "mark_uploads": False}
    assert (again.receiver, again.locked, again.password) == ("", False, "")


def test_the_report_shows_in_the_preview_too(window, card, qtbot):
    hand.click(card.options.boxes["with_report"])
    hand.click(card.preview)
    qtbot.waitUntil(
        lambda: window.beside.preview is not None and window.beside.preview.preview is not None,
        timeout=20_000,
    )
    parts = [line.title for line in window.beside.preview.preview.outline if line.level == 0]
    assert parts[-1] == "自检报告"


def test_settings_that_are_damaged_do_not_count(settings, open_window):
    settings.write_text("[export]\npurpose=perhaps\narchival=@Invalid()\nwith_case=7\n", encoding="utf-8")
    assert open_window().beside.choices.kept == export_choices.KEPT | export_choices.ONCE


def test_another_case_has_no_receiver_and_no_password(window, card, tmp_path):
    hand.type_text(card.options.receiver, "甲代办公司")
    lock(card, "a1b2")
    window.case.open(Draft(folder=tmp_path), tmp_path / "另一个.beian.json")
    assert card.options.receiver.text() == ""
    assert card.options.password.text() == ""
    assert card.options.secret.isHidden()


def test_the_mark_shows_in_the_preview(window, card, qtbot, monkeypatch):
    from ui import preview_build

    monkeypatch.setattr(preview_build, "AFTER", 30)
    hand.click(card.preview)
    qtbot.waitUntil(lambda: window.beside.preview is not None)
    preview = window.beside.preview
    qtbot.waitUntil(lambda: preview.preview is not None, timeout=20_000)
    marked = len(preview.preview.data)
    hand.click(card.options.boxes["purpose"])
    assert card.options.receiver.isHidden()
    assert preview.sign.text() == "正在更新…"
    qtbot.waitUntil(lambda: len(preview.preview.data) != marked, timeout=20_000)


def test_a_real_export_is_locked_and_carries_its_case(card, qtbot, tmp_path):
    card.folder = tmp_path / "交付"
    hand.click(card.options.boxes["with_case"])
    lock(card, "a1b2")
    hand.click(card.final)
    qtbot.waitUntil(lambda: card.written is not None, timeout=60_000)
    (packet,) = Path(card.written).glob("材料包_*.pdf")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(packet)
    with pikepdf.open(packet, password="a1b2") as pdf:
        assert any(name.endswith(".json") for name in pdf.attachments)
