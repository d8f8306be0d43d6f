"""The last page: what is still to do, every answer once more, and what became of the export."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.fake_workshop import FakeWorkshop
from ui import demo_hand as hand
from ui import export_card
from ui.export_card import next_steps
from wizard.draft import load
from wizard.packet.exported import Exported
from wizard.packet.filling import LETTERS
from wizard.resource_files import path


@pytest.fixture
def window(open_window):
    window = open_window(load(path("samples", "company.json")))
    window.go("export")
    return window


@pytest.fixture
def page(window):
    return window.page("export")


@pytest.fixture
def quick(monkeypatch, tmp_path):
    """An export that writes nothing and is done at once; what it was given is kept."""
    from ui import packet_desk
    from wizard.packet.versions import remembered

    def says(snapshot, target):
        return Exported((tmp_path / "包" / "材料包.pdf",), ("𰻞",), record=remembered(snapshot, {}))

    fake = FakeWorkshop(says)
    monkeypatch.setattr(packet_desk, "own_workshop", lambda: fake)
    return fake.given


def test_private_answers_are_hidden_until_the_button_is_held(page):
    shown = page.review._values["principal.certificate_number"]
    assert shown.text() == "110115********991X"
    button = page.review.show_private
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert shown.text() == "11011519840312991X"
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert shown.text() == "110115********991X"


def test_an_answer_can_be_changed_from_here(window, page):
    change = next(
        b for b in page.findChildren(type(page.card.final)) if b.accessibleName() == "修改主体的主体名称"
    )
    hand.click(change)
    assert window.current == "subject"
    assert window.focusWidget() is window.page("subject").rows["subject.name"].editor.target


def test_the_final_packet_waits_for_errors_and_says_so_where_they_are_listed(open_window):
    window = open_window(load(path("samples", "company_faulty.json")))
    window.go("export")
    page = window.page("export")
    assert page.card.final.isEnabled()
    assert "5 处问题" in page.summary.text()
    hand.click(page.card.final)
    assert window.current == "check"
    assert "有 5 处错误，改好以后才能导出正式材料包" in window.notice_text.text()


def test_each_packet_of_a_case_has_the_next_version(window, page, quick, qtbot, place):
    for _ in range(2):
        page.card.written = None
        hand.click(page.card.final)
        qtbot.waitUntil(lambda: page.card.written is not None)
    assert [snapshot.version for snapshot, _ in quick] == [1, 2]
    assert len({snapshot.number for snapshot, _ in quick}) == 1
    first = quick[0][0].number
    qtbot.waitUntil(lambda: _packet(place) == (first, 2))  # it is saved beside the window


def _packet(place):
    kept = load(place).rest.get("packet", {})
    return kept.get("number"), kept.get("version")


def test_what_could_not_be_printed_is_told(page, quick, qtbot):
    hand.click(page.card.final)
    qtbot.waitUntil(lambda: page.card.written is not None)
    assert "第 1 版" in page.card.told.text()
    assert "𰻞" in page.card.told.text()
    assert page.card.opener.isVisible()


def test_after_a_final_packet_it_is_told_what_comes_next(page, quick, qtbot):
    hand.click(page.card.draft)
    qtbot.waitUntil(lambda: page.card.written is not None)
    assert "接下来" not in page.card.told.text()
    page.card.written = None
    hand.click(page.card.final)
    qtbot.waitUntil(lambda: page.card.written is not None)
    _, _, after = page.card.told.text().partition("接下来\n")
    assert "F9" in after
    assert "Ctrl+J" in after
    assert "待签文书" not in after  # there was none to sign


def test_a_sign_of_progress_does_not_flash_by(page, quick, qtbot, monkeypatch):
    monkeypatch.setattr(export_card, "SHOWN_FOR", 2500)
    hand.click(page.card.final)
    qtbot.waitUntil(lambda: page.card.written is not None)
    assert page.card.bar.isVisible()
    qtbot.waitUntil(lambda: not page.card.bar.isVisible())


def test_a_failure_of_the_program_is_a_sentence_and_a_line_in_the_log(page, qtbot, monkeypatch, tmp_path):
    from ui import errors, packet_desk

    def broken(*_):
        raise ZeroDivisionError("110115199003071234")

    log = tmp_path / "failures.log"
    monkeypatch.setattr(errors, "log_file", lambda: log)
    monkeypatch.setattr(packet_desk, "own_workshop", lambda: FakeWorkshop(broken))
    hand.click(page.card.final)
    qtbot.waitUntil(lambda: "无法完成导出" in page.card.told.text())
    assert page.card.final.isVisible()
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    assert "1101" not in log.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_opened_is_named(page, quick, qtbot, monkeypatch):
    hand.click(page.card.final)
    qtbot.waitUntil(lambda: page.card.written is not None)
    monkeypatch.setattr(export_card.QDesktopServices, "openUrl", lambda url: False)
    hand.click(page.card.opener)
    assert str(page.card.written) in page.card.told.text()


def test_letters_that_want_a_hand_are_the_first_thing_to_do(tmp_path):
    first = list(next_steps(Exported((tmp_path / "材料包.pdf", tmp_path / LETTERS), ())))[1]
    assert f"打印“{LETTERS}”里的，签字、盖章" in first
