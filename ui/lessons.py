"""What rejections of other cases in the library teach: kept when one is noted, told in a case like it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.jobs import Job
from wizard.files import FileProblem

if TYPE_CHECKING:
    from ui.library_session import LibrarySession
    from ui.main_window import MainWindow
    from wizard.draft import Draft
    from wizard.finding import Finding
    from wizard.library.library import Library
    from wizard.tracking.lessons import Lesson

_KEPT = "lessons"
_RECORD = "following"


class Lessons(QObject):
    """Stands between the records of the cases and the self-check; without a library it tells nothing."""

    def __init__(self, window: MainWindow, session: LibrarySession) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._kept: tuple[Lesson, ...] = ()
        self._seen: tuple[int, object] = (0, None)
        self._job: Job | None = None
        session.came.connect(self._came)
        window.case.saved.connect(lambda _: self._saved())
        window.case.replaced.connect(self._opened)
        window.case.also.append(self.findings)

    def _came(self) -> None:
        """Read them beside the window: what they are judged by takes a moment to load."""
        self._opened()
        if (library := self._session.library) is not None:
            self._do(lambda: _read(library))

    def _opened(self) -> None:
        self._seen = self._number(), self._window.case.draft.rest.get(_RECORD)

    def _number(self) -> int:
        """The number of the open case in the library; 0 where it is none of its."""
        store, case = self._session.store, self._window.case
        return store.case_at(case.place) if store is not None and case.store is store else 0

    def _saved(self) -> None:
        """A case was saved: where its record changed, learn from it."""
        now = self._number(), self._window.case.draft.rest.get(_RECORD)
        library, draft = self._session.library, self._window.case.draft
        if now[0] and library is not None and self._job is None and now != self._seen:
            self._seen = now
            self._do(lambda: _learn(library, draft, now[0]))

    def _do(self, work: Callable[[], tuple[Lesson, ...]]) -> None:
        self._job = Job(lambda _progress, _cancelled: work(), self)
        self._job.done.connect(self._known)
        self._job.failed.connect(self._failed)
        self._job.start()

    def _known(self, kept: tuple[Lesson, ...]) -> None:
        self._end()
        if kept != self._kept:
            self._kept = kept
            self._window.case.judge()
        self._saved()

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, FileProblem):
            raise error

    def _end(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the open case should know of others like it."""
        if not self._kept:
            return ()
        from wizard.tracking.lessons import told

        return told(self._kept, draft, self._number())

    def wait(self) -> None:
        """Let what is under way end (when the window closes)."""
        if self._job is not None:
            self._job.wait()


def _read(library: Library) -> tuple[Lesson, ...]:
    kept = library.settings.get(_KEPT)
    if not kept:
        return ()
    from wizard.tracking.lessons import lessons

    return lessons(kept)


def _learn(library: Library, draft: Draft, number: int) -> tuple[Lesson, ...]:
    from wizard.tracking.lessons import plain, with_lessons

    before = _read(library)
    after = with_lessons(before, draft, number)
    if after != before:
        library.settings.put(_KEPT, plain(after))
    return after
