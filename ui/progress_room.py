"""What the window has to do with following a filing: the page, noting events, and the windows beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from ui import clock
from ui.dates import Dates
from ui.jobs import Job
from ui.private import names_in
from wizard.files import FileProblem
from wizard.masking import masked_within

if TYPE_CHECKING:
    from ui.main_window import MainWindow
    from ui.progress_page import ProgressPage
    from ui.rejection_window import RejectionWindow
    from wizard.draft import Draft
    from wizard.tracking.calendar import Calendar

_TICK = 5_000
_BY_REJECTION = {"preliminary_review": "review_rejected"}


class ProgressRoom(QObject):
    """Shows the page in the place of the form, and keeps what is noted with the case."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window, self.case = window, window.case
        self.page: ProgressPage | None = None
        self.rejection: RejectionWindow | None = None
        self.dates = Dates(self)
        self._freezing: Job | None = None
        self._minute = QTimer(self, interval=_TICK)
        self._minute.timeout.connect(self._tick)
        for changed in (self.case.followed, self.case.replaced, self.case.put):
            changed.connect(self.refresh)
        self.case.followed.connect(self.mark_in_library)

    @property
    def calendar(self) -> Calendar:
        """The working days, with the years the person has imported."""
        from wizard.tracking.calendar import Calendar
        from wizard.user_folder import holidays_folder

        return Calendar.load(holidays_folder())

    @cached_property
    def _beside(self) -> RejectionWindow:
        from ui.rejection_window import RejectionWindow

        self.rejection = made = RejectionWindow(self.window)
        made.go_to.connect(self._back_to_form)
        made.note_wanted.connect(self._note_rejection)
        return made

    @property
    def in_sight(self) -> bool:
        """Whether the page is what the window shows."""
        return self.page is not None and self.window.outer.currentWidget() is self.page

    def show(self) -> None:
        """The page in the place of the form; again, back to the form."""
        if self.in_sight:
            self.leave()
            return
        self._make()
        self.window.notice.pass_by()
        self.window.outer.setCurrentWidget(self.page)
        self.refresh()
        self.window.setWindowTitle("办理进度 – 备案助手")
        self.page.focus()
        self._minute.start()

    def pieces(self) -> Iterator[Callable[[], object]]:
        """What can be done ahead of the first opening, each a short piece."""
        yield lambda: self.calendar
        yield self._make
        yield lambda: self.refresh(ahead=True)

    def _make(self) -> None:
        if self.page is None:
            self.page = self._build()
            self.window.outer.addWidget(self.page)

    def _build(self) -> ProgressPage:
        from ui.progress_page import ProgressPage

        page = ProgressPage()
        page.wanted.connect(self.note)
        page.left_.connect(self.leave)
        page.calendar_wanted.connect(self.dates.write_calendar)
        page.changes_wanted.connect(self.show_changes)
        page.opened.connect(self._open_line)
        self.case.save_failed.connect(lambda why: page.complain(f"{why}。记下的还在，下一次修改时再试着保存"))
        self.case.saved.connect(lambda _: page.complain(""))
        return page

    def leave(self) -> None:
        """Back to the form."""
        self._minute.stop()
        self.window.outer.setCurrentIndex(0)
        self.window.entitle()
        self.window.focus_field("")

    def refresh(self, *, ahead: bool = False) -> None:
        """Show the case as it stands, where the page is in sight or soon may be."""
        if self.page is not None and (ahead or self.in_sight):
            called = self.case.store.called(self.case.draft, self.case.place)
            called = masked_within(called, names_in(self.case.draft))
            self.page.show_case(self.case.draft, called, self.calendar, clock.now())

    def _tick(self) -> None:
        if self.page is not None and self.in_sight:
            self.page.tick(clock.now())

    def note(self, kind_id: str) -> None:
        """Ask for what is to be noted of one kind of event, and keep it."""
        from ui.event_dialog import EventDialog
        from wizard.tracking.events import kinds

        kind = kinds()[kind_id]
        if "change" in kind.asks or "cancel" in kind.asks:
            self.show_changes()
            return
        dialog = EventDialog(
            kind,
            self.case.draft,
            clock.now(),
            lambda at, values: self._keep(kind_id, at, values),
            self.window,
        )
        kept = dialog.exec()
        if self.page is not None and self.in_sight:
            self.page.focus()
        if kept and (text := dialog.inputs.values().get("rejection", "")):
            self._beside.open_with(text, noted=True)
        dialog.deleteLater()

    def _keep(self, kind_id: str, at: datetime, values: Mapping[str, Any]) -> str:
        """Keep an event; why that cannot be, empty where it was. What is handed in is frozen beside it."""
        from wizard.tracking.events import kinds
        from wizard.tracking.record import Refused, with_event

        try:
            draft = with_event(self.case.draft, kind_id, at, clock.now(), values)
        except Refused as problem:
            return str(problem)
        if kinds()[kind_id].freezes:
            self._freeze(kind_id, at, values)
        else:
            self.case.follow(draft)
        return ""

    def _freeze(self, kind_id: str, at: datetime, values: Mapping[str, Any]) -> None:
        """Read what is handed in, as it stands now, then note the submission with it."""
        handed_in: Draft = self.case.draft
        opened = self.case.opened

        def work(_progress: Any, stop: Any) -> Mapping[str, Any]:
            from wizard.check.run import rules_version
            from wizard.tracking.freezing import frozen

            return frozen(handed_in, rules_version(), stop)

        def done(kept: Mapping[str, Any]) -> None:
            from wizard.tracking.record import Refused, with_event

            self._freezing = None
            if self.case.opened != opened:
                return
            try:
                self.case.follow(with_event(self.case.draft, kind_id, at, clock.now(), values, kept))
            except Refused as problem:
                self.window.complain(f"没有记下提交：{problem}")

        self._freezing = Job(work, self)
        self._freezing.done.connect(done)
        self._freezing.failed.connect(lambda problem: self.window.complain(f"没有记下提交：{problem}"))
        self._freezing.start()

    def show_changes(self) -> None:
        """The table of 变更 and 注销; begun from there where the filing is granted."""
        from ui.changes_dialog import ChangesDialog
        from wizard.tracking.record import record_of

        now = record_of(self.case.draft).following
        dialog = ChangesDialog(self.case.draft, self.window, granted=now.state == "filed")
        dialog.change_begun.connect(lambda fields: self._begin("change_begun", {"change": fields}))
        dialog.cancel_begun.connect(lambda way: self._begin("cancel_begun", {"cancel": way}))
        dialog.exec()
        dialog.deleteLater()

    def _begin(self, kind_id: str, values: Mapping[str, Any]) -> None:
        if said := self._keep(kind_id, clock.now(), values):
            self.window.complain(said)

    def _open_line(self, number: int) -> None:
        """What was handed in with a line, or what its rejection says."""
        from ui.handed_in_dialog import HandedInDialog
        from wizard.tracking.record import record_of

        event = record_of(self.case.draft).events[number]
        if text := event.text("rejection"):
            self._beside.open_with(text, noted=True)
        else:
            dialog = HandedInDialog(event, self.case.draft, self.window)
            dialog.exec()
            dialog.deleteLater()

    def understand(self) -> None:
        """看懂驳回, for a text that is not noted yet."""
        self._beside.open_with("", noted=False)

    def _note_rejection(self, text: str) -> None:
        """Keep a text with the case: as a rejection where one can be noted now, else as a remark."""
        from wizard.tracking.record import record_of

        now = record_of(self.case.draft).following
        in_review = now.state in ("preliminary_review", "sms_verification", "administration_review")
        kind_id = _BY_REJECTION.get(now.state, "administration_rejected") if in_review else "remarked"
        values = {"rejection" if in_review else "text": text}
        if not text:
            return
        said = self._keep(kind_id, clock.now(), values)
        self._beside.noted = not said
        self._beside.note.setVisible(bool(said))
        self.window.statusBar().showMessage(said or "已记入办理记录", 6000)

    def _back_to_form(self, field_id: str) -> None:
        self.window.raise_()
        self.window.activateWindow()
        self.case.visit([field_id])
        self.window.go_to_field(field_id)

    def mark_in_library(self) -> None:
        """The list of cases sorts by state and next date: tell the library both."""
        session, store = self.window.room.session, self.case.store
        if session.library is None or session.store is None or store is not session.store:
            return
        from wizard.marking import mark

        if case := session.store.case_at(self.case.place):
            try:
                mark(session.library, case, self.case.draft, self.calendar, clock.today())
            except FileProblem as problem:
                self.window.complain(str(problem))

    def close(self) -> None:
        """The window closes: let the work end."""
        if self._freezing is not None:
            self._freezing.wait()
        if self.rejection is not None:
            self.rejection.close()
            self.rejection.wait()
