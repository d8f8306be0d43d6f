"""Making a library: where it lies, what opens it, and the recovery key that goes into a drawer."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.passphrase_hint import hint
from ui.recovery_key_page import RecoveryKeyPage
from ui.style import COLOURS, MARKS

_LEAD = (
    "所有案件、证件号码和附件加密存放在这台电脑的一个文件里，不联网，没有口令谁也打不开。"
    "备份自动做，找客户、找手机号一搜就到。"
)
_STORE = "不设口令，由这台电脑的系统钥匙串保管（自己一个人用的电脑）"
_PASSPHRASE = "设一个口令，每次打开时输入（几个人用的电脑）"


class CreateLibraryDialog(QDialog):
    """The choice, then the recovery key. `wanted` asks for the making; `made` or `refuse` answer it."""

    wanted = Signal(object, str, bool)

    def __init__(self, folder: Path, key_store: bool, warn: Callable[[Path], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.folder, self._warn = folder, warn
        self.setWindowTitle("建立客户库")
        self.setMinimumSize(640, 540)
        self.pages = QStackedWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 22)
        column.addWidget(self.pages)
        first = QWidget()
        self._lay_out(QVBoxLayout(first), key_store)
        self.pages.addWidget(first)
        self.recovery = RecoveryKeyPage()
        self.recovery.done.connect(self.accept)
        self.pages.addWidget(self.recovery)
        self._place()
        self._choose()

    def _lay_out(self, column: QVBoxLayout, key_store: bool) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        heading = QLabel("建立客户库")
        heading.setObjectName("heading")
        column.addWidget(heading)
        column.addWidget(_words(_LEAD, "lead"))
        self.by_store, self.by_passphrase = QRadioButton(_STORE), QRadioButton(_PASSPHRASE)
        (self.by_store if key_store else self.by_passphrase).setChecked(True)
        for button in (self.by_store, self.by_passphrase):
            button.clicked.connect(self._choose)
            column.addWidget(button)
            button.setHidden(not key_store)
        column.addWidget(self._passphrases())
        column.addLayout(self._where())
        self.warning = _words("", "help")
        column.addWidget(self.warning)
        self.message = _words("", "message")
        self.message.setStyleSheet(f"color: {COLOURS['error']}; font-size: 13px;")
        column.addWidget(self.message)
        column.addStretch(1)
        column.addLayout(self._buttons())

    def _passphrases(self) -> QWidget:
        self.box = QWidget()
        column = QVBoxLayout(self.box)
        column.setContentsMargins(0, 0, 0, 0)
        self.first, self.second = QLineEdit(), QLineEdit()
        for line, text in ((self.first, "口令"), (self.second, "再输一遍")):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setMaxLength(1024)
            line.setMinimumHeight(34)
            line.setAccessibleName(text)
            label = QLabel(text)
            label.setBuddy(line)
            row = QHBoxLayout()
            label.setFixedWidth(80)
            row.addWidget(label)
            row.addWidget(line)
            column.addLayout(row)
            line.returnPressed.connect(self._create)
        self.hint = _words("", "help")
        column.insertWidget(1, self.hint)
        self.first.textEdited.connect(self._judge)
        return self.box

    def _where(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.where = _words("", "grey")
        change = QPushButton("换个文件夹")
        change.setAutoDefault(False)
        change.clicked.connect(self._change)
        row.addWidget(self.where, 1)
        row.addWidget(change)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.create = QPushButton("建立客户库")
        self.create.setObjectName("primary")
        self.create.setDefault(True)
        self.create.clicked.connect(self._create)
        later = QPushButton("以后再说")
        later.setAutoDefault(False)
        later.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(later)
        row.addWidget(self.create)
        return row

    def _choose(self) -> None:
        self.box.setVisible(self.by_passphrase.isChecked())
        self.message.clear()
        self._judge()
        (self.first if self.by_passphrase.isChecked() else self.create).setFocus()

    def _judge(self) -> None:
        found = hint(self.first.text())
        sign = MARKS[found.tone] + " " if self.first.text() else ""
        self.hint.setText(sign + found.words)
        self.hint.setStyleSheet(f"color: {COLOURS[found.tone]};")

    def _place(self) -> None:
        self.where.setText(f"放在　{self.folder}")
        warning = self._warn(self.folder)
        self.warning.setText(f"{MARKS['warning']} {warning}" if warning else "")
        self.warning.setStyleSheet(f"color: {COLOURS['warning']};")
        self.warning.setHidden(not warning)

    def _change(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "客户库放在哪个文件夹", str(self.folder.parent))
        if name:
            self.folder = Path(name)
            self._place()

    def _create(self) -> None:
        by_store = self.by_store.isChecked()
        if not by_store and (why := self._wrong()):
            self.refuse(why)
            return
        self.message.clear()
        self.create.setText("正在建立…")
        self.create.setEnabled(False)
        self.wanted.emit(self.folder, "" if by_store else self.first.text(), by_store)

    def _wrong(self) -> str:
        """What is wrong with the passphrase as typed; a weak one is warned of, not refused."""
        if not self.first.text().strip():
            self.first.setFocus()
            return "填写口令"
        if self.first.text() != self.second.text():
            self.second.setFocus()
            self.second.selectAll()
            return "两次输入的口令不一样，重新输第二遍"
        return ""

    def refuse(self, text: str) -> None:
        """It was not made: say why. What was typed stays."""
        self.create.setText("建立客户库")
        self.create.setEnabled(True)
        self.message.setText(f"{MARKS['error']} {text}")

    def made(self, recovery_key: str) -> None:
        """It was made: go on to the recovery key."""
        self.first.clear()
        self.second.clear()
        self.recovery.show_key(recovery_key)
        self.pages.setCurrentWidget(self.recovery)
        self.recovery.kept.setFocus()

    def reject(self) -> None:
        """Escape does not skip the recovery key once there is one."""
        if self.pages.currentWidget() is self.recovery:
            self.recovery.remind()
        else:
            super().reject()


def _words(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
