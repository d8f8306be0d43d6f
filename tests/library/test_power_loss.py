"""The power goes at a random write: what was synced stands, of the rest a random part, some of it torn.

The real code of the library runs on a disk of our own (a VFS), under another engine that reads and writes
the same files (SQLite3 Multiple Ciphers, as SQLCipher 4); what is left is opened by the library as it is.
That this test can find a loss is shown by the same runs with `synchronous = NORMAL`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.library.conftest import PASSPHRASE
from tests.library.kills import draft, whole
from wizard.library import cipher, engine, place
from wizard.library.cases import Cases
from wizard.library.files import Files
from wizard.library.history import History
from wizard.library.wipe import copy_of

apsw = pytest.importorskip("apsw", reason="the disk of our own needs apsw-sqlite3mc")

RUNS = 100
SECTOR = 512


class PowerCut(Exception):
    """The power is gone."""


@dataclass
class Stored:
    """A file: what is on the platter, what the program sees, and the writes in between."""

    durable: bytearray
    seen: bytearray
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)


class Disk:
    """Files by name; after `left` operations the power goes."""

    def __init__(self, left: int, chosen: random.Random) -> None:
        self.files: dict[str, Stored] = {}
        self.left, self.chosen = left, chosen

    def dead(self) -> bool:
        """Whether the power is gone; at the moment it goes, the program is told once."""
        self.left -= 1
        if self.left == 0:
            raise PowerCut
        return self.left < 0

    def after(self) -> dict[str, bytes]:
        """What is found when the power is back."""
        return {name: self._settled(file) for name, file in self.files.items()}

    def _settled(self, file: Stored) -> bytes:
        content = bytearray(file.durable)
        for offset, data in file.pending:
            if self.chosen.random() < 0.5:
                continue
            if data is None:
                del content[offset:]
                continue
            if self.chosen.random() < 0.3 and len(data) > SECTOR:
                data = data[: self.chosen.randrange(1, len(data) // SECTOR + 1) * SECTOR]
            content.extend(b"\0" * (offset + len(data) - len(content)))
            content[offset : offset + len(data)] = data
        return bytes(content)


def make_vfs(disk: Disk, name: str) -> Any:  # noqa: C901 - a table of small functions
    class Handle:
        def __init__(self, path: str) -> None:
            self.file = disk.files.setdefault(path, Stored(bytearray(), bytearray()))

        def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - SQLite's own names
            return bytes(self.file.seen[offset : offset + amount])

        def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
            if disk.dead():
                return
            data = bytes(data)
            self.file.seen.extend(b"\0" * (offset + len(data) - len(self.file.seen)))
            self.file.seen[offset : offset + len(data)] = data
            self.file.pending.append((offset, data))

        def xTruncate(self, size: int) -> None:  # noqa: N802
            if disk.dead():
                return
            del self.file.seen[size:]
            self.file.pending.append((size, None))

        def xSync(self, flags: int) -> None:  # noqa: N802
            if disk.dead():
                return
            self.file.durable = bytearray(self.file.seen)
            self.file.pending.clear()

        def xFileSize(self) -> int:  # noqa: N802
            return len(self.file.seen)

        def xLock(self, level: int) -> None:  # noqa: N802
            """Nobody else is here."""

        def xUnlock(self, level: int) -> None:  # noqa: N802
            """The same."""

        def xCheckReservedLock(self) -> bool:  # noqa: N802
            return False

        def xClose(self) -> None:  # noqa: N802
            """Nothing is held."""

        def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: N802
            return False

        def xSectorSize(self) -> int:  # noqa: N802
            return SECTOR

        def xDeviceCharacteristics(self) -> int:  # noqa: N802
            return 0

    class Vfs(apsw.VFS):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__(name, base="", makedefault=False)

        def xOpen(self, path: Any, flags: list[int]) -> Handle:  # noqa: N802
            flags[1] = flags[0]
            return Handle(path.filename() if hasattr(path, "filename") else path)

        def xFullPathname(self, path: str) -> str:  # noqa: N802
            return path

        def xAccess(self, path: str, flags: int) -> bool:  # noqa: N802
            return path in disk.files and bool(disk.files[path].seen)

        def xDelete(self, path: str, sync: bool) -> None:  # noqa: N802
            if not disk.dead():
                disk.files.pop(path, None)

    return Vfs()


class Connection:
    """An apsw connection that answers as the driver of the library does."""

    def __init__(self, path: str, key: bytes, vfs: str) -> None:
        self._inner = apsw.Connection(path, vfs=f"multipleciphers-{vfs}")
        opening = ("cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{key.hex()}'\"")
        for pragma in (*opening, "locking_mode = EXCLUSIVE", *engine.PRAGMAS):
            self._inner.execute(f"PRAGMA {pragma}")

    def execute(self, sql: str, values: Any = ()) -> "Connection":
        self._rows = self._inner.execute(sql, tuple(values)).fetchall()
        return self

    def executemany(self, sql: str, rows: Any) -> None:
        self._inner.executemany(sql, [tuple(row) for row in rows])

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def fetchone(self) -> Any:
        return self._rows[0] if self._rows else None

    @property
    def lastrowid(self) -> int:
        return int(self._inner.last_insert_rowid())

    @property
    def in_transaction(self) -> bool:
        return False  # the power is gone: nobody rolls back

    def close(self) -> None:
        self._inner.close()


@pytest.fixture
def start(tmp_path: Path) -> tuple[Path, bytes]:
    """A folder with a library of one case, and its key."""
    library, _ = place.create(tmp_path / "start", PASSPHRASE)
    library.cases.new(draft(1))
    key = copy_of(library._database.key)
    library.close()
    return tmp_path / "start", key


@pytest.fixture
def cut(
    start: tuple[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[int, str], tuple[int, int]]:
    """Work until the power goes; what was acknowledged, and what is found afterwards."""
    folder, key = start
    monkeypatch.setattr(cipher, "SAFE", (99, 0, 0))  # one connection: a Python VFS shares no memory

    def once(seed: int, synchronous: str) -> tuple[int, int]:
        chosen = random.Random(seed)
        disk, name = Disk(chosen.randrange(20, 400), chosen), f"cut{seed}{synchronous}"
        content = bytearray((folder / "library.db").read_bytes())
        disk.files["/library.db"] = Stored(bytearray(content), content)
        vfs = make_vfs(disk, name)
        with monkeypatch.context() as patch:
            patch.setattr(engine, "_identity", lambda path: (1, 1))
            patch.setattr(engine, "connect", lambda path, key, **_: Connection("/library.db", key, name))
            acknowledged = work(key, chosen, synchronous)
        vfs.unregister()
        return acknowledged, found(folder, tmp_path / "after", disk.after())

    return once


def work(key: bytes, chosen: random.Random, synchronous: str) -> int:
    acknowledged = 1
    try:
        database = engine.Database(Path("/library.db"), key)
        database._connection.execute(f"PRAGMA synchronous = {synchronous}")
        database._connection.execute(f"PRAGMA wal_autocheckpoint = {chosen.choice([8, 30, 1000])}")
        files = Files(database)
        cases = Cases(database, files, History(database))
        for step in range(2, 200):
            cases.save(1, draft(step), step - 1)
            acknowledged = step
            if step % 3 == 0:
                files.write(1, "scan.jpg", chosen.randbytes(30_000))
    except PowerCut:
        pass
    return acknowledged


def found(start: Path, folder: Path, files: dict[str, bytes]) -> int:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(start, folder)
    for path, content in files.items():
        (folder / path.removeprefix("/")).write_bytes(content)
    with place.unlock(folder, passphrase=PASSPHRASE) as library:
        assert library.backups.verify_library() == ""
        return whole(library, 1)


def test_a_power_cut_loses_nothing_that_was_acknowledged(cut: Callable[[int, str], tuple[int, int]]):
    runs = [cut(seed, "FULL") for seed in range(RUNS)]
    assert max(acknowledged for acknowledged, _ in runs) > 5
    lost = [(acknowledged, kept) for acknowledged, kept in runs if kept < acknowledged]
    assert lost == []
    assert all(kept <= acknowledged + 1 for acknowledged, kept in runs)


def test_the_same_cuts_would_show_a_loss(cut: Callable[[int, str], tuple[int, int]]):
    runs = [cut(seed, "NORMAL") for seed in range(20)]
    assert any(kept < acknowledged for acknowledged, kept in runs)
