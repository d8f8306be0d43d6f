"""Where an export goes, what it holds, the buttons that make it, and what became of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from ui import clock
from ui.case import Case
from ui.export_choices import ExportChoices
from ui.export_options import LOCKED, ExportOptions
from ui.jobs import Job
from ui.packet_desk import PacketDesk
from wizard.files import FileProblem
from wizard.process.work import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    from wizard.packet.exported import Exported
    from wizard.packet.options import Options
    from wizard.packet.snapshot import Snapshot

SHOWN_FOR = 1000
"""Milliseconds a progress sign stays once it was shown."""


class ExportCard(QWidget):
    """Has the packet made, beside the window. `blocked` says why a final one cannot be made."""

    blocked = Signal(str)
    preview_wanted = Signal()

    def __init__(self, case: Case, choices: ExportChoices, packets: PacketDesk) -> None:
        super().__init__()
        self.case, self.choices, self.packets = case, choices, packets
        self.job: Job | None = None
        self.folder: Path | None = None
        self.written: Path | None = None
        self._since = QElapsedTimer()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 16, 20, 18)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        self._lay_place(grid)
        self.options = ExportOptions(choices)
        grid.addWidget(self.options, 1, 0, 1, 3)
        grid.addLayout(self._buttons(), 2, 0, 1, 3)
        self._lay_telling(grid)
        grid.setColumnStretch(1, 1)

    def _lay_place(self, grid: QGridLayout) -> None:
        label = QLabel("放到")
        label.setObjectName("lead")
        self.place = QLabel()
        self.place.setWordWrap(True)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        change = QPushButton("换个文件夹")
        change.setAutoDefault(True)
        change.clicked.connect(self._choose)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.place, 0, 1)
        grid.addWidget(change, 0, 2)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.preview = QPushButton("预览(&P)")
        self.final = QPushButton("导出正式材料包(&E)")
        self.final.setObjectName("primary")
        self.draft = QPushButton("导出草稿(&D)")
        self.cancel = QPushButton("取消导出")
        self.opener = QPushButton("打开文件夹")
        self.preview.setToolTip("Ctrl+P")
        self.preview.clicked.connect(self.preview_wanted)
        self.final.clicked.connect(lambda: self.export(final=True))
        self.draft.clicked.connect(lambda: self.export(final=False))
        self.cancel.clicked.connect(self._cancel)
        self.opener.clicked.connect(self._open)
        for button in (self.final, self.draft, self.cancel, self.opener, self.preview):
            button.setAutoDefault(True)
            row.addWidget(button)
        self.cancel.hide()
        self.opener.hide()
        row.addStretch(1)
        return row

    def _lay_telling(self, grid: QGridLayout) -> None:
        self.bar = QProgressBar()
        self.bar.setAccessibleName("导出进度")
        self.bar.hide()
        grid.addWidget(self.bar, 3, 0, 1, 3)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.hide()
        grid.addWidget(self.told, 4, 0, 1, 3)

    def show_place(self) -> None:
        """Say where the export goes."""
        self.place.setText(str(self.target()))

    def target(self) -> Path:
        """The folder that the export goes to."""
        if self.folder:
            return self.folder
        return self.case.store.home(self.case.draft, self.case.place)

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "材料包放到哪个文件夹", str(self.target().parent))
        if name:
            self.folder = Path(name)
            self.show_place()

    def export(self, final: bool) -> None:
        """Export what stands now; a final packet only while no 错误 stands."""
        report = self.case.report
        if report is None or (self.job and self.job.running):
            return
        if final and report.blocked:
            self.case.visit(f for finding in report.findings for f in finding.fields)
            self.blocked.emit(f"有 {report.errors} 处错误，改好以后才能导出正式材料包；现在可以先导出草稿")
            return
        try:
            options = self.choices.for_files()
        except FileProblem as problem:
            self.options.complain(str(problem))
            return
        self._start(final, options)

    def _start(self, final: bool, options: "Options") -> None:
        report, draft, target = self.case.report, self.case.draft, self.target()
        moment, opened, store = clock.now().replace(microsecond=0), self.case.opened, self.case.store

        def work(
            progress: "Callable[[int, int, str], None]", cancelled: "Callable[[], bool]"
        ) -> "tuple[Snapshot, Exported]":
            from wizard.freeze import freeze

            assert report is not None
            with store.held(draft) as held:  # the library may lock meanwhile: what was begun comes to its end
                snapshot = freeze(held, report, moment, final)
                return snapshot, self.packets.workshop.export(snapshot, target, progress, cancelled, options)

        self.job = Job(work, self)
        self.job.progress.connect(self._progress)
        self.job.done.connect(lambda made: self._done(*made, opened, bool(options.password)))
        self.job.failed.connect(self._failed)
        self._busy(busy=True)
        self.job.start()

    def _busy(self, busy: bool) -> None:
        focused = any(button.hasFocus() for button in (self.final, self.draft, self.cancel))
        self.cancel.setVisible(busy)
        self.final.setVisible(not busy)
        self.draft.setVisible(not busy)
        if focused:
            (self.cancel if busy else self.final).setFocus()
        if busy:
            self._since.start()
            self.bar.setRange(0, 0)
            self.bar.show()
            self.opener.hide()
            self._say("正在准备…")
        else:
            QTimer.singleShot(max(0, SHOWN_FOR - self._since.elapsed()), self, self._hide_bar)

    def _hide_bar(self) -> None:
        """Only now: a sign that flashes by makes people wonder what they missed."""
        if self.cancel.isHidden():
            self.bar.hide()

    def _progress(self, done: int, total: int, what: str) -> None:
        if self.job is None or self.job.cancelled:
            return
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._say(what)

    def _done(self, snapshot: "Snapshot", exported: "Exported", opened: int, locked: bool) -> None:
        self._busy(busy=False)
        self.bar.setRange(0, 1)
        self.bar.setValue(1)
        if opened == self.case.opened:
            self.case.exported(exported.record)
        self.written = exported.folder
        self.opener.show()
        self.opener.setFocus()
        self._tell(outcome(snapshot, exported, locked))

    def _failed(self, error: object) -> None:
        self._busy(busy=False)
        if isinstance(error, Cancelled):
            self._tell("已取消，没有留下文件")
        elif isinstance(error, FileProblem):
            self._tell(str(error))
        else:
            from ui.errors import log

            log(error)  # type: ignore[arg-type]
            self._tell("无法完成导出，草稿没有变。再试一次；还不行就换个文件夹")

    def _cancel(self) -> None:
        if self.job:
            self.job.cancel()
            self._say("正在取消…")

    def wait(self) -> None:
        """Stop an export, and wait for it to end (when the window closes)."""
        if self.job is not None:
            self.job.cancel()
            self.job.wait()

    def _open(self) -> None:
        if self.written and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written))):
            self._say(f"系统没有打开文件夹的程序，到这里找：{self.written}")

    def _tell(self, text: str) -> None:
        """Say what became of it, also to those who do not see it."""
        self._say(text)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.told, text))

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))


def outcome(snapshot: "Snapshot", exported: "Exported", locked: bool) -> str:
    """What was written, what was done to the pictures, what has no password."""
    kind = "正式版" if snapshot.final else "草稿"
    lines = [
        f"材料包 {snapshot.number} 第 {snapshot.version} 版（{kind}），已导出到 {exported.folder}",
        *(f"· {path.name}" for path in exported.paths),
    ]
    lines += [f"上传图片　{note}" for note in exported.notes]
    if exported.unprintable:
        lines.append("这些字字体里没有，印成了“〓”：" + "、".join(exported.unprintable))
    if locked:
        lines.append(LOCKED)
    if snapshot.final:
        lines += ["", *next_steps(exported)]
    return "\n".join(lines)


def next_steps(exported: "Exported") -> Iterator[str]:
    """What a person does with a packet that is ready."""
    from wizard.packet.filling import LETTERS

    yield "接下来"
    if any(path.name == LETTERS for path in exported.paths):
        yield f"· 打印“{LETTERS}”里的，签字、盖章；清单上写明要上传的，拍照放进“证件与附件”，再导出一次"
    yield "· 按 F9 打开填报助手，照着平台的页面逐项复制"
    yield "· 在平台提交以后，按 Ctrl+J 在办理进度里记一笔，期限和短信核验会提醒"
