"""Many cases at once, from the list: checked or exported, seen as it goes on, paused, stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import clock
from ui.batch_choices import BatchChoices
from ui.batch_work import BatchWork, Made
from ui.dialog_parts import sized
from ui.export_options import LOCKED
from ui.lock import OF_THE_LIBRARY
from ui.style import COLOURS, MARKS

if TYPE_CHECKING:
    from wizard.batch.task import Line, Told
    from wizard.library.library import Library
    from wizard.packet.options import Options

_HEADS = ("案件", "结果", "错误", "提醒", "文件或原因")
_LEAD = "一次做完很多案件：一个出错不影响其他，中途停下或断电，再做一次就从停下的地方接着做。"


class BatchDialog(QDialog):
    """`cases` are the chosen ones and all that the list shows; `options` asks what holds about an export.

    `busy` is emitted while it works, so that the window does not lock itself; `opened` is a case to mend.
    """

    busy = Signal()
    opened = Signal(int)

    def __init__(
        self,
        library: Library,
        cases: tuple[Sequence[int], Sequence[int]],
        options: Callable[[], Options],
        said: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("批量自检、导出")
        self.setProperty(OF_THE_LIBRARY, True)  # noqa: FBT003 - Qt takes no names
        sized(self, 900, 620)
        self._options = options
        self.choices = BatchChoices(cases, said)
        self.work = BatchWork(library, self)
        self._locked = False
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        lead = QLabel(_LEAD)
        lead.setObjectName("lead")
        lead.setWordWrap(True)
        column.addWidget(lead)
        column.addWidget(self.choices)
        column.addLayout(self._progress())
        self.tree = _Lines()
        self.tree.itemActivated.connect(self._mend)
        column.addWidget(self.tree, 1)
        column.addLayout(self._buttons())
        self.choices.changed.connect(self._entitle)
        self.work.told.connect(self._told)
        self.work.done.connect(self._done)
        self.work.failed.connect(self._failed)
        self._beat = QTimer(self, interval=1000)
        self._beat.timeout.connect(self.busy)
        self._entitle()
        self._running(on=False)

    def _progress(self) -> QVBoxLayout:
        column = QVBoxLayout()
        self.bar = QProgressBar()
        self.bar.setAccessibleName("批量进度")
        self.bar.hide()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.bar)
        column.addWidget(self.said)
        return column

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.begin = QPushButton()
        self.begin.setObjectName("primary")
        self.pause = QPushButton("暂停(&P)")
        self.stop = QPushButton("停下(&T)")
        self.opener = QPushButton("打开文件夹(&O)")
        self.close_button = QPushButton("关闭")
        self.begin.clicked.connect(self.start)
        self.pause.clicked.connect(self._pause)
        self.stop.clicked.connect(self._stop)
        self.opener.clicked.connect(self._open)
        self.close_button.clicked.connect(self.reject)
        for button in (self.begin, self.pause, self.stop, self.opener):
            button.setAutoDefault(True)
            row.addWidget(button)
        row.addStretch(1)
        self.close_button.setAutoDefault(False)
        row.addWidget(self.close_button)
        self.opener.hide()
        return row

    def _entitle(self) -> None:
        what = "自检" if self.choices.check_only else "导出"
        self.begin.setText(f"开始{what} {len(self.choices.cases)} 个案件(&S)")

    def _running(self, on: bool) -> None:
        focused = any(one.hasFocus() for one in (self.begin, self.pause, self.stop))
        self.choices.setEnabled(not on)
        self.begin.setVisible(not on)
        self.pause.setVisible(on)
        self.stop.setVisible(on)
        self.pause.setText("暂停(&P)")
        (self._beat.start if on else self._beat.stop)()
        if focused or on:
            (self.pause if on else self.begin).setFocus()

    def start(self) -> None:
        """Begin, or go on with what was left."""
        from wizard.files import FileProblem

        try:
            task = self.choices.task(clock.today(), clock.now(), self._options)
        except FileProblem as problem:
            self.said.setText(str(problem))
            return
        if not self.choices.cases:
            self.said.setText("列表里没有案件，先放宽筛选")
            return
        self._locked = task.as_folders and bool(task.options.password)
        self.tree.clear()
        self.opener.hide()
        self.bar.setRange(0, len(self.choices.cases))
        self.bar.setValue(0)
        self.bar.show()
        self.said.setText("正在准备…")
        self._running(on=True)
        self.work.start(self.choices.cases, task, self.choices.folder)

    def _told(self, told: Told) -> None:
        self.bar.setValue(told.done)
        if told.last is not None:
            self.tree.add(told.last)
        self._say(told)

    def _say(self, told: Told) -> None:
        words = [f"已完成 {told.done} / {told.total}"]
        if self.work.paused:
            words.append("已暂停，手上的做完就停")
        elif told.now:
            words.append("正在做 " + "、".join(told.now))
        if told.seconds is not None and told.done < told.total and not self.work.paused:
            words.append(f"大约还要 {in_words(told.seconds)}")
        self.said.setText("，".join(words))

    def _done(self, made: Made) -> None:
        self._running(on=False)
        words = [made.said, *([LOCKED] if self._locked else [])]
        if made.left:
            words.append(f"还有 {made.left} 个没有做，再点“开始”就从这里接着做")
        if any(not item for item in self.tree.good()):
            words.append("在没有导出或有错误的一行上按回车，就打开那个案件")
        words += [f"目录没有写成：{made.problem}"] if made.problem else []
        if made.folder is not None:
            words.append(f"都在 {made.folder}")
        self.said.setText("。".join(words) + "。")
        self.opener.setVisible(made.folder is not None)
        if made.folder is not None:
            self.opener.setFocus()
        self.tree.show_failures_first()

    def _failed(self, why: str) -> None:
        self._running(on=False)
        self.said.setText(why)

    def _mend(self, item: QTreeWidgetItem) -> None:
        """Open a case of the list, once nothing is under way."""
        case = str(item.data(1, Qt.ItemDataRole.UserRole)).removeprefix("case:")
        if self.begin.isVisible() and case.isdigit():
            self.reject()
            self.opened.emit(int(case))

    def _pause(self) -> None:
        self.work.pause(not self.work.paused)
        self.pause.setText("继续(&P)" if self.work.paused else "暂停(&P)")
        if self.work.paused:
            self.said.setText("已暂停，手上的做完就停")

    def _stop(self) -> None:
        self.said.setText("正在停下…")
        self.work.cancel()

    def _open(self) -> None:
        folder = self.choices.folder
        if folder and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self.said.setText(f"系统没有打开文件夹的程序，到这里找：{folder}")

    def reject(self) -> None:
        """Close; what is at work is stopped first, and left for another time."""
        self.work.end()
        super().reject()


class _Lines(QTreeWidget):
    """What became of the cases."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("每个案件的结果")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHeaderLabels(list(_HEADS))
        fit = QHeaderView.ResizeMode
        for number, how in enumerate((fit.Interactive, *[fit.ResizeToContents] * 3)):
            self.header().setSectionResizeMode(number, how)
        self.header().resizeSection(0, 300)

    def add(self, line: Line) -> None:
        """Add one that is done, and show it."""
        from PySide6.QtGui import QBrush, QColor

        from wizard.batch.indexing import good
        from wizard.batch.task import STATES

        tone = "ok" if good(line) else "error"
        state = STATES[line.state] + ("" if line.final or not line.place else "（草稿）")
        texts = (
            line.covered(line.called),
            f"{MARKS[tone]} {state}",
            *(str(count) if count else "" for count in line.counts[:2]),
            line.covered("；".join(text for text in (line.place, line.reason) if text)),
        )
        item = QTreeWidgetItem(list(texts))
        item.setForeground(1, QBrush(QColor(COLOURS[tone])))
        item.setToolTip(4, texts[4])
        item.setData(0, Qt.ItemDataRole.UserRole, good(line))
        item.setData(1, Qt.ItemDataRole.UserRole, line.key)
        self.addTopLevelItem(item)
        self.scrollToItem(item)

    def good(self) -> list[bool]:
        """Which lines came through without a fault."""
        items = (self.topLevelItem(number) for number in range(self.topLevelItemCount()))
        return [bool(item.data(0, Qt.ItemDataRole.UserRole)) for item in items]

    def show_failures_first(self) -> None:
        """What needs a person stands on top."""
        items = [self.takeTopLevelItem(0) for _ in range(self.topLevelItemCount())]
        items.sort(key=lambda item: bool(item.data(0, Qt.ItemDataRole.UserRole)))
        self.addTopLevelItems(items)
        if items:
            self.setCurrentItem(items[0])
            self.scrollToItem(items[0])


def in_words(seconds: float) -> str:
    """A span of time as people say it."""
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    if minutes >= 60:
        return f"{minutes // 60} 小时 {minutes % 60} 分"
    return f"{minutes} 分 {rest} 秒" if minutes else f"{rest} 秒"
