"""Cases that have been kept as long as they were meant to: delete for good, or keep longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import clock, purge
from ui.list_dialog import ListDialog
from wizard.files import FileProblem
from wizard.masking import masked_name

if TYPE_CHECKING:
    from wizard.library.library import Library
    from wizard.library.records import CaseRow

_LONGER = 90
_LEAD = (
    "这些案件办完以后已过了约定的保存期限。法律要求个人信息的保存期限是实现目的所必要的最短时间"
    "（个人信息保护法第十九条）；还用得着的就再留一段。"
)


class RetentionDialog(ListDialog):
    """`purged` tells which cases are gone."""

    purged = Signal(list)

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__("保存期限已到", ("主体", "小程序", "状态", "保存到"), parent)
        self._library = library
        self._rows: list[CaseRow] = []
        self.button("彻底删除选中的…", self._purge)
        self.button(f"选中的再留 {_LONGER} 天", lambda: self._keep(_LONGER))
        self.button("选中的一直留着", lambda: self._keep(None))
        self._show()

    def _show(self) -> None:
        self._rows = self._library.privacy.due(clock.today())
        self.fill([_line(row) for row in self._rows])
        self.say(_LEAD if self._rows else "没有过了保存期限的案件。")

    def _cases(self) -> list[int]:
        return [self._rows[number].id for number in self.numbers()]

    def _keep(self, days: int | None) -> None:
        day = clock.today() + timedelta(days=days) if days else None
        try:
            self._library.marks.keep_until(self._cases(), day)
        except FileProblem as problem:
            self.say(str(problem))
        else:
            self._show()

    def _purge(self) -> None:
        cases = self._cases()
        if not cases:
            self.say("先选一个或几个案件")
            return
        try:
            said = purge.purge(self, self._library, cases)
        except FileProblem as problem:
            said = str(problem)
        self._show()
        if said:
            self.purged.emit(cases)
            self.say(said)


def _line(row: CaseRow) -> tuple[str, str, str, str]:
    subject = masked_name(row.subject) if row.subject in row.people.split("、") else row.subject
    until = row.retain_until.isoformat() if row.retain_until else ""
    return subject, row.program, row.state_word, until
