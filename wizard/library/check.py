"""Whether a library file is whole: every page by its seal, every index against its table."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, Final

from wizard.library.cipher import code_of, driver, is_damage, told
from wizard.library.engine import connect
from wizard.process.work import Cancelled, never

_INTERRUPTED: Final = 9
_STEPS: Final = 100_000  # of SQLite's machine, between two looks at whether to stop


class Health(Enum):
    """What a check came to."""

    WHOLE = "完好"
    INDEX = "内容完好，索引与内容对不上"
    DAMAGED = "内容已损坏"


def examine(connection: Any, cancelled: Callable[[], bool] = never) -> Health:
    """Check all that an open connection sees; a trouble that is no damage is raised, not counted.

    Raises:
        Cancelled: it was.
    """
    if cancelled():
        raise Cancelled
    connection.set_progress_handler(cancelled, _STEPS)
    try:
        if connection.execute("PRAGMA cipher_integrity_check").fetchone():
            return Health.DAMAGED
        if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            # the quick check leaves indexes out: what passes it has lost nothing
            structure = connection.execute("PRAGMA quick_check(1)").fetchone()
            return Health.INDEX if structure == ("ok",) else Health.DAMAGED
        return Health.WHOLE if _words_agree(connection) else Health.INDEX
    except driver().Error as error:
        if is_damage(error):
            return Health.DAMAGED
        if code_of(error) == _INTERRUPTED and cancelled():
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)


def _words_agree(connection: Any) -> bool:
    """Whether the full-text index says what its table says. It asks for a write, but changes nothing."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'search_index'").fetchone() is None:
        return True
    try:
        connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
    except driver().Error as error:
        if is_damage(error):
            return False
        if code_of(error) == 8:  # opened for looking only
            return True
        raise
    return True


def examine_file(path: Path, key: bytes, cancelled: Callable[[], bool] = never) -> Health:
    """Check a file at rest, without its log and without changing anything.

    Raises:
        Cancelled: it was.
        LibraryProblem: it could not be read for a reason that is no damage.
    """
    try:
        with told(damage=False):
            connection = connect(path, key, look_only=True)
            try:
                return examine(connection, cancelled)
            finally:
                connection.close()
    except driver().Error:
        return Health.DAMAGED


def opens(path: Path, key: bytes) -> bool:
    """Whether the key is the one of this file, told by its first page."""
    try:
        with told(damage=False):
            connection = connect(path, key, look_only=True)
            try:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            finally:
                connection.close()
    except driver().Error:
        return False
    return True


def sealed(path: Path, key: bytes) -> bool:
    """Whether every page of a file at rest bears its seal; a tenth of a second for 30 MB."""
    try:
        with told(damage=False):
            connection = connect(path, key, look_only=True)
            try:
                return connection.execute("PRAGMA cipher_integrity_check").fetchone() is None
            finally:
                connection.close()
    except driver().Error:
        return False
