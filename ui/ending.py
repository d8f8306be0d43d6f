"""The session ends, or the program is told to end from outside: what was entered is saved first, unasked."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui.errors import PATIENCE

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_TOLD_BY = ("SIGTERM", "SIGHUP", "SIGINT")


class Ending(QObject):
    """Saves when the person logs out or the machine shuts down; a signal also closes the window, in order."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        # at once, within the signal: when it has returned, the system may end the program
        application.commitDataRequest.connect(self._save, Qt.ConnectionType.DirectConnection)
        if sys.platform != "win32":
            self._listen()

    def _listen(self) -> None:
        """Python hears of a signal only when it runs, and in the window Qt does: a pipe wakes it."""
        reading, writing = os.pipe()
        for end in (reading, writing):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for name in _TOLD_BY:
            signal.signal(getattr(signal, name), lambda *_: None)
        self._pipe = reading
        self._notifier = QSocketNotifier(reading, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._end)

    def _save(self) -> None:
        self._window.case.save_now(PATIENCE)

    def _end(self) -> None:
        os.read(self._pipe, 512)
        self._save()
        self._quit()

    def _quit(self) -> None:
        """Close everything in order, but not while the window is just waiting for the disk."""
        if self._window.case.waited_for:
            QTimer.singleShot(50, self, self._quit)
        else:
            QApplication.quit()
