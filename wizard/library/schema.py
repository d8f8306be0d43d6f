"""The tables of a library, and how a file is known to be one of ours."""

import os
from pathlib import Path
from typing import Any, Final

from wizard.library.cipher import told
from wizard.library.engine import Database, connect
from wizard.library.problems import ForeignFile, NewerVersion

APPLICATION_ID: Final = 0x42414C42
VERSION: Final = 2

_FIRST: Final = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    # uid names a case for good: ids of deleted cases must not come back out of an old backup as another's
    """CREATE TABLE cases (
        id INTEGER PRIMARY KEY AUTOINCREMENT, uid BLOB NOT NULL UNIQUE, version INTEGER NOT NULL,
        created INTEGER NOT NULL, updated INTEGER NOT NULL,
        subject TEXT NOT NULL, program TEXT NOT NULL, appid TEXT NOT NULL, province TEXT NOT NULL,
        people TEXT NOT NULL, state TEXT NOT NULL, deadline TEXT, archived INTEGER NOT NULL DEFAULT 0,
        binned INTEGER, template INTEGER NOT NULL DEFAULT 0, retain_until TEXT,
        place INTEGER GENERATED ALWAYS AS (
            CASE WHEN binned IS NOT NULL THEN 3 WHEN template THEN 2 WHEN archived THEN 1 ELSE 0 END
        ) STORED)""",
    "CREATE INDEX cases_updated ON cases (place, updated)",
    "CREATE INDEX cases_deadline ON cases (place, deadline)",
    "CREATE INDEX cases_retention ON cases (retain_until) WHERE retain_until IS NOT NULL",
    """CREATE TABLE drafts (
        id INTEGER PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE, body BLOB NOT NULL, undo BLOB)""",
    """CREATE TABLE tags (
        tag TEXT NOT NULL, id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        PRIMARY KEY (tag, id)) WITHOUT ROWID""",
    "CREATE INDEX tags_case ON tags (id)",
    """CREATE TABLE search (
        id INTEGER PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE, words TEXT NOT NULL)""",
    """CREATE VIRTUAL TABLE search_index USING fts5(
        words, content='search', content_rowid='id', tokenize='trigram')""",
    """CREATE TRIGGER search_added AFTER INSERT ON search BEGIN
        INSERT INTO search_index (rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER search_changed AFTER UPDATE ON search BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.id, old.words);
        INSERT INTO search_index (rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER search_removed AFTER DELETE ON search BEGIN
        INSERT INTO search_index (search_index, rowid, words) VALUES ('delete', old.id, old.words); END""",
    # private numbers, as keyed hashes only: found when typed whole, in no index as themselves
    """CREATE TABLE numbers (
        hash BLOB NOT NULL, id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE, field TEXT NOT NULL,
        PRIMARY KEY (hash, id, field)) WITHOUT ROWID""",
    "CREATE INDEX numbers_case ON numbers (id)",
    """CREATE TABLE parties (
        party BLOB NOT NULL, role TEXT NOT NULL, id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        name TEXT NOT NULL, updated INTEGER NOT NULL, PRIMARY KEY (id, role)) WITHOUT ROWID""",
    "CREATE INDEX parties_party ON parties (party, id)",
    "CREATE INDEX parties_role ON parties (role, updated, name, party)",
    "CREATE TABLE blobs (sha256 BLOB PRIMARY KEY, size INTEGER NOT NULL, data BLOB NOT NULL)",
    """CREATE TABLE files (
        id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE, name TEXT NOT NULL,
        sha256 BLOB NOT NULL REFERENCES blobs (sha256), PRIMARY KEY (id, name)) WITHOUT ROWID""",
    "CREATE INDEX files_blob ON files (sha256)",
    """CREATE TABLE history (
        number INTEGER PRIMARY KEY, id INTEGER NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
        at INTEGER NOT NULL, field TEXT NOT NULL, before TEXT NOT NULL)""",
    "CREATE INDEX history_field ON history (id, field, at)",
    """CREATE TABLE audit (
        number INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, action TEXT NOT NULL, id INTEGER,
        detail TEXT NOT NULL)""",
    """CREATE TABLE purges (
        number TEXT PRIMARY KEY, at INTEGER NOT NULL, cases INTEGER NOT NULL, files INTEGER NOT NULL,
        bytes INTEGER NOT NULL, backups_until TEXT, backup INTEGER NOT NULL)""",
    "CREATE TABLE purged (uid BLOB PRIMARY KEY, number TEXT NOT NULL) WITHOUT ROWID",
)

STATE_ORDER: Final = (
    "CASE state WHEN 'filling' THEN 0 WHEN 'waiting' THEN 1 WHEN 'ready' THEN 2 "
    "WHEN 'preliminary_review' THEN 3 WHEN 'sms_verification' THEN 4 WHEN 'administration_review' THEN 5 "
    "WHEN 'rejected' THEN 6 WHEN 'filed' THEN 7 WHEN 'stopped' THEN 8 END"
)
"""A state as the number by which it sorts: an index serves only a question in the very same words."""

ADDED: Final = (
    # the three-letter pieces of the index by their beginning, where it finds words of one or two characters
    "CREATE VIRTUAL TABLE search_pieces USING fts5vocab('search_index', 'instance')",
    "CREATE INDEX cases_created ON cases (place, created)",
    "CREATE INDEX cases_subject ON cases (place, subject)",
    "CREATE INDEX cases_program ON cases (place, program)",
    "CREATE INDEX cases_province ON cases (place, province)",
    f"CREATE INDEX cases_state ON cases (place, {STATE_ORDER})",
)
"""From version 2: the first rows in any order are found by walking along an index, without sorting all."""

TABLES: Final = (*_FIRST, *ADDED)
_BEFORE: Final = {1: _FIRST, 2: TABLES}
"""The tables of the versions that were; any other has `TABLES`."""


def build(connection: Any) -> None:
    """Make the tables in a new file that is worth nothing until it is whole."""
    connection.execute("PRAGMA journal_mode = MEMORY")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN IMMEDIATE")
    for statement in TABLES:
        connection.execute(statement)
    # what is deleted leaves the index at once, and not at its next merge
    connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1)")
    for name, value in (("revision", 0), ("number_key", os.urandom(32))):
        connection.execute("INSERT INTO meta VALUES (?, ?)", (name, value))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def version_of(connection: Any) -> int:
    """The version of the tables in an open file that is ours; 0 where it is empty.

    Raises:
        ForeignFile: another program made the file, or somebody added to it.
        NewerVersion: a newer version of this program made it.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID:
        if application == 0 and version == 0 and not _objects(connection):
            return 0
        raise ForeignFile("这个文件不是备案助手的客户库，没有改动它；检查是否选错了文件夹")
    if version > VERSION:
        raise NewerVersion("客户库由更新版本的备案助手创建，没有改动它；升级本程序后再打开")
    if _objects(connection) != _expected(version):
        raise ForeignFile("客户库里有不是本程序建立的内容，没有打开也没有改动它；用备份恢复，或换一份文件")
    return version


def _objects(connection: Any) -> set[tuple[str, str]]:
    """Name and normalised text of everything somebody made in the file."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    return {(name, " ".join(sql.split())) for name, sql in rows if not name.startswith(_INSIDE)}


_INSIDE = ("sqlite_", "search_index_")  # made by SQLite itself


def _expected(version: int) -> set[tuple[str, str]]:
    return {
        (statement.split("(")[0].split()[_name_at(statement)], " ".join(statement.split()))
        for statement in _BEFORE.get(version, TABLES)
    }


def _name_at(statement: str) -> int:
    return 3 if statement.startswith("CREATE VIRTUAL") else 2


def see(database: Database) -> None:
    """See that an opened library is ours and of this version; raises as `version_of` does."""
    with database.alone() as connection:
        version_of(connection)


def version_at(file: Path, key: bytes) -> int:
    """The version of a file at rest, without touching it; raises as `version_of` does."""
    with told():
        connection = connect(file, key, look_only=True)
        try:
            return version_of(connection)
        finally:
            connection.close()
