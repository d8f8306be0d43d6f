"""Questions asked beside the window, one at a time: what came in between is dropped, the last is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from wizard.files import FileProblem

Question = Callable[[], Any]
Told = Callable[[Any], None]


class _Task(QRunnable):
    def __init__(self, work: Question, back: Told) -> None:
        super().__init__()
        self._work, self._back = work, back

    def run(self) -> None:
        try:
            result: Any = self._work()
        except Exception as error:  # noqa: BLE001 - raised again where it can be told
            result = error
        try:
            self._back(result)
        except RuntimeError:
            return  # the window was closed meanwhile


class Latest(QObject):
    """A queue in which a question takes the place of an older one of its kind that has not begun.

    Answers arrive on the GUI thread. `busy` is whether one is awaited; `failed` has the sentence of one
    that could not be answered.
    """

    failed = Signal(str)
    _came = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[str, tuple[Question, Told]] = {}
        self.busy = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._came.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def ask(self, kind: str, question: Question, told: Told) -> None:
        """Ask a question of some kind: `told` gets the answer, unless another of that kind is asked first."""
        self._waiting[kind] = question, told
        self._next()

    def _next(self) -> None:
        if self.busy or not self._waiting:
            return
        question, told = self._waiting.pop(next(iter(self._waiting)))
        self.busy = True
        self._pool.start(_Task(question, lambda result: self._came.emit(told, result)))

    def _arrived(self, told: Told, result: Any) -> None:
        self.busy = False
        self._next()
        if isinstance(result, FileProblem):
            self.failed.emit(str(result))
        elif isinstance(result, Exception):
            raise result
        else:
            told(result)

    def wait(self) -> None:
        """Let what is under way end and forget the rest (when the window closes)."""
        self._waiting.clear()
        self._pool.waitForDone()
