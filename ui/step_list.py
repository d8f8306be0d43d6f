"""The list of steps at the left: where one is, what is done, what is not.

It stands in the first paint, so it is made of plain buttons and labels: a painter, a list or a delegate would
bring in Qt's larger classes.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout

from ui.step_words import NOT_BEGUN, StepState
from ui.style import COLOURS, GREY

HEIGHT = 54


class _Step(QPushButton):
    def __init__(self, number: int, title: str) -> None:
        super().__init__()
        self.setObjectName("step")
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(True)
        self.setFixedHeight(HEIGHT)
        self._number, self._state = number, NOT_BEGUN
        self._sign, self._title, self._word = QLabel(), QLabel(title), QLabel()
        self._sign.setFixedWidth(16)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 7, 8, 7)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        grid.addWidget(self._sign, 0, 0)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._word, 1, 1)
        grid.setColumnStretch(1, 1)

    @property
    def word(self) -> str:
        return self._state.word

    def tell(self, state: StepState) -> None:
        """Show the state, and whether this is the step one is at."""
        self._state = state
        self._sign.setText(state.sign)
        self._word.setText(state.word)
        self.setAccessibleName(f"第 {self._number} 步 {self._title.text()}，{state.word}")
        tone = COLOURS.get(state.tone, GREY)
        _dress(self._sign, f"color: {tone};")
        _dress(self._word, f"color: {tone}; font-size: 12px;")
        _dress(self._title, "font-weight: 700;" if self.isChecked() else "")

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
        self._states = [NOT_BEGUN] * len(titles)
        for index, button in enumerate(self.buttons):
            button.clicked.connect(lambda _=False, index=index: self.chosen.emit(index))
            button.tell(NOT_BEGUN)
            column.addWidget(button)
        column.addStretch(1)

    def tell(self, index: int, state: StepState) -> None:
        """Show the state of one step."""
        self._states[index] = state
        self.buttons[index].tell(state)

    def go(self, index: int) -> None:
        """Mark the step one is at."""
        self.buttons[index].setChecked(True)
        for button, state in zip(self.buttons, self._states, strict=True):
            button.tell(state)

    def state_word(self, index: int) -> str:
        """The word that stands at a step."""
        return self.buttons[index].word


def _dress(label: QLabel, sheet: str) -> None:
    if label.styleSheet() != sheet:
        label.setStyleSheet(sheet)
