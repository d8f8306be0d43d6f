"""Questions asked beside the window, one at a time: what came in between is dropped, the last is answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from wizard.files import FileProblem
from wizard.process.work import Cancelled

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
    """A queue in which a question takes the place of an older one of its kind.

    What is asked `idle` waits until nothing else is asked. A question that has begun and is not wanted any
    more, or is idle while another came, is told so by `stale`: it may end at once by raising `Cancelled`, and
    is asked again later where nothing took its place. Answers arrive on the GUI thread. `busy` is whether
    one is awaited; `failed` has the sentence of one that could not be answered.
    """

    failed = Signal(str)
    _came = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: dict[str, tuple[Question, Told, bool]] = {}
        self._under_way: tuple[str, Question, Told, bool] | None = None
        self._stale = self._ended = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._came.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """See the class."""
        return self._under_way is not None

    def stale(self) -> bool:
        """Whether the question under way should give way; for the question, on its own thread."""
        return self._stale

    def ask(self, kind: str, question: Question, told: Told, *, idle: bool = False) -> None:
        """Ask a question of some kind: `told` gets the answer, unless another takes its place first."""
        self._waiting[kind], self._ended = (question, told, idle), False
        if self._under_way is not None:
            now, *_, was_idle = self._under_way
            self._stale = self._stale or now == kind or (was_idle and not idle)
        self._next()

    def _next(self) -> None:
        if self.busy or not self._waiting:
            return
        kind = next((one for one, (*_, idle) in self._waiting.items() if not idle), next(iter(self._waiting)))
        question, told, idle = self._waiting.pop(kind)
        self._under_way, self._stale = (kind, question, told, idle), False
        self._pool.start(_Task(question, self._came.emit))

    def _arrived(self, result: Any) -> None:
        assert self._under_way is not None
        kind, question, told, idle = self._under_way
        replaced, self._under_way = kind in self._waiting, None
        if isinstance(result, Cancelled):
            if not replaced and not self._ended:
                self._waiting[kind] = question, told, idle
            self._next()
            return
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
        self._stale = self._ended = True
        self._pool.waitForDone()
