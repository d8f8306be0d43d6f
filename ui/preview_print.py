"""Printing from the preview: a printer is asked for, the work goes on in a thread and says where it is."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ui import clock
from ui.case import Case
from ui.jobs import Job
from ui.packet_desk import PacketDesk
from ui.preview_build import Choose
from wizard.files import FileProblem
from wizard.process.work import Cancelled

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class PreviewPrint(QObject):
    """One print at a time. `told` says where it is, `ended` how it ended."""

    told = Signal(str)
    ended = Signal(str)

    def __init__(self, case: Case, options: Choose, packets: PacketDesk, parent: QObject) -> None:
        super().__init__(parent)
        self.case, self._options, self._packets = case, options, packets
        self.job: Job | None = None

    def start(self, parent: QWidget, pages: int, page: int) -> bool:
        """Ask for a printer and begin; False where the person thought better of it."""
        from ui import packet_printing

        if self.job is not None:
            return False
        printer = packet_printing.ask_printer(parent, pages, page)
        if printer is not None:
            self.begin(printer)
        return printer is not None

    def begin(self, printer: "QPrinter") -> None:
        """Print on `printer` what the case is now."""
        from ui.packet_printing import put_on_paper

        store, packets = self.case.store, self._packets
        report, draft, moment = self.case.report, self.case.draft, clock.now().replace(microsecond=0)
        try:
            options = self._options()
        except FileProblem as problem:
            self.ended.emit(str(problem))
            return

        def work(progress: Callable[[int, int, str], None], cancelled: Callable[[], bool]) -> int:
            from wizard.freeze import freeze

            assert report is not None
            with store.held(draft) as held:  # the library may lock meanwhile
                snapshot = freeze(held, report, moment, not report.blocked)
                made = packets.workshop.preview(snapshot, progress, cancelled, options, fine=True)
            return put_on_paper(made, printer, packets.drawer, progress, cancelled)

        self.job = Job(work, self)
        self.job.progress.connect(lambda done, total, what: self.told.emit(what))
        self.job.done.connect(lambda count: self._ended(f"{count} 张已交给打印机"))
        self.job.failed.connect(self._failed)
        self.told.emit("正在准备打印…")
        self.job.start()

    def _ended(self, text: str) -> None:
        if self.job is not None:
            self.job.deleteLater()
            self.job = None
        self.ended.emit(text)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._ended("已取消打印；已经交给打印机的几张，在打印机上取消")
        elif isinstance(error, FileProblem):
            self._ended(str(error))
        else:
            from ui.errors import log

            log(error)
            self._ended("这次没能打印，草稿没有变。再试一次；还不行就导出 PDF，用看 PDF 的程序打印")

    def cancel(self) -> None:
        """Stop it."""
        if self.job is not None:
            self.job.cancel()
            self.told.emit("正在取消…")

    def wait(self) -> None:
        """Stop, and wait for the thread to end."""
        if self.job is not None:
            self.job.cancel()
            self.job.wait()
