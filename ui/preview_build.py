"""The preview's engine: has the packet built anew after an edit, the build before called off."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui import clock
from ui.case import Case
from ui.jobs import Job
from ui.packet_desk import PacketDesk
from wizard.files import FileProblem
from wizard.process.work import silent

if TYPE_CHECKING:
    from wizard.packet.options import Options

AFTER = 600
"""Milliseconds without an edit after which the packet is built anew."""
FIRST_AFTER = 100
"""Milliseconds that the window has to show itself before the packet's machinery is loaded."""
FAILED = "这次没能生成预览，草稿没有变；按“再试一次”"

Choose = Callable[[], "Options"]


class PreviewBuild(QObject):
    """Follows a case while it is watched. `built` brings a `Preview` and why it is a 草稿, if it is."""

    began = Signal()
    built = Signal(object, str)
    failed = Signal(str)

    def __init__(self, case: Case, options: Choose, packets: PacketDesk, parent: QObject) -> None:
        super().__init__(parent)
        self.case, self._options, self._packets = case, options, packets
        self.job: Job | None = None
        self._watched, self._stale, self._paused, self._first = False, True, False, True
        self._timer = QTimer(self, singleShot=True, interval=AFTER)
        self._timer.timeout.connect(self._start)
        case.edited.connect(lambda _: self.touch())
        case.replaced.connect(self.touch)
        case.packed.connect(self.touch)

    def touch(self) -> None:
        """What is shown no longer holds: build anew, soon."""
        self._stale = True
        self._cancel()
        if self._watched and not self._paused:
            self.began.emit()
            self._timer.start()

    def pause(self) -> None:
        """The windows are locked, the attachments put away: what would be built now would lack them."""
        self._paused = True
        self._timer.stop()
        self._stale |= self.job is not None
        self._cancel()

    def go_on(self) -> None:
        """The windows are open again."""
        self._paused = False
        self.touch()

    def watch(self, watched: bool) -> None:
        """Whether anybody looks: while nobody does, nothing is built."""
        self._watched = watched
        if not watched:
            self._timer.stop()
            self._stale |= self.job is not None
            self._cancel()
        elif self._stale:
            self.now()

    def now(self) -> None:
        """Build without waiting for the next edit."""
        self._stale = True
        self._cancel()
        self.began.emit()
        self._timer.start(FIRST_AFTER if self._first else 0)
        self._first = False

    def _cancel(self) -> None:
        if self.job is not None:
            self.job.cancel()

    def _start(self) -> None:
        report = self.case.report
        if self.job is not None or report is None or not self._watched or self._paused:
            return  # the one at work is cancelled: its end begins the next
        try:
            options = self._options()
        except FileProblem as problem:
            self.failed.emit(str(problem))
            return
        self._stale = False
        draft, moment, final = self.case.draft, clock.now().replace(microsecond=0), not report.blocked

        def work(progress: object, cancelled: Callable[[], bool]) -> object:
            from wizard.freeze import freeze

            snapshot = freeze(draft, report, moment, final)
            return self._packets.workshop.preview(snapshot, silent, cancelled, options)

        why = "" if final else f"还有 {report.errors} 处错误，按草稿显示"
        self.job = Job(work, self)
        self.job.done.connect(lambda made: self._ended(lambda: self.built.emit(made, why)))
        self.job.failed.connect(lambda error: self._ended(lambda: self._tell(error)))
        self.job.start()

    def _ended(self, tell: Callable[[], None]) -> None:
        """On with the next where the case has changed meanwhile; else tell of this one."""
        if self.job is not None:
            self.job.deleteLater()
            self.job = None
        if not self._stale:
            tell()
        elif self._watched and not self._paused and not self._timer.isActive():
            self._timer.start(0)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, FileProblem):
            self.failed.emit(str(error))
            return
        from ui.errors import log

        log(error)
        self.failed.emit(FAILED)

    def wait(self) -> None:
        """Stop, and wait for the thread to end (when the window closes)."""
        self.watch(watched=False)
        if self.job is not None:
            self.job.wait()
