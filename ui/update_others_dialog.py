"""A change to a subject or person that occurs in other cases too: which of them are to have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTreeWidget, QTreeWidgetItem, QWidget

from ui.dialog_parts import answers, as_table, button, framed, text_label
from ui.field_words import label_of, value_of

if TYPE_CHECKING:
    from wizard.library.records import CaseRow

_LEAD = (
    "这些案件里是同一个主体或同一个人，内容和这里刚改的不一样。打勾的改成和这里一样，"
    "原来的内容留在各自的修改记录里。"
)
Others = Sequence[tuple["CaseRow", Mapping[str, tuple[Any, Any]]]]


class UpdateOthersDialog(QDialog):
    """A line for each other case, ticked; below it what would change."""

    def __init__(self, role: str, others: Others, parent: QWidget) -> None:
        super().__init__(parent)
        self._others = others
        column = framed(self, "一起更新其他案件", 820, 460)
        column.addWidget(text_label(_LEAD))
        self.tree = as_table(QTreeWidget(), "其他案件", ("案件", "现在", "改成"), (1, 2))
        self.tree.setRootIsDecorated(True)
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
        update = button("更新打勾的案件", self.accept, primary=True)
        column.addLayout(answers(update, button("不更新", self.reject)))

    def chosen(self) -> tuple[int, ...]:
        """The cases that are ticked."""
        items = (self.tree.topLevelItem(number) for number in range(self.tree.topLevelItemCount()))
        pairs = zip(items, self._others, strict=True)
        return tuple(row.id for item, (row, _) in pairs if item.checkState(0) == Qt.CheckState.Checked)
