"""What was done with the library: who, when, which case, and never a value."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from ui.busy import wait_for
from ui.list_dialog import ListDialog
from wizard.files import FileProblem, atomic_write

if TYPE_CHECKING:
    from wizard.library.library import Library

_HEADS = ("时间", "谁", "做了什么", "案件编号", "说明")
_SHOWN = 1000
_ALL = 1_000_000


class AuditDialog(ListDialog):
    """The newest first."""

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__("操作记录", _HEADS, parent, stretched=(4,))
        self._library = library
        self.fill(self._lines(_SHOWN))
        self.say(f"最近的在前，最多列出 {_SHOWN} 条。只记做了什么，不记填写的内容。")
        self.button("另存为表格…", self._save)

    def _lines(self, most: int) -> list[tuple[str, ...]]:
        from wizard.library.records import STATES

        return [
            (
                f"{one.at:%Y-%m-%d %H:%M:%S}",
                one.who,
                one.action,
                str(one.case or ""),
                STATES.get(one.detail, one.detail),
            )
            for one in self._library.audit.events(most)
        ]

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "另存操作记录", "操作记录.csv", "表格 (*.csv)")
        if not name:
            return

        def write() -> None:
            out = io.StringIO()
            csv.writer(out).writerows([_HEADS, *self._lines(_ALL)])
            atomic_write(Path(name), out.getvalue().encode("utf-8-sig"))
            self._library.audit.note("audit_exported")

        try:
            wait_for(self, "正在写操作记录…", write)
        except FileProblem as problem:
            self.say(str(problem))
        else:
            self.say(f"已存到 {name}")
