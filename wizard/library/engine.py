"""The one place where a library file is opened: key, pragmas, transactions."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from wizard.library.cipher import driver, shared, told
from wizard.library.problems import Damaged, Vanished
from wizard.library.reader import Reader, rows_of
from wizard.library.wipe import copy_of, wipe
from wizard.process.work import never

PRAGMAS: Final = (
    # locking and wiping every allocation made 10 000 new cases 4.7 times as slow (measured 2026-11-25)
    "cipher_memory_security = OFF",
    "temp_store = MEMORY",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "foreign_keys = ON",
    "secure_delete = ON",
    "busy_timeout = 5000",
    "cache_size = -65536",
)
"""What every connection is told; how it writes is told in `Database`."""

_COUNT_UP: Final = "UPDATE meta SET value = value + 1 WHERE name = 'revision'"


def connect(path: Path, key: bytes, *, look_only: bool = False, create: bool = False) -> Any:
    """A connection with the key set and nothing read or written yet.

    `look_only` neither locks nor writes, and does not see a WAL: for files at rest (backups).
    """
    mode = "ro&immutable=1" if look_only else "rwc" if create else "rw"
    place = path.absolute().as_uri()
    if not place.startswith("file:///"):  # \\\\server\\share: SQLite wants the server inside the path
        place = place.replace("file://", "file:////", 1)
    name = f"{place}?mode={mode}"
    connection = driver().connect(
        name, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    connection.execute("PRAGMA cipher_log_level = NONE")
    say_key(connection, "key", key)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    return connection


def say_key(connection: Any, pragma: str, key: bytes) -> None:
    """Tell SQLCipher a key by PRAGMA `pragma`, and wipe the words in which it was told.

    `executescript` keeps no statement. SQLite lays its copy of the next one, as long and unknown to it, where
    that of the key was.
    """
    text = key.hex()
    words = f"PRAGMA {pragma} = \"x'{text}'\";"
    try:
        connection.executescript(words)
    finally:
        wipe(text, words)
        for _ in range(3):
            connection.executescript(f"PRAGMA {'_' * len(pragma)} = \"x'{'0' * 64}'\";")


class Database:
    """An open library file: reads, and transactions that are committed whole or not at all.

    May be used from several threads; one at a time gets in. Each method raises the problems of `told`, and
    `Vanished` once it was closed.
    `suspect` tells that damage was met, `engaged` that long work keeps everybody else out.
    """

    def __init__(self, path: Path, key: bytes, *, wal: bool = True, create: bool = False) -> None:
        self.path, self.key, self._wal = path, copy_of(key), wal
        self._gate = threading.RLock()
        self._depth = 0
        self._writer = 0
        self.suspect = self.engaged = self._closed = False
        self._reader = Reader()
        with told():
            self._connection = connect(path, key, create=create)
            try:
                self._settle()
            except BaseException:
                self._connection.close()
                raise
        self._identity = _identity(path)

    def _settle(self) -> None:
        if not self._wal or not shared():
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._connection.execute(f"PRAGMA journal_mode = {'WAL' if self._wal else 'DELETE'}")
        self._connection.execute("PRAGMA synchronous = FULL")

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Every row of a question. While another thread is in a transaction: as it was before that."""
        with self._at_once() as free:
            if free:
                return self._connection.execute(sql, values).fetchall()  # type: ignore[no-any-return]
        return self.look(sql, values)

    def one(self, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a question, None where there is none; otherwise as `read`."""
        with self._at_once() as free:
            if free:
                return self._connection.execute(sql, values).fetchone()  # type: ignore[no-any-return]
        return next(iter(self.look(sql, values)), None)

    @contextmanager
    def _at_once(self) -> Iterator[bool]:
        """Whether nobody else has the connection: what a key asks does not wait for a slow disk."""
        free = self._gate.acquire(blocking=False)
        try:
            with self._told():
                yield free
        finally:
            if free:
                self._gate.release()

    def value(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """The first value of a question, None where there is none."""
        row = self.one(sql, values)
        return row[0] if row else None

    def look(
        self, sql: str, values: Sequence[Any] = (), cancelled: Callable[[], bool] = never
    ) -> list[tuple[Any, ...]]:
        """Every row of a question of the list, which waits for no save and can be called off.

        Inside a transaction of this thread, and where no second connection may be, it is like `read`.

        Raises:
            Cancelled: it was called off.
        """
        with self._told():
            if self._writer != threading.get_ident() and self._wal and shared() and self._there:
                return self._reader.read(self._for_reading, sql, values, cancelled)
            with self._gate:
                return rows_of(self._connection, sql, values, cancelled)

    def _for_reading(self) -> Any:
        self._see_open()
        connection = connect(self.path, self.key)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _see_open(self) -> None:
        if self._closed:
            raise Vanished("客户库已经关闭或锁定，解锁或重新打开以后再试")

    @contextmanager
    def _told(self) -> Iterator[None]:
        self._see_open()
        try:
            with told():
                yield
        except Damaged:
            self.suspect = True
            raise

    def run(self, sql: str, values: Sequence[Any] = ()) -> int:
        """Carry out one statement inside `write`; the id of the row it added."""
        with self._told():
            return self._connection.execute(sql, values).lastrowid or 0

    def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Carry out one statement for each row, inside `write`."""
        if rows:
            with self._told():
                self._connection.executemany(sql, rows)

    @contextmanager
    def write(self) -> Iterator[None]:
        """A transaction: committed at the end, taken back by any exception; inner ones join the outer.

        Raises:
            Vanished: the file is not the one that was opened; nothing was written.
        """
        with self._gate:
            if self._depth:
                yield
                return
            self.stand_by()
            with self._told():
                self._connection.execute("BEGIN IMMEDIATE")
            self._depth, self._writer = 1, threading.get_ident()
            try:
                yield
                with self._told():
                    self._connection.execute(_COUNT_UP)
                    self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._depth = self._writer = 0

    def stand_by(self) -> None:
        """See that the file is still the one that was opened.

        Raises:
            Vanished: it was taken away or replaced.
        """
        if not self._there:
            raise Vanished(
                "客户库文件被移走、删除或换成了另一个，没有写入；检查移动硬盘是否插好，或另存到别的位置"
            )

    @property
    def _there(self) -> bool:
        return _identity(self.path) == self._identity

    @contextmanager
    def alone(self) -> Iterator[Any]:
        """The bare connection for what cannot run in a transaction (VACUUM), with everybody else kept out."""
        with self._gate, self._told(), self._reader.shut():
            before, self.engaged = self.engaged, True
            try:
                yield self._connection
            finally:
                self.engaged = before

    @contextmanager
    def beside(self) -> Iterator[Any]:
        """A connection for long reading (backup, check) beside which others can go on saving.

        With an old SQLite it is the same connection, and others wait.
        """
        if not self._wal or not shared():
            with self.alone() as connection:
                yield connection
            return
        with self._told():
            connection = connect(self.path, self.key)
            try:
                yield connection
            finally:
                connection.close()

    def settle_log(self) -> None:
        """Carry the WAL over into the file and empty it."""
        with self._gate, self._told(), self._reader.shut():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file and forget its key; nothing lies beside it, nothing is read or written any more."""
        with self._gate, self._told(), self._reader.shut():
            self._closed = True
            self._connection.close()
            wipe(self.key)

    def exchange(self, swap: Callable[[], None], key: bytes) -> None:
        """Close the file, let `swap` put another in its place, and go on with that one and its key."""
        with self._gate, self._told(), self._reader.shut():
            self._connection.close()
            try:
                swap()
                old, self.key = self.key, copy_of(key)
                wipe(old)
            finally:
                self._connection = connect(self.path, self.key)
                self._settle()
                self._identity = _identity(self.path)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
