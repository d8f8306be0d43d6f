"""The list of cases: search as you type, filters, and what can be done with the cases that are chosen."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import clock
from ui.hold_button import HoldButton
from ui.library_acts import LibraryActs
from ui.library_bar import LibraryBar
from ui.library_model import COLUMNS, SORTS, LibraryModel
from ui.library_table import LibraryTable
from ui.page_head import page_column

if TYPE_CHECKING:
    from ui.library_session import LibrarySession
    from wizard.library.library import Library
    from wizard.library.settings import Settings

_WIDTHS = (136, 220, 180, 76, 96, 112, 120, 138)
_EMPTY = {
    "open": "还没有案件。点“新建案件”开始，或打开普通草稿（Ctrl+O）收进来。",
    "archived": "没有归档的案件。",
    "templates": "没有模板。选一个案件，在“更多”里“存为模板”。",
    "bin": "回收站是空的。",
}


class LibraryPage(QWidget):
    """`opened` and `new_wanted` are for the window; `left` goes back to the case."""

    opened = Signal(int)
    new_wanted = Signal()
    batch_wanted = Signal(list, list)
    left = Signal()
    said = Signal(str)
    purged = Signal(list)

    def __init__(self, session: LibrarySession) -> None:
        super().__init__()
        self.session = session
        self.bar = LibraryBar(self._settings, clock.today())
        self.model = LibraryModel(lambda: session.library, self.bar.query(), self)
        self.table = LibraryTable(self.model)
        self.acts = LibraryActs(self)
        self._wanted: set[int] = set()
        self._entered = False
        self._lay_out()
        self._connect()

    def _settings(self) -> Settings:
        assert self.session.library is not None
        return self.session.library.settings

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(0)
        self.counts = page_column(column, "客户库", "")
        column.addWidget(self.bar)
        column.addSpacing(10)
        header = self.table.horizontalHeader()
        for number, width in enumerate(_WIDTHS[: len(COLUMNS)]):
            header.resizeSection(number, width)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setSortIndicator(SORTS.index(self.model.query.sort), Qt.SortOrder.DescendingOrder)
        column.addWidget(self.table, 1)
        self.empty = QLabel()
        self.empty.setObjectName("lead")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.hide()
        column.addWidget(self.empty, 1)
        column.addSpacing(12)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.open_button = QPushButton("打开")
        self.open_button.setObjectName("primary")
        self.new_button = QPushButton("新建案件")
        self.copy_button = QPushButton("复制一份")
        self.put_back_button = QPushButton("放回")
        self.batch_button = QPushButton("批量自检、导出…")
        self.batch_button.setToolTip("Ctrl+B")
        self.more = QPushButton("更多(&M)")
        self.more.setMenu(self.acts.menu)
        self.names = HoldButton("按住显示姓名")
        self.back = QPushButton("回到案件")
        acts = (self.open_button, self.new_button, self.copy_button, self.put_back_button, self.batch_button)
        for button in (*acts, self.more):
            button.setAutoDefault(True)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.names)
        row.addWidget(self.back)
        return row

    def _connect(self) -> None:
        self.bar.changed.connect(self._ask)
        self.bar.kept_changed.connect(self._ask_choices)
        self.bar.search.down.connect(self._into_table)
        self.bar.search.entered.connect(self._open_first)
        self.bar.search.given_up.connect(self.left)
        self.table.activated.connect(lambda _: self.open_chosen())
        self.table.typed.connect(self._typed)
        self.table.left.connect(self.left)
        self.table.deleted.connect(self.acts.bin)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._tell())
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._sorted)
        self.model.began.connect(self._began)
        self.model.counted.connect(self._counted)
        self.model.asking.failed.connect(self.said)
        self.open_button.clicked.connect(self.open_chosen)
        self.new_button.clicked.connect(self.new_wanted)
        self.copy_button.clicked.connect(self.acts.copy)
        self.put_back_button.clicked.connect(self.acts.put_back)
        self.batch_button.clicked.connect(self.ask_for_batch)
        keys = QShortcut(QKeySequence("Ctrl+B"), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.ask_for_batch)
        self.names.held.connect(self.model.reveal)
        self.back.clicked.connect(self.left)

    def refresh(self) -> None:
        """Ask again; what is chosen stays so, where it is still there."""
        self._wanted = set(self.chosen_ids())
        self.bar.today = self.model.today = clock.today()
        self.model.reload()
        self._ask_choices()

    def _ask_choices(self) -> None:
        """Ask what the filters offer; what was asked before a filter was kept is out of date."""
        self._asked = asked = object()

        def told(found: tuple[list[str], list[str], list[str]]) -> None:
            if asked is self._asked:
                self.bar.refill(*found)

        self.model.beside("choices", _choices, told, idle=True)

    def _ask(self) -> None:
        self._wanted, self._entered = set(), False
        self.model.ask(self.bar.query())

    def _sorted(self, column: int, order: Qt.SortOrder) -> None:
        self.model.sort(column, order)
        self.bar.show_order(self.model.query)

    def _began(self, count: int) -> None:
        if (count > 0) != self.table.isVisibleTo(self):
            self.table.setVisible(count > 0)
            self.empty.setVisible(count == 0)
        asked = self.model.query
        filtered = bool(asked.text or asked.states or asked.tags or asked.provinces or asked.due_by)
        self.empty.setText("没有符合的案件。改几个字，或放宽筛选。" if filtered else _EMPTY[self.bar.where])
        if self._entered and not self.model.behind:
            self._entered = False
            if count == 1:
                self._open(self.model.ids([0])[0])
            elif count:
                self._into_table()

    def _counted(self, count: int) -> None:
        model = self.table.selectionModel()
        lines = self.model.lines_of(self._wanted)
        model.select(self._rows_at(lines), QItemSelectionModel.SelectionFlag.Select)
        if len(lines) == 1:
            self.table.setCurrentIndex(self.model.index(lines[0], 0))
        if count and not self.table.currentIndex().isValid():
            model.setCurrentIndex(self.model.index(0, 0), QItemSelectionModel.SelectionFlag.NoUpdate)
        self._tell()

    def _rows_at(self, lines: list[int]) -> QItemSelection:
        """A selection of these lines, which are in order; those beside each other are one piece of it."""
        found, last = QItemSelection(), len(COLUMNS) - 1
        starts = [n for n in range(len(lines)) if not n or lines[n] != lines[n - 1] + 1]
        for start, end in pairwise([*starts, len(lines)]):
            found.select(self.model.index(lines[start], 0), self.model.index(lines[end - 1], last))
        return found

    def _tell(self) -> None:
        chosen, where = sum(map(len, self._pieces())), self.bar.where
        picked = f"，已选 {chosen} 个" if chosen else ""
        self.counts.setText(f"共 {self.model.rowCount()} 个案件{picked}。加密保存在这台电脑上，不联网。")
        self.open_button.setText("用它新建" if where == "templates" else "打开")
        self.open_button.setVisible(where != "bin")
        self.copy_button.setVisible(where in ("open", "archived"))
        self.put_back_button.setVisible(where == "bin")
        self.batch_button.setVisible(where in ("open", "archived"))

    def ask_for_batch(self) -> None:
        """Ask for the chosen cases, and all that the list shows, to be checked or exported at once."""
        if self.bar.where in ("open", "archived"):
            chosen = [line for piece in self._pieces() for line in piece]
            self.batch_wanted.emit(self.model.ids(chosen), self.model.ids(range(self.model.rowCount())))

    def _pieces(self) -> list[range]:
        """The lines that are chosen, as pieces: the model may be asked for each of a hundred thousand."""
        pieces = {(piece.top(), piece.bottom()) for piece in self.table.selectionModel().selection()}
        return [range(top, bottom + 1) for top, bottom in sorted(pieces)]

    def lines(self) -> list[int]:
        """The lines that are chosen; the one the cursor is at where none is."""
        lines = [line for piece in self._pieces() for line in piece]
        return lines or [self.table.currentIndex().row()]

    def chosen_ids(self) -> list[int]:
        """The cases that are chosen, or the one at the cursor, whether their rows have been shown or not."""
        return self.model.ids(self.lines())

    def open_chosen(self) -> None:
        """Open the case at the cursor; of a template, a new case is made."""
        if cases := self.chosen_ids():
            self._open(cases[0])
        else:
            self.said.emit("先在列表里选一个案件")

    def _open(self, case: int) -> None:
        if self.bar.where == "templates":
            self.acts.new_from(case)
        elif self.bar.where == "bin":
            self.said.emit("这个案件在回收站里，先点“放回”再打开")
        else:
            self.opened.emit(case)

    def _open_first(self) -> None:
        self._entered = self.bar.settle() or self.model.behind
        if not self._entered:
            self.open_chosen()

    def _into_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self, text: str) -> None:
        self.bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bar.search.setText(self.bar.search.text() + text)
        self.bar.search.textEdited.emit(self.bar.search.text())

    def focus(self) -> None:
        """Where the person types next: the search."""
        self.bar.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.bar.search.selectAll()


def _choices(library: Library) -> tuple[list[str], list[str], list[str]]:
    """The provinces, tags and kept filters there are."""
    tags = [tag for tag, _ in library.marks.tags()]
    return library.cases.provinces(), tags, list(library.settings.filters())
