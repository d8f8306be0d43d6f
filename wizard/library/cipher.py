"""The SQLCipher driver: where it comes from, what may be asked of it, what its errors mean in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from wizard.library.problems import (
    Damaged,
    DiskTrouble,
    LibraryProblem,
    NoEncryption,
    ReadOnlyPlace,
    StorageFull,
    Vanished,
)

SAFE: Final = (3, 51, 3)
"""From this SQLite on, several connections to one WAL file are safe (sqlite.org/wal.html#walresetbug)."""

DAMAGE: Final = (11, 26)
"""SQLITE_CORRUPT and SQLITE_NOTADB. No other code is ever taken for damage."""

_TROUBLES: Final[dict[int, tuple[type[LibraryProblem], str]]] = {
    13: (StorageFull, "磁盘空间不足，尚未保存；在本程序以外清理出空间后会自动再存，内容还在窗口里"),
    8: (ReadOnlyPlace, "客户库所在的文件夹是只读的，尚未保存；检查权限，或另存到别的位置"),
    3: (ReadOnlyPlace, "没有权限写入客户库所在的文件夹，尚未保存；检查权限，或另存到别的位置"),
    23: (ReadOnlyPlace, "没有权限写入客户库所在的文件夹，尚未保存；检查权限，或另存到别的位置"),
    14: (Vanished, "打不开客户库文件，检查文件夹是否还在、移动硬盘是否插好，或另存到别的位置"),
    10: (DiskTrouble, "读写磁盘出错，尚未保存；检查磁盘是否接好、是否已满，或另存到别的位置"),
    5: (DiskTrouble, "客户库正被另一个程序使用，尚未保存；过几秒会再试"),
    6: (DiskTrouble, "客户库正被另一个程序使用，尚未保存；过几秒会再试"),
    7: (DiskTrouble, "内存不足，尚未保存；关掉一些程序再试"),
}
_BY_WORDS: Final = {
    "database or disk is full": 13,
    "disk I/O error": 10,
    "attempt to write a readonly database": 8,
    "unable to open database file": 14,
    "database is locked": 5,
    "out of memory": 7,
    "database disk image is malformed": 11,
    "file is not a database": 26,
}
_DAMAGED = "客户库文件已损坏，没有改动它；重新打开时可以用备份恢复"


@cache
def driver() -> Any:
    """The SQLCipher module.

    Raises:
        NoEncryption: it is not installed. There is no second way that would store without encryption.
    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError as error:
        raise NoEncryption("这台电脑没有装加密组件（sqlcipher3），客户库没有打开；重新安装本程序") from error
    return dbapi2


def shared() -> bool:
    """Whether a second connection may be opened: not with a SQLite that has the WAL-reset fault."""
    return tuple(driver().sqlite_version_info) >= SAFE


def is_damage(error: Exception) -> bool:
    """Whether `error` says that the file itself is damaged, and not that it could not be reached."""
    return code_of(error) in DAMAGE


def code_of(error: Exception) -> int:
    """SQLite's primary result code; 0 where it cannot be told. `Connection.backup` gives the words only."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if code else _BY_WORDS.get(str(error), 0)


@contextmanager
def told(*, damage: bool = True) -> Iterator[None]:
    """Turn what the driver raises into a problem with a sentence; faults of our own pass.

    Without `damage` the driver's own error passes where it says that the file is damaged.
    """
    try:
        yield
    except driver().Error as error:
        code = code_of(error)
        if code in DAMAGE and damage:
            raise Damaged(_DAMAGED) from error
        if code not in _TROUBLES:
            raise
        kind, text = _TROUBLES[code]
        raise kind(text) from error
