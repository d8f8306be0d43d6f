"""What is private does not stay in the clipboard: it is emptied half a minute after a copy, and at the end.

Only what was copied from this program, and only while it is still what the clipboard holds.
"""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from ui.case import Case
from ui.private import values_in
from wizard.masking import masked_within

KEPT_FOR = 30_000
"""Milliseconds a private value stays in the clipboard."""


class ClipboardGuard(QObject):
    """Watches the clipboard for private values of the case that is open."""

    def __init__(self, case: Case, parent: QObject) -> None:
        super().__init__(parent)
        self._case, self._copied = case, ""
        self._timer = QTimer(self, singleShot=True, interval=KEPT_FOR)
        self._timer.timeout.connect(self.empty)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._changed)
        application = QGuiApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.empty)

    def _changed(self) -> None:
        self._timer.stop()
        self._copied = ""
        if not self._ours():
            return
        text = self._clipboard.text()
        if text and self._private(text):
            self._copied = text
            self._timer.start()

    def _ours(self) -> bool:
        """Whether it was copied here; where the system cannot tell, whether this program was in front."""
        active = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        return self._clipboard.ownsClipboard() or active

    def _private(self, text: str) -> bool:
        plain = text.replace(" ", "")
        held = any(value.replace(" ", "") in plain for value in values_in(self._case.draft))
        return held or masked_within(plain) != plain

    def empty(self) -> None:
        """Empty the clipboard, if what was copied is still in it."""
        self._timer.stop()
        if self._copied and self._clipboard.text() == self._copied:
            self._clipboard.clear()
        self._copied = ""
