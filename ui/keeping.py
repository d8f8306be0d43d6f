"""How the window keeps its case: what is said of a save, another place, another case, and leaving."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.store import Store

if TYPE_CHECKING:
    from PySide6.QtWidgets import QProgressDialog

    from ui.library_store import LibraryStore
    from ui.main_window import MainWindow
    from ui.notice import Act
    from wizard.draft import Draft
    from wizard.library.problems import ChangedElsewhere


class Keeping(QObject):
    """Stands between the window's case and the store. Nothing is left unsaved without the person's word."""

    def __init__(self, window: MainWindow, store: Store) -> None:
        super().__init__(window)
        self._window, self.files = window, store
        self.library: LibraryStore | None = None
        self._why_unsaved = ""
        window.case.saved.connect(self._was_saved)
        window.case.save_failed.connect(self._not_saved)
        window.case.clashed.connect(self._clashed)
        window.case.edited.connect(self._not_yet)
        window.case.slow.connect(self._wait)
        self._sign: QProgressDialog | None = None
        self._settling = False

    def _was_saved(self, text: str) -> None:
        window = self._window
        window.saved.setText(text + "　")
        if self._why_unsaved:
            self._why_unsaved = ""
            window.notice.hide()
        window.entitle()

    def _not_yet(self) -> None:
        """What was entered is on the disk only when it says so again."""
        if self._window.case.unsaved and not self._why_unsaved:
            self._window.saved.setText("未保存　")

    def _wait(self, on: bool) -> None:
        """The window waits for a slow disk: show it, also in front of a lock."""
        if self._sign is not None:
            self._sign.close()
            self._sign.deleteLater()
            self._sign = None
        if on:
            from ui.busy import sign_of
            from ui.lock import OF_THE_LOCK

            self._sign = sign_of(self._window, "正在保存…")
            self._sign.setProperty(OF_THE_LOCK, True)  # noqa: FBT003 - Qt takes no names
            self._sign.setCancelButton(None)  # type: ignore[arg-type]
            self._sign.show()

    def _not_saved(self, text: str) -> None:
        self._why_unsaved = text
        self._window.saved.setText("最后的修改没有保存　")
        said = f"{text}。填写的内容还在，下一次修改时再试着保存"
        self._window.notice.say(said, act=self._way_out())

    def _way_out(self) -> Act | None:
        """What can be done where the place of the library is lost: the whole of it goes on elsewhere."""
        case = self._window.case
        if self.library is None or case.store is not self.library or self.library.library is None:
            return None
        from wizard.library.problems import DiskTrouble, ReadOnlyPlace, StorageFull, Vanished

        lost = isinstance(case.trouble, (DiskTrouble, ReadOnlyPlace, StorageFull, Vanished))
        return ("整个客户库另存到…", self._window.room.making.elsewhere) if lost else None

    def _clashed(self, problem: ChangedElsewhere) -> None:
        """The case was changed elsewhere: show both versions, and save what the person keeps of each."""
        if self._settling or self.library is None or self._window.lock.on:  # asked again after unlocking
            return
        case, theirs = self._window.case, self._fields_of_theirs(problem)
        if theirs is None:
            return
        from wizard.parts import met

        case.draft = draft = met(case.draft, problem.theirs.draft)
        for field in theirs:
            held = problem.theirs.draft
            draft = draft.with_attachments(field, held.attachments.get(field, ()))
            draft = draft.with_answer(field, held.answers.get(field, ""), held.source(field))
        self.library.take_version(case.place, problem.theirs.version)
        self.library.lay_out(case.place)
        if theirs:
            case.fill(draft, theirs[0], "取别处的改动")
        case.changed()
        case.save()
        case.followed.emit()

    def _fields_of_theirs(self, problem: ChangedElsewhere) -> tuple[str, ...] | None:
        """The fields to take as they were changed elsewhere; None where the person wants to stay as it is."""
        if not problem.fields:  # only what stands beside the answers differs, and that is kept of both
            return ()
        from ui.clash_dialog import ClashDialog

        dialog = ClashDialog(problem, self._window)
        self._settling = True
        try:
            return dialog.theirs() if dialog.exec() else None
        finally:
            self._settling = False

    def may_leave(self) -> bool:
        """Whether the case is safe to leave: saved, saved elsewhere, or given up by the person."""
        if self._window.case.save():
            return True
        from ui import questions

        answer = questions.what_if_unsaved(self._window, self._why_unsaved)
        if answer == questions.ELSEWHERE:
            return self.elsewhere()
        return answer == questions.DROP

    def elsewhere(self) -> bool:
        """Ask for another place and go on there; whether the case is kept there now."""
        from ui import questions

        case = self._window.case
        plain = case.store is not self.library
        near = case.place if plain else self.files.new_place()
        place = questions.where_to_keep(self._window, near, plain)
        kept = place is not None and case.save_as(place, self.files)
        self._window.entitle()
        return kept

    def take_in(self) -> bool:
        """Keep the case that is open in the library from now on; whether it is there."""
        assert self.library is not None
        kept = self._window.case.save_as(self.library.new_place(), self.library)
        self._window.progress.mark_in_library()
        self._window.entitle()
        return kept

    def new(self) -> None:
        """Begin another case; the one that was open is saved."""
        from wizard.draft import Draft

        if self.may_leave():
            store = self.library or self.files
            place = store.new_place()
            self._go_on(Draft(folder=place.parent), place, store)
            self._window.focus_field("")

    def new_file(self) -> None:
        """Begin another case as a plain file, which is only written once there is something in it."""
        from wizard.draft import Draft

        place = self.files.new_place()
        self._go_on(Draft(folder=place.parent), place, self.files)
        self._window.case.stands_in = True

    def open(self, place: Path) -> None:
        """Open the plain file at `place`; it may come into the library."""
        if self._open(place, self.files) and self.library is not None:
            self._window.room.making.offer_to_take_in()

    def open_case(self, case: int) -> bool:
        """Open a case of the library; whether it is open."""
        return self.library is not None and self._open(self.library.place_of(case), self.library)

    def _open(self, place: Path, store: Store) -> bool:
        """Open a case; what cannot be opened is said in one sentence, and nothing changes."""
        from wizard.files import FileProblem

        if not self.may_leave():
            return False
        try:
            draft = store.load(place)
        except FileProblem as problem:
            self._window.complain(str(problem))
            return False
        self._go_on(draft, place, store)
        self._window.case.remember()
        self._window.focus_field(draft.place.get("field", ""))
        return True

    def _go_on(self, draft: Draft, place: Path, store: Store) -> None:
        case = self._window.case
        old, left = case.place, case.store
        case.open(draft, place, store)
        if left is self.library and self.library is not None and old != place:
            self.library.forget(old)
