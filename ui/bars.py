"""A chart of horizontal bars, with what each stands for and its number: to be read without its colours."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import ACCENT, GREY, INK, WASH
from wizard.tracking.charts import Bar

_STEP, _BAR, _GAP = 28, 14, 10
_LABELS = 0.34
"""The share of the width that what the bars stand for may take."""


class Bars(QWidget):
    """Shows `bars`; the longest fills the room."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, title: str, bars: Sequence[Bar]) -> None:
        """Draw these; `title` names the chart for readers of screens."""
        self._bars = bars
        self.setAccessibleName(title)
        self.setAccessibleDescription("；".join(f"{bar.title}：{bar.said}" for bar in bars))
        self.setFixedHeight(max(1, _STEP * len(bars)))
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its bars."""
        return QSize(480, _STEP * len(self._bars))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what each bar stands for, the bar, and its number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetrics(self.font())
        numbers = max((metrics.horizontalAdvance(bar.said) for bar in self._bars), default=0) + _GAP
        labels = min(
            int(self.width() * _LABELS),
            max((metrics.horizontalAdvance(bar.title) for bar in self._bars), default=0) + _GAP,
        )
        room = max(20, self.width() - labels - numbers - _GAP)
        longest = max((bar.value for bar in self._bars), default=0) or 1
        for place, bar in enumerate(self._bars):
            top = place * _STEP
            words = metrics.elidedText(bar.title, Qt.TextElideMode.ElideRight, labels - _GAP)
            painter.setPen(QColor(GREY))
            painter.drawText(QRect(0, top, labels, _STEP), Qt.AlignmentFlag.AlignVCenter, words)
            whole = QRect(labels, top + (_STEP - _BAR) // 2, room, _BAR)
            painter.fillRect(whole, QColor(WASH))
            if bar.value:
                whole.setWidth(max(2, round(room * bar.value / longest)))
                painter.fillRect(whole, QColor(ACCENT))
            painter.setPen(QColor(INK))
            beside = QRect(labels + room + _GAP, top, numbers, _STEP)
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, bar.said)
        painter.end()
