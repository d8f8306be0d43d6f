"""The dates that filings run up to, out of the window: a calendar file, and all open filings in one list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui import clock
from wizard.files import FileProblem, atomic_write

if TYPE_CHECKING:
    from ui.overview import Filed
    from ui.progress_room import ProgressRoom
    from wizard.draft import Draft
    from wizard.tracking.deadlines import Deadline


class Dates(QObject):
    """Asks where to write, and opens the filing that is chosen in the list."""

    def __init__(self, room: ProgressRoom) -> None:
        super().__init__(room)
        self._room, self._window = room, room.window

    def write_calendar(self) -> None:
        """Ask where, and write the dates of the case as a calendar file."""
        from wizard.tracking.deadlines import deadlines

        found = deadlines(self._window.case.draft, self._room.calendar, clock.today())
        self._write([(self._window.case.draft, found)])

    def _write(self, cases: Sequence[tuple[Draft, Sequence[Deadline]]]) -> None:
        from ui.questions import where_to_write_calendar
        from wizard.tracking.ics import calendar_file

        count = sum(len(found) for _, found in cases)
        if not count:
            self._window.statusBar().showMessage("现在没有要等的日期", 6000)
            return
        home = self._window.case.store.home(self._window.case.draft, self._window.case.place).parent
        file = where_to_write_calendar(self._window, home / "备案期限.ics")
        if file is None:
            return
        try:
            atomic_write(file, calendar_file(cases, self._room.calendar, clock.now()))
        except FileProblem as problem:
            self._window.complain(str(problem))
            return
        self._window.statusBar().showMessage(
            f"已写入 {count} 个日期：{file.name}，里面没有证件号和电话", 8000
        )

    def show_overview(self) -> None:
        """All open filings by their next date; the one that is chosen is opened at its progress."""
        from ui.overview import gather
        from ui.overview_dialog import OverviewDialog
        from ui.store import recent_places

        self._window.case.save()
        calendar, today = self._room.calendar, clock.today()
        library, places = self._window.room.session.library, recent_places()
        dialog = OverviewDialog(
            lambda _, stop: gather(library, places, calendar, today, stop), today, self._window
        )
        dialog.chosen.connect(self._open)
        dialog.calendar_wanted.connect(lambda found: self._write([(one.draft, one.dates) for one in found]))
        dialog.exec()
        dialog.deleteLater()

    def _open(self, filed: Filed) -> None:
        keeping = self._window.keeping
        if filed.case:
            keeping.open_case(filed.case)
        elif filed.place != self._window.case.place:
            keeping.open(filed.place)
        if not self._room.in_sight:
            self._room.show()
