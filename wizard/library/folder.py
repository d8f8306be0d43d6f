"""Where the files of a library lie in its folder, and moves of whole files that survive a power cut."""

import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from wizard.files import sync_folder
from wizard.library import clock

_TRIES: Final = 10


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a library; each file in it has a fixed name that tells nothing of any case."""

    path: Path

    @classmethod
    def of(cls, path: Path) -> "Folder":
        """The folder that a person may have named by itself or by the library file in it."""
        path = Path(path)
        return cls(path.parent if path.name == "library.db" else path)

    @property
    def file(self) -> Path:
        """The library itself."""
        return self.path / "library.db"

    @property
    def log(self) -> Path:
        """SQLite's write-ahead log (WAL) beside it."""
        return self.path / "library.db-wal"

    @property
    def index(self) -> Path:
        """The index of that log; it holds page numbers only."""
        return self.path / "library.db-shm"

    @property
    def part(self) -> Path:
        """A library in the making: worth nothing after a crash."""
        return self.path / "library.db.part"

    @property
    def next(self) -> Path:
        """A whole and verified library about to be put in place."""
        return self.path / "library.db.next"

    @property
    def trial(self) -> Path:
        """A folder for copies that are looked at."""
        return self.path / "library.trial"

    @property
    def keys(self) -> tuple[Path, Path]:
        """The key file and its second copy."""
        return self.path / "library.key", self.path / "library.key2"

    @property
    def lock(self) -> Path:
        """Who has it open."""
        return self.path / "library.lock"

    @property
    def tries(self) -> Path:
        """How often a passphrase was wrong."""
        return self.path / "library.tries"

    @property
    def purged(self) -> Path:
        """The random names of cases that were purged: a backup put back after damage must not revive them."""
        return self.path / "library.purged"

    @property
    def backups(self) -> Path:
        """The folder of the backups."""
        return self.path / "backups"

    def exists(self) -> bool:
        """Whether a library, or what is left of one, is here."""
        return any(path.exists() for path in (self.file, self.next, *self.keys, self.backups))

    def set_aside(self) -> Path:
        """Move the library away as ``library.db.damaged-TIME``, its log with it; where it is now.

        The log goes first: without its library it is never replayed into another.
        """
        target = self._free(f"library.db.damaged-{clock.stamp(clock.now())}")
        if self.log.exists():
            move(self.log, target.with_name(target.name + "-wal"))
        self.index.unlink(missing_ok=True)
        if self.file.exists():
            move(self.file, target)
        return target

    def set_log_aside(self) -> Path:
        """Move a log away that belongs to another library; where it is now."""
        target = self._free(f"library.db.damaged-{clock.stamp(clock.now())}-wal")
        move(self.log, target)
        self.index.unlink(missing_ok=True)
        return target

    def sweep(self) -> None:
        """Remove what an interrupted operation left that was not finished, and finish what was."""
        for path in (*self.path.glob("library.db.part*"), *self.path.glob(".*.part")):
            path.unlink(missing_ok=True)
        shutil.rmtree(self.trial, ignore_errors=True)
        for path in self.backups.glob(".*.part"):
            shutil.rmtree(path, ignore_errors=True)
        if self.next.exists():
            if self.file.exists():
                self.next.unlink()
            else:
                if self.log.exists():
                    self.set_log_aside()
                move(self.next, self.file)

    def _free(self, name: str) -> Path:
        number, target = 1, self.path / name
        while target.exists() or target.with_name(target.name + "-wal").exists():
            number += 1
            target = self.path / f"{name}-{number}"
        return target


def move(source: Path, target: Path) -> None:
    """Rename a file or folder, over an older file if there is one, so that it lasts.

    A virus scanner on Windows may hold a file for a moment: it is tried for half a second.
    """
    for tries in range(_TRIES):
        try:
            os.replace(source, target)
            break
        except PermissionError:
            if tries == _TRIES - 1:
                raise
            time.sleep(0.05)
    with suppress(
        OSError
    ):  # it has its new name: whoever is told that it failed would take it for the old one
        sync_folder(target.parent)


def sync(path: Path) -> None:
    """Make the content of a file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
