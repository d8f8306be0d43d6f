"""What is asked when a library does not open: which backup to restore, whether to take a lock over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QMessageBox,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.lock import OF_THE_LOCK
from ui.questions import chosen
from ui.style import MARKS

if TYPE_CHECKING:
    from wizard.library.problems import Candidate, Damaged, HeldElsewhere
    from wizard.library.salvage import Salvaged

_SALVAGED = 2
SALVAGE = Path("salvage")
"""Chosen in the place of a backup: read what can still be read into a new library."""
_NOTHING_LOST = "损坏的文件会改名留在原来的文件夹里，不会删掉。"


class BackupDialog(QDialog):
    """The backups with what was found in each; the newest good one is chosen."""

    def __init__(self, problem: Damaged, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty(OF_THE_LOCK, True)  # noqa: FBT003 - Qt takes no names
        self.setWindowTitle("恢复客户库")
        self.setMinimumSize(620, 380)
        self.candidates = problem.candidates
        good = problem.newest_good
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        offer = f"最近一份完好的备份是 {good.made} 的。" if good else "没有找到完好的备份。"
        for text, name in ((str(problem), "strong"), (f"{offer}{_NOTHING_LOST}", "lead")):
            label = QLabel(text)
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(label)
        self.list = self._list()
        column.addWidget(self.list, 1)
        self.buttons = QDialogButtonBox()
        if good:
            restore = self.buttons.addButton("用选中的备份恢复", QDialogButtonBox.ButtonRole.AcceptRole)
            restore.setObjectName("primary")
        else:
            salvage = self.buttons.addButton(
                "把还能读出的案件救到新客户库", QDialogButtonBox.ButtonRole.ActionRole
            )
            salvage.clicked.connect(lambda: self.done(_SALVAGED))
        self.buttons.addButton("先不恢复", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)

    def _list(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName("备份")
        tree.setRootIsDecorated(False)
        tree.setHeaderLabels(["做备份的时间", "案件", "检查结果"])
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for one in self.candidates:
            tree.addTopLevelItem(QTreeWidgetItem([one.made, _count(one), _found(one)]))
        index = next((n for n, one in enumerate(self.candidates) if one.good), -1)
        if index >= 0:
            tree.setCurrentItem(tree.topLevelItem(index))
        tree.itemActivated.connect(self._accept)
        return tree

    @property
    def chosen(self) -> Candidate | None:
        """The backup that is selected."""
        item = self.list.currentItem()
        return self.candidates[self.list.indexOfTopLevelItem(item)] if item else None

    def _accept(self) -> None:
        if self.chosen is not None and self.chosen.good:
            self.accept()


def _count(one: Candidate) -> str:
    return f"{one.cases} 个" if one.cases >= 0 else "不详"


def _found(one: Candidate) -> str:
    return f"{MARKS['ok']} 完好" if one.good else f"{MARKS['error']} {one.reason}"


def which_backup(parent: QWidget, problem: Damaged) -> Path | None:
    """The backup to restore, None where the person would rather not."""
    dialog = BackupDialog(problem, parent)
    result = dialog.exec()
    if result == _SALVAGED:
        return SALVAGE
    return dialog.chosen.folder if result and dialog.chosen else None


def passphrase_for_salvage(parent: QWidget) -> str:
    """The passphrase of the library that what can be read goes into; empty where the person gave none."""
    from ui.passphrase_dialog import PassphraseDialog

    taken: list[str] = []
    dialog = PassphraseDialog(None, taken.append, parent)
    dialog.setWindowTitle("给新客户库设口令")
    dialog.setProperty(OF_THE_LOCK, True)  # noqa: FBT003
    return taken[0] if dialog.exec() else ""


def say_what_was_salvaged(parent: QWidget, found: Salvaged) -> None:
    """How much came over and how much did not, then the recovery key of the new library."""
    from ui.recovery_key_page import RecoveryKeyDialog

    lost = f"，{found.cases_lost} 个案件" if found.cases_lost else ""
    lost += f"，{found.files_lost} 个附件" if found.files_lost else ""
    gone = f"没能读出：{lost.removeprefix('，')}。" if lost else "没有少什么。"
    box = QMessageBox(QMessageBox.Icon.Information, "救到新客户库", "", parent=parent)
    box.setProperty(OF_THE_LOCK, True)  # noqa: FBT003
    box.setText(f"救出 {found.cases} 个案件、{found.files} 个附件。{gone}损坏的客户库还在原处，没有改动。")
    box.addButton("看新的恢复密钥", QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    dialog = RecoveryKeyDialog(found.recovery_key, parent)
    dialog.setProperty(OF_THE_LOCK, True)  # noqa: FBT003
    dialog.exec()


def whether_to_release(parent: QWidget, problem: HeldElsewhere) -> bool:
    """Whether to take over a lock whose holder cannot be asked."""
    return chosen(
        parent,
        "客户库记着有人在用",
        str(problem),
        "两边同时打开会损坏客户库。去那台电脑看一眼，确认没有打开，再解除。",
        ("确认没人在用，解除并打开", "先不打开"),
        careful=True,
        icon=QMessageBox.Icon.Warning,
        mark=OF_THE_LOCK,
    )
