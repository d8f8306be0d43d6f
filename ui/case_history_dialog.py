"""What the fields of a case held before, with the way back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QWidget

from ui.dialog_parts import as_table, button, framed, text_label
from ui.field_words import label_of, value_of
from ui.hold_button import HoldButton
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.library.library import Library
    from wizard.library.records import Change


class CaseHistoryDialog(QDialog):
    """Changes of the fields, the newest first. Restoring is a change too: what is there now is kept."""

    def __init__(self, library: Library, case: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._library, self._case = library, case
        self._changes: list[Change] = []
        column = framed(self, "修改记录", 900, 480)
        self.lead = text_label()
        column.addWidget(self.lead)
        self.tree = as_table(QTreeWidget(), "修改记录", ("时间", "哪一栏", "原来", "改成"), (2, 3))
        column.addWidget(self.tree, 1)
        column.addLayout(self._buttons())
        self._fill()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.restore = button("把这一栏恢复成“原来”", self._restore, primary=True)
        show = HoldButton("按住显示完整内容")
        show.held.connect(self._write)
        row.addWidget(self.restore)
        row.addWidget(show)
        row.addStretch(1)
        row.addWidget(button("关闭", self.reject))
        return row

    def _fill(self) -> None:
        self._changes = self._library.cases.history(self._case)
        self.tree.clear()
        for change in self._changes:
            self.tree.addTopLevelItem(
                QTreeWidgetItem([f"{change.at:%Y-%m-%d %H:%M}", label_of(change.field), "", ""])
            )
        self._write(shown=False)
        if self._changes:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        else:
            self.lead.setText("这个案件存进客户库以后还没有改过。")
        self.restore.setVisible(bool(self._changes))

    def _write(self, shown: bool) -> None:
        for number, change in enumerate(self._changes):
            item = self.tree.topLevelItem(number)
            item.setText(2, value_of(change.field, change.before, covered=not shown))
            item.setText(3, value_of(change.field, change.after, covered=not shown))
        self.lead.setText(
            f"共 {len(self._changes)} 处，最近的在前，5 分钟里连续的修改算一处。恢复也会记下来，还能改回去。"
        )

    def _restore(self) -> None:
        item = self.tree.currentItem()
        if item is None:
            return
        change = self._changes[self.tree.indexOfTopLevelItem(item)]
        try:
            version = self._library.cases.row(self._case).version
            self._library.cases.restore(self._case, change.id, version)
        except FileProblem as problem:
            self.lead.setText(str(problem))
            return
        self._fill()
        self.lead.setText(f"“{label_of(change.field)}”已恢复成原来的内容")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list restores nothing by accident: only the button does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.tree.hasFocus():
            return
        super().keyPressEvent(event)
