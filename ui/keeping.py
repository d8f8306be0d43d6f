"""How the window keeps its case: what is said of a save, another place, another case, and leaving."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.store import Store, remember

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Keeping(QObject):
    """Stands between the window's case and the store. Nothing is left unsaved without the person's word."""

    def __init__(self, window: MainWindow, store: Store) -> None:
        super().__init__(window)
        self._window, self.store = window, store
        self._why_unsaved = ""
        window.case.saved.connect(self._was_saved)
        window.case.save_failed.connect(self._not_saved)

    def _was_saved(self, text: str) -> None:
        window = self._window
        window.saved.setText(text + "　")
        if self._why_unsaved:
            self._why_unsaved = ""
            window.notice.hide()
        window.entitle()
        remember(window.case.place)

    def _not_saved(self, text: str) -> None:
        self._why_unsaved = text
        self._window.saved.setText("最后的修改没有保存　")
        self._window.complain(f"{text}。填写的内容还在，下一次修改时再试着保存")

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
        place = questions.where_to_keep(self._window, case.place)
        kept = place is not None and case.save_as(place)
        self._window.entitle()
        return kept

    def new(self) -> None:
        """Begin another case; the one that was open is saved."""
        from wizard.draft import Draft

        if self.may_leave():
            place = self.store.new_place()
            self._window.case.open(Draft(folder=place.parent), place)

    def open(self, place: Path) -> None:
        """Open the case at `place`; what cannot be opened is said in one sentence, and nothing changes."""
        from wizard.files import FileProblem

        if not self.may_leave():
            return
        try:
            draft = self.store.load(place)
        except FileProblem as problem:
            self._window.complain(str(problem))
            return
        self._window.case.open(draft, place)
        remember(place)
        self._window.focus_field(draft.place.get("field", ""))
