"""What the window has to do with the library: opening it at the start, making one, and its menu."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from ui import clock, preferences
from ui.curtain import Look
from ui.lessons import Lessons
from ui.library_batch import many_at_once
from ui.library_making import Making
from ui.library_session import LibrarySession
from ui.lock import NoKeys
from ui.noting import Noting
from ui.reuse import Reuse
from wizard.files import FileProblem

if TYPE_CHECKING:
    from ui.library_page import LibraryPage
    from ui.main_window import MainWindow
    from wizard.library.salvage import Salvaged

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
        self.lessons = Lessons(window, self.session)
        self.making, self.noting = Making(self), Noting(self)
        self._first = self._reminded = False
        self._last = preferences.last_case()
        self.page: LibraryPage | None = None
        self.session.came.connect(self._came)
        self.session.failed.connect(window.complain)
        self.session.troubled.connect(self._troubled)
        self.session.salvaged.connect(self._salvaged)

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
            self.window.notice.say(_PLAIN, stays=False, act=("建立客户库…", self.making.create))
            preferences.have_told_of_plain_files()

    def enter(self, folder: Path) -> None:
        """Open the library in `folder`, with the system's key store where that holds its key."""
        from wizard.library import place

        try:
            ways = place.ways_named(folder)
        except FileProblem as problem:
            self.window.complain(f"{problem}。现在填写的内容存成普通文件")
            return
        self.session.folder, self._first = folder, True
        self.window.case.stands_in = True
        self.window.lock.keys = self.session
        self.window.lock.hang(_FETCHING if "key_store" in ways else _ASKING)
        self.window.lock.unlocked.connect(self._left_closed)
        self._make_ahead()
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
        self._make_ahead()
        self.put_settings_to_use()
        if self._first:
            self._first = False
            self._go_to_last()
        self._remind()
        if notices := session.library.notices:  # last: opening a case puts older sentences away
            window.notice.say("；".join(notices))
            session.library.notices = []

    def put_settings_to_use(self) -> None:
        """What is set about the lock and the backups holds from now on."""
        library, session = self.session.library, self.session
        if library is None:
            return
        ways = library.keys.ways()
        by_store = session.by_key_store or "passphrase" not in ways
        session.by_key_store = "key_store" in ways and by_store
        self.window.lock.set_minutes(int(library.settings.get("idle_lock_minutes")))
        session.back_up_every(int(library.settings.get("backup_minutes")))

    def _remind(self) -> None:
        """Say, once a run, that cases have been kept as long as they were meant to."""
        library = self.session.library
        if self._reminded or library is None:
            return
        self._reminded = True
        if due := library.privacy.due(clock.today()):
            self.window.notice.say(
                f"有 {len(due)} 个案件过了保存期限",
                stays=False,
                act=("去看看…", self.window.actions_.library.show_retention),
            )

    def ready_to_restore(self) -> bool:
        """Before a backup is put back: the case that is open is saved, or the person gives it up."""
        return self.window.keeping.may_leave()

    def restored(self, words: str) -> None:
        """Another state of the library is open now."""
        self.window.case.give_up()
        if self.session.store is not None:
            self.session.store.forget_all()
        self.window.keeping.new()
        self.window.show_library()
        self.window.complain(words)
        self.window.statusBar().showMessage(words, 10_000)  # the list is in sight, and not the sentence above

    def reload(self) -> None:
        """The case that is open may have been changed in the library: show it as it stands there."""
        case, store = self.window.case, self.session.store
        if store is not None and case.store is store and store.is_behind(case.place):
            case.give_up()
            self.window.keeping.open_case(store.case_at(case.place))

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
            window.notice.say(_NO_LIBRARY, stays=False, act=("建立客户库…", self.making.create))
            return
        window.case.save()
        self._make().refresh()
        window.outer.setCurrentWidget(self.page)
        window.setWindowTitle("客户库 – 备案助手")
        self.page.focus()

    def _make_ahead(self) -> None:
        """Make the list before it is gone to: while the secret is typed and tried, or soon after."""
        from ui.ahead import Ahead, of_the_list

        if self.page is None:
            self._ahead = Ahead(of_the_list(self._make), self.window, first=30)

    def _make(self) -> LibraryPage:
        if self.page is None:
            self.page = self._build()
            self.window.outer.addWidget(self.page)
        return self.page

    def _build(self) -> LibraryPage:
        from ui.library_page import LibraryPage

        page = LibraryPage(self.session)
        page.opened.connect(self.open_case)
        page.new_wanted.connect(self._new_case)
        page.left.connect(self.show_case)
        page.purged.connect(self.purged)
        page.batch_wanted.connect(lambda chosen, shown: many_at_once(self, chosen, shown))
        page.said.connect(lambda text: self.window.statusBar().showMessage(text, 6000))
        return page

    def open_case(self, case: int) -> None:
        """Open a case of the library and show it."""
        self.window.keeping.open_case(case)
        self.show_case()

    def _new_case(self) -> None:
        self.window.keeping.new()
        self.show_case()

    def purged(self, cases: list[int]) -> None:
        """The case that is open may be among those that were deleted for good: it is not written again."""
        case, store = self.window.case, self.session.store
        if store is not None and case.store is store and store.case_at(case.place) in cases:
            case.give_up()
            self.window.keeping.new()

    def show_case(self) -> None:
        """Back to the case that is open."""
        self.window.outer.setCurrentIndex(0)
        self.window.entitle()
        self.window.focus_field("")

    def leave(self) -> bool:
        """Close the library that is open, if one is, to go on with another; whether that could be done."""
        window, store = self.window, self.session.store
        if store is None:
            return True
        if not window.keeping.may_leave():
            return False
        if window.case.store is store:
            window.keeping.new_file()
        if self.page is not None:
            self.page.model.asking.wait()
            window.outer.removeWidget(self.page)
            self.page.deleteLater()
            self.page = None
        self._close_session()
        window.keeping.library = None
        return True

    def _close_session(self) -> None:
        """Close the library with a backup of what changed: seen, and left out where there is no time."""
        from ui.busy import follow, wait_for

        if self.session.busy:
            wait_for(self.window, "正在停下手上的事…", self.session.stop)
        work = self.session.put_down()
        try:
            if work is not None:
                follow(self.window, "正在做备份并关闭客户库…", work, stop="不备份，直接关闭")
        except FileProblem as problem:
            self.window.complain(str(problem))

    def close(self) -> None:
        """The window closes: the library with it."""
        self.reuse.wait()
        self.lessons.wait()
        if self.page is not None:
            self.page.model.asking.wait()
        self._close_session()

    def _troubled(self, problem: Any, again: Callable[..., None]) -> None:
        """Something only the person can decide: a damaged file, a lock that another machine left."""
        from ui import library_trouble

        if hasattr(problem, "candidates"):
            chosen = library_trouble.which_backup(self.window, problem)
            if chosen is library_trouble.SALVAGE:
                asks = getattr(problem, "by_recovery_key", False)
                passphrase = library_trouble.passphrase_for_salvage(self.window) if asks else None
                if passphrase != "":
                    again(salvage=True, passphrase=passphrase)
            elif chosen:
                again(backup=chosen)
        elif library_trouble.whether_to_release(self.window, problem):
            again(release=True)

    def _salvaged(self, found: Salvaged) -> None:
        """What could be read stands in a new library: say how much, and have its recovery key kept."""
        from ui.library_trouble import say_what_was_salvaged

        say_what_was_salvaged(self.window, found)
