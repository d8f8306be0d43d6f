"""期限一览: all open filings by their next date, with the way into each and out to a calendar."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from ui.dialog_parts import sized
from ui.jobs import Job, Work
from ui.list_dialog import ListDialog
from ui.overview import Filed
from ui.style import COLOURS

HEADS = ("期限", "还剩", "等什么", "小程序", "状态", "在哪里")
_SCOPES = (("全部", None), ("已过", -1), ("3 天内", 3), ("7 天内", 7), ("30 天内", 30))
_NONE = "没有在办的备案。提交以后在“办理进度”（Ctrl+J）里记一笔，期限就会列在这里。"


class OverviewDialog(ListDialog):
    """`chosen` is the filing to open. What is listed is gathered beside the window."""

    chosen = Signal(object)
    calendar_wanted = Signal(object)

    def __init__(self, work: Work, today: date, parent: QWidget) -> None:
        super().__init__("期限一览", HEADS, parent, stretched=(3,))
        self._today, self._all, self.shown = today, (), ()
        sized(self, 980, 520)
        self.say("正在读取…")
        self.column.insertLayout(1, self._filter())
        self.open_button = self.button("打开", self._open, primary=True)
        self.calendar = self.button("导出日历文件…", lambda: self.calendar_wanted.emit(self.shown))
        self.tree.itemActivated.connect(lambda *_: self._open())
        self.job = Job(work, self)
        self.job.done.connect(self.show_filings)
        self.job.failed.connect(lambda problem: self.say(str(problem)))
        self.job.start()

    def _filter(self) -> QHBoxLayout:
        row = QHBoxLayout()
        label = QLabel("看哪些(&W)")
        self.scope = QComboBox()
        for words, days in _SCOPES:
            self.scope.addItem(words, days)
        self.scope.setAccessibleName("看哪些")
        label.setBuddy(self.scope)
        self.scope.activated.connect(lambda _: self._refill())
        row.addWidget(label)
        row.addWidget(self.scope)
        row.addStretch(1)
        return row

    def show_filings(self, found: Sequence[Filed]) -> None:
        """What was gathered has come."""
        self._all = tuple(found)
        self._refill()
        self.tree.setFocus()

    def _refill(self) -> None:
        days = self.scope.currentData()
        self.shown = tuple(one for one in self._all if _within(one, self._today, days))
        self.fill([_row(one, self._today) for one in self.shown])
        for number, one in enumerate(self.shown):
            if one.days(self._today) < 0:
                self.tree.topLevelItem(number).setForeground(1, QBrush(QColor(COLOURS["error"])))
        some = f"{len(self.shown)} 个备案，近的在前；回车打开。" if self.shown else _NONE
        self.say("没有这样的备案" if self._all and not self.shown else some)
        self.open_button.setEnabled(bool(self.shown))
        self.calendar.setEnabled(bool(self.shown))

    def _open(self) -> None:
        numbers = self.numbers()
        if numbers:
            self.chosen.emit(self.shown[numbers[0]])
            self.accept()

    def done(self, result: int) -> None:
        """The reading is stopped with the dialog."""
        self.job.cancel()
        self.job.wait()
        super().done(result)


def _within(one: Filed, today: date, days: Any) -> bool:
    left = one.days(today)
    return days is None or (left < 0 if days < 0 else left <= days)


def _row(one: Filed, today: date) -> tuple[str, ...]:
    where = "客户库" if one.case else one.place.name
    if one.next is None:
        return "—", "▲ 等你办", "改好再提交", one.name, one.state, where
    days = one.days(today)
    left = "▲ 今天" if days == 0 else f"{days} 天" if days > 0 else f"× 已过 {-days} 天"
    return one.next.span, left, one.next.title, one.name, one.state, where
