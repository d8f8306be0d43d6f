"""Bringing an older library up to date: on a copy, after a backup, put in place only when it is whole."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from wizard.library import backup, schema
from wizard.library.check import Health, examine_file
from wizard.library.cipher import told
from wizard.library.engine import Database, connect
from wizard.library.folder import Folder, move, sync
from wizard.library.key_file import KeyFile
from wizard.library.problems import Damaged
from wizard.library.words import END

Step = Callable[[Any], None]


def _short_words(connection: Any) -> None:
    """A piece of the index begins with the last character too (`words.END`), and each order has an index."""
    (trigger,) = (one for one in schema.TABLES if one.startswith("CREATE TRIGGER search_changed"))
    connection.execute("DROP TRIGGER search_changed")
    connection.execute("UPDATE search SET words = words || ?", (END,))
    connection.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    for statement in (trigger, *schema.ADDED):
        connection.execute(statement)


STEPS: Final[Mapping[int, Step]] = {1: _short_words}
"""By the version that a step starts from."""


def migrate(folder: Folder, key: bytes, header: KeyFile) -> None:
    """Bring the library up to `schema.VERSION`. Interrupted at any point, the old one opens as it was.

    Raises:
        Damaged: the new one would not be whole; the old one is untouched.
        FileProblem: there is no room for backup and copy, or they could not be written.
    """
    database = Database(folder.file, key)
    try:
        backup.make(database, header, folder)
        backup.copy_to(database, folder.part)
    finally:
        database.close()
    with told():
        connection = connect(folder.part, key)
        try:
            _take(connection)
        finally:
            connection.close()
    if examine_file(folder.part, key) is not Health.WHOLE:
        raise Damaged("客户库升级没有成功，原来的客户库没有改动；用上一个版本的程序打开，并保留备份")
    sync(folder.part)
    move(folder.part, folder.file)


def _take(connection: Any) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("PRAGMA journal_mode = DELETE")
    while version < schema.VERSION:
        connection.execute("BEGIN IMMEDIATE")
        STEPS[version](connection)
        version += 1
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
