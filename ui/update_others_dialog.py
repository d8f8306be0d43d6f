"""A change to a subject or person that occurs in other cases too: which of them are to have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.field_words import label_of, value_of
from ui.lock import OF_THE_LIBRARY

if TYPE_CHECKING:
    from wizard.library.records import CaseRow

Others = Sequence[tuple["CaseRow", Mapping[str, tuple[Any, Any]]]]


class UpdateOthersDialog(QDialog):
    """A line for each other case, ticked; below it what would change."""

    def __init__(self, role: str, others: Others, parent: QWidget) -> None:
        super().__init__(parent)
        self._others = others
        self.setWindowTitle("一起更新其他案件")
        self.setProperty(OF_THE_LIBRARY, True)  # noqa: FBT003 - Qt takes no names
        self.resize(820, 460)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        lead = QLabel(
            "这些案件里是同一个主体或同一个人，内容和这里刚改的不一样。打勾的改成和这里一样，原来的内容留在各自的修改记录里。"
        )
        lead.setObjectName("lead")
        lead.setWordWrap(True)
        column.addWidget(lead)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("其他案件")
        self.tree.setHeaderLabels(["案件", "现在", "改成"])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for row, differing in others:
            item = QTreeWidgetItem([f"{row.program or row.subject or '未命名'}（{row.state_word}）"])
            item.setCheckState(0, Qt.CheckState.Checked)
            for name, (mine, theirs) in differing.items():
                field = f"{role}.{name}"
                words = [label_of(field), value_of(field, theirs), value_of(field, mine)]
                item.addChild(QTreeWidgetItem(words))
            self.tree.addTopLevelItem(item)
            item.setExpanded(True)
        column.addWidget(self.tree, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        update, leave = QPushButton("更新打勾的案件"), QPushButton("不更新")
        update.setObjectName("primary")
        update.setDefault(True)
        update.clicked.connect(self.accept)
        leave.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(update)
        return row

    def chosen(self) -> tuple[int, ...]:
        """The cases that are ticked."""
        items = (self.tree.topLevelItem(number) for number in range(self.tree.topLevelItemCount()))
        pairs = zip(items, self._others, strict=True)
        return tuple(row.id for item, (row, _) in pairs if item.checkState(0) == Qt.CheckState.Checked)
