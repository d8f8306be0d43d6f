"""What rejections of other cases in the library teach: kept when one is noted, told in a case like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.latest import Latest
from wizard.parts import FOLLOWING

if TYPE_CHECKING:
    from ui.library_session import LibrarySession
    from ui.main_window import MainWindow
    from wizard.draft import Draft
    from wizard.finding import Finding
    from wizard.library.library import Library
    from wizard.tracking.lessons import Lesson

_KEPT = "lessons"


class Lessons(QObject):
    """Stands between the records of the cases and the self-check; without a library it tells nothing."""

    def __init__(self, window: MainWindow, session: LibrarySession) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._kept: tuple[Lesson, ...] = ()
        self._seen: tuple[int, object] = (0, None)
        self._asking = Latest(self)
        session.came.connect(self._came)
        window.case.saved.connect(lambda _: self._saved())
        window.case.replaced.connect(self._opened)
        window.case.also.append(self.findings)

    def _came(self) -> None:
        """Read them beside the window: what they are judged by takes a moment to load."""
        self._opened()
        if (library := self._session.library) is not None:
            self._asking.ask("read", lambda: _read(library), self._known)

    def _opened(self) -> None:
        self._seen = self._number(), self._window.case.draft.rest.get(FOLLOWING.key)

    def _number(self) -> int:
        """The number of the open case in the library; 0 where it is none of its."""
        store, case = self._session.store, self._window.case
        return store.case_at(case.place) if store is not None and case.store is store else 0

    def _saved(self) -> None:
        """A case was saved: where its record changed, learn from it."""
        now = self._number(), self._window.case.draft.rest.get(FOLLOWING.key)
        library, draft = self._session.library, self._window.case.draft
        if now[0] and library is not None and now != self._seen:
            self._seen = now
            self._asking.ask(f"learn {now[0]}", lambda: _learn(library, draft, now[0]), self._known)

    def _known(self, kept: tuple[Lesson, ...]) -> None:
        if kept != self._kept:
            self._kept = kept
            self._window.case.judge()

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the open case should know of others like it."""
        if not self._kept:
            return ()
        from wizard.tracking.lessons import told

        return told(self._kept, draft, self._number())

    def wait(self) -> None:
        """Let what is under way end (when the window closes)."""
        self._asking.wait()


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
