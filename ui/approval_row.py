"""One 前置审批: which one, its number, and the pictures of the document."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from ui.drop_area import PICTURES
from ui.editors import ComboEditor
from ui.undoing import for_the_window

Take = Callable[[list[Path], str, QObject, Callable[[tuple[str, ...]], None]], None]
"""Brings files in under a name, for an object that is told their paths when they are there."""


class ApprovalRow(QFrame):
    """Holds the cells of one row; `take` brings files in beside the draft."""

    changed = Signal()
    gone = Signal()

    def __init__(self, options: tuple[str, ...], cells: Mapping[str, Any], take: Take) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setAcceptDrops(True)
        self._take, self._cells = take, dict(cells)
        self._type = ComboEditor(options)
        self._type.set_value(str(cells.get("type", "")))
        self._type.describe("审批项目", "")
        self._code = QLineEdit(str(cells.get("code", "")))
        self._code.setAccessibleName("审批号")
        self._code.installEventFilter(self)
        self._add_button = QPushButton("添加批准文件")
        self._add_button.clicked.connect(self._choose)
        self._remove = QPushButton("删除这一项")
        self._remove.clicked.connect(self.gone)
        self._lay_out()
        self._type.edited.connect(self._edit)
        self._code.textEdited.connect(lambda _: self._edit())
        self._show_files()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 12, 14, 14)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        for line, (text, field) in enumerate((("审批项目", self._type.widget), ("审批号", self._code))):
            label = QLabel(text)
            label.setObjectName("grey")
            label.setBuddy(field)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
        grid.addWidget(self._remove, 0, 2)
        self._files = QGridLayout()
        self._files.setHorizontalSpacing(12)
        grid.addLayout(self._files, 2, 1)
        grid.addWidget(self._add_button, 3, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)

    def _media(self) -> list[str]:
        media = self._cells.get("media") or []
        return [media] if isinstance(media, str) else list(media)

    def _show_files(self) -> None:
        while item := self._files.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for line, path in enumerate(self._media()):
            file = self._file(path)
            self._files.addWidget(file, line, 0)
            file.show()

    def _file(self, path: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        name = path.rpartition("/")[2]
        label = QLabel(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        drop = QPushButton("移除")
        drop.setObjectName("link")
        drop.setAccessibleName(f"移除批准文件 {name}")
        drop.clicked.connect(lambda: self._drop(path))
        row.addWidget(label)
        row.addWidget(drop)
        row.addStretch(1)
        return line

    def _drop(self, path: str) -> None:
        self._cells["media"] = [each for each in self._media() if each != path]
        self._show_files()
        self._add_button.setFocus()
        self.changed.emit()

    def _edit(self) -> None:
        self._cells["type"], self._cells["code"] = self._type.value(), self._code.text()
        self.changed.emit()

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "选择批准文件", "", PICTURES)
        if names:
            self.add([Path(name) for name in names])

    def add(self, files: list[Path]) -> None:
        """Attach `files` to the row, each page of them, once they are brought in."""
        self._add_button.setText("正在放进来…")
        self._add_button.setEnabled(False)
        self._take(files, "批准文件", self, self._brought)

    def _brought(self, paths: tuple[str, ...]) -> None:
        self._add_button.setText("添加批准文件")
        self._add_button.setEnabled(True)
        if paths:
            self._cells["media"] = [*self._media(), *paths]
            self._show_files()
            self.changed.emit()
        self._add_button.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped on the row."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files that were dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.add(files)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z through to the window."""
        if for_the_window(event):
            event.ignore()
            return True
        return False

    def cells(self) -> dict[str, Any]:
        """What the row holds."""
        return {key: value for key, value in self._cells.items() if value}
