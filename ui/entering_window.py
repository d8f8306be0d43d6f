"""填报助手: a small window above all others, for typing the case into the platform's pages one by one."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.case import Case
from ui.dialog_parts import sized
from ui.entering_list import EnteringList, short
from ui.reveal import reveal
from ui.store import remember_shape, shape_of
from wizard.packet.entering import CHOOSE, UPLOAD, Entry, entered, entries, still_attached, uploaded

if TYPE_CHECKING:
    from ui.clipboard_guard import ClipboardGuard

HOW = {"paste": "复制后粘贴", CHOOSE: "在平台上选这一项", UPLOAD: "上传这张图片"}
COPY, SHOW, GO = "复制并到下一项", "找到图片并到下一项", "回去填写这一项"
NOTHING_LEFT = "全部录完了。提交前在平台上从头看一遍。"
NOT_EXPORTED = "还没有导出上传图片。先在“核对与导出”导出一次，图片会改成平台要的格式和大小"
ORIGINAL = f"这是原来的图片；{NOT_EXPORTED}"
EXCHANGED = "这张图片在导出以后换过，重新导出一次再上传"
NOT_OPENED = "系统没有打开文件夹的程序，到这里找："


SEEN = 90
"""Characters of a long value that the eye is shown; all of it is copied."""


class EnteringWindow(QWidget):
    """Follows the case while it is open. `go_to` names a field that the person wants to fill in first.

    `exported` says where the exports of the case go.
    """

    go_to = Signal(str)

    def __init__(self, case: Case, clipboard: "ClipboardGuard", parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.case, self._clipboard = case, clipboard
        self.exported: Path | None = None
        self.entries: Sequence[Entry] = ()
        self.setWindowTitle("填报助手 – 备案助手")
        self.setObjectName("entering")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addLayout(self._head())
        column.addWidget(self._card())
        self.list = EnteringList()
        column.addWidget(self.list, 1)
        column.addLayout(self._foot())
        self._connect()
        self.setMinimumSize(360, 560)
        sized(self, 420, 640)
        if not (shape := shape_of("entering")).isEmpty():
            self.restoreGeometry(shape)
        self.refresh()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.page_told, self.count_told = QLabel(), QLabel()
        self.page_told.setObjectName("strong")
        self.count_told.setObjectName("quiet")
        row.addWidget(self.page_told)
        row.addStretch(1)
        row.addWidget(self.count_told)
        return row

    def _card(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(6)
        self.label, self.how, self.value, self.told = QLabel(), QLabel(), QLabel(), QLabel()
        self.label.setObjectName("group")
        for quiet in (self.how, self.told):
            quiet.setObjectName("quiet")
        self.value.setObjectName("entry")
        for words in (self.label, self.how, self.value, self.told):
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(True)
            column.addWidget(words)
        self.value.setMinimumHeight(46)
        self.value.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.act = QPushButton(COPY)
        self.act.setObjectName("primary")
        self.act.setAutoDefault(True)
        self.act.setToolTip("Enter")
        column.insertWidget(3, self.act)
        return card

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.above = QCheckBox("总在最前")
        self.above.setChecked(True)
        self.back = QPushButton("回到填写")
        self.back.setObjectName("small")
        self.back.setAutoDefault(True)
        self.back.setToolTip("Esc 关闭填报助手")
        row.addWidget(self.above)
        row.addStretch(1)
        row.addWidget(self.back)
        return row

    def _connect(self) -> None:
        self.list.went.connect(self._be_at)
        self.list.asked.connect(self.go_on)
        self.list.ticked.connect(self._tick)
        self.list.paged.connect(self._turn)
        self.act.clicked.connect(self.go_on)
        self.above.clicked.connect(self._stay_above)
        self.back.clicked.connect(lambda: self.go_to.emit(""))
        for keys in ("Esc", "Ctrl+W"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.close)
        QShortcut(QKeySequence("Ctrl+C"), self).activated.connect(self.go_on)
        self.case.judged.connect(self._follow)
        self.case.replaced.connect(self._forget)
        self._clipboard.emptied.connect(self._forget)

    def _forget(self) -> None:
        """What was copied is in the clipboard no more, or another case is in hand."""
        self.told.setText("")

    def _follow(self) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the case as it stands, at the entry the person was at."""
        report = self.case.report
        if report is None:
            return
        self.entries = entries(SimpleNamespace(draft=self.case.draft, reading=report.reading))
        so_far = entered(self.case.draft)
        entry = self.at
        self.list.show_entries(self.entries, so_far, entry.id if entry else "")
        self.count_told.setText(f"已录 {self.count_done()} / {len(self.entries)}")
        self._show(entry)

    @property
    def at(self) -> Entry | None:
        """The entry in hand: where the person was, else the first that is not entered."""
        so_far = entered(self.case.draft)
        there = next((each for each in self.entries if each.id == so_far.at), None)
        left = (each for each in self.entries if each.value and not so_far.has(each))
        return there or next(left, self.entries[0] if self.entries else None)

    def _show(self, entry: Entry | None) -> None:
        self.act.setEnabled(entry is not None)
        if entry is None:
            self.value.setText("这个案件还没有填，先回去填写。")
            return
        self.page_told.setText(entry.page.title)
        self.label.setText(entry.label)
        self.how.setText(HOW[entry.how] if entry.value else "平台要填这一项，案件里还没有")
        self.value.setText(_for_the_eye(entry))
        self.act.setText((SHOW if entry.how == UPLOAD else COPY) if entry.value else GO)

    def _be_at(self, key: str) -> None:
        so_far = entered(self.case.draft)
        if so_far.at != key:
            self.case.enter(so_far.moved(key))
        self.refresh()

    def go_on(self) -> None:
        """Copy what is in hand (of a picture: show its file), tick it, and go to the next."""
        entry = self.at
        if entry is None:
            return
        if not entry.value:
            self.go_to.emit(entry.field.id)
            return
        if entry.how == UPLOAD:
            if not self._show_file(entry):
                return
        else:
            self._clipboard.copy(entry.value)
            self.told.setText(f"刚复制：{entry.label}　{short(entry)}")
        self.case.enter(entered(self.case.draft).ticked(entry).moved(self._after(entry)))
        if self.count_done() == len(self.entries):
            self.told.setText(f"{self.told.text()}\n{NOTHING_LEFT}")
        self.refresh()

    def count_done(self) -> int:
        """How many are entered."""
        so_far = entered(self.case.draft)
        return sum(so_far.has(each) for each in self.entries)

    def _after(self, entry: Entry) -> str:
        place = self.entries.index(entry)
        return self.entries[min(place + 1, len(self.entries) - 1)].id

    def _show_file(self, entry: Entry) -> bool:
        """Show the picture as it was made fit for the platform, else as it is attached; say which it is."""
        made = uploaded(entry, self.exported) if self.exported else None
        if made is not None and not still_attached(entry, self.case.draft):
            self.told.setText(EXCHANGED)
            return False
        if made is None and (entry.file is None or not self.case.store.lies_open):
            self.told.setText(NOT_EXPORTED)
            return False
        file = made or entry.file
        assert file is not None
        said = f"已在文件夹里选中：{file.name}" if made else ORIGINAL
        self.told.setText(said if reveal(file) else f"{NOT_OPENED}{file}")
        return True

    def _tick(self) -> None:
        entry = self.at
        if entry is not None and entry.value:
            so_far = entered(self.case.draft)
            self.case.enter(so_far.ticked(entry, on=not so_far.has(entry)).moved(entry.id))
            self.refresh()

    def _turn(self, by: int) -> None:
        pages = list(dict.fromkeys(each.page.id for each in self.entries))
        entry = self.at
        if entry is not None and 0 <= (place := pages.index(entry.page.id) + by) < len(pages):
            self._be_at(next(each.id for each in self.entries if each.page.id == pages[place]))

    def _stay_above(self, on: bool) -> None:
        self.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, on)
        self.show()

    def open_beside(self, exported: Path) -> None:
        """Show the window; `exported` is where the exports of the case go."""
        self.exported = exported
        self.refresh()
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """It stays when the form is put away: only the lock covers both."""
        super().showEvent(event)
        if not event.spontaneous():
            self.windowHandle().setTransientParent(None)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing copied stays behind; its place on the screen is kept for the next time."""
        remember_shape("entering", self.saveGeometry())
        self._clipboard.empty()
        super().closeEvent(event)


def _for_the_eye(entry: Entry) -> str:
    text = entry.grouped or entry.value or "未填写"
    return f"{text[:SEEN]}…（共 {len(text)} 字，复制的是全文）" if len(text) > SEEN else text
