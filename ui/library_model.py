"""The list of cases as a table: rows come a page at a time, beside the window, where they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QBrush, QColor

from ui.latest import Latest
from ui.style import COLOURS, GREY
from wizard.masking import masked_name, masked_within

if TYPE_CHECKING:
    from wizard.library.library import Library
    from wizard.library.records import CaseRow, Query

PAGE = 200
MOMENT = 150
"""Milliseconds without another question after which the ids of all cases are asked for."""
KEPT = 20
"""Pages of rows held at a time."""
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


class LibraryModel(QAbstractTableModel):
    """Cases of `query`: all their ids, and rows only of those that are looked at.

    Rows hold no numbers; names of people are covered unless `reveal` is asked for.
    """

    counted = Signal(int)
    began = Signal(int)
    """The first rows of a query are shown: how many (`counted` tells how many there are in all)."""

    def __init__(self, library: Callable[[], Library | None], query: Query, parent: QObject) -> None:
        super().__init__(parent)
        self._library, self.query = library, query
        self.asking = Latest(self)
        self._later = QTimer(self, singleShot=True, interval=MOMENT)
        self._later.timeout.connect(self._ask_all)
        self._ids: Sequence[int] = ()
        self._rows: dict[int, dict[int, CaseRow]] = {}
        self._open = self._warm = False
        self._shown: Query | None = None
        self.today = date.min

    @property
    def behind(self) -> bool:
        """Whether what is shown is not yet what was asked for last."""
        return self._shown is not self.query

    def ask(self, query: Query) -> None:
        """Show another query; what was asked before and is still on its way is dropped."""
        self.query = query
        self.reload()

    def reload(self) -> None:
        """Ask again: for the first rows, which are shown at once, then for the ids of all.

        The second takes longer: it waits until no key came for a moment, and ends when one comes.
        """
        self._later.stop()
        query, stale = self.query, self.asking.stale
        self.beside(
            "query",
            lambda library: library.cases.rows(query, PAGE, cancelled=stale),
            lambda rows: self._began(query, rows),
        )

    def beside(
        self,
        kind: str,
        question: Callable[[Library], Any],
        told: Callable[[Any], None],
        *,
        idle: bool = False,
    ) -> None:
        """Ask the library something beside the window, if it is open (see `Latest.ask`)."""
        library = self._library()
        if library is not None:
            self.asking.ask(kind, lambda: question(library), told, idle=idle)

    def _began(self, query: Query, rows: Sequence[CaseRow]) -> None:
        self._shown = query
        self._be([row.id for row in rows], {0: {row.id: row for row in rows}})
        self.began.emit(len(rows))
        if len(rows) < PAGE:
            self.counted.emit(len(rows))
        else:
            self._later.start()
        if not self._warm:
            self._warm, stale = True, self.asking.stale
            self.beside("warm", lambda library: library.cases.warm(stale), lambda _: None, idle=True)

    def _ask_all(self) -> None:
        query, stale = self.query, self.asking.stale
        self.beside(
            "all",
            lambda library: library.cases.ids(query, stale),
            lambda ids: self._all(query, ids),
            idle=True,
        )

    def _all(self, query: Query, ids: Sequence[int]) -> None:
        if query is not self._shown:
            return
        known = len(self._ids)
        if list(ids[:known]) != list(self._ids):  # somebody saved in between
            self._be(ids, {})
        elif len(ids) > known:
            self.beginInsertRows(QModelIndex(), known, len(ids) - 1)
            self._ids = ids
            self.endInsertRows()
        self.counted.emit(len(ids))

    def _be(self, ids: Sequence[int], rows: dict[int, dict[int, CaseRow]]) -> None:
        self.beginResetModel()
        self._ids, self._rows = ids, rows
        self.endResetModel()

    def _fetch(self, page: int) -> None:
        ids = self._ids
        wanted = ids[page * PAGE : (page + 1) * PAGE]

        def told(rows: Sequence[CaseRow]) -> None:
            if ids is self._ids:
                self._keep(page, {row.id: row for row in rows})

        # two pages may be in sight at once: one takes not the other's place in the queue
        self.beside(f"rows {page % 2}", lambda library: library.cases.rows_of(wanted), told)

    def _keep(self, page: int, rows: dict[int, CaseRow]) -> None:
        """Keep a page of rows, and let go of those that came longest ago."""
        self._rows[page] = rows
        for oldest in list(self._rows)[:-KEPT]:
            del self._rows[oldest]
        first, last = page * PAGE, min(len(self._ids), (page + 1) * PAGE) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(COLUMNS) - 1))

    def reveal(self, shown: bool) -> None:
        """Show names in full, or cover them again."""
        self._open = shown
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(COLUMNS) - 1))

    def row(self, number: int) -> CaseRow | None:
        """The case in a line of the table, None where it is still on its way."""
        page = number // PAGE
        if page not in self._rows:
            self._fetch(page)
            return None
        return self._rows[page].get(self._ids[number])

    def ids(self, lines: Iterable[int]) -> list[int]:
        """The ids of the cases in these lines, whether their rows are there or not."""
        return [self._ids[line] for line in lines if 0 <= line < len(self._ids)]

    def lines_of(self, cases: set[int]) -> list[int]:
        """In which lines these cases stand; those that are not shown are left out."""
        return [line for line, case in enumerate(self._ids) if case in cases] if cases else []

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt calls it so
        """How many cases there are."""
        return 0 if parent.isValid() else len(self._ids)

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
