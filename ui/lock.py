"""The lock: after some minutes without a key, or on demand, every window of the program shows a curtain only.

Nothing that was typed goes: it is saved, and stays where it is behind the curtain.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAction, QShortcut, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.curtain import Curtain, Look

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_SIGNS_OF_LIFE = (
    QEvent.Type.KeyPress,
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
)
Told = Callable[[str, int], None]
_ALL_SAVED = "填写的内容都已保存"
_NOT_SAVED = "最后的修改没能存到磁盘，还在这个窗口里，先不要关机"
AGAIN = 1000
"""Milliseconds after which it is tried again, where the lock had to wait."""
OF_THE_LOCK = "of_the_lock"
"""A property of dialogs that help to unlock: no curtain is hung in them."""
OF_THE_LIBRARY = "of_the_library"
"""A property of dialogs that work on the open library: they close when its key is put away."""
ASKED = Look("已锁定", "填写的内容都已保存。输入口令，回到刚才的地方。", asks=True)
_ONLY_HIDDEN = Look(
    "内容已隐藏",
    "填写的内容都已保存。没有设口令，谁都能点开；建立客户库并设口令以后，锁定才真正有用。",
    asks=False,
    back="回到案件",
)


class Keys(Protocol):
    """Who holds the key that a lock puts away."""

    @property
    def held(self) -> bool:
        """Whether there is a key that a lock puts away."""

    @property
    def engaged(self) -> bool:
        """Whether work needs it now that cannot be left half done: the lock waits for its end."""

    @property
    def look(self) -> Look:
        """What the curtain of a lock says, and what is needed to come back."""

    def drop(self) -> None:
        """Put the key away; what is not saved yet stays in memory."""

    def come_back(self, told: Told) -> None:
        """The person comes back without a secret; `told` gets the reason why not (empty: they may)."""

    def take(self, secret: str, recovery: bool, told: Told) -> None:
        """Fetch the key again with a secret; `told` gets the reason why not (empty: it fits) and the wait."""


class NoKeys:
    """Nothing is encrypted: a lock is only a curtain."""

    held = engaged = False
    look = _ONLY_HIDDEN

    def drop(self) -> None:
        """There is no key."""

    def come_back(self, told: Told) -> None:
        """Anybody may come back."""
        told("", 0)

    def take(self, secret: str, recovery: bool, told: Told) -> None:
        """Anybody may come back."""
        told("", 0)


class Lock(QObject):
    """Watches for signs of life and hangs the curtains. `minutes` of 0 never locks by itself."""

    locked = Signal()
    unlocked = Signal()

    def __init__(self, window: MainWindow, minutes: int = 0) -> None:
        super().__init__(window)
        self._window, self._look, self._back = window, _ONLY_HIDDEN, self.lift
        self.keys: Keys = NoKeys()
        self.curtains: list[Curtain] = []
        self._disabled: list[QAction | QShortcut] = []
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._see)
        self._application = QApplication.instance()
        assert isinstance(self._application, QApplication)
        self._application.focusWindowChanged.connect(self._watch)
        window.case.edited.connect(self.alive)
        self._watch(window.windowHandle())
        self.alive()
        self.set_minutes(minutes)

    @property
    def on(self) -> bool:
        """Whether the windows are locked."""
        return bool(self.curtains)

    def set_minutes(self, minutes: float) -> None:
        """Lock after so many minutes without a key or a move of the mouse; 0 for never."""
        self._after = minutes * 60
        self.alive()
        self._timer.stop()
        if minutes:
            self._timer.start(int(self._after * 1000))

    def alive(self) -> None:
        """The person is here. Two clocks: one stands while the machine sleeps, the other can be set."""
        self._seen = time.monotonic(), time.time()

    def _see(self) -> None:
        idle = max(time.monotonic() - self._seen[0], time.time() - self._seen[1])
        if idle >= self._after and (self.keys.engaged or self._window.case.waited_for):
            self._timer.start(AGAIN)
        elif idle >= self._after:
            self.lock()
        else:
            self._timer.start(int((self._after - idle) * 1000) + 1)

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
        if self.on:
            self._cover()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note signs of life."""
        if event.type() in _SIGNS_OF_LIFE:
            self.alive()
        return False

    def lock(self) -> None:
        """Hang the curtains, save, and put the key away. A slow disk does not keep the curtains up."""
        if self.on or self.keys.engaged or self._window.case.waited_for:
            return
        if self.keys.held:
            self._close_dialogs()
        self.hang(self.keys.look, self._come_back)
        if hasattr(self._window, "clipboard"):
            self._window.clipboard.empty()
        if not self._window.case.save():
            self._say_unsaved()
        self.keys.drop()
        self.locked.emit()

    def _say_unsaved(self) -> None:
        self._look = self._look._replace(words=self._look.words.replace(_ALL_SAVED, _NOT_SAVED))
        for curtain in self.curtains:
            curtain.said.setText(self._look.words)

    def _close_dialogs(self) -> None:
        for top in reversed(QApplication.topLevelWidgets()):
            if isinstance(top, QDialog) and top.isVisible() and top.property(OF_THE_LIBRARY):
                top.done(0)

    def _come_back(self) -> None:
        for curtain in self.curtains:
            curtain.wait_for_answer()
        self.keys.come_back(self.answer)

    def hang(self, look: Look, back: Callable[[], None] | None = None) -> None:
        """Hang the curtains with these words, in front of everything.

        `back` is what the way on without a secret does; it lifts them unless it is given.
        """
        self._timer.stop()
        self._back = back or self.lift
        while popup := QApplication.activePopupWidget():
            popup.close()
        self._look = look
        self._cover()
        self._window.setWindowTitle(f"{look.heading} – 备案助手")

    def _cover(self) -> None:
        """Hang a curtain in every window that has none, and let no key reach what is behind."""
        covered = [curtain.parentWidget() for curtain in self.curtains]
        for top in QApplication.topLevelWidgets():
            if top.isVisible() and top not in covered and self._ours(top) and not top.property(OF_THE_LOCK):
                curtain = Curtain(top, self._look)
                curtain.tried.connect(self._try)
                curtain.lifted.connect(self._back)
                self.curtains.append(curtain)
                for key in (*top.findChildren(QAction), *top.findChildren(QShortcut)):
                    if key.isEnabled():
                        key.setEnabled(False)
                        self._disabled.append(key)

    def _ours(self, top: QWidget | None) -> bool:
        while top is not None and top is not self._window:
            top = top.parentWidget()
        return top is not None

    def _try(self, secret: str, recovery: bool) -> None:
        for curtain in self.curtains:
            curtain.form.wait_for_answer()
        self.keys.take(secret, recovery, self.answer)

    def answer(self, refusal: str, wait: int) -> None:
        """What came of a secret: the reason why it does not fit, or nothing, and the curtains go."""
        if refusal:
            for curtain in self.curtains:
                curtain.ask(self._look.heading)
                curtain.form.refuse(refusal, wait)
        else:
            self.lift()

    def lift(self) -> None:
        """Show everything again, as it was."""
        curtains, self.curtains = self.curtains, []
        for key in self._disabled:
            key.setEnabled(True)
        self._disabled.clear()
        for curtain in reversed(curtains):
            curtain.lift()
        self._window.entitle()
        self.set_minutes(self._after / 60)
        self.unlocked.emit()
