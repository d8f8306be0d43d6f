"""The backups of an open library: made, listed, checked, put back."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from wizard.files import FileProblem, atomic_write, why
from wizard.library import backup, clock, key_file, migrations, recovery, schema
from wizard.library.audit import Audit
from wizard.library.backup import Backup
from wizard.library.check import Health, examine, examine_file
from wizard.library.cipher import told
from wizard.library.engine import Database
from wizard.library.folder import Folder, move
from wizard.library.keys import Keys
from wizard.library.problems import Damaged, LibraryProblem
from wizard.library.settings import Settings
from wizard.process.work import Progress, never, silent


class Backups:
    """Backups, in the folder ``backups`` beside the library and in a second place where one is set."""

    def __init__(
        self, database: Database, folder: Folder, keys: Keys, settings: Settings, audit: Audit
    ) -> None:
        self._database, self._folder, self._keys = database, folder, keys
        self._settings, self._audit = settings, audit

    def due(self) -> bool:
        """Whether anything changed since the newest backup."""
        newest = self.all()[:1]
        return not newest or newest[0].revision != self._revision()

    def make(self, progress: Progress = silent, cancelled: Callable[[], bool] = never) -> Backup:
        """Make a backup and check it; others may go on saving meanwhile.

        Where the second place cannot be reached, the first holds and the problem says so.

        Raises:
            Cancelled: it was; nothing of it is left.
            FileProblem: it could not be made; older backups are untouched.
        """
        made = backup.make(self._database, self._keys.header, self._folder, progress, cancelled)
        self.forget_purged(clock.today())
        second = self._settings.get("second_place")
        if second:
            backup.copy_elsewhere(made, backup.own_folder(Path(second), self._keys.header))
        return made

    def all(self) -> list[Backup]:
        """The backups beside the library, the newest first."""
        return backup.listed(self._folder.backups)

    def verify(self, one: Backup, cancelled: Callable[[], bool] = never) -> str:
        """Check a backup page by page; what is wrong with it, empty where nothing is.

        Raises:
            Cancelled: it was.
        """
        key = recovery.key_of(one, [self._database.key, *self._keys.old_keys()])
        if key is None:
            return "用现在的口令打不开，或文件已损坏"
        return "" if examine_file(one.file, key, cancelled) is Health.WHOLE else "备份文件已损坏"

    def verify_library(self, cancelled: Callable[[], bool] = never) -> str:
        """Check the library itself page by page; what is wrong with it, empty where nothing is.

        Raises:
            Cancelled: it was.
        """
        self._database.settle_log()
        with self._database.beside() as connection, told():
            health = examine(connection, cancelled)
        return "" if health is Health.WHOLE else f"{health.value}；重新打开客户库会先修复或恢复备份"

    def restore(self, one: Backup) -> Path | None:
        """Put a backup in the place of the library; where the old one is kept.

        What was purged since that backup is purged from it again. A backup of the present is made first.

        Raises:
            Damaged: the backup is not whole; nothing was changed.
        """
        key = recovery.key_of(one, [self._database.key, *self._keys.old_keys()])
        if key is None or examine_file(one.file, key) is not Health.WHOLE:
            raise Damaged("这份备份打不开或已损坏，没有用它；选另一份")
        old_version = schema.version_at(one.file, key) < schema.VERSION
        with self._database.alone():
            held = _Held.of(self._database)
            kept = self._present_kept()
            aside: list[Path | None] = []

            def swap() -> None:
                aside.append(recovery.put_back(self._folder, one, key, self._database.key))
                if old_version:
                    migrations.migrate(self._folder, self._database.key, self._keys.header)

            self._database.exchange(swap, self._database.key)
            with self._database.write():
                held.into(self._database)
        self._audit.note("restored", detail=str(one.number))
        if kept and aside[0]:
            aside[0].unlink(missing_ok=True)
            return None
        return aside[0]

    def copy_out(self, path: Path) -> None:
        """Write the library as it stands into another folder, where it opens with the same secrets.

        Raises:
            FileProblem: a library is there already, or it could not be written.
        """
        target = Folder.of(path)
        if target.exists():
            raise LibraryProblem("那个文件夹里已经有客户库，没有改动它；换一个文件夹")
        try:
            target.path.mkdir(parents=True, exist_ok=True, mode=0o700)
            backup.copy_to(self._database, target.part, alone=True)
            if examine_file(target.part, self._database.key) is not Health.WHOLE:
                raise Damaged("另存的客户库核对不过，原来的没有改动；换一个位置再试")
            key_file.write(self._keys.header, *target.keys)
            move(target.part, target.file)
        except OSError as error:
            raise FileProblem(f"无法另存客户库：{why(error)}") from error
        finally:
            target.part.unlink(missing_ok=True)

    def forget_purged(self, on: date, *, now: bool = False) -> None:
        """Remove backups that still hold what was purged, once their time is up (or `now`).

        A backup that was made after the purge must be there; so that the library is never without one.
        """
        due = self._database.read(
            "SELECT number, at, backup FROM purges WHERE backups_until IS NOT NULL "
            "AND (? OR backups_until <= ?)",
            (now, on.isoformat()),
        )
        newest = self.all()[:1]
        for number, at, last in due:
            if not newest or newest[0].number <= last:
                continue
            for place in self._places():
                backup.remove(one for one in backup.listed(place) if one.number <= last)
            for path in self._folder.path.glob("library.db.damaged-*"):
                if path.stat().st_mtime * 1000 <= at or now:
                    path.unlink()
            with self._database.write():
                self._database.run("UPDATE purges SET backups_until = NULL WHERE number = ?", (number,))

    def note_purged(self) -> None:
        """Write the random names of what was purged beside the library, which may be damaged one day."""
        names = [uid.hex() for (uid,) in self._database.read("SELECT uid FROM purged")]
        atomic_write(self._folder.purged, json.dumps(names).encode())

    def purge_again(self) -> int:
        """Delete from a library that was put back what had been purged; how many cases that were."""
        try:
            names = [bytes.fromhex(name) for name in json.loads(self._folder.purged.read_bytes())]
        except (OSError, ValueError, TypeError):
            return 0
        with self._database.write():
            again = [
                (uid,) for uid in names if self._database.one("SELECT 1 FROM cases WHERE uid = ?", (uid,))
            ]
            self._database.run_many("DELETE FROM cases WHERE uid = ?", again)
            self._database.run("DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM files)")
            self._database.run_many("INSERT OR IGNORE INTO purged VALUES (?, '')", [(uid,) for uid in names])
        return len(again)

    def purge_mark(self, on: date) -> tuple[date | None, int]:
        """Until when backups may hold what is purged on that day, and the number of the last one that may."""
        last = max((one.number for place in self._places() for one in backup.listed(place)), default=0)
        until = on + timedelta(days=self._settings.get("backup_keep_purged_days"))
        return (until if last else None), last

    def _places(self) -> list[Path]:
        second = self._settings.get("second_place")
        own = backup.own_folder(Path(second), self._keys.header) if second else None
        return [self._folder.backups, *([own] if own else [])]

    def _present_kept(self) -> bool:
        """Whether what is about to be replaced is in a backup; it is made now where that is possible."""
        try:
            if self.due():
                backup.make(self._database, self._keys.header, self._folder)
        except Damaged:
            return False
        return True

    def _revision(self) -> int:
        return int(self._database.value("SELECT value FROM meta WHERE name = 'revision'"))


@dataclass(frozen=True, slots=True)
class _Held:
    """What outlives the restoring of an older backup: what was purged since, older keys, the count."""

    purged: list[tuple[Any, ...]]
    purges: list[tuple[Any, ...]]
    old_keys: str | None
    revision: int
    last_case: int

    @classmethod
    def of(cls, database: Database) -> "_Held":
        return cls(
            database.read("SELECT uid, number FROM purged"),
            database.read("SELECT * FROM purges"),
            database.value("SELECT value FROM meta WHERE name = 'old_keys'"),
            database.value("SELECT value FROM meta WHERE name = 'revision'"),
            database.value("SELECT seq FROM sqlite_sequence WHERE name = 'cases'") or 0,
        )

    def into(self, database: Database) -> None:
        database.run_many("DELETE FROM cases WHERE uid = ?", [(uid,) for uid, _ in self.purged])
        database.run("DELETE FROM blobs WHERE sha256 NOT IN (SELECT sha256 FROM files)")
        database.run_many("INSERT OR IGNORE INTO purged VALUES (?, ?)", self.purged)
        database.run_many("INSERT OR REPLACE INTO purges VALUES (?, ?, ?, ?, ?, ?, ?)", self.purges)
        if self.old_keys:
            database.run("INSERT OR REPLACE INTO meta VALUES ('old_keys', ?)", (self.old_keys,))
        # no number is given twice: a window may still hold that of a case made after the backup
        database.run(
            "INSERT INTO sqlite_sequence SELECT 'cases', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence)"
        )
        database.run("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'cases'", (self.last_case,))
        database.run("UPDATE meta SET value = max(value, ?) WHERE name = 'revision'", (self.revision,))
