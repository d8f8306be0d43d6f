"""Many cases at once from the list, by real keys: chosen, exported, paused, stopped, gone on with."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import demo_hand as hand
from ui.batch_dialog import BatchDialog, in_words
from wizard.draft import load
from wizard.resource_files import path

CONTROL = Qt.KeyboardModifier.ControlModifier
FAULTY = replace(
    load(path("samples", "individual_business_faulty.json")), attachments={}, folder=Path("nowhere")
)


def cases(library) -> None:
    for number in range(4):
        library.cases.new(FAULTY.with_answer("mini_program.name", f"点餐{number}"))


@pytest.fixture
def page(with_library):
    window = with_library(cases)
    window.activateWindow()
    assert hand.wait(window.isActiveWindow)
    window.room.show_list()
    assert hand.wait(lambda: window.room.page.model.rowCount() == 4)
    return window.room.page


@pytest.fixture
def dialog(page):
    """Opens the dialog by its key, lets a test act in it, and closes it."""

    def open_(act) -> None:
        failed: list[BaseException] = []
        found_: list[object] = []

        def found() -> None:
            made = QApplication.activeModalWidget()
            found_.append(made)
            try:
                assert isinstance(made, BatchDialog)
                act(made)
            except BaseException as error:  # noqa: BLE001 - raised again below, outside of the event loop
                failed.append(error)
            finally:
                if made is not None and made.isVisible():
                    made.reject()

        QTimer.singleShot(200, found)
        page.table.setFocus()
        QTest.keyClick(page.table, Qt.Key.Key_B, CONTROL)
        if failed:
            raise failed[0]
        assert found_, "the dialog did not open"

    return open_


def results(dialog: BatchDialog) -> list[str]:
    return [dialog.tree.topLevelItem(n).text(1) for n in range(dialog.tree.topLevelItemCount())]


def press(widget, key=Qt.Key.Key_Space) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key)


def finished(dialog: BatchDialog) -> bool:
    return hand.wait(dialog.begin.isVisible, 30)


def test_all_that_the_list_shows_is_exported(page, dialog, tmp_path):
    def act(made: BatchDialog) -> None:
        assert "4 个案件" in made.begin.text()
        made.choices.folder = tmp_path / "交付"
        press(made.choices.what.button(2))
        press(made.choices.draft)
        press(made.begin, Qt.Key.Key_Return)
        assert made.pause.isVisible()
        assert made.pause.hasFocus()
        assert finished(made)
        assert "已导出 4 个" in made.said.text()
        assert made.opener.hasFocus()
        assert all("（草稿）" in text for text in results(made))
        press(made.begin)
        assert finished(made)
        assert "沿用 4 个" in made.said.text()

    dialog(act)
    assert len(list((tmp_path / "交付").glob("*.pdf"))) == 5
    assert page.session.library.cases.load(1).draft.rest["packet"]["version"] == 1


def test_only_the_chosen_ones_are_checked(page, dialog, tmp_path):
    page.table.selectRow(0)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    def act(made: BatchDialog) -> None:
        assert "2 个案件" in made.begin.text()
        made.choices.folder = tmp_path / "自检"
        press(made.choices.what.button(0))
        assert not made.choices.draft.isEnabled()
        press(made.begin)
        assert finished(made)
        assert "有错误 2 个" in made.said.text()
        assert all(text.startswith("×") for text in results(made))

    dialog(act)
    assert {file.suffix for file in (tmp_path / "自检").iterdir()} == {".xlsx", ".pdf"}


def test_enter_opens_the_case_that_is_to_be_mended(page, dialog, window, tmp_path):
    def act(made: BatchDialog) -> None:
        made.choices.folder = tmp_path / "交付"
        press(made.begin)
        assert finished(made)
        assert "按回车" in made.said.text()
        press(made.tree, Qt.Key.Key_Return)
        assert not made.isVisible()

    dialog(act)
    assert window.outer.currentIndex() == 0
    assert window.case.draft.text("mini_program.name").startswith("点餐")


def test_paused_it_waits_and_stopped_it_goes_on_another_time(page, dialog, tmp_path):
    def act(made: BatchDialog) -> None:
        made.choices.folder = tmp_path / "交付"
        made.choices.draft.setChecked(True)
        press(made.begin)
        press(made.pause)
        assert "继续" in made.pause.text()
        before = len(results(made))
        press(made.stop)
        assert finished(made)
        assert "还有" in made.said.text()
        assert before < 4
        press(made.begin)
        assert finished(made)
        assert "还有" not in made.said.text()
        assert len(results(made)) == 4
        assert FAULTY.text("principal.name") not in made.tree.topLevelItem(0).text(0)

    dialog(act)


def test_closed_at_work_it_stops(page, dialog, tmp_path):
    def act(made: BatchDialog) -> None:
        made.choices.folder = tmp_path / "交付"
        press(made.begin)
        QTest.keyClick(made, Qt.Key.Key_Escape)
        assert not made.isVisible()
        assert made.work._job is None

    dialog(act)


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 秒"), (59.6, "1 分 0 秒"), (80, "1 分 20 秒"), (3700, "1 小时 1 分")]
)
def test_a_span_in_words(seconds, words):
    assert in_words(seconds) == words
