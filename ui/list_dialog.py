"""A dialog that is a list with a line above it and buttons below: backups, what was done, what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ui.dialog_parts import as_table, button, framed, text_label


class ListDialog(QDialog):
    """`fill` shows lines, `number` is the one chosen, `say` changes the line above."""

    def __init__(
        self, title: str, heads: Sequence[str], parent: QWidget, stretched: tuple[int, ...] = (0,)
    ) -> None:
        super().__init__(parent)
        self.column = framed(self, title, 860, 480)
        self.lead = text_label()
        self.column.addWidget(self.lead)
        self.tree = as_table(QTreeWidget(), title, heads, stretched)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.column.addWidget(self.tree, 1)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self.close_button = button("关闭", self.reject)
        self._row.addWidget(self.close_button)
        self.column.addLayout(self._row)

    def button(self, text: str, act: Callable[[], None], primary: bool = False) -> QPushButton:
        """Add a button at the left of those below the list."""
        made = button(text, act, primary=primary)
        self._row.insertWidget(self._row.count() - 2, made)
        return made

    def fill(self, lines: Sequence[Sequence[str]]) -> None:
        """Show `lines`; the place in the list stays."""
        now = self.numbers()
        self.tree.clear()
        self.tree.addTopLevelItems([QTreeWidgetItem(list(line)) for line in lines])
        if lines:
            self.tree.setCurrentItem(self.tree.topLevelItem(min(now[0] if now else 0, len(lines) - 1)))

    def numbers(self) -> list[int]:
        """Which lines are chosen."""
        return sorted(self.tree.indexOfTopLevelItem(item) for item in self.tree.selectedItems())

    def say(self, text: str) -> None:
        """Change the line above the list."""
        self.lead.setText(text)
