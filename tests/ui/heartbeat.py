"""Whether the window lives while something is under way: a timer that beats, and the beats counted."""

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtTest import QTest

EVERY = 10


class Heartbeat:
    """Beats every 10 ms while the event loop is free; `longest` is the longest pause between two, in ms."""

    def __init__(self) -> None:
        self.beats, self.longest = 0, 0
        self._clock = QElapsedTimer()
        self._timer = QTimer(interval=EVERY)
        self._timer.timeout.connect(self._beat)
        self._clock.start()
        self._timer.start()

    def _beat(self) -> None:
        self.longest = max(self.longest, self._clock.restart())
        self.beats += 1

    def during(self, milliseconds: int) -> int:
        """How often it beats while the event loop runs for so long."""
        before = self.beats
        QTest.qWait(milliseconds)
        return self.beats - before
