"""Who looked at or copied what is covered: noted in the library's audit list, without the value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from wizard.files import FileProblem

if TYPE_CHECKING:
    from ui.library_room import LibraryRoom


class Noting(QObject):
    """Notes while a library is open: a plain file has no such list."""

    def __init__(self, room: LibraryRoom) -> None:
        super().__init__(room)
        self._room = room
        room.window.clipboard.copied.connect(lambda: self._note("number_copied", ""))

    def shown(self, where: str) -> None:
        """What is covered was shown; `where` is the button's words or the title of its dialog."""
        self._note("number_shown", where)

    def _note(self, action: str, where: str) -> None:
        session, case = self._room.session, self._room.window.case
        library, store = session.library, session.store
        if library is None or store is None or library.engaged:
            return
        number = store.case_at(case.place) if case.store is store else 0
        case.write_too(lambda: library.audit.note(action, number or None, where), _told)


def _told(error: Exception | None) -> None:
    if error is not None and not isinstance(error, FileProblem):  # the disk is full, say: one may look
        raise error
