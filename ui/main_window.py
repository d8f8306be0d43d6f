"""The window: the list of steps, the pages, and the moves between them."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.case import Case
from ui.frame import Frame
from ui.pages import FORM_PAGES, PAGES, page_of, typed_fields
from ui.store import Store, remember

if TYPE_CHECKING:
    from ui.materials_dialog import MaterialsDialog


class MainWindow(Frame):
    """Holds the pages; a page is built when it is first gone to."""

    def __init__(self, case: Case, store: Store) -> None:
        super().__init__(tuple(page.title for page in PAGES))
        self.case, self.store = case, store
        self.pages: dict[str, QWidget] = {}
        self._from_check = self._begun = False
        self._why_unsaved = ""
        self._materials: MaterialsDialog | None = None
        self._connect()
        self._index = self._left_at()
        self._mark()
        self._title()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.step(-1))
        self.next.clicked.connect(lambda: self.step(1))
        self.to_check.clicked.connect(lambda: self.go("check"))
        self.steps.chosen.connect(lambda index: self.go(PAGES[index].id))
        self.case.judged.connect(self._tell_steps)
        self.case.replaced.connect(self._replaced)
        self.case.saved.connect(self._was_saved)
        self.case.save_failed.connect(self._not_saved)

    def page(self, page_id: str) -> QWidget:
        """The page of that id, built when it is first asked for."""
        if page_id not in self.pages:
            self.pages[page_id] = page = self._build(page_id)
            self.stack.addWidget(page)
        return self.pages[page_id]

    def _order(self) -> None:
        """Let Tab go from the steps through the page in sight to the buttons below it."""
        from ui.tab_order import chain

        chain(self.steps, self.notice, self.page(self.current), self.strip)

    def _build(self, page_id: str) -> QWidget:
        info = next(page for page in PAGES if page.id == page_id)
        if page_id in FORM_PAGES:
            from ui.section_page import SectionPage

            page = SectionPage(self.case, info.id, info.title, info.hint, typed_fields(page_id))
            page.problem.connect(self.complain)
            page.ended.connect(lambda: self.step(1))
            return page
        if page_id == "papers":
            from ui.papers_page import PapersPage

            papers = PapersPage(self.case, info)
            papers.materials_wanted.connect(self.show_materials)
            return papers
        if page_id == "check":
            from ui.check_page import CheckPage

            check = CheckPage(self.case, info)
            check.go_to.connect(self._mend)
            return check
        from ui.export_page import ExportPage

        export = ExportPage(self.case, info)
        export.go_to.connect(self.go_to_field)
        export.blocked.connect(self._blocked)
        return export

    def _blocked(self, why: str) -> None:
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
        self.case.save()
        self._tell_steps()
        self._title()

    def go_to_field(self, field_id: str) -> None:
        """Go to the page where a field stands, and into it."""
        self.go(page_of(field_id), field_id)

    def show_materials(self) -> None:
        """The list of materials, beside the window until it is closed."""
        from ui.materials_dialog import MaterialsDialog

        if self._materials is None:
            self._materials = MaterialsDialog(self.case, self)
            self._materials.go_to.connect(self.go_to_field)
        self._materials.refresh()
        self._materials.show()
        self._materials.activateWindow()

    def _mend(self, field_id: str) -> None:
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
        self._title()

    def _title(self) -> None:
        name = self.case.place.name.removesuffix(".json").removesuffix(".beian")
        self.setWindowTitle(f"{name} – {PAGES[self._index].title} – 备案助手")
        self._place.setText(f"　{self.case.place}")

    def _was_saved(self, text: str) -> None:
        self._saved.setText(text + "　")
        if self._why_unsaved:
            self._why_unsaved = ""
            self.notice.hide()
        self._title()
        remember(self.case.place)

    def _not_saved(self, text: str) -> None:
        self._why_unsaved = text
        self._saved.setText("最后的修改没有保存　")
        self.complain(f"{text}。填写的内容还在，下一次修改时再试着保存")

    def complain(self, text: str) -> None:
        """Say one sentence at the top, until it is put away."""
        self.notice.say(text)

    def begin(self) -> None:
        """After the first paint: menus and keys, the page the person was at, then the checks."""
        from ui.actions import Actions
        from ui.style import rare_characters

        rare_characters()
        Actions(self)
        self._show(self.current)
        QTimer.singleShot(0, self, self._judge)

    def _judge(self) -> None:
        self.case.start()
        self._tell_steps()
        self.page(self.current).focus(self.case.draft.place.get("field", ""))  # type: ignore[attr-defined]

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
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()
        export, papers = self.pages.get("export"), self.pages.get("papers")
        if export is not None and export.job is not None:  # type: ignore[attr-defined]
            export.job.cancel()  # type: ignore[attr-defined]
            export.job.wait()  # type: ignore[attr-defined]
        if papers is not None:
            papers.intake.wait()  # type: ignore[attr-defined]
            papers.thumbnails.wait()  # type: ignore[attr-defined]
        event.setAccepted(self._may_leave())

    def _may_leave(self) -> bool:
        """Whether the case is safe to leave: saved, saved elsewhere, or given up by the person."""
        if self.case.save():
            return True
        from ui import questions

        answer = questions.what_if_unsaved(self, self._why_unsaved)
        if answer == questions.ELSEWHERE:
            return self.keep_elsewhere()
        return answer == questions.DROP

    def keep_elsewhere(self) -> bool:
        """Ask for another place and go on there; whether the case is kept there now."""
        from ui import questions

        place = questions.where_to_keep(self, self.case.place)
        kept = place is not None and self.case.save_as(place)
        self._title()
        return kept

    def new(self) -> None:
        """Begin another case; the one that was open is saved."""
        from wizard.draft import Draft

        if self._may_leave():
            place = self.store.new_place()
            self.case.open(Draft(folder=place.parent), place)

    def open(self, place: Path) -> None:
        """Open the case at `place`; what cannot be opened is said in one sentence, and nothing changes."""
        from wizard.files import FileProblem

        if not self._may_leave():
            return
        try:
            draft = self.store.load(place)
        except FileProblem as problem:
            self.complain(str(problem))
            return
        self.case.open(draft, place)
        remember(place)
        self.page(self.current).focus(draft.place.get("field", ""))  # type: ignore[attr-defined]
