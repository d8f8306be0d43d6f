"""Asking for the passphrase, or for the recovery key where it was forgotten."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.style import COLOURS, MARKS

_ASKS = {False: "口令", True: "恢复密钥"}
_HELPS = {
    False: "建立客户库时设的口令",
    True: "建立客户库时打印或另存的那一串字母数字，大小写和横线不用管",
}


class UnlockForm(QWidget):
    """One line for the secret. `tried` hands it over; where it does not fit, `refuse` is told why."""

    tried = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.recovery = False
        self._wait = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.label, self.help = QLabel(), QLabel()
        self.label.setObjectName("label")
        self.help.setObjectName("help")
        self.help.setWordWrap(True)
        self.secret = QLineEdit()
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setMaxLength(1024)
        self.secret.returnPressed.connect(self._try)
        self.label.setBuddy(self.secret)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setStyleSheet(f"color: {COLOURS['error']}; font-size: 13px;")
        for widget in (self.label, self.secret, self.help, self.message):
            column.addWidget(widget)
        self._lay_buttons(column)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._count)
        self._ask()

    def _lay_buttons(self, column: QVBoxLayout) -> None:
        self.show_secret = QCheckBox("显示")
        self.show_secret.clicked.connect(self._echo)
        self.unlock = QPushButton("解锁")
        self.unlock.setObjectName("primary")
        self.unlock.setAutoDefault(True)
        self.unlock.clicked.connect(self._try)
        self.other = QPushButton()
        self.other.setObjectName("link")
        self.other.clicked.connect(self._change)
        row = QHBoxLayout()
        row.addWidget(self.unlock)
        row.addWidget(self.show_secret)
        row.addStretch(1)
        row.addWidget(self.other)
        column.addLayout(row)

    def _ask(self) -> None:
        self.label.setText(_ASKS[self.recovery])
        self.help.setText(_HELPS[self.recovery])
        self.secret.setAccessibleName(_ASKS[self.recovery])
        self.secret.setAccessibleDescription(_HELPS[self.recovery])
        self.other.setText("忘了口令：用恢复密钥" if not self.recovery else "改用口令")
        self.show_secret.setEnabled(not self.recovery)
        self._echo()

    def _echo(self) -> None:
        open_ = self.show_secret.isChecked() or self.recovery
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if open_ else QLineEdit.EchoMode.Password)

    def _change(self) -> None:
        self.recovery = not self.recovery
        self.secret.clear()
        self.message.clear()
        self._ask()
        self.secret.setFocus()

    def _try(self) -> None:
        if self._wait or not self.unlock.isEnabled():
            return
        if not self.secret.text().strip():
            self.refuse(f"填写{_ASKS[self.recovery]}")
            return
        self.wait_for_answer()
        self.tried.emit(self.secret.text(), self.recovery)

    def wait_for_answer(self) -> None:
        """The secret is being looked at."""
        self.unlock.setEnabled(False)
        self.message.setText("")
        self.help.setText("正在解锁…")

    def refuse(self, text: str, wait: int = 0) -> None:
        """It did not fit: say why, and after how many seconds to try again. What was typed is selected."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        self.unlock.setEnabled(True)
        self.help.setText(_HELPS[self.recovery])
        self._said, self._wait = text, wait
        self._tell()
        if wait:
            self._timer.start()
        self.secret.setFocus()
        self.secret.selectAll()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _count(self) -> None:
        self._wait = max(0, self._wait - 1)
        if not self._wait:
            self._timer.stop()
        self._tell()

    def _tell(self) -> None:
        later = f"　{self._wait} 秒后再试" if self._wait else ""
        self.message.setText(f"{MARKS['error']} {self._said}{later}")
