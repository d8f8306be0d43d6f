"""Taking a subject or a person over from other cases: who, and which of their answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from ui.dialog_parts import answers, as_table, button, framed, text_label
from ui.field_words import label_of, value_of
from ui.hold_button import HoldButton
from ui.latest import Latest
from wizard.masking import masked_name

if TYPE_CHECKING:
    from wizard.draft import Draft
    from wizard.library.records import Party

_PARTY = Qt.ItemDataRole.UserRole + 1
_FIELD = Qt.ItemDataRole.UserRole + 2


class PartyDialog(QDialog):
    """At the left who was found, at the right what would be filled in; what is empty is ticked."""

    def __init__(self, role: str, draft: Draft, find: Callable[[str], list[Party]], parent: QWidget) -> None:
        super().__init__(parent)
        self._role, self._draft, self._find = role, draft, find
        self._open = self._wanted = False
        self.asking = Latest(self)
        self.asking.failed.connect(self._say)
        column = framed(self, "从客户库填", 940, 480)
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名或名称的几个字，或完整的证件号码")
        self.search.setAccessibleName("查找")
        self.search.textEdited.connect(lambda _: self._look())
        column.addWidget(self.search)
        row = QHBoxLayout()
        self.list = QListWidget()
        self.tree = as_table(QTreeWidget(), "要填的各项", ("哪一栏", "客户库里", "现在填的"), (1, 2))
        self.list.setAccessibleName("找到的主体" if role == "subject" else "找到的人员")
        self.list.currentItemChanged.connect(lambda item, _: self._show(item, anew=True))
        self.list.itemActivated.connect(lambda _: self.accept())
        row.addWidget(self.list, 2)
        row.addWidget(self.tree, 3)
        column.addLayout(row, 1)
        self.told = text_label(
            "打勾的会填进来，并标明“取自客户库”。已经填了别的内容的，要换就自己打勾；填进来以后可以撤销。"
        )
        column.addWidget(self.told)
        column.addLayout(self._buttons())
        self._look()

    def _buttons(self) -> QHBoxLayout:
        show = HoldButton("按住显示完整内容")
        show.held.connect(self._reveal)
        return answers(button("填进来", self.accept, primary=True), button("取消", self.reject), show)

    def _look(self) -> None:
        text = self.search.text().strip()
        self.asking.ask("parties", lambda: self._find(text), self._found)

    def _found(self, parties: list[Party]) -> None:
        self.list.clear()
        for party in parties:
            item = QListWidgetItem()
            item.setData(_PARTY, party)
            self.list.addItem(item)
        self._write()
        self.list.setCurrentRow(0)
        if not self.list.count():
            self._show(None)
        if self._wanted and not self.asking.busy:
            super().accept()

    def accept(self) -> None:
        """Take over what was found; where that is still on its way, once it is there."""
        self._wanted = self.asking.busy
        if not self._wanted:
            super().accept()

    def _say(self, text: str) -> None:
        self.told.setText(text)

    def _reveal(self, shown: bool) -> None:
        self._open = shown
        self._write()
        self._show(self.list.currentItem())

    def _write(self) -> None:
        for number in range(self.list.count()):
            item = self.list.item(number)
            party: Party = item.data(_PARTY)
            person = self._role != "subject" or party.answers.get("type") == "个人"
            name = masked_name(party.name) if person and not self._open else party.name
            item.setText(f"{name or '（没有名字）'}　{party.masked}　{len(party.cases)} 个案件")

    def _show(self, item: QListWidgetItem | None, anew: bool = False) -> None:
        kept = {} if anew else {name: self._ticked(name) for name in self._fields()}
        self.tree.clear()
        party: Party | None = item.data(_PARTY) if item else None
        for name, answer in (party.answers if party else {}).items():
            field = f"{self._role}.{name}"
            now = self._draft.answers.get(field, "")
            if now == answer:
                continue
            cells = [label_of(field).rpartition("·")[2]]
            cells += [value_of(field, held, covered=not self._open) for held in (answer, now)]
            line = QTreeWidgetItem(cells)
            line.setData(0, _FIELD, name)
            ticked = kept.get(name, not now)
            line.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.tree.addTopLevelItem(line)

    def _fields(self) -> list[str]:
        return [self.tree.topLevelItem(n).data(0, _FIELD) for n in range(self.tree.topLevelItemCount())]

    def _ticked(self, name: str) -> bool:
        lines = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return any(
            line.data(0, _FIELD) == name and line.checkState(0) == Qt.CheckState.Checked for line in lines
        )

    @property
    def chosen(self) -> tuple[Party, tuple[str, ...]] | None:
        """Who was chosen, and which answers (bare names of fields) are to be taken over."""
        item = self.list.currentItem()
        if item is None:
            return None
        return item.data(_PARTY), tuple(name for name in self._fields() if self._ticked(name))
