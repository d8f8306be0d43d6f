"""What is to be done with many cases: which of them, checked or exported, and where to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ui.store import default_folder

if TYPE_CHECKING:
    from wizard.batch.task import Task
    from wizard.packet.options import Options

_WHAT = ("只自检，列成目录", "导出整套文件，每个案件一个文件夹", "只导出材料包，每个案件一份 PDF")


class BatchChoices(QWidget):
    """`cases` are those chosen now; `changed` tells that something was chosen otherwise."""

    changed = Signal()

    def __init__(self, cases: tuple[Sequence[int], Sequence[int]], said: str) -> None:
        super().__init__()
        self._chosen, self._all = cases
        self.folder: Path = default_folder() / "批量导出"
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(2)
        many = len(self._chosen) > 1
        picked = f"选中的 {len(self._chosen)} 个案件" if self._chosen else "选中的案件（没有选中）"
        which = (picked, f"列表里现在的全部 {len(self._all)} 个案件")
        self.which = self._radios(grid, 0, "哪些", which, 0 if many else 1)
        self.which.button(0).setEnabled(bool(self._chosen))
        self.what = self._radios(grid, 1, "做什么", _WHAT, 1)
        self.draft = QCheckBox("有错误的也导出，每页标明“草稿”")
        self.again = QCheckBox("以前导出过、没有变化的也重新导出")
        for box in (self.draft, self.again):
            box.clicked.connect(lambda _: self.changed.emit())
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.draft)
        column.addWidget(self.again)
        told = QLabel(f"选项和“核对与导出”页上的一样：{said}")
        told.setObjectName("help")
        told.setWordWrap(True)
        column.addWidget(told)
        self._boxes = (self.draft, self.again, told)
        grid.addLayout(column, 2, 1)
        grid.addWidget(_lead("放到"), 3, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(self._where(), 3, 1)
        grid.setColumnStretch(1, 1)
        self._told()

    def _radios(
        self, grid: QGridLayout, row: int, lead: str, words: Sequence[str], checked: int
    ) -> QButtonGroup:
        group, column = QButtonGroup(self), QVBoxLayout()
        column.setSpacing(0)
        for number, text in enumerate(words):
            button = QRadioButton(text)
            button.setAccessibleDescription(lead)
            button.setChecked(number == checked)
            group.addButton(button, number)
            column.addWidget(button)
        group.idClicked.connect(lambda _: self._told())
        label = _lead(lead)
        label.setBuddy(group.button(checked))
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(column, row, 1)
        return group

    def _where(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.place = QLabel()
        self.place.setWordWrap(True)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        change = QPushButton("换个文件夹(&F)")
        change.setAutoDefault(True)
        change.clicked.connect(self._choose)
        row.addWidget(self.place, 1)
        row.addWidget(change)
        return row

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "放到哪个文件夹", str(self.folder.parent))
        if name:
            self.folder = Path(name)
            self._told()

    def _told(self) -> None:
        self.place.setText(str(self.folder))
        for one in self._boxes:
            one.setEnabled(not self.check_only)
        self.changed.emit()

    @property
    def cases(self) -> Sequence[int]:
        """The cases that are meant."""
        return self._chosen if self.which.checkedId() == 0 else self._all

    @property
    def check_only(self) -> bool:
        """Whether nothing is exported."""
        return self.what.checkedId() == 0

    def task(self, on: date, now: datetime, options: Callable[[], Options]) -> Task:
        """What is chosen, as a task for `wizard.batch`.

        Raises:
            FileProblem: the options contradict each other.
        """
        from wizard.batch.task import Task

        if self.check_only:
            return Task(on, now.replace(microsecond=0))
        return Task(
            on,
            now.replace(microsecond=0),
            target=self.folder,
            as_folders=self.what.checkedId() == 1,
            options=options(),
            draft_too=self.draft.isChecked(),
            again=self.again.isChecked(),
        )


def _lead(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("lead")
    label.setContentsMargins(0, 6, 0, 0)
    return label
