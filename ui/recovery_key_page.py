"""The recovery key, shown once: to be printed or written down, never kept by the program."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.style import COLOURS, MARKS

_WHY = (
    "忘了口令，或者换了电脑、重装了系统，只有这一串能打开客户库；丢了它又忘了口令，谁也帮不上忙。"
    "打印出来和重要文件放在一起，不要存在这台电脑上。"
)


class RecoveryKeyPage(QWidget):
    """`done` comes only after the person has said that the key is kept."""

    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        heading = QLabel("恢复密钥")
        heading.setObjectName("heading")
        why = QLabel(_WHY)
        why.setObjectName("lead")
        why.setWordWrap(True)
        self.key = QLabel()
        self.key.setObjectName("recoverykey")
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.key.setAccessibleName("恢复密钥")
        self.message = QLabel()
        self.message.setStyleSheet(f"color: {COLOURS['error']}; font-size: 13px;")
        self.kept = QCheckBox("我已打印或抄下，放在安全的地方")
        self.go_on = QPushButton("完成")
        self.go_on.setObjectName("primary")
        self.go_on.setAutoDefault(True)
        self.go_on.clicked.connect(self._go_on)
        for widget in (heading, why, self.key):
            column.addWidget(widget)
        column.addLayout(self._ways())
        column.addWidget(self.kept)
        column.addWidget(self.message)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.go_on)
        column.addLayout(row)

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, act in (("打印…", self._print), ("另存为文本…", self._save)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def show_key(self, key: str) -> None:
        """Show it, in two lines that are easy to copy by hand."""
        groups = key.split("-")
        half = (len(groups) + 1) // 2
        self.key.setText("-".join(groups[:half]) + "-\n" + "-".join(groups[half:]))
        self._plain = key

    def text(self) -> str:
        """What is printed."""
        return (
            f"备案助手　客户库恢复密钥\n\n{self._plain}\n\n"
            "忘了口令时，在解锁处点“忘了口令：用恢复密钥”，照着输入；大小写和横线不用管。\n"
            "谁有这张纸和客户库文件，谁就能打开它：和重要文件放在一起，不要拍照，不要发给别人。"
        )

    def _print(self) -> None:
        from ui.printing import ask_and_print

        if ask_and_print(self, "恢复密钥", self.text()):
            self._say("已送去打印，看到纸上的字再打勾", "ok")

    def _save(self) -> None:
        from wizard.files import FileProblem, atomic_write

        name, _ = QFileDialog.getSaveFileName(
            self, "另存恢复密钥，最好存到优盘", "备案助手恢复密钥.txt", "文本 (*.txt)"
        )
        if not name:
            return
        try:
            atomic_write(Path(name), self.text().encode("utf-8"))
        except FileProblem as problem:
            self._say(str(problem), "error")
        else:
            self._say(f"已存到 {name}", "ok")

    def _say(self, text: str, tone: str) -> None:
        self.message.setStyleSheet(f"color: {COLOURS[tone]}; font-size: 13px;")
        self.message.setText(f"{MARKS[tone]} {text}")

    def remind(self) -> None:
        """Say that the key has to be kept first."""
        self._say("先把恢复密钥打印或抄下来，再打勾", "error")
        self.kept.setFocus()

    def _go_on(self) -> None:
        if self.kept.isChecked():
            self.key.clear()
            self._plain = ""
            self.done.emit()
        else:
            self.remind()


class RecoveryKeyDialog(QDialog):
    """A new recovery key, on its own; it closes only after the person has said that it is kept."""

    def __init__(self, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复密钥")
        self.setMinimumSize(620, 420)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 22)
        self.page = RecoveryKeyPage()
        self.page.show_key(key)
        self.page.done.connect(self.accept)
        column.addWidget(self.page)

    def reject(self) -> None:
        """Escape does not skip it."""
        self.page.remind()
