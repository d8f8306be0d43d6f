"""What stands in front of a window's content while it is locked."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.unlock_form import UnlockForm


class Look(NamedTuple):
    """What a curtain says, whether it asks for a secret, and the words of the way on without one."""

    heading: str
    words: str
    asks: bool
    back: str = ""


class Curtain(QFrame):
    """Fills a window. All else in it is hidden, not only covered: readers of screens look behind."""

    tried = Signal(str, bool)
    lifted = Signal()

    def __init__(self, window: QWidget, look: Look) -> None:
        super().__init__(window)
        self.setObjectName("curtain")
        self.setAutoFillBackground(True)
        self._hidden = [
            child
            for child in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if child is not self and not child.isWindow() and not child.isHidden()
        ]
        self._focus = window.focusWidget()
        for child in self._hidden:
            child.hide()
        self._lay_out(look)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        (self.form.secret if look.asks else self.back).setFocus()

    def _lay_out(self, look: Look) -> None:
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(20, 16, 20, 16)
        inner = QWidget()
        inner.setFixedWidth(max(240, min(460, self.parentWidget().width() - 60)))
        box = QVBoxLayout(inner)
        box.setSpacing(10)
        self.heading, self.said = QLabel(look.heading), QLabel(look.words)
        self.heading.setObjectName("heading")
        self.said.setObjectName("lead")
        self.said.setWordWrap(True)
        self.form, self.back = UnlockForm(), QPushButton(look.back)
        self.form.tried.connect(self.tried)
        self.back.setObjectName("link" if look.asks else "")
        self.back.setAutoDefault(True)
        self.back.clicked.connect(self.lifted)
        for widget in (self.heading, self.said, self.form):
            box.addWidget(widget)
        box.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        self.form.setVisible(look.asks)
        self.back.setVisible(bool(look.back))
        row.addStretch(1)
        row.addWidget(inner)
        row.addStretch(1)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(2)

    def wait_for_answer(self) -> None:
        """The way on without a secret is being looked at."""
        self.back.setEnabled(False)

    def ask(self, heading: str) -> None:
        """A secret is needed after all."""
        self.heading.setText(heading)
        self.back.setEnabled(True)
        self.form.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self.parentWidget().rect())
        return False

    def lift(self) -> None:
        """Show again what was hidden, the focus where it was, and go."""
        window = self.parentWidget()
        window.removeEventFilter(self)
        self.hide()
        for child in self._hidden:
            child.show()
        if self._focus is not None:
            self._focus.setFocus()
        self.deleteLater()
