"""What is held of one person: taken out into a folder for them, or deleted from every case (个保法 44–47)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QLineEdit, QMessageBox, QWidget

from ui import clock
from ui.busy import wait_for
from ui.hold_button import HoldButton
from ui.latest import Latest
from ui.list_dialog import ListDialog
from ui.lock import OF_THE_LIBRARY
from ui.purge import show_receipt
from ui.questions import chosen
from wizard.files import FileProblem
from wizard.masking import masked_name

if TYPE_CHECKING:
    from wizard.library.library import Library
    from wizard.library.records import Party

_LEAD = (
    "本人要查阅、复制或删除自己的资料时用：先找到这个人，再导出成一个文件夹交给本人，"
    "或从所有案件里删掉这个人的内容和证件（案件本身留着）。"
)


class PersonDialog(ListDialog):
    """People of the library by name or whole number."""

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__("一个人的资料", ("姓名", "证件号码", "出现在"), parent)
        self._library = library
        self._people: list[Party] = []
        self._open = False
        self.asking = Latest(self)
        self.asking.failed.connect(self.say)
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名的几个字，或完整的证件号码")
        self.search.setAccessibleName("查找人员")
        self.search.textEdited.connect(lambda _: self._look())
        self.column.insertWidget(1, self.search)
        self.button("导出给本人…", self._export, primary=True)
        self.button("从所有案件里删掉…", self._purge)
        show = HoldButton("按住显示姓名")
        show.held.connect(self._reveal)
        self._row.insertWidget(2, show)
        self._look()
        self.say(_LEAD)

    def _look(self) -> None:
        text = self.search.text().strip()
        self.asking.ask("people", lambda: self._library.parties.people(text, limit=50), self._found)

    def _found(self, people: list[Party]) -> None:
        self._people = people
        self._write()

    def _reveal(self, shown: bool) -> None:
        self._open = shown
        self._write()

    def _write(self) -> None:
        self.fill(
            [
                (one.name if self._open else masked_name(one.name), one.masked, f"{len(one.cases)} 个案件")
                for one in self._people
            ]
        )

    def _chosen(self) -> Party | None:
        numbers = self.numbers()
        if not numbers:
            self.say("先选一个人")
        return self._people[numbers[0]] if numbers else None

    def _export(self) -> None:
        one = self._chosen()
        if one is None:
            return
        name = QFileDialog.getExistingDirectory(self, "导出到哪个文件夹里")
        if not name:
            return
        folder = Path(name) / f"个人资料-{clock.now():%Y%m%d-%H%M%S}"
        try:
            files = wait_for(self, "正在导出…", lambda: self._library.privacy.export_person(one.key, folder))
        except FileProblem as problem:
            self.say(str(problem))
        else:
            self.say(f"已导出 {len(files)} 个文件到 {folder}。这些文件没有加密，交给本人以后删掉。")

    def _purge(self) -> None:
        one = self._chosen()
        if one is None or not self._sure(one):
            return
        try:
            today = clock.today()
            receipt = wait_for(self, "正在删除…", lambda: self._library.privacy.purge_person(one.key, today))
        except FileProblem as problem:
            self.say(str(problem))
            return
        show_receipt(self, receipt)
        self._look()

    def _sure(self, one: Party) -> bool:
        return chosen(
            self,
            "删掉一个人的资料",
            f"从 {len(one.cases)} 个案件里删掉 {masked_name(one.name)} 的内容和证件",
            "连同修改记录一起删掉，不能恢复；案件里其余的内容不变。",
            ("删掉", "不删"),
            careful=True,
            icon=QMessageBox.Icon.Warning,
            role=QMessageBox.ButtonRole.DestructiveRole,
            mark=OF_THE_LIBRARY,
        )
