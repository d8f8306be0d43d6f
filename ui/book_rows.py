"""The rows of a workbook before they are taken in: a table of thousands, each with what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from ui.style import COLOURS, MARKS

if TYPE_CHECKING:
    from wizard.batch.book_reader import Seen

COLUMNS = ("行", "主体 · 小程序", "导入时", "错误", "提醒", "说明")
SHOWN = {
    "全部": lambda seen: True,
    "有错误": lambda seen: seen.counts[0] > 0,
    "有格子没读入": lambda seen: seen.state == "faulty",
    "新增": lambda seen: seen.state == "new",
    "已有（内容不同）": lambda seen: seen.state == "changed",
    "已有（内容一样）": lambda seen: seen.state == "known",
    "重复": lambda seen: seen.state == "twice",
}
_TONES = {"new": "ok", "faulty": "error", "twice": "warning", "changed": "warning"}
_SIGNS = {"new": "＋", "changed": "≠", "known": "＝", "twice": "‖"}
_Index = QModelIndex | QPersistentModelIndex


class BookRows(QAbstractTableModel):
    """Rows of the preview as they were judged; a filter leaves some out."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: Sequence[Seen] = ()
        self._rows: Sequence[Seen] = ()

    def show_rows(self, rows: Sequence[Seen], shown: str = "全部") -> None:
        """Show those of `rows` that the filter `shown` lets through."""
        self.beginResetModel()
        self._all = rows
        self._rows = rows if shown == "全部" else [row for row in rows if SHOWN[shown](row)]
        self.endResetModel()

    def row(self, number: int) -> Seen | None:
        """What stands in a line of the table."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt calls it so
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """The heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, or its colour."""
        seen = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(seen, index.column())
        if role == Qt.ItemDataRole.ForegroundRole:
            tone = _TONES.get(seen.state, "note") if index.column() == 2 else ""
            tone = "error" if index.column() == 3 and seen.counts[0] else tone
            return QBrush(QColor(COLOURS[tone])) if tone else None
        return None

    def _text(self, seen: Seen, column: int) -> str:
        if column == 0:
            return f"{seen.sheet} {seen.row}".strip()
        if column == 1:
            return seen.called
        if column == 2:
            return fate_in_words(seen)
        return str(seen.counts[column - 3] or "")


def fate_in_words(seen: Seen) -> str:
    """What becomes of a row."""
    from wizard.batch.fate import STATES

    sign = MARKS["error"] if seen.state == "faulty" else _SIGNS[seen.state]
    more = {"changed": f"（{seen.changed} 栏）", "twice": f"（同{seen.said}）"}.get(seen.state, "")
    word = "已有（内容一样）" if seen.state == "known" else STATES[seen.state]
    return f"{sign} {word}{more}"
