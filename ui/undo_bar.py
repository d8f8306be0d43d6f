"""A line that says what was done, with a button that takes it back."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget


class UndoBar(QWidget):
    """Shown until what it speaks of is undone, forgotten, or followed by something else."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 10)
        row.setSpacing(12)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(self._undo)
        row.addWidget(self.text)
        row.addWidget(self.button)
        row.addStretch(1)
        self._act: Callable[[], None] | None = None
        self.hide()

    def offer(self, text: str, word: str, act: Callable[[], None]) -> None:
        """Say what was done; `act` takes it back at a click on `word`."""
        self._act = act
        self.text.setText(text)
        self.button.setText(word)
        self.show()

    def forget(self) -> None:
        """There is nothing to undo any more."""
        self._act = None
        self.hide()

    def _undo(self) -> None:
        act = self._act
        self.forget()
        if act:
            act()
