"""The last page: every answer once more, what is still to do, and the two ends: draft and final packet."""

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import clock
from ui.case import Case
from ui.field_row import FieldRow
from ui.jobs import Job
from ui.page_head import page_column
from ui.pages import PageInfo
from ui.review import Review
from ui.step_state import still_to_do
from wizard.check.run import Report
from wizard.files import FileProblem
from wizard.sections import section_fields

SHOWN_FOR = 1000
"""Milliseconds a progress sign stays once it was shown."""


class ExportPage(QScrollArea):
    """Shows the case as it will be printed and prints it, off the GUI thread."""

    go_to = Signal(str)
    blocked = Signal(str)

    def __init__(self, case: Case, info: PageInfo) -> None:
        super().__init__()
        self.case, self.page_id = case, info.id
        self.job: Job | None = None
        self.folder: Path | None = None
        self.written: Path | None = None
        self._packet = (0, "", 0)
        self._since = QElapsedTimer()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(0)
        self.summary = page_column(column, info.title, info.hint)
        column.addWidget(self._export_card())
        column.addSpacing(22)
        self.review = Review(case)
        self.review.go_to.connect(self.go_to)
        column.addWidget(self.review)
        column.addSpacing(22)
        column.addWidget(self._progress_group())
        column.addStretch(1)
        self.setWidget(inner)
        case.judged.connect(self.refresh)
        case.replaced.connect(self.fill)
        case.put.connect(self.fill)
        self.fill()

    def _export_card(self) -> QWidget:
        card = QWidget()
        card.setObjectName("card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        grid = QGridLayout(card)
        grid.setContentsMargins(20, 16, 20, 18)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        self.place = QLabel()
        self.place.setWordWrap(True)
        change = QPushButton("换个文件夹")
        change.clicked.connect(self._choose)
        label = QLabel("放到")
        label.setObjectName("lead")
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.place, 0, 1)
        grid.addWidget(change, 0, 2)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        self.final = QPushButton("导出正式材料包(&E)")
        self.final.setObjectName("primary")
        self.draft = QPushButton("导出草稿(&D)")
        self.cancel = QPushButton("取消导出")
        self.cancel.hide()
        self.opener = QPushButton("打开文件夹")
        self.opener.hide()
        self.final.clicked.connect(lambda: self.export(final=True))
        self.draft.clicked.connect(lambda: self.export(final=False))
        self.cancel.clicked.connect(self._cancel)
        self.opener.clicked.connect(self._open)
        for button in (self.final, self.draft, self.cancel, self.opener, change):
            button.setAutoDefault(True)
        for button in (self.final, self.draft, self.cancel, self.opener):
            buttons.addWidget(button)
        buttons.addStretch(1)
        grid.addLayout(buttons, 1, 0, 1, 3)
        self._lay_telling(grid)
        grid.setColumnStretch(1, 1)
        return card

    def _lay_telling(self, grid: QGridLayout) -> None:
        self.bar = QProgressBar()
        self.bar.setAccessibleName("导出进度")
        self.bar.hide()
        grid.addWidget(self.bar, 2, 0, 1, 3)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.hide()
        grid.addWidget(self.told, 3, 0, 1, 3)

    def _progress_group(self) -> QWidget:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        head = QLabel("办理进度（提交以后再填）")
        head.setObjectName("group")
        column.addWidget(head)
        self.rows = {field.id: FieldRow(field) for field in section_fields("progress")}
        for field_id, row in self.rows.items():
            column.addWidget(row)
            row.edited.connect(lambda changed: self.case.answer(changed, self.rows[changed].editor.value()))
            row.left.connect(lambda left: self.case.visit([left]))
            row.put(self.case.draft.answers.get(field_id, ""))
        return group

    def fill(self) -> None:
        """Show the case from the beginning."""
        for field_id, row in self.rows.items():
            row.put(self.case.draft.answers.get(field_id, ""))
        self.place.setText(str(self.target()))
        self.refresh(force=True)

    def refresh(self, force: bool = False) -> None:
        """Show what is still to do and every answer."""
        report = self.case.report
        if report is None or not (self.isVisible() or force):
            return
        self.summary.setText(summary(report))
        self.review.refresh()
        for field_id, row in self.rows.items():
            row.say(self.case.shown(field_id))

    def target(self) -> Path:
        """The folder that the export goes to."""
        if self.folder:
            return self.folder
        stem = self.case.place.name.removesuffix(".json").removesuffix(".beian")
        return self.case.place.parent / f"{stem}.材料包"

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "材料包放到哪个文件夹", str(self.case.place.parent))
        if name:
            self.folder = Path(name)
            self.place.setText(name)

    def export(self, final: bool) -> None:
        """Export what stands now; a final packet only while no 错误 stands."""
        report = self.case.report
        if report is None or (self.job and self.job.running):
            return
        if final and report.blocked:
            self.case.visit(f for finding in report.findings for f in finding.fields)
            self.blocked.emit(f"有 {report.errors} 处错误，改好以后才能导出正式材料包；现在可以先导出草稿")
            return
        from wizard.command_line.freeze import freeze
        from wizard.packet.output import export

        snapshot = freeze(self.case.draft, report, clock.now().replace(microsecond=0), final)
        self._packet = (self.case.opened, snapshot.number, snapshot.version)
        target = self.target()
        self.job = Job(lambda progress, cancelled: export(snapshot, target, progress, cancelled), self)
        self.job.progress.connect(self._progress)
        self.job.done.connect(self._done)
        self.job.failed.connect(self._failed)
        self._busy(busy=True)
        self.job.start()

    def _busy(self, busy: bool) -> None:
        self.cancel.setVisible(busy)
        self.final.setVisible(not busy)
        self.draft.setVisible(not busy)
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
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self._say(what)

    def _done(self, exported: object) -> None:
        paths: tuple[Path, ...] = exported.paths  # type: ignore[attr-defined]
        rare: tuple[str, ...] = exported.unprintable  # type: ignore[attr-defined]
        self._busy(busy=False)
        self.bar.setRange(0, 1)
        self.bar.setValue(1)
        opened, number, version = self._packet
        if opened == self.case.opened:
            self.case.exported(number, version)
        self.written = paths[0].parent
        self.opener.show()
        self.opener.setFocus()
        lines = [
            f"材料包 {number} 第 {version} 版，已导出到 {self.written}",
            *(f"· {path.name}" for path in paths),
        ]
        if rare:
            lines.append("这些字字体里没有，印成了“〓”：" + "、".join(rare))
        self._say("\n".join(lines))

    def _failed(self, error: object) -> None:
        from wizard.packet.pictures import Cancelled

        self._busy(busy=False)
        if isinstance(error, Cancelled):
            self._say("已取消，没有留下文件")
        elif isinstance(error, FileProblem):
            self._say(str(error))
        else:
            from ui.errors import log

            log(error)  # type: ignore[arg-type]
            self._say("无法完成导出，草稿没有变。再试一次；还不行就换个文件夹")

    def _cancel(self) -> None:
        if self.job:
            self.job.cancel()
            self._say("正在取消…")

    def _open(self) -> None:
        if self.written and not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.written))):
            self._say(f"系统没有打开文件夹的程序，到这里找：{self.written}")

    def _say(self, text: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def visit_all(self) -> None:
        """Leaving this page judges nothing more."""

    def focus(self, field_id: str = "") -> None:
        """Put the focus to the export, or into a field of the progress."""
        self.fill()
        (self.rows[field_id].editor.target if field_id in self.rows else self.final).setFocus()


def summary(report: Report) -> str:
    """What stands in the way of the final packet, or that nothing does."""
    if todo := still_to_do(report):
        return f"{todo}。现在可以导出草稿，每页印有“草稿”二字；改好以后导出正式材料包。"
    doubts = f"；还有 {report.warnings} 处提醒，看过再决定" if report.warnings else ""
    return f"没有错误，可以导出正式材料包{doubts}"
