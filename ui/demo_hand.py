"""A hand that uses the window as a person does: keys, an input method, the mouse, and files dropped."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QPushButton, QRadioButton, QWidget

from ui.drop_area import DropArea
from ui.editors import CheckEditor, ComboEditor, Editor, RadioEditor
from ui.group_editor import NOT_INVOLVED, RowsEditor, SeveralEditor


def wait(until: Callable[[], bool], seconds: float = 20) -> bool:
    """Let the window live until `until` holds; whether it came to hold in time."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            return False
        QTest.qWait(5)
    return True


def type_text(widget: QWidget, text: str) -> None:
    """Type `text`: plain keys where the keyboard has them, the input method for all else."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    target = widget
    if text.isascii() and "\n" not in text:
        QTest.keyClicks(target, text)
        return
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target, event)


def clear(widget: QWidget) -> None:
    """Empty an input by Ctrl+A, Delete."""
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(widget, Qt.Key.Key_Delete)


def click(widget: QWidget) -> None:
    """Click a widget once it is in its place: a box or a button where its sign is."""
    QApplication.processEvents()
    point = QPoint(12, widget.height() // 2) if isinstance(widget, (QCheckBox, QRadioButton)) else QPoint()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)


def button(parent: QWidget, text: str) -> QPushButton:
    """The visible button that bears `text`."""
    found = [each for each in parent.findChildren(QPushButton) if each.text() == text and each.isVisible()]
    if not found:
        raise LookupError(f"没有“{text}”这个按钮")
    return found[0]


def answer(editor: Editor, value: object) -> None:
    """Give an answer to one field by its editor, with the events a person would make."""
    match editor:
        case RadioEditor():
            click(next(b for b in editor.widget.findChildren(QRadioButton) if b.text() == value))
        case CheckEditor():
            if editor.value() != value:
                click(editor.widget)
        case ComboEditor():
            _choose(editor, str(value))
        case SeveralEditor():
            for box in editor.widget.findChildren(QCheckBox):
                if box.text() in value and not box.isChecked():  # type: ignore[operator]
                    click(box)
        case RowsEditor():
            rows = [row for row in value if row.get("type") == NOT_INVOLVED]  # type: ignore[attr-defined]
            if rows:
                click(editor.target)
        case _:
            clear(editor.target)
            type_text(editor.target, str(value))


def _choose(editor: ComboEditor, label: str) -> None:
    box = editor.widget
    assert isinstance(box, QComboBox)
    if box.isEditable():
        clear(editor.target)
        type_text(editor.target, label)
        completer = box.completer()
        if completer is not None and completer.popup().isVisible():
            QTest.keyClick(completer.popup(), Qt.Key.Key_Escape)
        return
    box.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _ in range(box.count()):
        if box.currentText() == label:
            return
        QTest.keyClick(box, Qt.Key.Key_Down)
    raise LookupError(f"没有“{label}”这个选项")


def drop(slot: DropArea, *files: Path) -> None:
    """Drop files on a slot."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    spot, held, none = slot.rect().center(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(slot, QDragEnterEvent(spot, Qt.DropAction.CopyAction, data, held, none))
    QApplication.sendEvent(slot, QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, data, held, none))
    if not wait(lambda: not slot.busy):
        raise LookupError(f"“{slot.field.label}”的文件没有放进来")
