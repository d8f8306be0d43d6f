"""A workbook of clients taken in by the window, by real keys: its columns, its rows, then all or nothing."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.intake.books import HEAD, ROW, book
from ui import demo_hand as hand
from ui import known_headings
from ui.book_dialog import BookDialog
from wizard.draft import load

CONTROL = Qt.KeyboardModifier.ControlModifier
LOST = [*ROW[:2], "<c><v>110101199003071234</v></c>", *ROW[3:5], "别的程序"]


def other(n: int) -> list[str]:
    return [*ROW[:5], f"示例工具{n}"]


def press(widget, key=Qt.Key.Key_Return) -> None:
    widget.setFocus()
    QTest.keyClick(widget, key)


def ready(dialog: BookDialog) -> bool:
    return hand.wait(lambda: not dialog.work.busy and dialog.bar.isHidden(), 30)


@pytest.fixture
def take_in(window, own_settings, monkeypatch):
    """Chooses a file by the key of the menu, lets a test act in the dialog, and closes it."""

    def open_(file: Path, act) -> None:
        failed: list[BaseException] = []
        found: list[object] = []
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))

        def inside() -> None:
            made = QApplication.activeModalWidget()
            found.append(made)
            try:
                assert isinstance(made, BookDialog)
                assert ready(made)
                act(made)
            except BaseException as error:  # noqa: BLE001 - raised again below, outside of the event loop
                failed.append(error)
            finally:
                if made is not None and made.isVisible():
                    made.reject()

        QTimer.singleShot(200, inside)
        window.activateWindow()
        assert hand.wait(window.isActiveWindow)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_I, CONTROL)
        if failed:
            raise failed[0]
        assert found, "the dialog did not open"

    return open_


def test_rows_become_drafts_and_again_no_doubles(window, take_in, tmp_path):
    file, out = book(tmp_path / "a.xlsx", [HEAD, ROW, other(1)]), tmp_path / "草稿"

    def act(made: BookDialog) -> None:
        made.folder = out
        press(made.next)
        assert ready(made)
        assert "新增 2 行" in made.preview.counts.text()
        assert hand.wait(lambda: made.preview.found.count() > 1)
        assert "新增 2 个" in made.take.text()
        press(made.take)
        assert hand.wait(lambda: not made.isVisible(), 30)

    take_in(file, act)
    assert "导入了 2 个备案" in window.notice.text.text()
    assert {load(one).text("mini_program.name") for one in out.iterdir()} == {"示例工具", "示例工具1"}

    def again(made: BookDialog) -> None:
        made.folder = out
        press(made.next)
        assert ready(made)
        assert "已有 2 行" in made.preview.counts.text()
        press(made.take)
        assert "什么也没有导入" in made.said.text()

    take_in(file, again)
    assert len(list(out.iterdir())) == 2


def test_a_column_is_changed_by_keys_and_remembered_without_its_words(take_in, tmp_path):
    file = book(tmp_path / "a.xlsx", [[*HEAD, "林知远的列"], [*ROW, "13900000102"]])

    def act(made: BookDialog) -> None:
        tree = made.columns.tree
        tree.setFocus()
        QTest.keyClick(tree, Qt.Key.Key_End)
        assert "林知远的列" in made.columns.asked.text()
        QTest.keyClick(tree, Qt.Key.Key_F2)
        assert made.columns.combo.hasFocus() or made.columns.combo.lineEdit().hasFocus()
        wanted = made.columns.combo.findData("contact.mobile")
        while made.columns.combo.currentIndex() < wanted:
            QTest.keyClick(made.columns.combo, Qt.Key.Key_Down)
        QTest.keyClick(made.columns.combo, Qt.Key.Key_Return)
        assert "小程序负责人·手机号码" in tree.topLevelItem(tree.topLevelItemCount() - 1).text(2)
        assert tree.hasFocus()
        press(made.next)
        assert ready(made)

    take_in(file, act)
    kept = known_headings._file().read_text(encoding="utf-8")
    assert "林知远" not in kept
    assert "contact.mobile" in json.dumps(json.loads(kept))

    def again(made: BookDialog) -> None:
        assert "照上次的读入" in made.said.text()
        assert made.columns.agreed == {"林知远的列": "contact.mobile"}

    take_in(file, again)


def test_faulty_cells_are_named_and_keep_everything_out(take_in, tmp_path):
    out = tmp_path / "草稿"

    def act(made: BookDialog) -> None:
        made.folder = out
        press(made.next)
        assert ready(made)
        assert made.preview.shown.currentText() == "有格子没读入"
        assert made.preview.model.rowCount() == 1
        assert hand.wait(lambda: made.preview.found.count() > 1)
        assert "“表1”表 C3" in made.preview.found.item(0).text()
        press(made.take)
        assert "一行也没有导入" in made.said.text()
        press(made.preview.leave_out, Qt.Key.Key_Space)
        assert ready(made)
        press(made.take)
        assert hand.wait(lambda: not made.isVisible(), 30)

    take_in(book(tmp_path / "a.xlsx", [HEAD, ROW, LOST]), act)
    assert len(list(out.iterdir())) == 2


def test_a_file_that_is_no_table_says_why(take_in, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)

    def act(made: BookDialog) -> None:
        assert "旧版 Excel" in made.said.text()
        assert not made.next.isEnabled()
        assert made.close_button.hasFocus()

    take_in(tmp_path / "a.xlsx", act)


def test_stopped_nothing_comes_in(take_in, tmp_path):
    out = tmp_path / "草稿"

    def act(made: BookDialog) -> None:
        made.folder = out
        press(made.next)
        assert made.stop.hasFocus()
        QTest.keyClick(made.stop, Qt.Key.Key_Space)
        assert ready(made)
        assert "什么也没有导入" in made.said.text()
        assert made.next.isEnabled()

    take_in(book(tmp_path / "a.xlsx", [HEAD, *map(other, range(400))]), act)
    assert not out.exists()


def test_into_the_library_and_updated_only_when_asked(with_library, take_in, tmp_path):
    window = with_library()
    file = tmp_path / "a.xlsx"

    def act(made: BookDialog) -> None:
        assert not made.where.change.isVisible()
        press(made.next)
        assert ready(made)
        press(made.take)
        assert hand.wait(lambda: not made.isVisible(), 30)

    take_in(book(file, [HEAD, ROW, other(1)]), act)
    library = window.room.session.library
    assert library.cases.count() == 2
    assert window.outer.currentWidget() is window.room.page

    def changed(made: BookDialog) -> None:
        press(made.next)
        assert ready(made)
        assert "已有（内容不同） 1 行" in made.preview.counts.text()
        press(made.preview.update_, Qt.Key.Key_Space)
        assert "更新 1 个" in made.take.text()
        press(made.take)
        assert hand.wait(lambda: not made.isVisible(), 30)

    take_in(book(file, [HEAD, [*ROW[:4], "13800000109", ROW[5]], other(1)]), changed)
    drafts = [library.cases.load(row.id).draft for row in library.cases.rows()]
    assert sorted(draft.text("principal.mobile") for draft in drafts) == [ROW[4], "13800000109"]


@pytest.mark.parametrize(
    ("words", "name"), [("一行一个备案", "a.xlsx"), ("一张表一个备案", "b.xlsx"), ("网页表单", "c.html")]
)
def test_the_blank_ones_are_written(window, own_settings, monkeypatch, tmp_path, words, name):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "新" / name), ""))
    action = next(one for one in window.findChildren(QAction) if words in one.text())
    action.trigger()
    assert (tmp_path / "新" / name).stat().st_size > 5_000
    assert name in window.notice.text.text()
