"""The library of this run: made, opened, locked, opened again, backed up, closed. One at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from ui.curtain import Look
from ui.jobs import Job, Work
from ui.library_store import LibraryStore
from ui.lock import ASKED
from wizard.files import FileProblem
from wizard.process.work import Cancelled, Progress

if TYPE_CHECKING:
    from ui.case import Case
    from ui.lock import Told
    from wizard.library.desk import Desk
    from wizard.library.library import Library
    from wizard.library.salvage import Salvaged

Secret = Mapping[str, Any]
"""What opens a library, as `place.unlock` takes it: passphrase, recovery_key or from_key_store."""
_BY_STORE = Look(
    "已锁定",
    "填写的内容都已保存，钥匙已经收走，要再向系统钥匙串取。这里不问口令：能用你这个系统账户的人都能点开，"
    "电脑丢了、硬盘拆走了，别人打不开。要防身边的人，在“客户库设置”里设口令，不再由系统钥匙串打开。",
    asks=False,
    back="从系统钥匙串取钥匙，回到案件",
)
Refused = Callable[[Exception], None]
CLOSED_IN = 20.0
"""Seconds after which a library that is still being closed by a slow disk is tried to be opened again."""


class LibrarySession(QObject):
    """Holds the library and its key; work that takes long runs beside the window.

    `came` tells that a library is open, `failed` of something that went wrong in the background.
    """

    came = Signal()
    failed = Signal(str)
    troubled = Signal(object, object)
    salvaged = Signal(object)

    def __init__(self, case: Case, parent: QObject) -> None:
        super().__init__(parent)
        self._case = case
        self.folder: Path | None = None
        self.library: Library | None = None
        self.store: LibraryStore | None = None
        self._desk: Desk | None = None
        self.by_key_store = False
        self._job: Job | None = None
        self._shut = Event()
        self._shut.set()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.back_up)

    @property
    def held(self) -> bool:
        """See `lock.Keys`."""
        return self.folder is not None

    @property
    def engaged(self) -> bool:
        """See `lock.Keys`."""
        return self.library is not None and self.library.engaged

    @property
    def look(self) -> Look:
        """See `lock.Keys`."""
        return _BY_STORE if self.by_key_store else ASKED

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def create(
        self, folder: Path, passphrase: str, by_store: bool, made: Callable[[str], None], refused: Refused
    ) -> None:
        """Make a library; `made` gets the recovery key."""

        def work() -> tuple[Library, str]:
            from wizard.library import place

            return place.create(folder, passphrase or None, keep_in_key_store=by_store)

        def done(result: tuple[Library, str]) -> None:
            self._opened(result[0], by_store)
            made(result[1])

        self._run(work, done, refused)

    def open(
        self, folder: Path, secret: Secret, done: Callable[[], None], refused: Refused, **more: Any
    ) -> None:
        """Open a library; with `backup` one of its backups is put in its place first."""

        shut = self._shut

        def work() -> Library:
            from wizard.library import place

            shut.wait(CLOSED_IN)
            return place.unlock(folder, **secret, **more)

        def opened(library: Library) -> None:
            self._opened(library, secret.get("from_key_store", False))
            done()

        self._run(work, opened, refused)

    def go_on_in(self, folder: Path, done: Callable[[], None], refused: Refused) -> None:
        """Write the library into another folder and go on there: its own place is lost."""
        library, by_store = self.library, self.by_key_store
        assert library is not None

        def work() -> Library:
            from wizard.library import place

            return place.go_on_in(library, folder)

        def opened(made: Library) -> None:
            self._opened(made, by_store)
            done()

        self._run(work, opened, refused)

    def _opened(self, library: Library, by_key_store: bool) -> None:
        self.library, self.folder, self.by_key_store = library, library.folder, by_key_store
        if self.store is None:
            from wizard.library.desk import Desk

            self._desk = Desk()
            self.store = LibraryStore(library, self._desk)
        self.store.library = library
        if self._case.store is self.store:
            self.store.lay_out(self._case.place)
            self._case.begin_saving()
        self.came.emit()

    def back_up_every(self, minutes: int) -> None:
        """Make backups at that interval while anything changes."""
        self._timer.start(max(1, minutes) * 60_000)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None], refused: Refused) -> None:
        self._start(lambda _progress, _cancelled: work(), done, refused)

    def _start(self, work: Work, done: Callable[[Any], None], refused: Refused) -> None:
        job = self._job = Job(work, self)

        def ended(then: Callable[[Any], None], result: Any) -> None:
            self._job = None
            job.deleteLater()
            then(result)

        job.done.connect(lambda result: ended(done, result))
        job.failed.connect(lambda error: ended(refused, error))
        job.start()

    def come_back(self, told: Told) -> None:
        """Ask the system's key store for the key again (see `lock.Keys`)."""
        self.try_secret({"from_key_store": True}, told)

    def take(self, secret: str, recovery: bool, told: Told) -> None:
        """Open the library again after a lock, or for the first time (see `lock.Keys`)."""
        assert self.folder is not None
        self.try_secret({"recovery_key" if recovery else "passphrase": secret}, told)

    def try_secret(self, secret: Secret, told: Told, **more: Any) -> None:
        """Open with a secret; what the person has to decide (damage, held elsewhere) goes to `troubled`."""
        assert self.folder is not None

        def refused(error: Exception) -> None:
            if not isinstance(error, FileProblem):
                raise error
            told(str(error), getattr(error, "wait", 0))
            if hasattr(error, "candidates") or getattr(error, "releasable", False):
                again = partial(self.try_secret, secret, told)
                error.by_recovery_key = "recovery_key" in secret  # type: ignore[attr-defined]
                self.troubled.emit(error, again)

        if more.get("salvage"):
            self._salvage(secret, more.get("passphrase"), told, refused)
        else:
            self.open(self.folder, secret, lambda: told("", 0), refused, **more)

    def _salvage(self, secret: Secret, passphrase: str | None, told: Told, refused: Refused) -> None:
        """Read what can be read of a damaged library into a new one beside it, and open that.

        `passphrase` is for the new one, where it is not to open in the way of the old one.
        """
        from ui import clock

        old = self.folder
        assert old is not None
        into = old.with_name(f"{old.name}-救回-{clock.now():%Y%m%d-%H%M%S}")

        def work() -> Salvaged:
            from wizard.library.salvage import salvage
            from wizard.library.secret import given

            return salvage(old, into, given(**secret), passphrase)

        def done(found: Salvaged) -> None:
            self.folder = into
            self.salvaged.emit(found)
            self.open(
                into, {"passphrase": passphrase} if passphrase else secret, lambda: told("", 0), refused
            )

        self._run(work, done, refused)

    def drop(self) -> None:
        """Put the key away (see `lock.Keys`). A case that could not be saved stays in memory.

        The file is closed beside the window: the disk is waited for at that, too.
        """
        if self.library is None or self.store is None:
            return
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
        library, self.library, self.store.library = self.library, None, None
        if self._case.store is self.store and not self._case.unsaved:
            self.store.put_away(self._case.place)
        shut = self._shut = Event()

        def close() -> None:
            try:
                library.close()
            finally:
                shut.set()

        self._case.write_too(close, self._closed)

    def _closed(self, error: Exception | None) -> None:
        if isinstance(error, FileProblem):
            self.failed.emit(str(error))
        elif error is not None:
            raise error

    def back_up(self) -> None:
        """Make a backup beside the work, if anything changed since the last."""
        library = self.library
        if library is None or self.busy or library.engaged or not library.backups.due():
            return

        def refused(error: Exception) -> None:
            if self.library is library and not isinstance(error, Cancelled):
                self.failed.emit(
                    str(error) if isinstance(error, FileProblem) else "备份没有做成，客户库没有变"
                )

        self._start(library.backups.make, lambda _: None, refused)

    def stop(self) -> None:
        """Call off what is under way and wait for its end; a backup leaves nothing of itself."""
        if (job := self._job) is not None:
            job.cancel()
            job.wait()

    def put_down(self) -> Work | None:
        """Let go of the library; what is left to do (a backup, closing it) is given back as work.

        Called off, it closes without the backup. None where no library is open.
        """
        self._timer.stop()
        if self._job is not None:
            self.stop()
            QCoreApplication.sendPostedEvents()
        library, desk, self.library, self._desk = self.library, self._desk, None, None
        self.store, self.folder = None, None

        def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
            try:
                if library is not None:
                    library.close(backup=True, progress=progress, cancelled=cancelled)
            finally:
                if desk is not None:
                    desk.close()

        return work if library is not None or desk is not None else None
