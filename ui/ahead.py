"""What the person will soon want, made while nothing is going on: the page of papers, the dialogs behind it.

Loaded and built at its first opening, the page stood for 50 to 70 ms of work in one piece.
"""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

QUIET = 700
"""Milliseconds without an edit before something is made ahead."""
_BREATH = 30


class Ahead:
    """Makes one piece after the other, each short, and none while the person types or the window is shut."""

    def __init__(self, build: Callable[[], object], window: QWidget) -> None:
        self._window, self._pieces = window, self._all(build)
        self._timer = QTimer(window, singleShot=True, interval=QUIET)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    def wait(self) -> None:
        """The person did something: be quiet for a while."""
        if self._timer.isActive():
            self._timer.start(QUIET)

    def _next(self) -> None:
        if self._window.isVisible() and next(self._pieces, None) is not None:
            self._timer.start(_BREATH)

    def _all(self, build: Callable[[], object]) -> Iterator[str]:
        from ui import drop_area  # noqa: F401

        yield "slots"
        from ui import papers_page  # noqa: F401

        yield "page"
        build()
        yield "page built"
        from ui import suggestions_dialog  # noqa: F401

        yield "suggestions"
        from ui import bench_dialog, bench_work  # noqa: F401

        yield "bench"
