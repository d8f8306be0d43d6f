"""A disk that answers when a test says so: what is written meanwhile can be looked at."""

import os
import threading

from ui import demo_hand as hand


class SlowDisk:
    """Every fsync waits until the test lets it go; `begun` counts them, `open` lets all through again."""

    def __init__(self, monkeypatch):
        self.begun, self._free, self._gate = 0, 0, threading.Condition()
        self._open = False
        self.error: OSError | None = None
        self._real = os.fsync
        monkeypatch.setattr(os, "fsync", self._fsync)

    def _fsync(self, file):
        with self._gate:
            self.begun += 1
            self._gate.wait_for(lambda: self._open or self._free > 0, 10)
            self._free -= 1
            if self.error is not None:
                raise self.error
        self._real(file)

    def waits(self, count=1):
        """Whether so many have come so far, after a while."""
        return hand.wait(lambda: self.begun >= count)

    def let_go(self, count=1):
        """Let so many through."""
        with self._gate:
            self._free += count
            self._gate.notify_all()

    def open(self):
        """From now on it is quick."""
        with self._gate:
            self._open = True
            self._gate.notify_all()
