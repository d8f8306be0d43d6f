"""A dialog that is a list with a line above it and buttons below: backups, what was done, what is due."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
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

from ui.lock import OF_THE_LIBRARY


class ListDialog(QDialog):
    """`fill` shows lines, `number` is the one chosen, `say` changes the line above."""

    def __init__(
        self, title: str, heads: Sequence[str], parent: QWidget, stretched: int | tuple[int, ...] = 0
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setProperty(OF_THE_LIBRARY, True)  # noqa: FBT003 - Qt takes no names
        self.resize(860, 480)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 18)
        self.column.setSpacing(10)
        self.lead = QLabel()
        self.lead.setObjectName("lead")
        self.lead.setWordWrap(True)
        self.lead.setTextFormat(Qt.TextFormat.PlainText)
        self.column.addWidget(self.lead)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(title)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setHeaderLabels(list(heads))
        self.tree.header().setStretchLastSection(False)
        wide = stretched if isinstance(stretched, tuple) else (stretched,)
        for number in range(len(heads)):
            fit = QHeaderView.ResizeMode
            self.tree.header().setSectionResizeMode(
                number, fit.Stretch if number in wide else fit.ResizeToContents
            )
        self.column.addWidget(self.tree, 1)
        self._row = QHBoxLayout()
        self._row.addStretch(1)
        self.close_button = QPushButton("关闭")
        self.close_button.setAutoDefault(False)
        self.close_button.clicked.connect(self.reject)
        self._row.addWidget(self.close_button)
        self.column.addLayout(self._row)

    def button(self, words: str, act: Callable[[], None], primary: bool = False) -> QPushButton:
        """Add a button at the left of those below the list."""
        button = QPushButton(words)
        button.setObjectName("primary" if primary else "")
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: act())
        self._row.insertWidget(self._row.count() - 2, button)
        return button

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
