"""What the window has to do with the library: opening it at the start, making one, and its menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ui import preferences
from ui.curtain import Look
from ui.library_session import LibrarySession
from ui.lock import NoKeys
from ui.reuse import Reuse
from wizard.files import FileProblem

if TYPE_CHECKING:
    from ui.create_library_dialog import CreateLibraryDialog
    from ui.library_page import LibraryPage
    from ui.main_window import MainWindow

_WAY_OUT = "先不打开，用普通文件"
_ASKING = Look("打开客户库", "上次用的是加密的客户库，输入口令打开。", asks=True, back=_WAY_OUT)
_FETCHING = Look("正在打开客户库…", "钥匙在这台电脑的系统钥匙串里，马上就好。", asks=False, back=_WAY_OUT)
_PLAIN = "填写的内容存成普通文件，没有加密。要加密保存、按客户查找，可以建立客户库"

_NO_LIBRARY = "还没有打开客户库：建立一个，或从“客户库”菜单打开已有的"


class LibraryRoom(QObject):
    """Ties the session to the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.session = LibrarySession(window.case, self)
        self.reuse = Reuse(window, self.session)
        self._creating: CreateLibraryDialog | None = None
        self._first = False
        self._last = preferences.last_case()
        self.page: LibraryPage | None = None
        self.session.came.connect(self._came)
        self.session.failed.connect(window.complain)
        self.session.troubled.connect(self._troubled)

    @property
    def open(self) -> bool:
        """Whether a library is open."""
        return self.session.library is not None

    def start(self) -> None:
        """Open the library that was used last; where there is none, say once that files are not encrypted."""
        folder = preferences.library_folder()
        if folder is not None:
            from wizard.library.desk import sweep

            sweep()
            self.enter(folder)
        elif not preferences.told_of_plain_files():
            self.window.notice.say(_PLAIN, stays=False, act=("建立客户库…", self.create))
            preferences.have_told_of_plain_files()

    def enter(self, folder: Path) -> None:
        """Open the library in `folder`, with the system's key store where that holds its key."""
        from wizard.library import place

        try:
            ways = place.ways(folder)
        except FileProblem as problem:
            self.window.complain(f"{problem}。现在填写的内容存成普通文件")
            return
        self.session.folder, self._first = folder, True
        self.window.case.stands_in = True
        self.window.lock.keys = self.session
        self.window.lock.hang(_FETCHING if "key_store" in ways else _ASKING)
        self.window.lock.unlocked.connect(self._left_closed)
        if "key_store" in ways:
            self.session.try_secret({"from_key_store": True}, self.window.lock.answer)

    def _left_closed(self) -> None:
        """The curtain is gone: if the library did not open, the person goes on with plain files."""
        self.window.lock.unlocked.disconnect(self._left_closed)
        if not self.open:
            self.session.folder = None
            self.window.lock.keys = NoKeys()
        elif self.page is not None and self.window.outer.currentWidget() is self.page:
            self.page.focus()
        else:
            self.window.focus_field(self.window.case.draft.place.get("field", ""))

    def _came(self) -> None:
        """A library is open, for the first time or again."""
        session, window = self.session, self.window
        assert session.library is not None
        assert session.store is not None
        preferences.set_library_folder(session.folder)
        window.keeping.library = session.store
        window.lock.keys = session
        window.lock.set_minutes(int(session.library.settings.get("idle_lock_minutes")) if session.asks else 0)
        if notices := session.library.notices:
            window.notice.say("；".join(notices), stays=True)
            session.library.notices = []
        if self._first:
            self._first = False
            self._go_to_last()

    def _go_to_last(self) -> None:
        """Open the case that was open last, if it was one of the library."""
        session = self.session
        assert session.library is not None
        if self._last and self.window.keeping.open_case(self._last):
            return
        if session.library.cases.count():
            self.window.show_library()

    def show_list(self) -> None:
        """The list of cases in the place of the pages, or back from it; without a library, the way to one."""
        window = self.window
        if self.page is not None and window.outer.currentWidget() is self.page:
            self.show_case()
            return
        if not self.open:
            window.notice.say(_NO_LIBRARY, stays=False, act=("建立客户库…", self.create))
            return
        window.case.save()
        if self.page is None:
            self.page = self._build()
            window.outer.addWidget(self.page)
        self.page.refresh()
        window.outer.setCurrentWidget(self.page)
        window.setWindowTitle("客户库 – 备案助手")
        self.page.focus()

    def _build(self) -> LibraryPage:
        from ui.library_page import LibraryPage

        page = LibraryPage(self.session)
        page.opened.connect(self._open_case)
        page.new_wanted.connect(self._new_case)
        page.left.connect(self.show_case)
        page.purged.connect(self._purged)
        page.said.connect(lambda text: self.window.statusBar().showMessage(text, 6000))
        return page

    def _open_case(self, case: int) -> None:
        self.window.keeping.open_case(case)
        self.show_case()

    def _new_case(self) -> None:
        self.window.keeping.new()
        self.show_case()

    def _purged(self, cases: list[int]) -> None:
        """The case that is open may be among those that were deleted for good: it is not written again."""
        case, store = self.window.case, self.session.store
        if store is not None and case.store is store and store.case_at(case.place) in cases:
            case.unsaved = False
            self.window.keeping.new()

    def show_case(self) -> None:
        """Back to the case that is open."""
        self.window.outer.setCurrentIndex(0)
        self.window.entitle()
        self.window.focus_field("")

    def create(self) -> None:
        """Ask how a library is to be made, make it, and show its recovery key."""
        from ui.create_library_dialog import CreateLibraryDialog
        from wizard.library import key_store, location

        def warn(folder: Path) -> str:
            return location.WARNINGS[location.kind_of(folder)]

        dialog = CreateLibraryDialog(preferences.proposed_folder(), key_store.available(), warn, self.window)
        dialog.wanted.connect(self._make)
        self._creating = dialog
        dialog.accepted.connect(self._made)
        dialog.open()

    def _make(self, folder: Path, passphrase: str, by_store: bool) -> None:
        dialog = self._creating
        assert dialog is not None

        def refused(error: Exception) -> None:
            if not isinstance(error, FileProblem):
                raise error
            dialog.refuse(str(error))

        self.session.create(folder, passphrase, by_store, dialog.made, refused)

    def _made(self) -> None:
        """The library is there and its recovery key kept: what is open now can come into it."""
        draft = self.window.case.draft
        if draft.answers or draft.attachments:
            self.offer_to_take_in()
        else:
            self.window.keeping.new()

    def choose(self) -> None:
        """Ask for the folder of a library and open it."""
        from ui.questions import which_library

        if (
            folder := which_library(self.window, preferences.proposed_folder())
        ) and self.window.keeping.may_leave():
            self.enter(folder)

    def offer_to_take_in(self) -> None:
        """The case that is open is a plain file: ask whether it is to come into the library."""
        from ui import questions
        from ui.attachments import delete, of_draft

        window = self.window
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

    def close(self) -> None:
        """The window closes: the library with it."""
        self.reuse.wait()
        if self.page is not None:
            self.page.model.wait()
        try:
            self.session.close()
        except FileProblem as problem:
            from ui.errors import log

            log(problem)

    def _troubled(self, problem: Any, again: Callable[..., None]) -> None:
        """Something only the person can decide: a damaged file, a lock that another machine left."""
        from ui import library_trouble

        if hasattr(problem, "candidates"):
            if chosen := library_trouble.which_backup(self.window, problem):
                again(backup=chosen)
        elif library_trouble.whether_to_release(self.window, problem):
            again(release=True)
