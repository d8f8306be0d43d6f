"""An open library, and its rooms."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from wizard.files import FileProblem
from wizard.library.audit import Audit
from wizard.library.backups import Backups
from wizard.library.cases import Cases
from wizard.library.engine import Database
from wizard.library.files import Files
from wizard.library.folder import Folder
from wizard.library.history import History
from wizard.library.key_file import KeyFile
from wizard.library.keys import Keys
from wizard.library.lock import Lock
from wizard.library.marks import Marks
from wizard.library.parties import Parties
from wizard.library.privacy import Privacy
from wizard.library.settings import Settings
from wizard.process.work import Cancelled, Progress, never, silent


class Library:
    """A library that is open: `place.create` and `place.unlock` make it, `close` ends it.

    `notices` are sentences to show: what was found and mended on the way in, and warnings of the place. It
    may be used from several threads; long work (backup, check, purge) runs beside saving.
    """

    def __init__(
        self,
        folder: Folder,
        header: KeyFile,
        database: Database,
        lock: Lock,
        notices: list[str],
        wrong_tries: int = 0,
    ) -> None:
        self.folder: Path = folder.path
        self.notices = notices
        self._lock, self._database = lock, database
        self.settings = Settings(database)
        self.audit = Audit(database)
        self.files = Files(database)
        self.history = History(database)
        self.cases = Cases(database, self.files, self.history)
        self.marks = Marks(database, self.audit, self.settings)
        self.parties = Parties(database, self.cases)
        self.keys = Keys(database, folder, header, self.audit)
        self.backups = Backups(database, folder, self.keys, self.settings, self.audit)
        self.privacy = Privacy(database, self.parties, self.files, self.backups, self.audit)
        self.closed = False
        self.audit.note("opened", detail=f"口令输错 {wrong_tries} 次" if wrong_tries else "")

    @property
    def engaged(self) -> bool:
        """Whether it is at long work that keeps everybody else out: purging, restoring, a new data key."""
        return self._database.engaged

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Several changes that happen together or not at all."""
        with self._database.write():
            yield

    def save_elsewhere(self, folder: Path) -> None:
        """Write everything saved so far into another folder, with its key file.

        For when this one is lost: it works also while the file that is open was taken away. The other folder
        opens with the same secrets.

        Raises:
            FileProblem: it could not be written there, or a library is there already.
        """
        self.backups.copy_out(folder)
        with suppress(FileProblem):  # the place may be lost: that is what this is for
            self.audit.note("saved_elsewhere")

    def close(
        self,
        *,
        backup: bool = False,
        progress: Progress = silent,
        cancelled: Callable[[], bool] = never,
    ) -> datetime | None:
        """Close the library; with `backup` one is made first if anything changed. When that was done, if so.

        Called off, it is closed without one.

        Raises:
            FileProblem: the backup failed; the library is closed all the same.
        """
        if self.closed:
            return None
        try:
            return self.backups.make(progress, cancelled).made if backup and self.backups.due() else None
        except Cancelled:
            return None
        finally:
            self.closed = True
            self._database.close()
            if self._database.suspect:
                self._lock.drop(suspect=True)
            else:
                self._lock.release()

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
