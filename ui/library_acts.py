"""What can be done with the cases that are chosen in the list, one or many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu

from ui import questions
from ui.busy import wait_for
from wizard.files import FileProblem

if TYPE_CHECKING:
    from ui.library_page import LibraryPage
    from wizard.library.library import Library


class LibraryActs(QObject):
    """Holds the menu 更多; entries that do not fit the list in sight are left out of it."""

    def __init__(self, page: LibraryPage) -> None:
        super().__init__(page)
        self._page = page
        self.menu = QMenu(page)
        self.menu.aboutToShow.connect(self._fill)

    def _library(self) -> Library:
        library = self._page.session.library
        assert library is not None
        return library

    def _fill(self) -> None:
        from wizard.library.records import STATES

        where = self._page.bar.where
        self.menu.clear()
        if where == "bin":
            self._add("彻底删除…", self.purge)
            return
        if where != "templates":
            states = self.menu.addMenu("改状态")
            for state, word in STATES.items():
                self._add(word, lambda state=state: self.set_state(state), states)
            self._add("截止日期…", self.set_deadline)
        self._add("加标签…", self.tag)
        self._add("去掉标签…", self.untag)
        self.menu.addSeparator()
        if where == "open":
            self._add("存为模板", self.make_template)
            self._add("归档", lambda: self.archive(archived=True))
        elif where == "archived":
            self._add("取消归档", lambda: self.archive(archived=False))
        self._add("修改记录…", self.show_history)
        self._add("移到回收站", self.bin)

    def _add(self, words: str, act: Callable[[], None], menu: QMenu | None = None) -> None:
        action = QAction(words, self.menu)
        action.triggered.connect(lambda _=False: act())
        (menu or self.menu).addAction(action)

    def _with(self, act: Callable[[Library, list[int]], str]) -> None:
        """Do something with the chosen cases, beside the window, and show the list as it stands now.

        What was done is said.
        """
        cases, library = self._page.chosen_ids(), self._library()
        if not cases:
            self._page.said.emit("先在列表里选一个或几个案件")
            return
        try:
            said = wait_for(self._page, f"正在改 {len(cases)} 个案件…", lambda: act(library, cases))
        except FileProblem as problem:
            said = str(problem)
        if said:
            self._page.said.emit(said)
        self._page.refresh()

    def set_state(self, state: str) -> None:
        """Give the cases a state."""

        def act(library: Library, cases: list[int]) -> str:
            from wizard.library.records import STATES

            library.marks.set_state(cases, state)
            return f"{len(cases)} 个案件改为“{STATES[state]}”"

        self._with(act)

    def set_deadline(self) -> None:
        """Ask for a day until which something has to be done, or for none."""
        asked, day = questions.which_day(self._page, "截止日期", "到哪一天为止")
        if asked:
            self._with(lambda library, cases: library.marks.set_deadline(cases, day) or "")

    def tag(self) -> None:
        """Ask for tags and add them."""
        known = [tag for tag, _ in self._library().marks.tags()]
        text, ok = QInputDialog.getItem(
            self._page, "加标签", "标签，几个之间用顿号或逗号隔开", known, -1, editable=True
        )
        names = [
            name for part in text.replace("，", "、").replace(",", "、").split("、") if (name := part.strip())
        ]
        if ok and names:
            self._with(lambda library, cases: library.marks.tag(cases, names) or "")

    def untag(self) -> None:
        """Ask for a tag of the chosen cases and take it away."""
        cases, library = self._page.chosen_ids(), self._library()
        held = wait_for(self._page, "正在看标签…", lambda: library.marks.tags_of(cases))
        if not held:
            self._page.said.emit("选中的案件没有标签")
            return
        text, ok = QInputDialog.getItem(self._page, "去掉标签", "去掉哪一个", held, 0, editable=False)
        if ok:
            self._with(lambda library, cases: library.marks.untag(cases, [text]) or "")

    def archive(self, archived: bool) -> None:
        """Take the cases out of the daily list, or back into it."""
        self._with(lambda library, cases: library.marks.archive(cases, archived=archived) or "")

    def bin(self) -> None:
        """Put the cases into the bin, whole; they can be put back."""
        if self._page.bar.where == "bin":
            return

        def act(library: Library, cases: list[int]) -> str:
            library.marks.bin(cases)
            return f"{len(cases)} 个案件已移到回收站，在“回收站”里可以放回"

        self._with(act)

    def put_back(self) -> None:
        """Take the cases out of the bin."""

        def act(library: Library, cases: list[int]) -> str:
            library.marks.put_back(cases)
            return f"{len(cases)} 个案件已放回"

        self._with(act)

    def copy(self) -> None:
        """Make another case with the same answers and attachments."""

        def act(library: Library, cases: list[int]) -> str:
            for case in cases:
                library.cases.copy(case)
            return f"已复制 {len(cases)} 个案件，复制的排在最前"

        self._with(act)

    def make_template(self) -> None:
        """Keep a copy as a template for new cases."""

        def act(library: Library, cases: list[int]) -> str:
            for case in cases:
                library.cases.copy(case, template=True)
            return f"已存为 {len(cases)} 个模板，在“模板”里用它新建"

        self._with(act)

    def new_from(self, template: int) -> None:
        """Make a new case of a template and open it."""
        self._page.opened.emit(self._library().cases.copy(template))

    def show_history(self) -> None:
        """What the fields of one case held before."""
        from ui.case_history_dialog import CaseHistoryDialog

        cases = self._page.chosen_ids()
        if not cases:
            self._page.said.emit("先在列表里选一个案件")
            return
        dialog = CaseHistoryDialog(self._library(), cases[0], self._page)
        dialog.exec()
        self._page.refresh()

    def purge(self) -> None:
        """Delete for good, after a question; the receipt is shown."""
        from ui.purge import purge

        cases = self._page.chosen_ids()
        if not cases:
            self._page.said.emit("先在列表里选一个或几个案件")
            return
        try:
            said = purge(self._page, self._library(), cases)
        except FileProblem as problem:
            said = str(problem)
        else:
            if said:
                self._page.purged.emit(cases)
        if said:
            self._page.said.emit(said)
        self._page.refresh()
