"""办理进度 of the case that is open: where it stands, what to do next, what can be noted, what was noted."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.page_head import page_column
from ui.progress_list import ProgressList
from ui.stage_strip import StageStrip, shown
from ui.style import COLOURS
from wizard.draft import Draft
from wizard.tracking.advice import left, next_steps, number
from wizard.tracking.calendar import Calendar
from wizard.tracking.deadlines import Deadline, deadlines, stage_dates
from wizard.tracking.events import NEW, STATES, Kind, beijing
from wizard.tracking.following import Following
from wizard.tracking.record import record_of

_HINT = "提交以后发生的事逐条记下，只增不删；期限按工作日和调休推算。"
_MOST_DATES = 4
_MOST_BUTTONS = 4
"""So many stand in a row in the narrowest window; the rest are in the menu."""


class ProgressPage(QWidget):
    """`wanted` names a kind of event the person wants to note; the rest is for whoever shows the page."""

    wanted = Signal(str)
    left_ = Signal()
    calendar_wanted = Signal()
    changes_wanted = Signal()
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.following = Following()
        self.dates: tuple[Deadline, ...] = ()
        self._draft = Draft()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(0)
        self.lead = page_column(column, "办理进度", _HINT)
        self.problem = _text()
        self.problem.setObjectName("problem")
        self.problem.hide()
        column.addWidget(self.problem)
        self.strip = StageStrip()
        column.addWidget(self.strip)
        column.addSpacing(10)
        column.addWidget(self._card())
        column.addSpacing(10)
        self.list = ProgressList()
        self.list.opened.connect(self.opened)
        column.addWidget(self.list, 1)
        column.addSpacing(12)
        column.addLayout(self._foot())
        scroll.setWidget(inner)
        outer.addWidget(scroll)

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(6)
        row = QHBoxLayout()
        self.now, self.countdown = QLabel(), QLabel()
        self.now.setObjectName("group")
        self.countdown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.now)
        row.addStretch(1)
        row.addWidget(self.countdown)
        self.todo, self.ahead = _text(), _text()
        self.ahead.setObjectName("quiet")
        column.addLayout(row)
        column.addWidget(self.todo)
        column.addWidget(self.ahead)
        column.addSpacing(4)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self.more = QPushButton("更多(&M)")
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self._buttons.addWidget(self.more)
        self._buttons.addStretch(1)
        column.addLayout(self._buttons)
        return card

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.calendar = QPushButton("导出日历文件…(&D)")
        self.changes = QPushButton("变更与注销(&V)")
        self.copy = QPushButton("复制备案号(&C)")
        self.copy.setAutoDefault(True)
        self.copy.clicked.connect(lambda: QApplication.clipboard().setText(number(self.following)))
        self.back = QPushButton("回到案件(&B)")
        for button, signal in (
            (self.calendar, self.calendar_wanted),
            (self.changes, self.changes_wanted),
            (self.back, self.left_),
        ):
            button.setAutoDefault(True)
            button.clicked.connect(lambda _=False, signal=signal: signal.emit())
        row.addWidget(self.calendar)
        row.addWidget(self.changes)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.back)
        return row

    def show_case(self, draft: Draft, called: str, calendar: Calendar, now: datetime) -> None:
        """Show the case as it stands at `now`; `called` is its name as it may be shown."""
        record = record_of(draft)
        self.following, here = record.following, beijing(now)
        self.lead.setText(f"{called}　·　{_HINT}")
        self._draft = draft
        self.dates = deadlines(draft, calendar, here.date())
        line = stage_dates(self.following, calendar)
        self.strip.fill(shown(self.following, line, here.date()))
        matter = "" if self.following.matter == NEW else f"（{self.following.matter}）"
        again = f"　第 {self.following.round} 次提交" if self.following.round > 1 else ""
        self.now.setText(f"现在：{STATES[self.following.state]}{matter}{again}")
        self._offer(self.following)
        self.copy.setVisible(bool(number(self.following)))
        self.list.fill(record, draft)
        self.tick(now)

    def complain(self, text: str) -> None:
        """Say what went wrong with keeping a line; nothing takes it away."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def tick(self, now: datetime) -> None:
        """Show how much time is left: once a minute, and whenever something changed."""
        here = beijing(now)
        self.todo.setText("\n".join(f"· {text}" for text in next_steps(self.following, here, self._draft)))
        until = next((one.moment for one in self.dates if one.moment), None)
        self.countdown.setText(left(until, here) if until else "")
        tone = COLOURS["error"] if until and until < here else COLOURS["warning"]
        self.countdown.setStyleSheet(f"color: {tone}; font-size: 20px; font-weight: 700;")
        self.countdown.setAccessibleName(f"短信核验{self.countdown.text()}" if until else "")
        ahead = [self._date(one, here) for one in self.dates[:_MOST_DATES]]
        self.ahead.setText("期限：" + "；".join(ahead) if ahead else "")
        self.ahead.setVisible(bool(ahead))

    def _date(self, one: Deadline, now: datetime) -> str:
        return f"{one.title} {one.span}{'（已过）' if one.is_past(now) else ''}"

    def _offer(self, following: Following) -> None:
        """A button for each thing that comes next, by number; the rest in the menu."""
        held = [self._buttons.itemAt(n).widget() for n in range(self._buttons.count())]
        for widget in held:
            if isinstance(widget, QPushButton) and widget is not self.more:
                self._buttons.removeWidget(widget)
                widget.setParent(None)  # at once: its key would otherwise still be taken
                widget.deleteLater()
        expected = following.expected()[:_MOST_BUTTONS]
        for at, kind in enumerate(expected):
            button = QPushButton(f"{kind.button}(&{at + 1})")
            button.setObjectName("" if at else "primary")
            button.setAutoDefault(True)
            button.setToolTip(kind.hint)
            button.clicked.connect(lambda _=False, kind=kind: self.wanted.emit(kind.id))
            self._buttons.insertWidget(at, button)
        self._fill_menu((*following.expected()[_MOST_BUTTONS:], *following.possible()))

    def _fill_menu(self, kinds: Sequence[Kind]) -> None:
        self.menu.clear()
        for kind in kinds:
            action = self.menu.addAction(kind.button)
            action.triggered.connect(lambda _=False, kind=kind: self.wanted.emit(kind.id))

    def buttons(self) -> dict[str, QPushButton]:
        """The buttons for what comes next, by their words."""
        held = [self._buttons.itemAt(n).widget() for n in range(self._buttons.count())]
        found = [one for one in held if isinstance(one, QPushButton) and one is not self.more]
        return {button.text().partition("(")[0]: button for button in found}

    def focus(self) -> None:
        """Put the focus to what comes next."""
        (next(iter(self.buttons().values()), None) or self.more).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the case."""
        if event.key() == Qt.Key.Key_Escape:
            self.left_.emit()
        else:
            super().keyPressEvent(event)


def _text() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
