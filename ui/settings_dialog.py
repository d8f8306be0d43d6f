"""What can be set about the library: when it locks, how long is kept, where backups go, what opens it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from ui.busy import wait_for
from ui.latest import Latest
from ui.lock import OF_THE_LIBRARY
from ui.style import COLOURS, MARKS
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.library.library import Library

_NUMBERS = (
    ("idle_lock_minutes", "没有操作多久以后锁定", 0, 240, " 分钟", "不自动锁定"),
    ("backup_minutes", "每隔多久自动备份", 5, 480, " 分钟", ""),
    ("retention_days", "备案办完以后资料保存多久", 0, 3650, " 天", ""),
    ("backup_keep_purged_days", "彻底删除的案件在备份里最多再留", 0, 365, " 天", ""),
)


class SettingsDialog(QDialog):
    """Each setting is kept as soon as it is changed; `changed` puts it to use."""

    def __init__(self, library: Library, changed: Callable[[], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._library, self._changed = library, changed
        self.setWindowTitle("客户库设置")
        self.setProperty(OF_THE_LIBRARY, True)  # noqa: FBT003 - Qt takes no names
        self.setMinimumSize(640, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 22)
        column.setSpacing(14)
        column.addLayout(self._form())
        column.addWidget(_head("什么能打开客户库"))
        self.ways = QLabel()
        self.ways.setObjectName("lead")
        column.addWidget(self.ways)
        column.addLayout(self._keys())
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.message)
        column.addStretch(1)
        close = QPushButton("关闭")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self._tell_ways()

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(18)
        form.setVerticalSpacing(10)
        self.numbers: dict[str, QSpinBox] = {}
        for name, words, least, most, unit, zero in _NUMBERS:
            box = QSpinBox()
            box.setRange(least, most)
            box.setSuffix(unit)
            box.setSpecialValueText(zero)
            box.setValue(int(self._library.settings.get(name)))
            box.setAccessibleName(words)
            box.setMinimumWidth(140)
            box.valueChanged.connect(lambda value, name=name: self._put(name, value))
            self.numbers[name] = box
            form.addRow(words, box)
        row, self.second = QHBoxLayout(), QLabel()
        row.setSpacing(8)
        self.second.setWordWrap(True)
        choose, none = QPushButton("选文件夹…"), QPushButton("不用")
        choose.clicked.connect(self._choose)
        none.clicked.connect(lambda: self._set_second(""))
        row.addWidget(self.second, 1)
        for button in (choose, none):
            button.setAutoDefault(False)
            row.addWidget(button)
        form.addRow("备份另存一份到（例如优盘）", row)
        self._tell_second()
        return form

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        self.passphrase = QPushButton("改口令…")
        recovery, rekey = QPushButton("换一张恢复密钥…"), QPushButton("更换数据密钥…")
        self.store = QPushButton()
        for number, (button, act) in enumerate(
            (
                (self.passphrase, self._change_passphrase),
                (recovery, self._new_recovery_key),
                (rekey, self._rekey),
                (self.store, self._turn_store),
            )
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
            grid.addWidget(button, number // 3, number % 3)
        grid.setColumnStretch(3, 1)
        self._look_for_store()
        return grid

    def _look_for_store(self) -> None:
        """The system's key store is offered only where there is one: to look takes too long to wait for."""

        from wizard.library import key_store

        self.store.setVisible("key_store" in self._library.keys.ways())
        self.asking = Latest(self)
        self.asking.ask("store", key_store.available, self._found_store)

    def _found_store(self, there: bool) -> None:
        self.store.setVisible(there or "key_store" in self._library.keys.ways())

    def _put(self, name: str, value: object) -> None:
        try:
            self._library.settings.put(name, value)
        except FileProblem as problem:
            self._say(str(problem), "error")
        else:
            self._changed()

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "备份另存一份到哪个文件夹")
        if name:
            self._set_second(name)

    def _set_second(self, folder: str) -> None:
        from wizard.library import location

        self._put("second_place", folder)
        self._tell_second()
        warning = location.WARNINGS[location.kind_of(Path(folder))] if folder else ""
        self._say(warning, "warning")

    def _tell_second(self) -> None:
        self.second.setText(str(self._library.settings.get("second_place") or "没有设"))

    def _tell_ways(self) -> None:
        ways = self._library.keys.ways()
        words = [("passphrase", "口令"), ("recovery", "恢复密钥"), ("key_store", "这台电脑的系统钥匙串")]
        self.ways.setText("现在能打开它的：" + "、".join(word for way, word in words if way in ways))
        self.passphrase.setText("改口令…" if "passphrase" in ways else "设口令…")
        self.store.setText("不再由系统钥匙串打开" if "key_store" in ways else "由系统钥匙串记住，不用输口令")

    def _change_passphrase(self) -> None:
        from ui.passphrase_dialog import PassphraseDialog

        keys = self._library.keys
        fits = keys.fits if "passphrase" in keys.ways() else None
        if PassphraseDialog(fits, keys.change_passphrase, self).exec():
            self._say("口令改好了；以前的备份仍用以前的口令", "ok")
        self._after_keys()

    def _new_recovery_key(self) -> None:
        from ui.recovery_key_page import RecoveryKeyDialog

        try:
            made = wait_for(self, "正在换恢复密钥…", self._library.keys.new_recovery_key)
        except FileProblem as problem:
            self._say(str(problem), "error")
            return
        RecoveryKeyDialog(made, self).exec()
        self._say("换好了，以前的那张恢复密钥打不开了，可以撕掉", "ok")

    def _rekey(self) -> None:
        from ui.rekey import rekey

        try:
            said = rekey(self, self._library)
        except FileProblem as problem:
            self._say(str(problem), "error")
        else:
            self._say(said, "ok")
        self._after_keys()

    def _turn_store(self) -> None:
        keys = self._library.keys
        act = keys.forget if "key_store" in keys.ways() else keys.remember
        try:
            wait_for(self, "正在改…", act)
        except FileProblem as problem:
            self._say(str(problem), "error")
        self._after_keys()

    def _after_keys(self) -> None:
        self._tell_ways()
        self._changed()

    def _say(self, text: str, tone: str) -> None:
        self.message.setStyleSheet(f"color: {COLOURS[tone]}; font-size: 13px;")
        self.message.setText(f"{MARKS[tone]} {text}" if text else "")


def _head(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("group")
    return label
