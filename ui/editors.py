"""One editor for each kind of field. All speak the same four words: value, set_value, edited, left."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)

from ui.undoing import for_the_window

_ROWS = 4
"""How many lines of a longer text are seen at once."""


class Editor(QObject):
    """The input of one field. `widget` is what is laid out, `target` what gets the focus."""

    edited = Signal()
    left = Signal()
    finished = Signal()

    def __init__(self, widget: QWidget, target: QWidget | None = None) -> None:
        super().__init__(widget)
        self.widget = widget
        self.target = target or widget
        self.target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the person leaves the input (a menu that pops up is not leaving); let Ctrl+Z through."""
        away = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if (
            event.type() == QEvent.Type.FocusOut
            and isinstance(event, QFocusEvent)
            and event.reason() not in away
        ):
            self.left.emit()
        if for_the_window(event):
            event.ignore()
            return True
        if _goes_on(watched, event):
            self.finished.emit()
            return True
        return False

    def value(self) -> str:
        """The text as typed."""
        raise NotImplementedError

    def set_value(self, text: str) -> None:
        """Show `text`; it counts as nobody's edit."""
        raise NotImplementedError

    def replace(self, text: str) -> None:
        """Put `text` in place of what was typed; it counts as the person's edit."""
        self.set_value(text)
        self.edited.emit()

    def describe(self, name: str, description: str) -> None:
        """What a screen reader says of the input."""
        self.target.setAccessibleName(name)
        self.target.setAccessibleDescription(description)


def _goes_on(watched: QObject, event: QEvent) -> bool:
    """Whether this is Enter on something that is chosen or ticked: lines tell of it themselves."""
    if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return False
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    chosen = isinstance(watched, QComboBox) and not watched.isEditable()
    return chosen or isinstance(watched, (QRadioButton, QCheckBox))


class _Line(QLineEdit):
    """A line that shows a long number in groups while nobody is in it; its value stays plain."""

    def __init__(self, group: Callable[[str], str] | None) -> None:
        super().__init__()
        self._group = group
        self.plain = ""
        self.textEdited.connect(self._keep)

    def _keep(self, text: str) -> None:
        self.plain = text

    def put(self, text: str, plainly: bool = False) -> None:
        self.plain = text
        shown = text if plainly or self.hasFocus() else self._shown()
        if shown != self.text():
            self.setText(shown)

    def _shown(self) -> str:
        return self._group(self.plain) if self._group and self.plain else self.plain

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.text() != self.plain:
            self.setText(self.plain)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.hasFocus() and self.text() != self._shown():
            self.setText(self._shown())


class LineEditor(Editor):
    """A single line of text; Enter goes on to the next field."""

    def __init__(self, group: Callable[[str], str] | None = None) -> None:
        self._line = _Line(group)
        super().__init__(self._line)
        self._line.textEdited.connect(lambda _: self.edited.emit())
        self._line.returnPressed.connect(self.finished)

    def value(self) -> str:
        return self._line.plain

    def replace(self, text: str) -> None:
        self._line.put(self._line.plain, plainly=True)
        self._line.selectAll()
        self._line.insert(text)

    def set_value(self, text: str) -> None:
        if text != self._line.plain:
            self._line.put(text)


class _Text(QPlainTextEdit):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Tab:
            self.focusNextChild()
            return
        super().keyPressEvent(event)


class TextEditor(Editor):
    """Text of several lines. Tab leaves it."""

    def __init__(self) -> None:
        self._text = _Text()
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(_ROWS * self._text.fontMetrics().lineSpacing() + 24)
        super().__init__(self._text)
        self._quiet = False
        self._text.textChanged.connect(self._changed)

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def value(self) -> str:
        return self._text.toPlainText()

    def set_value(self, text: str) -> None:
        if text != self.value():
            self._quiet = True
            self._text.setPlainText(text)
            self._quiet = False


class RadioEditor(Editor):
    """A choice among few, all in sight."""

    def __init__(self, labels: tuple[str, ...]) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self._group = QButtonGroup(box)
        self._buttons = {label: QRadioButton(label) for label in labels}
        self._foreign = ""
        for label, button in self._buttons.items():
            button.setAccessibleName(label)
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        super().__init__(box, next(iter(self._buttons.values())))
        for button in self._buttons.values():
            if button is not self.target:
                button.installEventFilter(self)
        self._group.buttonClicked.connect(self._clicked)

    def _clicked(self) -> None:
        self._foreign = ""
        self.edited.emit()

    def describe(self, name: str, description: str) -> None:
        self.widget.setAccessibleName(name)
        for label, button in self._buttons.items():
            button.setAccessibleName(f"{name}：{label}")
            button.setAccessibleDescription(description)

    def value(self) -> str:
        chosen = (label for label, button in self._buttons.items() if button.isChecked())
        return next(chosen, self._foreign)

    def set_value(self, text: str) -> None:
        self._foreign = "" if text in self._buttons else text
        self._group.setExclusive(False)
        for label, button in self._buttons.items():
            button.setChecked(label == text)
        self._group.setExclusive(True)


class CheckEditor(Editor):
    """是 or 否 as one box to tick; nobody who only passes by has answered."""

    def __init__(self, label: str) -> None:
        self._box = QCheckBox(label)
        self._text = ""
        super().__init__(self._box)
        self._box.clicked.connect(self._clicked)

    def _clicked(self, ticked: bool) -> None:
        self._text = "是" if ticked else "否"
        self.edited.emit()

    def value(self) -> str:
        return self._text

    def set_value(self, text: str) -> None:
        self._text = text
        self._box.setChecked(text == "是")


class _Combo(QComboBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ComboEditor(Editor):
    """A choice among many; what may be chosen can change, what was chosen stays."""

    def __init__(self, options: tuple[str, ...], editable: bool = False) -> None:
        self._combo = _Combo()
        self._combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._combo.setMaxVisibleItems(16)
        self._combo.setEditable(editable)
        if editable:
            self._combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            completer = self._combo.completer()
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(completer.CompletionMode.PopupCompletion)
        line = self._combo.lineEdit()
        super().__init__(self._combo)
        self._foreign = ""
        self.set_options(options)
        self._combo.activated.connect(self._chosen)
        if line is not None:
            line.textEdited.connect(self._typed)
            line.returnPressed.connect(self.finished)

    def _chosen(self) -> None:
        self._foreign = ""
        self.edited.emit()

    def _typed(self, text: str) -> None:
        self._foreign = text
        self.edited.emit()

    def set_options(self, options: tuple[str, ...]) -> None:
        """Offer other entries; the value stays as it is."""
        if getattr(self, "_options", None) == options:
            return
        kept = self.value() if hasattr(self, "_options") else ""
        self._options = options
        self._combo.clear()
        self._combo.addItems(["", *options] if not self._combo.isEditable() else list(options))
        self.set_value(kept)

    def value(self) -> str:
        if self._combo.isEditable():
            return self._combo.currentText()
        return self._combo.currentText() or self._foreign

    def set_value(self, text: str) -> None:
        if text == self.value() and text:
            return
        index = self._combo.findText(text, Qt.MatchFlag.MatchExactly)
        self._combo.setCurrentIndex(index if text else (-1 if self._combo.isEditable() else 0))
        self._foreign = "" if index >= 0 else text
        if self._combo.isEditable():
            self._combo.setEditText(text)

    def describe(self, name: str, description: str) -> None:
        super().describe(name, description)
        if line := self._combo.lineEdit():
            line.setAccessibleName(name)
            line.setAccessibleDescription(description)
