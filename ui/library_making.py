"""Making a library, opening another one, and taking a plain file into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui import preferences
from ui.busy import wait_for
from wizard.files import FileProblem

if TYPE_CHECKING:
    from ui.create_library_dialog import CreateLibraryDialog
    from ui.library_room import LibraryRoom


class Making(QObject):
    """The ways into a library that the person takes by hand."""

    def __init__(self, room: LibraryRoom) -> None:
        super().__init__(room)
        self._room = room
        self.dialog: CreateLibraryDialog | None = None

    def create(self) -> None:
        """Ask how a library is to be made, make it, and show its recovery key."""
        from ui.create_library_dialog import CreateLibraryDialog
        from wizard.library import key_store, location

        def warn(folder: Path) -> str:
            return location.WARNINGS[location.kind_of(folder)]

        window = self._room.window
        store = wait_for(window, "正在看有没有系统钥匙串…", key_store.available)
        dialog = CreateLibraryDialog(preferences.proposed_folder(), store, warn, window)
        dialog.wanted.connect(self._make)
        self.dialog = dialog
        dialog.accepted.connect(self._made)
        dialog.open()

    def _make(self, folder: Path, passphrase: str, by_store: bool) -> None:
        dialog = self.dialog
        assert dialog is not None

        def refused(error: Exception) -> None:
            if not isinstance(error, FileProblem):
                raise error
            dialog.refuse(str(error))

        if not self._room.leave():
            dialog.refuse("现在的案件还没有保存，先保存它")
            return
        self._room.session.create(folder, passphrase, by_store, dialog.made, refused)

    def _made(self) -> None:
        """The library is there and its recovery key kept: what is open now can come into it."""
        draft = self._room.window.case.draft
        if draft.answers or draft.attachments:
            self.offer_to_take_in()
        else:
            self._room.window.keeping.new()

    def choose(self) -> None:
        """Ask for the folder of a library and open it."""
        from ui.questions import which_library

        folder = which_library(self._room.window, preferences.proposed_folder())
        if folder is not None and self._room.leave():
            self._room.enter(folder)

    def elsewhere(self) -> None:
        """The place of the library is lost: ask for another, write it there, and go on there."""
        from ui import clock, questions

        window, session = self._room.window, self._room.session
        near = questions.where_to_go_on(window)
        if near is None or session.library is None:
            return
        folder = near / "客户库"
        if folder.exists():
            folder = near / f"客户库-{clock.now():%Y%m%d-%H%M%S}"

        def refused(error: Exception) -> None:
            if not isinstance(error, FileProblem):
                raise error
            window.notice.say(f"{error}", act=("换个位置另存…", self.elsewhere))

        def done() -> None:
            window.complain(f"整个客户库已另存到 {folder}，以后保存在那里；原来位置上的不再改动")

        window.statusBar().showMessage("正在另存客户库…")
        session.go_on_in(folder, done, refused)

    def offer_to_take_in(self) -> None:
        """The case that is open is a plain file: ask whether it is to come into the library."""
        from ui import questions
        from ui.attachments import delete, of_draft

        window = self._room.window
        if window.keeping.library is None or window.case.store is window.keeping.library:
            return
        if not questions.whether_to_take_in(window, window.case.place.name):
            return
        files = [window.case.place, *of_draft(window.case.draft)]
        if not window.keeping.take_in():
            return
        left = [path for path in files if path.is_file()]
        if left and questions.whether_to_delete(window, left):
            delete(left)
        window.complain("已收进客户库，以后自动保存在库里")
