"""Work off the GUI thread: told of its progress, cancelled when asked, delivered back on the GUI thread."""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

Work = Callable[[Callable[[int, int, str], None], Callable[[], bool]], Any]


class _Thread(QThread):
    def __init__(self, run: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._run = run

    def run(self) -> None:
        self._run()


class Job(QObject):
    """One piece of work. It must not touch widgets; its signals arrive on the GUI thread."""

    progress = Signal(int, int, str)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work, self._stop = work, Event()
        self._thread = _Thread(self._go, self)
        self._thread.finished.connect(self._tell)
        self._result: Any = None
        self._error: Exception | None = None

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Ask the work to stop; it ends with `failed`."""
        self._stop.set()

    def wait(self) -> None:
        """Block until the thread has ended (when the window closes)."""
        self._thread.wait()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    @property
    def running(self) -> bool:
        """Whether the thread is still at work."""
        return self._thread.isRunning()

    def _go(self) -> None:
        try:
            self._result = self._work(self.progress.emit, self._stop.is_set)
        except Exception as error:  # noqa: BLE001 - told to the person by whoever started the job
            self._error = error

    def _tell(self) -> None:
        """On the GUI thread, once the other has ended: only then may whoever is told let go of the job."""
        if self._error is None:
            self.done.emit(self._result)
        else:
            self.failed.emit(self._error)
