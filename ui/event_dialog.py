"""Noting one event: when it happened (Beijing time) and what is entered with it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QDateTime, QTimeZone
from PySide6.QtWidgets import (
    QDateTimeEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.event_inputs import EventInputs
from ui.style import COLOURS
from wizard.draft import Draft
from wizard.tracking.events import Kind, beijing
from wizard.tracking.timeline import BEIJING

_BEIJING = QTimeZone.fromSecondsAheadOfUtc(8 * 3600)
Note = Callable[[datetime, Mapping[str, Any]], str]


class EventDialog(QDialog):
    """`note` is asked to keep what was entered; what it says, if anything, is why it cannot be."""

    def __init__(self, kind: Kind, draft: Draft, now: datetime, note: Note, parent: QWidget) -> None:
        super().__init__(parent)
        self.kind, self._note = kind, note
        self.setWindowTitle(kind.title)
        self.setMinimumWidth(560)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        if kind.hint:
            lead = QLabel(kind.hint)
            lead.setObjectName("lead")
            lead.setWordWrap(True)
            column.addWidget(lead)
        form = QFormLayout()
        form.setSpacing(10)
        self.time = self._time(now)
        label = QLabel("时间（北京时间）")
        label.setBuddy(self.time)
        form.addRow(label, self.time)
        self.inputs = EventInputs(kind, draft, form)
        column.addLayout(form)
        self.problem = QLabel()
        self.problem.setWordWrap(True)
        self.problem.setStyleSheet(f"color: {COLOURS['error']}; font-size: 13px;")
        self.problem.hide()
        column.addWidget(self.problem)
        column.addLayout(self._buttons())
        for line in self.inputs.number_lines.values():
            line.on = beijing(now).date()
        self.inputs.changed.connect(self.adjustSize)
        (self.inputs.first() or self.time).setFocus()

    def _time(self, now: datetime) -> QDateTimeEdit:
        edit = QDateTimeEdit(QDateTime.fromSecsSinceEpoch(int(beijing(now).timestamp()), _BEIJING))
        edit.setTimeZone(_BEIJING)
        edit.setDisplayFormat("yyyy-MM-dd HH:mm")
        edit.setCalendarPopup(True)
        edit.setAccessibleName("时间（北京时间）")
        return edit

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.keep, cancel = QPushButton("记下"), QPushButton("取消")
        self.keep.setObjectName("primary")
        self.keep.setDefault(True)
        cancel.setAutoDefault(False)
        self.keep.clicked.connect(self._keep)
        cancel.clicked.connect(self.reject)
        row.addWidget(self.keep)
        row.addWidget(cancel)
        return row

    def at(self) -> datetime:
        """The time entered."""
        return datetime.fromtimestamp(self.time.dateTime().toSecsSinceEpoch(), BEIJING)

    def _keep(self) -> None:
        if said := self._note(self.at(), self.inputs.values()):
            self.problem.setText(said)
            self.problem.show()
            self.adjustSize()
            return
        self.accept()
