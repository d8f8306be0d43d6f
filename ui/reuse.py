"""Subjects and people that the library knows: filled in from there, and kept alike in all their cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.jobs import Job
from wizard.files import FileProblem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from ui.library_session import LibrarySession
    from ui.main_window import MainWindow
    from ui.section_page import SectionPage
    from ui.update_others_dialog import Others
    from wizard.draft import Draft
    from wizard.finding import Finding

ROLES = {"subject": "主体", "principal": "主体负责人", "contact": "小程序负责人"}


class Reuse(QObject):
    """Stands between the library's parties and the pages of the three roles."""

    def __init__(self, window: MainWindow, session: LibrarySession) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._buttons: list[QPushButton] = []
        self._changed: dict[str, set[str]] = {role: set() for role in ROLES}
        self._job: Job | None = None
        self._told: tuple[tuple[object, ...], tuple[Finding, ...]] = ((None, 0), ())
        session.came.connect(self._came)
        window.case.edited.connect(self._edited)
        window.case.replaced.connect(self._forget)
        window.went.connect(self._went)
        window.case.saved.connect(self._saved)
        window.case.also.append(self.findings)

    def offer(self, page: SectionPage) -> None:
        """Put the button on a page of one of the roles."""
        role = page.page_id
        button = page.offer("从客户库填…")
        button.setAccessibleName(f"{ROLES[role]}：从客户库填")
        button.clicked.connect(lambda: self.fill(role))
        button.setHidden(self._session.library is None)
        self._buttons.append(button)

    def _came(self) -> None:
        for button in self._buttons:
            button.show()
        self._told = ((None, 0), ())
        self._window.case.judge()

    def fill(self, role: str) -> None:
        """Ask for somebody of the library and take their answers over, marked as coming from there."""
        from ui.party_dialog import PartyDialog

        library, case = self._session.library, self._window.case
        if library is None:
            return
        find = library.parties.subjects if role == "subject" else library.parties.people
        dialog = PartyDialog(role, case.draft, find, self._window)
        if not dialog.exec() or dialog.chosen is None:
            return
        party, names = dialog.chosen
        draft = library.parties.fill(case.draft, role, party, names)
        if draft != case.draft:
            case.visit(f"{role}.{name}" for name in names)
            case.fill(draft, f"{role}.{names[0]}", f"从客户库填{ROLES[role]}")
            self._changed[role].clear()
            self._window.statusBar().showMessage(f"填了 {len(names)} 栏，Ctrl+Z 可以撤销", 6000)

    def _edited(self, field_id: str) -> None:
        role, _, name = field_id.partition(".")
        if role in self._changed:
            self._changed[role].add(name)

    def _forget(self) -> None:
        for names in self._changed.values():
            names.clear()

    def _went(self, page_id: str) -> None:
        """Another page was gone to: what was changed before is looked for once it is saved."""
        if not self._window.case.unsaved:
            self._look(page_id)

    def _number(self) -> int:
        """The number of the open case in the library; 0 where it is none of its."""
        store, case = self._session.store, self._window.case
        return store.case_at(case.place) if store is not None and case.store is store else 0

    def _saved(self) -> None:
        """A case that has come into the library just now is no other than the one that is open."""
        self._look(self._window.current)
        if self._told[1] and self._told[0][1] != self._number():
            self._window.case.judge()

    def _look(self, page_id: str) -> None:
        """See whether others have what was changed on other pages than this."""
        library, number = self._session.library, self._number()
        role = next((role for role, names in self._changed.items() if names and role != page_id), "")
        if not role or not number or library is None or self._job:
            return
        names = self._changed[role]
        self._changed[role] = set()

        def work() -> Others:
            found = library.parties.others(number, role)
            wanted = [(row, {k: v for k, v in fields.items() if k in names}) for row, fields in found]
            return [(row, fields) for row, fields in wanted if fields]

        self._job = Job(lambda _progress, _cancelled: work(), self)
        self._job.done.connect(lambda others: self._found(role, number, others))
        self._job.failed.connect(self._failed)
        self._job.start()

    def _found(self, role: str, number: int, others: Others) -> None:
        self._end()
        if others:
            self._window.notice.say(
                f"这个{ROLES[role]}在另外 {len(others)} 个案件里还是改动以前的内容",
                stays=False,
                act=("一起更新…", lambda: self.update(role, number, others)),
            )

    def _failed(self, error: Exception) -> None:
        self._end()
        if not isinstance(error, FileProblem):
            raise error

    def _end(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None

    def update(self, role: str, number: int, others: Others) -> None:
        """Ask which of the others are to be updated, and do it."""
        from ui.busy import wait_for
        from ui.update_others_dialog import UpdateOthersDialog

        library = self._session.library
        dialog = UpdateOthersDialog(role, others, self._window)
        if library is None or not dialog.exec() or not dialog.chosen():
            return
        names = sorted({name for _, fields in others for name in fields})
        try:
            count = wait_for(
                self._window,
                "正在更新…",
                lambda: library.parties.update_others(number, role, dialog.chosen(), names),
            )
        except FileProblem as problem:
            self._window.complain(str(problem))
        else:
            self._window.statusBar().showMessage(f"已更新 {count} 个案件", 6000)

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """What the library has to say of a draft: a mobile number that is somebody else's in another case."""
        library, number = self._session.library, self._number()
        if library is None:
            return self._told[1]
        fields = ("principal.mobile", "principal.name", "contact.mobile", "contact.name")
        asked = (
            self._window.case.place,
            number,
            *(draft.text(field) for field in (*fields, "contact.same_as_principal")),
        )
        if self._told[0] != asked:
            try:
                self._told = asked, library.parties.shared_mobiles(draft, number or None)
            except FileProblem:
                self._told = asked, ()
        return self._told[1]

    def wait(self) -> None:
        """Let what is under way end (when the window closes)."""
        if self._job is not None:
            self._job.wait()
