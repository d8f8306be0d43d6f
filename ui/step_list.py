"""The list of steps at the left: where one is, what is done, what is not.

It stands in the first paint, so it is made of plain buttons that draw themselves and touches none of Qt's
larger classes.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from ui.step_words import NOT_BEGUN, StepState
from ui.style import COLOURS, GREY, INK

HEIGHT = 54
_SIGN, _WORDS, _TITLE_LINE, _STATE_LINE = 14, 38, 23, 42


class _Step(QPushButton):
    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.setObjectName("step")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(True)
        self.setFixedHeight(HEIGHT)
        self._number, self._title, self._state = number, title, NOT_BEGUN

    @property
    def word(self) -> str:
        return self._state.word

    def tell(self, state: StepState) -> None:
        self._state = state
        self.setAccessibleName(f"第 {self._number} 步 {self._title}，{state.word}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, font = QPainter(self), QFont(self.font())
        tone = QColor(COLOURS.get(self._state.tone, GREY))
        painter.setPen(tone)
        painter.setFont(font)
        painter.drawText(_SIGN, _TITLE_LINE, self._state.sign)
        font.setPixelSize(12)
        painter.setFont(font)
        painter.drawText(_WORDS, _STATE_LINE, self._state.word)
        font.setPixelSize(14)
        font.setBold(self.isChecked())
        painter.setFont(font)
        painter.setPen(QColor(INK))
        painter.drawText(_WORDS, _TITLE_LINE, self._title)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows go to the neighbour without leaving the page: only Enter, space and clicks do."""
        from PySide6.QtCore import Qt

        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(event.key(), 0)  # type: ignore[call-overload]
        steps = self.parentWidget().findChildren(_Step)
        if not by:
            super().keyPressEvent(event)
        elif 0 <= (next_ := steps.index(self) + by) < len(steps):
            steps[next_].setFocus(Qt.FocusReason.TabFocusReason)


class StepList(QFrame):
    """Every step with its state as a sign and a word; a click, Enter or the space bar goes there."""

    chosen = Signal(int)

    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__()
        self.setAccessibleName("步骤")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(2)
        self.buttons = [_Step(number, title) for number, title in enumerate(titles, 1)]
        for index, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, index=index: self.chosen.emit(index))
            button.tell(NOT_BEGUN)
            column.addWidget(button)
        column.addStretch(1)

    def tell(self, index: int, state: StepState) -> None:
        """Show the state of one step."""
        self.buttons[index].tell(state)

    def go(self, index: int) -> None:
        """Mark the step one is at."""
        self.buttons[index].setChecked(True)

    def state_word(self, index: int) -> str:
        """The word that stands at a step."""
        return self.buttons[index].word
