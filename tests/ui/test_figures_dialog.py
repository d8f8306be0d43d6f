"""备案统计 in the window: counted beside it, drawn, saved."""

from datetime import date

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from tests.tracking.cases import NUMBERS, a_draft, followed
from ui import demo_hand as hand
from ui import figures_dialog
from ui.bars import Bars
from ui.figures_dialog import FiguresDialog, period


def prepare(library):
    library.cases.new(
        followed(
            ("submitted", "2026-10-09"),
            ("sms_done", "2026-10-12 11:00"),
            ("number_granted", "2026-10-23", NUMBERS),
        )
    )
    library.cases.new(
        followed(
            ("submitted", "2025-10-12"), ("review_rejected", "2025-10-13", {"rejection": "授权书没有盖章"})
        )
    )
    library.cases.new(a_draft())


@pytest.fixture
def dialog(with_library, qtbot, monkeypatch):
    monkeypatch.setattr(figures_dialog.clock, "today", lambda: date(2026, 11, 25))
    window = with_library(prepare)
    made = FiguresDialog(window.room.session.library, window)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: made.figures is not None, timeout=10_000)
    yield made
    made.reject()


def drawn(dialog):
    return [bars.accessibleDescription() for bars in dialog.findChildren(Bars) if bars.isVisible()]


def test_what_was_counted_is_drawn_and_said(dialog):
    assert dialog.lead.text().startswith("3 个备案，统计到 2026-11-25")
    assert dialog.rate.text() == "一次通过率 50%（2 个里 1 个）"
    assert any("已驳回：1 个" in text and "备案成功：1 个" in text for text in drawn(dialog))
    assert any("承诺书、授权书没签名、没盖章：1 次" in text for text in drawn(dialog))


def test_a_period_is_chosen_by_key(dialog, qtbot):
    dialog.period.setFocus()
    QTest.keyClick(dialog.period, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.figures.cases == 1, timeout=10_000)
    assert dialog.rate.text() == "一次通过率 100%（1 个里 1 个）"


def test_periods():
    today = date(2026, 11, 25)
    assert period(0, today) == (None, None)
    assert period(1, today) == (date(2026, 1, 1), None)
    assert period(2, today) == (date(2025, 1, 1), date(2025, 12, 31))
    assert period(3, today) == (date(2026, 8, 27), None)


@pytest.mark.parametrize(("button", "name"), [("save_pdf", "统计"), ("save_book", "统计.xlsx")])
def test_it_is_saved_as_pdf_and_workbook(dialog, tmp_path, monkeypatch, qtbot, button, name):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / name), ""))
    hand.click(getattr(dialog, button))
    qtbot.waitUntil(lambda: dialog.told.text() != "", timeout=10_000)
    if button == "save_pdf":
        text = pypdfium2.PdfDocument(tmp_path / "统计.pdf")[0].get_textpage().get_text_range()
        assert "一次通过率 50%" in text
    else:
        assert openpyxl.load_workbook(tmp_path / name)["各状态的备案"]["A5"].value


def test_a_place_that_cannot_be_written_is_told(dialog, tmp_path, monkeypatch, qtbot):
    missing = tmp_path / "没有" / "统计.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(missing), ""))
    hand.click(dialog.save_pdf)
    qtbot.waitUntil(lambda: dialog.told.text() != "", timeout=10_000)
    assert "统计.pdf" in dialog.told.text() or "没有" in dialog.told.text()


def test_the_lock_closes_it(dialog):
    window = dialog.parentWidget()
    window.lock.lock()
    assert not dialog.isVisible()
