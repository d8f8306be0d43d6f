"""The desk where packets are made, looked at and printed: in processes of their own, never in the window's.

Both are made when they are first needed, warmed when the export page or the preview opens, and let go after a
while without work, or at once when the windows are locked: they hold what is in the case.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from ui.jobs import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wizard.packet.exported import Exported
    from wizard.packet.options import Options
    from wizard.packet.pages import Preview, Raster
    from wizard.packet.snapshot import Snapshot
    from wizard.process.work import Progress


_LATER = 1500
"""Milliseconds."""


class Workshop(Protocol):
    """What the window needs of `wizard.packet.workshop.Workshop`."""

    def warm(self) -> None: ...
    def export(
        self,
        snapshot: Snapshot,
        target: Path,
        progress: Progress,
        cancelled: Callable[[], bool],
        options: Options,
    ) -> Exported: ...
    def preview(
        self,
        snapshot: Snapshot,
        progress: Progress,
        cancelled: Callable[[], bool],
        options: Options,
        fine: bool = False,
    ) -> Preview: ...
    def let_go(self) -> None: ...
    def close(self) -> None: ...


class Drawer(Protocol):
    """What the window needs of `wizard.packet.workshop.Drawer`."""

    def draw(self, preview: Preview, page: int, width: int) -> Raster: ...
    def let_go(self) -> None: ...
    def close(self) -> None: ...


def own_workshop() -> Workshop:
    """The workshop of this program."""
    from wizard.packet import workshop

    return workshop.Workshop()


def own_drawer() -> Drawer:
    """The drawer of this program."""
    from wizard.packet import workshop

    return workshop.Drawer()


class PacketDesk(QObject):
    """One workshop and one drawer for the window; may be asked for from any thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._workshop: Workshop | None = None
        self._drawer: Drawer | None = None
        self._warming: Job | None = None

    @property
    def workshop(self) -> Workshop:
        """Where packets are made."""
        with self._lock:
            self._workshop = self._workshop or own_workshop()
            return self._workshop

    @property
    def drawer(self) -> Drawer:
        """Where their pages are drawn."""
        with self._lock:
            self._drawer = self._drawer or own_drawer()
            return self._drawer

    def warm(self) -> None:
        """Have the workshop ready before it is needed."""
        if self._warming is None:
            self._warming = Job(lambda _progress, _cancelled: self.workshop.warm(), self)
            self._warming.failed.connect(lambda _: self._warm())  # whoever wants a packet is told
            self._warming.done.connect(lambda _: self._warm())
            self._warming.start()

    def _warm(self) -> None:
        if self._warming is not None:
            self._warming.deleteLater()
            self._warming = None

    def put_away(self) -> None:
        """End both, now or when their work is done: nothing of the case stays in their memory.

        And once more a little later: something may be on its way to them.
        """
        self._let_go()
        QTimer.singleShot(_LATER, self, self._let_go)

    def _let_go(self) -> None:
        with self._lock:
            for each in (self._workshop, self._drawer):
                if each is not None:
                    each.let_go()

    def close(self) -> None:
        """End everything (when the window closes); what is asked for later begins anew."""
        with self._lock:
            made = self._workshop, self._drawer
            self._workshop = self._drawer = None
        for each in made:
            if each is not None:
                each.close()
        if self._warming is not None:
            self._warming.wait()
