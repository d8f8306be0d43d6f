"""Which column of a workbook is read as what: guessed, shown, and changed by the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.style import COLOURS, MARKS
from wizard.finding import SEVERITY_WORDS
from wizard.masking import masked, masked_name, masked_within

if TYPE_CHECKING:
    from wizard.batch.book_reader import ColumnSeen, Facts
    from wizard.fields import Field

NOTHING = "不读入"
_HEADS = ("位置", "表头", "读入为", "把握", "里面是（例）")
_BY_HAND = "您选的"


class BookColumns(QWidget):
    """`changed` tells that a column is to be read as something else."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        from wizard.intake.workbook.headings import importable

        self._fields: Mapping[str, Field] = importable()
        self._columns: Sequence[ColumnSeen] = ()
        self.agreed: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.lead = QLabel()
        self.lead.setObjectName("lead")
        self.lead.setWordWrap(True)
        self.lead.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.lead)
        self.tree = _Columns()
        self.tree.currentItemChanged.connect(lambda *_: self._at())
        self.tree.wanted.connect(self._into_choice)
        column.addWidget(self.tree, 3)
        column.addLayout(self._choice())
        self.notices = QListWidget()
        self.notices.setAccessibleName("这份表格要留意的地方")
        self.notices.setWordWrap(True)
        self.notices.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.notices.setResizeMode(QListWidget.ResizeMode.Adjust)
        column.addWidget(self.notices, 1)

    def _choice(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.asked = QLabel()
        self.asked.setTextFormat(Qt.TextFormat.PlainText)
        self.combo = _Choice()
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.addItem(NOTHING, "")
        for name, field in self._fields.items():
            self.combo.addItem(field.heading, name)
        completer = self.combo.completer()
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self.combo.setMinimumWidth(320)
        self.combo.setAccessibleName("这一列读入为")
        self.combo.activated.connect(lambda _: self._choose())
        self.asked.setBuddy(self.combo)
        row.addWidget(self.asked)
        row.addWidget(self.combo)
        row.addStretch(1)
        return row

    def show_facts(self, facts: Facts, agreed: Mapping[str, str]) -> None:
        """Show the columns of a book, and what was noticed in it."""
        self._columns, self.agreed = facts.columns, dict(agreed)
        self.tree.clear()
        self.tree.addTopLevelItems([QTreeWidgetItem() for _ in facts.columns])
        self._write()
        self.notices.clear()
        for notice in facts.notices:
            fix = notice.fix.replace("用对应关系文件", "在上面的“读入为”里")
            self.notices.addItem(said(notice.severity, notice.message, fix))
        self.notices.setVisible(bool(facts.notices))
        read = sum(bool(self.field_of(column)) for column in facts.columns)
        lead = f"{facts.rows:,} 行，{len(facts.columns)} 列，读入 {read} 列。"
        told = "没有认出表头，还没有读入。下面逐列选“读入为”，至少两列。" if facts.problem else lead
        self.lead.setText(f"{told}按 F2 改选中的那一列；改过的下次遇到同样的表头照用。")
        if facts.columns:
            self.tree.setCurrentItem(self.tree.topLevelItem(self._first_doubt()))

    def _first_doubt(self) -> int:
        doubts = (n for n, one in enumerate(self._columns) if one.confidence in ("proposed", "likely"))
        return next(doubts, 0)

    def field_of(self, column: ColumnSeen) -> str:
        """The field a column is read as; empty for none."""
        if column.name in self.agreed:
            return self.agreed[column.name]
        return column.field if column.confidence in ("exact", "sure", "likely") else ""

    def _write(self) -> None:
        from wizard.intake.workbook.headings import CONFIDENCE_WORDS

        for number, column in enumerate(self._columns):
            field = self.field_of(column)
            known = self._fields.get(field)
            sure = _BY_HAND if column.name in self.agreed else CONFIDENCE_WORDS[column.confidence]  # type: ignore[index]
            if column.confidence == "proposed" and column.name not in self.agreed:
                sure = f"可能是“{self._fields[column.field].heading}”，没有采用"
            sign = MARKS["ok"] if known else "—"
            item = self.tree.topLevelItem(number)
            texts = (column.place, column.heading, f"{sign} {known.heading if known else NOTHING}", sure)
            for place, text in enumerate((*texts, "、".join(covered(one, known) for one in column.examples))):
                item.setText(place, text)
            tone = "ok" if column.confidence in ("exact", "sure") or column.name in self.agreed else "warning"
            item.setForeground(3, QBrush(QColor(COLOURS[tone if known else "note"])))

    def _at(self) -> None:
        column = self._current()
        if column is None:
            return
        self.asked.setText(f"“{masked_within(column.heading[:24])}”读入为(&R)")
        self.combo.setCurrentIndex(max(0, self.combo.findData(self.field_of(column))))

    def _current(self) -> ColumnSeen | None:
        number = self.tree.indexOfTopLevelItem(self.tree.currentItem()) if self.tree.currentItem() else -1
        return self._columns[number] if 0 <= number < len(self._columns) else None

    def _into_choice(self) -> None:
        self.combo.setFocus(Qt.FocusReason.ShortcutFocusReason)
        edit = self.combo.lineEdit()
        if edit is not None:
            edit.selectAll()

    def _choose(self) -> None:
        """Take what was chosen, and go on in the list."""
        column = self._current()
        if column is None:
            return
        field = str(self.combo.currentData() or "")
        if field != self.field_of(column):
            self.agreed[column.name] = field
            self._write()
            self.changed.emit()
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def names(self) -> list[str]:
        """What the columns are called, for keeping what they are read as."""
        return [f"{column.sheet}\t{column.name}" for column in self._columns]


class _Choice(QComboBox):
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, and goes no further: a dialog would take it as its button."""
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class _Columns(QTreeWidget):
    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("表格的每一列")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHeaderLabels(list(_HEADS))
        fit = QHeaderView.ResizeMode
        for number, how in enumerate(
            (fit.ResizeToContents, fit.Interactive, fit.Interactive, fit.Interactive)
        ):
            self.header().setSectionResizeMode(number, how)
        for number, width in ((1, 170), (2, 230), (3, 150)):
            self.header().resizeSection(number, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Enter go to the choice of the column."""
        if event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        """A double click too."""
        self.wanted.emit()


def covered(text: str, field: Field | None) -> str:
    """An example from a cell with what is private covered: a list of clients stands open on a screen."""
    if field is not None and field.id.endswith(("principal.name", "contact.name", "legal_person_name")):
        return masked_name(text)
    return masked(text) if field is not None and field.ask.private else masked_within(text)


def said(severity: str, message: str, fix: str) -> str:
    """A finding on a line."""
    word = SEVERITY_WORDS[severity]  # type: ignore[index]
    return f"{MARKS[severity]} {word}　{masked_within(message)}" + (f"　{fix}" if fix else "")
