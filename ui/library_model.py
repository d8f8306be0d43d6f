"""The list of cases as a table: rows come a page at a time, beside the window, and only where looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRunnable,
    Qt,
    QThreadPool,
    Signal,
)
from PySide6.QtGui import QBrush, QColor

from ui.style import COLOURS, GREY
from wizard.files import FileProblem
from wizard.masking import masked_name, masked_within

if TYPE_CHECKING:
    from wizard.library.cases import Cases
    from wizard.library.records import CaseRow, Query

PAGE = 200
COLUMNS = ("状态", "主体", "小程序", "省份", "负责人", "截止", "标签", "最近修改")
SORTS = ("state", "subject", "program", "province", "", "deadline", "", "updated")
"""By which the columns sort, empty where they do not."""
SIGNS = {
    "filling": "○",
    "waiting": "◇",
    "ready": "◆",
    "preliminary_review": "◐",
    "sms_verification": "◐",
    "administration_review": "◑",
    "rejected": "×",
    "filed": "✓",
    "stopped": "■",
}
_TONES = {"rejected": "error", "waiting": "warning", "filed": "ok"}
_Index = QModelIndex | QPersistentModelIndex


class _Task(QRunnable):
    def __init__(self, work: Callable[[], Any], back: Callable[[Any], None]) -> None:
        super().__init__()
        self._work, self._back = work, back

    def run(self) -> None:
        try:
            result: Any = self._work()
        except FileProblem as problem:
            result = problem
        try:
            self._back(result)
        except RuntimeError:
            return  # the window was closed meanwhile


class LibraryModel(QAbstractTableModel):
    """Rows of `query`. They hold no numbers; names of people are covered unless `reveal` is asked for."""

    counted = Signal(int)
    failed = Signal(str)
    _found = Signal(int, int, object)

    def __init__(self, cases: Callable[[], Cases | None], query: Query, parent: QObject) -> None:
        super().__init__(parent)
        self._cases, self.query = cases, query
        self._count, self._asking = 0, 0
        self._pages: dict[int, Sequence[CaseRow]] = {}
        self._wanted: set[int] = set()
        self._open = False
        self.today = date.min
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._found.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def ask(self, query: Query) -> None:
        """Show another query; what was asked before and is still on its way is dropped."""
        self.query = query
        self.reload()

    def reload(self) -> None:
        """Ask again."""
        self._asking += 1
        self._wanted = set()
        self._fetch(0, count=True)

    def reveal(self, shown: bool) -> None:
        """Show names in full, or cover them again."""
        self._open = shown
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(COLUMNS) - 1))

    def _fetch(self, page: int, count: bool = False) -> None:
        cases, query, asking = self._cases(), self.query, self._asking
        if cases is None or page in self._wanted:
            return
        self._wanted.add(page)

        def work() -> tuple[int, Sequence[CaseRow]]:
            rows = cases.rows(query, PAGE, page * PAGE)
            return (cases.count(query) if count else -1), rows

        self._pool.start(_Task(work, lambda result: self._found.emit(asking, page, result)))

    def _arrived(self, asking: int, page: int, result: Any) -> None:
        if asking != self._asking:
            return
        if isinstance(result, FileProblem):
            self.failed.emit(str(result))
            return
        count, rows = result
        if count >= 0:
            self.beginResetModel()
            self._count, self._pages = count, {page: rows}
            self.endResetModel()
            self.counted.emit(count)
            return
        self._pages[page] = rows
        first, last = page * PAGE, min(self._count, (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def row(self, number: int) -> CaseRow | None:
        """The case in a line of the table, None where it is still on its way."""
        page = self._pages.get(number // PAGE)
        if page is None:
            self._fetch(number // PAGE)
            return None
        return page[number % PAGE] if number % PAGE < len(page) else None

    def line_of(self, case: int) -> int:
        """In which line a case stands, among those that are there; -1 where it is not."""
        for page, rows in self._pages.items():
            for number, row in enumerate(rows):
                if row.id == case:
                    return page * PAGE + number
        return -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt calls it so
        """How many cases there are."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:  # noqa: N802
        """The heading of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell, its words for readers of screens, or its colour."""
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ForegroundRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        row = self.row(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == 1 else None
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, index.column())
        return self._text(row, index.column())

    def _colour(self, row: CaseRow, column: int) -> QBrush | None:
        if column == 0:
            return QBrush(QColor(COLOURS.get(_TONES.get(row.state, ""), GREY)))
        if column == 5 and row.deadline and row.deadline < self.today:
            return QBrush(QColor(COLOURS["error"]))
        return None

    def _text(self, row: CaseRow, column: int) -> str:
        match column:
            case 0:
                return f"{SIGNS.get(row.state, '○')} {row.state_word}"
            case 1:
                return self._name(row, row.subject) or "（主体未填）"
            case 2:
                return masked_within(row.program)
            case 3:
                return row.province
            case 4:
                return "、".join(map(self._person, row.people.split("、")))
            case 5:
                late = "已过 " if row.deadline and row.deadline < self.today else ""
                return f"{late}{row.deadline.isoformat()}" if row.deadline else ""
            case 6:
                return "、".join(row.tags)
            case _:
                return f"{row.updated:%Y-%m-%d %H:%M}"

    def _person(self, name: str) -> str:
        return name if self._open else masked_name(name)

    def _name(self, row: CaseRow, name: str) -> str:
        """The name of a subject; that of a person is covered."""
        return self._person(name) if name in row.people.split("、") else masked_within(name)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, where it can be sorted by."""
        if SORTS[column]:
            down = order == Qt.SortOrder.DescendingOrder
            self.ask(replace(self.query, sort=SORTS[column], descending=down))  # type: ignore[arg-type]

    def wait(self) -> None:
        """Let what is under way end (when the window closes)."""
        self._pool.waitForDone()
