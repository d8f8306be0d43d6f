"""How long the window's event loop stands still: a timer that ought to beat every few milliseconds."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEventLoop, Qt, QTimer

BEAT = 5
"""Milliseconds."""


class Heartbeat:
    """The gaps between two beats, in milliseconds, while it runs; `work` is what its own thread did in each.

    A gap without work is waiting: for another thread of ours, or for the rest of a busy machine.
    """

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.work: list[float] = []
        self._last = self._worked = 0.0
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=BEAT)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1000)
        self._last = now
        worked = time.thread_time()
        self.work.append((worked - self._worked) * 1000)
        self._worked = worked

    @contextmanager
    def running(self) -> Iterator["Heartbeat"]:
        """Beat while the block lasts; it must let the event loop run."""
        self.gaps.clear()
        self.work.clear()
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._timer.start()
        try:
            yield self
        finally:
            self._timer.stop()
            self._beat()

    @property
    def worst(self) -> float:
        """The longest gap, in milliseconds."""
        return max(self.gaps)

    def over(self, limit: float) -> list[int]:
        """Every gap longer than `limit`, rounded, the longest first."""
        return sorted((round(gap) for gap in self.gaps if gap > limit), reverse=True)


def live(until: Callable[[], bool], seconds: float = 20) -> bool:
    """Let the window live as it does in earnest until `until` holds; whether it came to hold in time.

    `QTest.qWait` keeps Python's lock while it waits, so that work beside the window hardly gets on: a
    question of 20 ms took 200.
    """
    loop, look, end = QEventLoop(), QTimer(interval=1), time.monotonic() + seconds
    look.timeout.connect(lambda: loop.quit() if until() or time.monotonic() > end else None)
    look.start()
    loop.exec()
    look.stop()
    return until()


def rest(milliseconds: int) -> None:
    """Let the window live for that long."""
    end = time.monotonic() + milliseconds / 1000
    live(lambda: time.monotonic() >= end)
