"""The one thread that writes for the window: in order, and of what waits for one place only the newest."""

from __future__ import annotations

import threading
import weakref
from collections import deque
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

BRIEF = 0.03
"""Seconds the window simply waits for: most disks have answered by then."""
SHOWN_AFTER = 300
"""Milliseconds of waiting after which it is shown that there is something to wait for."""
PATIENCE = 20_000
"""Milliseconds after which a disk that gives no answer is not waited for any longer."""

Work = Callable[[], object]
Told = Callable[[Exception | None], None]
Result = TypeVar("Result")


class _Line:
    """What waits to be written and what came of what was; between two threads. `call` is told of each end.

    The thread knows of this alone, and not of the window's objects: it may outlive them.
    """

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._gate = threading.Condition()
        self._waiting: dict[Hashable, tuple[Work, Told]] = {}
        self._at_work = False
        self.ended: deque[tuple[Told, Exception | None]] = deque()

    @property
    def busy(self) -> bool:
        with self._gate:
            return self._at_work

    def put(self, key: Hashable, work: Work, told: Told) -> None:
        with self._gate:
            self._waiting[key] = work, told
            if not self._at_work:
                self._at_work = True
                # a daemon: a disk that never answers does not keep the program from ending
                threading.Thread(target=self._go, name="writer", daemon=True).start()

    def forget(self, key: Hashable) -> None:
        with self._gate:
            self._waiting.pop(key, None)

    def wait(self, seconds: float) -> bool:
        with self._gate:
            return self._gate.wait_for(lambda: not self._at_work, seconds)

    def _go(self) -> None:
        while True:
            with self._gate:
                if not self._waiting:
                    self._call()  # before it is known that all is done: after that the window may be gone
                    self._at_work = False
                    self._gate.notify_all()
                    return
                work, told = self._waiting.pop(next(iter(self._waiting)))
            error = None
            try:
                work()
            except Exception as found:  # noqa: BLE001 - told to whoever gave the work
                error = found
            self.ended.append((told, error))
            self._call()


class Writer(QObject):
    """Does what it is given in another thread; `told` hears on the GUI thread what came of it.

    What is begun is never broken off. A work takes the place of one of the same key that has not begun.
    `slow` tells that the window waits for it noticeably, and that it does no more; `unanswered` that the disk
    has given no answer for very long.
    """

    slow = Signal(bool)
    unanswered = Signal()
    _came = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._line = _Line(partial(_call, weakref.ref(self)))
        self._waits, self._given_up = 0, False
        self._watch = QTimer(self, singleShot=True)
        self._watch.timeout.connect(self._look)
        self._came.connect(self._tell_unless_waited_for, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether anything is not done yet."""
        return self._line.busy

    @property
    def waited_for(self) -> bool:
        """Whether the window waits just now."""
        return self._waits > 0

    def put(self, key: Hashable, work: Work, told: Told) -> None:
        """Have a work done after what is there already."""
        if not self._watch.isActive():
            self._watch.start(PATIENCE)
        self._line.put(key, work, told)

    def forget(self, key: Hashable) -> None:
        """Do not begin what waits under this key."""
        self._line.forget(key)

    def _look(self) -> None:
        if self.busy:
            self._given_up = True
            self.unanswered.emit()

    def _tell_unless_waited_for(self) -> None:
        if not self._waits:
            self.tell()

    def tell(self) -> None:
        """Tell what came of everything that has ended."""
        while self._line.ended:
            told, error = self._line.ended.popleft()
            self._given_up = False
            self._watch.start(PATIENCE)
            try:
                told(error)
            except BaseException:
                self._came.emit()  # what came of the others is told all the same
                raise

    def wait(self, seconds: float) -> bool:
        """Wait without letting anything else happen; whether everything is done."""
        return self._line.wait(seconds)

    def settle(self) -> bool:
        """Wait until all is done and told; whether it is. A disk that gives no answer is given up, once.

        The window lives on meanwhile: what takes longer is shown, and keys and clicks are taken in after it.
        """
        if not self.wait(BRIEF) and not self._given_up:
            self._live_on()
            self._given_up = self.busy
        self.tell()
        return not self.busy

    def _live_on(self) -> None:
        loop, shown = QEventLoop(), False

        def show() -> None:
            nonlocal shown
            shown = True
            self.slow.emit(True)  # noqa: FBT003 - a signal takes no names

        long, given_up = QTimer(singleShot=True, interval=SHOWN_AFTER), QTimer(singleShot=True)
        long.timeout.connect(show)
        given_up.timeout.connect(loop.quit)
        self._came.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
        self._waits += 1
        long.start()
        given_up.start(PATIENCE)
        try:
            while self.busy and given_up.isActive():
                loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        finally:
            self._waits -= 1
            self._came.disconnect(loop.quit)
            if shown:
                self.slow.emit(False)  # noqa: FBT003

    def do(self, work: Callable[[], Result]) -> Result:
        """Have a work done and wait for what it gives.

        Raises:
            Exception: whatever it raised.
            TimeoutError: the disk gave no answer.
        """
        given: list[Any] = []
        failed: list[Exception] = []
        self.put(object(), lambda: given.append(work()), partial(_keep, failed))
        self.settle()
        if failed:
            raise failed[0]
        if not given:
            raise TimeoutError
        return given[0]  # type: ignore[no-any-return]


def _call(writer: weakref.ref[Writer]) -> None:
    """On the other thread: something has ended."""
    if (one := writer()) is not None:
        try:
            one._came.emit()
        except RuntimeError:
            return  # the window was closed meanwhile


def _keep(failed: list[Exception], error: Exception | None) -> None:
    if error is not None:
        failed.append(error)
