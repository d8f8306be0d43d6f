"""Undo and redo across the pages: the menu entries that say what they take back, and who gets Ctrl+Z."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPlainTextEdit

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from wizard.history import Step

_UNDO = "Ctrl+Z"
_REDO = ("Ctrl+Y", "Ctrl+Shift+Z")


class Undoing(QObject):
    """The two entries of the menu. A step that is taken back is gone to, whatever page it was made on."""

    def __init__(self, window: MainWindow, menu: QMenu) -> None:
        super().__init__(window)
        self._window, self._case = window, window.case
        self.undo, self.redo = QAction(window), QAction(window)
        self.undo.setShortcut(QKeySequence(_UNDO))
        self.redo.setShortcuts([QKeySequence(keys) for keys in _REDO])
        self.undo.triggered.connect(lambda _: self._go("撤销", "undo"))
        self.redo.triggered.connect(lambda _: self._go("重做", "redo"))
        menu.addActions([self.undo, self.redo])
        for signal in (self._case.edited, self._case.replaced):
            signal.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Say in the menu what would be taken back and what made again."""
        history = self._case.history
        for action, word, steps in (
            (self.undo, "撤销", history.past),
            (self.redo, "重做", history.future),
        ):
            action.setText(f"{word}：{named(steps[-1])}" if steps else word)

    def _go(self, word: str, act: str) -> None:
        history = self._case.history
        if self._in_the_field(act):
            return
        steps = history.past if act == "undo" else history.future
        said = f"已{word}：{named(steps[-1])}" if steps else f"没有可以{word}的"
        if field_id := getattr(self._case, act)():
            self._window.go_to_field(field_id)
        self._window.statusBar().showMessage(said, 4000)
        self.tell()

    def _in_the_field(self, act: str) -> bool:
        """Let a text field take back what was typed in it, if it has anything; whether it had."""
        focus = self._window.focusWidget()
        line = focus.lineEdit() if isinstance(focus, QComboBox) else focus
        if not _able(line, f"is{act.capitalize()}Available"):
            return False
        with self._case.history.retracing():
            getattr(line, act)()
        self.tell()
        return True


def named(step: Step) -> str:
    """What a step did, in the words of the page."""
    from wizard.sections import catalogue

    if step.what:
        return step.what
    field = catalogue().get(step.field_id)
    if field is None:
        return "一处修改"
    title, label = field.section.title, field.label
    return label if label.startswith(title[:2]) else f"{title}的{label}"


def for_the_window(event: QEvent) -> bool:
    """Whether this is a Ctrl+Z or Ctrl+Y that an input would keep to itself."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in (Qt.Key.Key_Y, Qt.Key.Key_Z):
        return False
    pressed = QKeySequence(event.keyCombination())
    return any(pressed == QKeySequence(keys) for keys in (_UNDO, *_REDO))


def _able(line: QObject | None, what: str) -> bool:
    if isinstance(line, QPlainTextEdit):
        return bool(getattr(line.document(), what)())
    return isinstance(line, QLineEdit) and bool(getattr(line, what)())
