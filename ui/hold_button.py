"""A button that shows what is private while it is held, and never longer than half a minute."""

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QPushButton

LONGEST = 30_000
"""Milliseconds after which it is covered again, held or not."""


class HoldButton(QPushButton):
    """Tells by `held` when to show and when to cover: at release, on leaving the window, in time.

    The main window is told that something was shown (`note_shown`).
    """

    held = Signal(bool)

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setAutoDefault(False)
        self._shown = False
        self._timer = QTimer(self, singleShot=True, interval=LONGEST)
        self._timer.timeout.connect(self.cover)
        self.pressed.connect(self._show)
        self.released.connect(self.cover)

    def _show(self) -> None:
        self._shown = True
        self._timer.start()
        self.held.emit(True)  # noqa: FBT003 - a signal takes no names
        top, dialog = self.window(), self.window()
        while top is not None and not hasattr(top, "note_shown"):
            top = top.parentWidget()
        if top is not None:
            top.note_shown(self.text() if top is dialog else dialog.windowTitle())

    def cover(self) -> None:
        """Cover again, if shown."""
        self._timer.stop()
        if self._shown:
            self._shown = False
            self.held.emit(False)  # noqa: FBT003

    def event(self, event: QEvent) -> bool:
        """Cover when the focus or the window is left, or the button is hidden."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.WindowDeactivate, QEvent.Type.Hide):
            self.cover()
        return super().event(event)
