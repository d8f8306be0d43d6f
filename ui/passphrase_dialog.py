"""Another passphrase for the library: the present one first, where there is one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.busy import wait_for
from ui.lock import OF_THE_LIBRARY
from ui.passphrase_hint import hint
from ui.style import COLOURS, MARKS
from wizard.files import FileProblem


class PassphraseDialog(QDialog):
    """`fits` tells whether the present one is right, None where there is none; `change` sets the new one."""

    def __init__(
        self, fits: Callable[[str], bool] | None, change: Callable[[str], object], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._fits, self._change = fits, change
        self.setWindowTitle("改口令" if fits else "设口令")
        self.setProperty(OF_THE_LIBRARY, True)  # noqa: FBT003 - Qt takes no names
        self.setMinimumSize(520, 320)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        self.now, self.first, self.second = QLineEdit(), QLineEdit(), QLineEdit()
        self.hint, self.message = QLabel(), QLabel()
        self.hint.setObjectName("help")
        for label in (self.hint, self.message):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setStyleSheet(f"color: {COLOURS['error']}; font-size: 13px;")
        asked = [(self.first, "新口令"), (self.second, "再输一遍")]
        for line, text in [(self.now, "现在的口令"), *asked] if fits else asked:
            column.addLayout(_row(line, text))
            line.returnPressed.connect(self._go)
        column.addWidget(self.hint)
        column.addWidget(self.message)
        column.addStretch(1)
        column.addLayout(self._buttons())
        self.first.textEdited.connect(self._judge)
        self._judge("")

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.go, cancel = QPushButton("改好"), QPushButton("取消")
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.go.clicked.connect(self._go)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.go)
        return row

    def _judge(self, text: str) -> None:
        found = hint(text)
        self.hint.setText(found.words)
        self.hint.setStyleSheet(f"color: {COLOURS[found.tone]};")

    def _go(self) -> None:
        if why := self._wrong():
            self.message.setText(f"{MARKS['error']} {why}")
            return
        try:
            wait_for(self, "正在改口令…", lambda: self._change(self.first.text()))
        except FileProblem as problem:
            self.message.setText(f"{MARKS['error']} {problem}")
        else:
            self.accept()

    def _wrong(self) -> str:
        fits = self._fits
        if not self.first.text().strip():
            return "填写新口令"
        if self.first.text() != self.second.text():
            return "两次输入的新口令不一样，重新输第二遍"
        if fits is not None and not wait_for(self, "正在核对…", lambda: fits(self.now.text())):
            return "现在的口令不正确"
        return ""


def _row(line: QLineEdit, text: str) -> QHBoxLayout:
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setMaxLength(1024)
    line.setMinimumHeight(34)
    line.setAccessibleName(text)
    label = QLabel(text)
    label.setFixedWidth(96)
    label.setBuddy(line)
    row = QHBoxLayout()
    row.addWidget(label)
    row.addWidget(line)
    return row
