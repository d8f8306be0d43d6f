"""The window: the list of steps, the pages, and the moves between them."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.case import Case
from ui.frame import Frame
from ui.keeping import Keeping
from ui.page_builder import build
from ui.pages import PAGES, page_of
from ui.private import names_in
from ui.store import Store
from wizard.masking import masked_within


class MainWindow(Frame):
    """Holds the pages; a page is built when it is first gone to. `begun`: menus and keys are there."""

    begun = Signal()
    went = Signal(str)

    def __init__(self, case: Case, store: Store) -> None:
        super().__init__(tuple(page.title for page in PAGES))
        self.case = case
        self.keeping = Keeping(self, store)
        self.pages: dict[str, QWidget] = {}
        self._from_check = self._begun = False
        self._connect()
        self._index = self._left_at()
        self._mark()
        self.entitle()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.to_check.clicked.connect(lambda: self.go("check"))
        self.steps.chosen.connect(lambda index: self.go(PAGES[index].id))
        self.case.judged.connect(self._tell_steps)
        self.case.replaced.connect(self._replaced)

    def page(self, page_id: str) -> QWidget:
        """The page of that id, built when it is first asked for."""
        if page_id not in self.pages:
            self.pages[page_id] = page = build(self, page_id)
            self.stack.addWidget(page)
        return self.pages[page_id]

    def _order(self) -> None:
        """Let Tab go from the steps through the page in sight to the buttons below it."""
        from ui.tab_order import chain

        chain(self.steps, self.notice, self.page(self.current), self.strip)

    def wait_for_mending(self, why: str) -> None:
        """The final packet has to wait: say why, where what is wrong is listed."""
        self.go("check")
        self.notice.say(why, stays=False)

    @property
    def current(self) -> str:
        """The id of the page in sight."""
        return PAGES[self._index].id

    def _left_at(self) -> int:
        page = self.case.draft.place.get("page", "")
        return next((i for i, info in enumerate(PAGES) if info.id == page), 0)

    def _show(self, page_id: str) -> None:
        self._index = next(i for i, page in enumerate(PAGES) if page.id == page_id)
        self.stack.setCurrentWidget(self.page(page_id))
        self.outer.setCurrentIndex(0)
        self._order()
        self._mark()

    def _mark(self) -> None:
        page_id = self.current
        self.steps.go(self._index)
        self.where.setText(f"第 {self._index + 1} 步，共 {len(PAGES)} 步")
        self.back.setVisible(self._index > 0)
        self.next.setVisible(self._index < len(PAGES) - 1)
        self.to_check.setVisible(self._from_check and page_id != "check")

    def go(self, page_id: str, field_id: str = "") -> None:
        """Go to a page, and there to a field; everything is kept, and saved."""
        if page_id == "check":
            self._from_check = False
        self.notice.pass_by()
        self._show(page_id)
        self.page(page_id).focus(field_id)  # type: ignore[attr-defined]
        self.case.go(page_id, field_id)
        self.case.begin_saving()
        self.went.emit(page_id)
        self._tell_steps()
        self.entitle()

    def go_to_field(self, field_id: str) -> None:
        """Go to the page where a field stands, and into it."""
        self.go(page_of(field_id), field_id)

    def show_library(self) -> None:
        """The list of cases in the library, in the place of the pages; again, back to the case."""
        self.room.show_list()

    def mend(self, field_id: str) -> None:
        """Go to a field from the self-check, with the way back to it."""
        self._from_check = True
        self.case.visit([field_id])
        self.go_to_field(field_id)

    def step(self, by: int) -> None:
        """One step on or back. Going on judges the page aloud; it never holds anybody up."""
        if by > 0:
            self.page(self.current).visit_all()  # type: ignore[attr-defined]
        index = self._index + by
        if 0 <= index < len(PAGES):
            self.go(PAGES[index].id)

    def next_problem(self, by: int = 1) -> None:
        """Go to the next field (or the one before) that something grave is to be said of."""
        report = self.case.report
        places = [f.fields[0] for f in report.findings if f.severity != "note" and f.fields] if report else []
        places = list(dict.fromkeys(places))
        if not places:
            self.notice.say("没有要改的地方", stays=False)
            return
        now = self.case.draft.place.get("field", "")
        index = places.index(now) + by if now in places else (0 if by > 0 else -1)
        self.case.visit(places)
        self.go_to_field(places[index % len(places)])

    def _tell_steps(self) -> None:
        from ui.step_state import state_of, still_to_do

        if self.case.report is not None:
            for index, info in enumerate(PAGES):
                self.steps.tell(index, state_of(info.id, self.case))
            self.todo.setText(still_to_do(self.case.report))

    def _replaced(self) -> None:
        self.notice.hide()
        self._show(PAGES[self._left_at()].id)
        self._tell_steps()
        self.entitle()

    def entitle(self) -> None:
        """Say in the title and below which case this is."""
        if hasattr(self, "lock") and self.lock.on:
            return
        names = names_in(self.case.draft)
        name = masked_within(self.case.store.called(self.case.draft, self.case.place), names)
        self.setWindowTitle(f"{name} – {PAGES[self._index].title} – 备案助手")
        self.place.setText(f"　{masked_within(self.case.store.where(self.case.place), names)}")

    def note_shown(self, where: str) -> None:
        """Something that is covered was shown there (see `HoldButton`)."""
        self.room.noting.shown(where)

    def complain(self, text: str) -> None:
        """Say one sentence at the top, until it is put away."""
        self.notice.say(text)

    def begin(self) -> None:
        """After the first paint: menus and keys, the page the person was at, then the checks."""
        from ui.actions import Actions
        from ui.beside import Beside
        from ui.clipboard_guard import ClipboardGuard
        from ui.library_room import LibraryRoom
        from ui.lock import Lock
        from ui.progress_room import ProgressRoom
        from ui.reminders import Reminders
        from ui.style import rare_characters

        rare_characters()
        self.clipboard = ClipboardGuard(self.case, self)
        self.lock = Lock(self)
        self.beside = Beside(self)
        self.room = LibraryRoom(self)
        self.progress = ProgressRoom(self)
        self.reminders = Reminders(self)
        self.actions_ = Actions(self)
        self._show(self.current)
        QTimer.singleShot(0, self, self._judge)
        self.begun.emit()

    def _judge(self) -> None:
        from ui.ahead import Ahead, of_the_window

        self.case.start()
        self.ahead = Ahead(of_the_window(lambda: self.page("papers"), self.progress.pieces()), self)
        self.case.edited.connect(self.ahead.wait)
        self._tell_steps()
        self.focus_field(self.case.draft.place.get("field", ""))

    def focus_field(self, field_id: str) -> None:
        """Put the focus into a field of the page in sight, or where its page likes; never behind a lock."""
        if hasattr(self, "lock") and self.lock.on:
            return
        self.page(self.current).focus(field_id)  # type: ignore[attr-defined]

    def focusNextPrevChild(self, next_: bool) -> bool:  # noqa: N802 - Qt calls it so
        """Tab goes as one reads, also where a row was added since."""
        self._order()
        return super().focusNextPrevChild(next_)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Begin once, after the window has been painted for the first time."""
        super().paintEvent(event)
        if not self._begun:
            self._begun = True
            QTimer.singleShot(0, self, self.begin)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save and go; asked is only about what could not be saved. An export is stopped, leaving nothing."""
        if self.case.waited_for:  # it is being closed, or left, already
            event.ignore()
            return
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        export, papers = self.pages.get("export"), self.pages.get("papers")
        if export is not None:
            export.card.wait()  # type: ignore[attr-defined]
        if papers is not None:
            papers.close_down()  # type: ignore[attr-defined]
        event.setAccepted(self.keeping.may_leave())
        if event.isAccepted() and hasattr(self, "room"):
            self.beside.close()
            self.progress.close()
            self.reminders.close()
            self.clipboard.empty()
            self.room.close()
