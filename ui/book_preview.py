"""All rows of a workbook before they are taken in, what was found in the one looked at, and how to go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui.book_columns import said
from ui.book_rows import COLUMNS, SHOWN, BookRows
from wizard.finding import SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wizard.batch.book_reader import Judged
    from wizard.finding import Finding

_WIDTHS = (120, 420, 240, 60, 60, 60)


class BookPreview(QWidget):
    """`looked_at` tells the number of a row to fetch, `again` that the rows have to be judged anew."""

    looked_at = Signal(int)
    again = Signal()
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._judged: Judged | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._top())
        self.fault = QLabel()
        self.fault.setObjectName("problem")
        self.fault.setWordWrap(True)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.fault)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        self.model = BookRows(self)
        self.table = _Rows()
        self.table.setModel(self.model)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._look())
        self.found = QListWidget()
        self.found.setAccessibleName("这一行查出的问题")
        self.found.setWordWrap(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setResizeMode(QListWidget.ResizeMode.Adjust)
        parts.addWidget(self.table)
        parts.addWidget(self.found)
        parts.setStretchFactor(0, 3)
        parts.setStretchFactor(1, 2)
        column.addWidget(parts, 1)
        self.leave_out = QCheckBox()
        self.update_ = QCheckBox()
        self.leave_out.clicked.connect(lambda _: self.again.emit())
        self.update_.clicked.connect(lambda _: self.changed.emit())
        column.addWidget(self.leave_out)
        column.addWidget(self.update_)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        self.shown = QComboBox()
        self.shown.addItems(list(SHOWN))
        self.shown.setAccessibleName("只看哪些行")
        self.shown.activated.connect(lambda _: self._filter())
        label = QLabel("只看(&V)")
        label.setBuddy(self.shown)
        row.addWidget(self.counts, 1)
        row.addWidget(label)
        row.addWidget(self.shown)
        return row

    def show_judged(self, judged: Judged) -> None:
        """Show the rows."""
        from wizard.batch.fate import STATES

        self._judged = judged
        counts = judged.counts
        told = [f"{word} {counts[state]:,} 行" for state, word in STATES.items() if counts[state]]
        faulty = sum(seen.counts[0] > 0 for seen in judged.rows)
        self.fault.setText("；".join(fault.message for fault in judged.faults))
        self.fault.setVisible(bool(judged.faults))
        errors = f"；自检有错误的 {faulty:,} 行，照样可以导入，导入后再改" if faulty else ""
        self.counts.setText(f"共 {len(judged.rows):,} 行：{'，'.join(told) or '没有内容'}{errors}。")
        self.leave_out.setText("没读入的格子留空，其余照样导入")
        self.leave_out.setVisible(bool(counts["faulty"] or judged.faults) or self.leave_out.isChecked())
        self.update_.setText(f"已有而内容不同的 {counts['changed']:,} 个，用表格里的内容更新")
        self.update_.setVisible(bool(counts["changed"]))
        if counts["faulty"]:
            self.shown.setCurrentText("有格子没读入")
        self._filter()

    def _filter(self) -> None:
        if self._judged is None:
            return
        self.model.show_rows(self._judged.rows, self.shown.currentText())
        self.found.clear()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _look(self) -> None:
        seen = self.model.row(self.table.currentIndex().row())
        if seen is not None:
            self.looked_at.emit(seen.number)

    def current(self) -> int:
        """The number of the row that is looked at, -1 where there is none."""
        seen = self.model.row(self.table.currentIndex().row())
        return -1 if seen is None else seen.number

    def show_found(self, number: int, found: Sequence[Finding]) -> None:
        """Show what was found in a row, unless another is looked at by now."""
        if number != self.current():
            self._look()
            return
        self.found.clear()
        for one in sorted(found, key=lambda one: SEVERITIES.index(one.severity)):
            self.found.addItem(said(one.severity, one.message, one.fix))
        if not found:
            self.found.addItem("✓ 没有查出问题")

    def coming(self) -> tuple[int, int]:
        """How many filings would come in new, and how many that are there already would be updated."""
        if self._judged is None:
            return 0, 0
        counts = self._judged.counts
        return counts["new"], counts["changed"] if self.update_.isChecked() else 0

    def blocked(self) -> str:
        """What keeps everything out, empty where nothing does."""
        if self._judged is None or self.leave_out.isChecked():
            return ""
        if self._judged.faults:
            return "有一栏出现了两列，内容不同"
        faulty = self._judged.counts["faulty"]
        return f"有 {faulty:,} 行有格子没读入" if faulty else ""


class _Rows(QTableView):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("表格的每一行")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(30)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def setModel(self, model: BookRows) -> None:  # type: ignore[override]  # noqa: N802
        """Take the model, and give its columns their widths."""
        super().setModel(model)
        for number in range(len(COLUMNS)):
            self.horizontalHeader().resizeSection(number, _WIDTHS[number])
        self.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)


class Where(QWidget):
    """Where what comes in goes to: the library, or a folder of drafts that can be changed."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.text = QLabel()
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.change = QPushButton("换个文件夹(&F)")
        self.change.setAutoDefault(True)
        self.change.clicked.connect(lambda _: self.wanted.emit())
        row.addWidget(self.text, 1)
        row.addWidget(self.change)

    def tell(self, text: str, fixed: bool) -> None:
        """Say where."""
        self.text.setText(text)
        self.change.setVisible(not fixed)
