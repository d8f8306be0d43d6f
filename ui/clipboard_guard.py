"""What is private does not stay in the clipboard: it is emptied half a minute after a copy, and at the end.

Only what was copied from this program, and only while it is still what the clipboard holds.
"""

import sys

from PySide6.QtCore import QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from ui.case import Case
from ui.private import values_in
from wizard.masking import masked_within

KEPT_FOR = 30_000
"""Milliseconds a private value stays in the clipboard."""


_DWORD_0, _DWORD_1 = bytes(4), b"\1\0\0\0"
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
SECRET = {
    "win32": {
        _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): _DWORD_1,
        _WINDOWS.format("CanIncludeInClipboardHistory"): _DWORD_0,
        _WINDOWS.format("CanUploadToCloudClipboard"): _DWORD_0,
    },
    "darwin": {"org.nspasteboard.ConcealedType": b"1"},
}
OTHERWISE = {"x-kde-passwordManagerHint": b"secret"}
"""What asks the systems' clipboard histories not to keep a value: Windows, macOS by custom, KDE."""


class ClipboardGuard(QObject):
    """Watches the clipboard for private values of the case that is open; `copied` tells of one."""

    copied = Signal()
    emptied = Signal()

    def __init__(self, case: Case, parent: QObject) -> None:
        super().__init__(parent)
        self._case, self._copied, self._given = case, "", ""
        self._timer = QTimer(self, singleShot=True, interval=KEPT_FOR)
        self._timer.timeout.connect(self.empty)
        self._clipboard = QGuiApplication.clipboard()
        self._clipboard.dataChanged.connect(self._changed)
        application = QGuiApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.empty)

    def _changed(self) -> None:
        self._timer.stop()
        before, self._copied = self._copied, ""
        if not self._ours():
            return
        text = self._clipboard.text()
        if text and (text == self._given or self._private(text)):
            self._copied = text
            self._timer.start()
            if text != before:
                self.copied.emit()

    def copy(self, text: str) -> None:
        """Put `text` into the clipboard, private or not: out of it again in half a minute, in no history."""
        data = QMimeData()
        data.setText(text)
        for name, value in SECRET.get(sys.platform, OTHERWISE).items():
            data.setData(name, value)
        self._given = text
        self._clipboard.setMimeData(data)
        self._changed()

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
        self._copied = self._given = ""
        self.emptied.emit()
