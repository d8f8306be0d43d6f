"""The backups: made now, checked, and put back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from ui.busy import follow, wait_for
from ui.jobs import Work
from ui.list_dialog import ListDialog
from ui.lock import OF_THE_LIBRARY
from ui.questions import chosen
from ui.style import MARKS
from wizard.files import FileProblem
from wizard.process.work import Cancelled

if TYPE_CHECKING:
    from wizard.library.backup import Backup
    from wizard.library.library import Library

_LEAD = (
    "关闭时和每隔一段时间自动备份，做完都检查过；留最近 12 份、7 天每天、4 周每周、6 个月每月各一份。"
    "恢复以前会先给现在的客户库做一份备份。"
)


class BackupsDialog(ListDialog):
    """`restored` tells that another state of the library is open now."""

    restored = Signal(str)

    def __init__(self, library: Library, before_restoring: Callable[[], bool], parent: QWidget) -> None:
        super().__init__("备份与恢复", ("做备份的时间", "案件", "大小", "检查"), parent, stretched=(3,))
        self._library, self._ready = library, before_restoring
        self._backups: list[Backup] = []
        self._checked: dict[int, str] = {}
        self.button("现在备份", self._make, primary=True)
        self.button("检查选中的", self._verify)
        self.button("检查客户库本身", self._verify_library)
        self.button("恢复选中的…", self._restore)
        self._show()
        self.say(_LEAD)

    def _show(self) -> None:
        self._backups = self._library.backups.all()
        self.fill([self._line(one) for one in self._backups])

    def _line(self, one: Backup) -> tuple[str, str, str, str]:
        cases = f"{one.cases} 个" if one.cases >= 0 else "不详"
        return f"{one.made:%Y-%m-%d %H:%M}", cases, f"{one.size / 1_048_576:.1f} MB", self._word(one)

    def _word(self, one: Backup) -> str:
        wrong = self._checked.get(one.number)
        if wrong is None:
            return "做完时检查过"
        return f"{MARKS['error']} {wrong}" if wrong else f"{MARKS['ok']} 刚检查过，完好"

    def _run(self, what: str, work: Work, done: Callable[[Any], None]) -> None:
        """Do it beside the window; it can be stopped, and then leaves nothing."""
        try:
            result = follow(self, f"{what}…", work)
        except Cancelled:
            self.say("停下了，没有留下半份备份，客户库没有变")
        except FileProblem as problem:
            self.say(f"{MARKS['error']} {problem}")
        else:
            done(result)

    def _make(self) -> None:
        def done(_: object) -> None:
            self._show()
            self.say(f"{MARKS['ok']} 备份做好了，已检查，完好")

        self._run("正在备份", self._library.backups.make, done)

    def _chosen(self) -> Backup | None:
        numbers = self.numbers()
        if not numbers:
            self.say("先选一份备份")
        return self._backups[numbers[0]] if numbers else None

    def _verify(self) -> None:
        if (one := self._chosen()) is None:
            return

        def done(wrong: str) -> None:
            self._checked[one.number] = wrong
            self._show()
            self.say(_LEAD)

        self._run("正在逐页检查", lambda _, stop: self._library.backups.verify(one, stop), done)

    def _verify_library(self) -> None:
        def done(wrong: str) -> None:
            self.say(f"{MARKS['error']} {wrong}" if wrong else f"{MARKS['ok']} 客户库逐页检查过，完好")

        check = self._library.backups.verify_library
        self._run("正在逐页检查客户库", lambda _, stop: check(stop), done)

    def _restore(self) -> None:
        one = self._chosen()
        if one is None or not self._sure(one) or not self._ready():
            return

        try:
            wait_for(self, "正在恢复…", lambda: self._library.backups.restore(one))
        except FileProblem as problem:
            self.say(f"{MARKS['error']} {problem}")
            return
        self._show()
        self.restored.emit(f"已恢复 {one.made:%Y-%m-%d %H:%M} 的备份")
        self.accept()

    def _sure(self, one: Backup) -> bool:
        return chosen(
            self,
            "恢复备份",
            f"整个客户库回到 {one.made:%Y-%m-%d %H:%M} 的样子",
            "在那以后的修改不在里面；现在的客户库先做一份备份，想回来还能恢复它。",
            ("恢复", "不恢复"),
            careful=True,
            icon=QMessageBox.Icon.Warning,
            mark=OF_THE_LIBRARY,
        )
