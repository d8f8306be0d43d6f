"""What the person will soon want, made while nothing is going on: pages, the list, the dialogs behind them.

Loaded and built at its first opening, the page of papers stood for 50 to 70 ms of work in one piece, the page
办理进度 for 120, the list of cases for 60.
"""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

QUIET = 700
"""Milliseconds without an edit before something is made ahead."""
_BREATH = 30


class Ahead:
    """Makes one piece after the other, each short, and none while the person types or the window is shut."""

    def __init__(self, pieces: Iterator[object], window: QWidget, first: int | None = None) -> None:
        self._window, self._pieces = window, pieces
        self._timer = QTimer(window, singleShot=True, interval=QUIET if first is None else first)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    def wait(self) -> None:
        """The person did something: be quiet for a while."""
        if self._timer.isActive():
            self._timer.start(QUIET)

    def _next(self) -> None:
        if self._window.isVisible() and next(self._pieces, None) is not None:
            self._timer.start(_BREATH)


def of_the_window(papers: Callable[[], object], progress: Iterable[Callable[[], object]]) -> Iterator[str]:
    """The pieces of the two pages and of what is opened from them."""
    from ui import drop_area  # noqa: F401

    yield "slots"
    from ui import papers_page  # noqa: F401

    yield "page"
    papers()
    yield "page built"
    from ui import suggestions_dialog  # noqa: F401

    yield "suggestions"
    from ui import bench_dialog, bench_work  # noqa: F401

    yield "bench"
    from wizard.tracking import deadlines, record  # noqa: F401

    yield "tracking"
    from ui import progress_page  # noqa: F401

    yield "progress"
    for piece in progress:
        piece()
        yield "progress built"
    from ui import changes_dialog, event_dialog, rejection_window  # noqa: F401

    yield "its dialogs"
    from wizard.tracking.changes import everything

    everything()
    yield "变更"


def of_the_list(make: Callable[[], object]) -> Iterator[str]:
    """The pieces of the list of cases, which `make` puts together."""
    from ui import library_model  # noqa: F401

    yield "model"
    from ui import library_bar  # noqa: F401

    yield "bar"
    from ui import library_page  # noqa: F401

    yield "loaded"
    make()
    yield "built"
