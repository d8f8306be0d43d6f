"""A case that was changed elsewhere: both versions by field, and the person says which to keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QWidget

from ui.dialog_parts import answers, as_table, button, framed, text_label
from ui.field_words import label_of, value_of
from ui.hold_button import HoldButton
from ui.style import MARKS

if TYPE_CHECKING:
    from wizard.library.problems import ChangedElsewhere

MINE, THEIRS = 1, 2
_LEAD = (
    "这个案件在别处也改过，两边都还在，什么都没有覆盖。逐项选要留的一边（点那一格，或用 ← →），"
    "没选中的一边可以在“修改记录”里找回。"
)


class ClashDialog(QDialog):
    """Each line is a field in which the two differ; mine is chosen until the person chooses otherwise."""

    def __init__(self, problem: ChangedElsewhere, parent: QWidget) -> None:
        super().__init__(parent)
        self._fields = dict(problem.fields)
        column = framed(self, "案件在别处也改过", 860, 440)
        column.addWidget(text_label(_LEAD))
        self.tree = as_table(_Fields(), "两边不同的各项", ("哪一栏", "我这里的", "别处的"), (MINE, THEIRS))
        for field in self._fields:
            item = QTreeWidgetItem([label_of(field), "", ""])
            item.setData(0, Qt.ItemDataRole.UserRole, MINE)
            self.tree.addTopLevelItem(item)
        self.tree.itemClicked.connect(self._clicked)
        self.tree.turned.connect(self._turn)
        column.addWidget(self.tree, 1)
        column.addLayout(self._buttons())
        self._write(shown=False)
        if self._fields:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))

    def _buttons(self) -> QHBoxLayout:
        self.all_mine = button("全用我的", lambda: self._all(MINE))
        self.all_theirs = button("全用别处的", lambda: self._all(THEIRS))
        show = HoldButton("按住显示完整内容")
        show.held.connect(self._write)
        keep = button("按选中的保存", self.accept, primary=True)
        return answers(keep, button("先不保存", self.reject), self.all_mine, self.all_theirs, show)

    def _items(self) -> list[tuple[str, QTreeWidgetItem]]:
        return [(field, self.tree.topLevelItem(number)) for number, field in enumerate(self._fields)]

    def _write(self, shown: bool) -> None:
        for field, item in self._items():
            for side in (MINE, THEIRS):
                chosen = item.data(0, Qt.ItemDataRole.UserRole) == side
                text = value_of(field, self._fields[field][side - 1], covered=not shown)
                item.setText(side, f"{MARKS['ok']} {text}" if chosen else f"　 {text}")
                font = item.font(side)
                font.setBold(chosen)
                item.setFont(side, font)

    def _clicked(self, item: QTreeWidgetItem, column: int) -> None:
        if column in (MINE, THEIRS):
            self._choose(item, column)

    def _turn(self, side: int) -> None:
        if item := self.tree.currentItem():
            self._choose(item, side)

    def _choose(self, item: QTreeWidgetItem, side: int) -> None:
        item.setData(0, Qt.ItemDataRole.UserRole, side)
        self._write(shown=False)

    def _all(self, side: int) -> None:
        for _, item in self._items():
            item.setData(0, Qt.ItemDataRole.UserRole, side)
        self._write(shown=False)

    def theirs(self) -> tuple[str, ...]:
        """The fields in which what was changed elsewhere is to stay."""
        return tuple(f for f, item in self._items() if item.data(0, Qt.ItemDataRole.UserRole) == THEIRS)


class _Fields(QTreeWidget):
    turned = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows left and right choose a side."""
        side = {Qt.Key.Key_Left: MINE, Qt.Key.Key_Right: THEIRS}.get(event.key())  # type: ignore[call-overload]
        if side:
            self.turned.emit(side)
        else:
            super().keyPressEvent(event)
