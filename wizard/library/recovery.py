"""What happens to a library that is not whole, after Zotero's example (chrome/content/zotero/xpcom/db.js).

The file itself is never worked on: copies are checked, and only a whole one takes its place, the old one kept
beside it as ``library.db.damaged-TIME`` with its log. A disk that cannot be read is never taken for damage.
"""

import errno
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wizard.files import FileProblem, why
from wizard.library import key_file, schema
from wizard.library.backup import Backup, listed
from wizard.library.check import Health, examine, examine_file, opens
from wizard.library.cipher import driver, is_damage, told
from wizard.library.engine import connect, say_key
from wizard.library.folder import Folder, move, sync
from wizard.library.problems import Candidate, Damaged, StorageFull
from wizard.library.secret import Secret


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check came to: the key that fits, the version of the tables, what was done, in words."""

    key: bytes
    version: int
    done: tuple[str, ...] = ()


def full_check(folder: Folder, keys: Sequence[bytes]) -> Checked:
    """Check the library with its log on a copy, under the key that fits; mend what loses nothing.

    After a power cut the file alone may be torn, and whole with its log: it is not judged without it.

    Raises:
        Damaged: there is damage in what it holds; the file is untouched.
        ForeignFile, NewerVersion: it is not ours to open; the file is untouched.
        FileProblem: it could not be checked.
    """
    try:
        folder.trial.mkdir(mode=0o700)
        key, copy, health = _first_that_fits(folder, keys)
        if _logged(folder) and _foreign_log(folder, copy, health, key):
            version = schema.version_at(folder.trial / "alone" / "library.db", key)
            aside = folder.set_log_aside()
            text = f"旁边有一个不属于这个客户库的日志文件，已移到“{aside.name}”，客户库完好"
            return Checked(key, version, (text,))
        if health is Health.WHOLE:
            return Checked(key, schema.version_at(copy, key))
        if health is Health.INDEX and _reindexed(copy, key):
            return Checked(key, schema.version_at(copy, key), (_exchanged(folder, copy),))
    except OSError as error:
        kind = StorageFull if error.errno == errno.ENOSPC else FileProblem
        raise kind(f"检查客户库要先复制一份，没有做成：{why(error)}") from error
    finally:
        shutil.rmtree(folder.trial, ignore_errors=True)
    raise Damaged("口令是对的，但客户库文件已损坏，没有改动它；可以用备份恢复")


def _first_that_fits(folder: Folder, keys: Sequence[bytes]) -> tuple[bytes, Path, Health]:
    """The key, the copy under it, and its health; where no key reads it all, one that opens it."""
    found = []
    for number, key in enumerate(keys):
        copy = _copied(folder, f"with{number}", with_log=True)
        health = _settled(copy, key)
        if health is not Health.DAMAGED:
            return key, copy, health
        found.append((key, copy, health))
    return next((one for one in found if opens(folder.file, one[0])), found[0])


def _exchanged(folder: Folder, copy: Path) -> str:
    sync(copy)
    move(copy, folder.next)
    aside = folder.set_aside()
    move(folder.next, folder.file)
    return f"客户库的索引与内容对不上，已重建，内容没有缺失；原文件留在“{aside.name}”"


def _logged(folder: Folder) -> bool:
    return folder.log.exists() and folder.log.stat().st_size > 0


def _foreign_log(folder: Folder, together: Path, health: Health, key: bytes) -> bool:
    """Whether the log is of another library or an earlier time.

    Then the file is whole without it, and both together are damaged, or not newer than the file.

    A log of this library only ever adds: what was saved and is still in it is not thrown away for an index.
    """
    newer = _revision(together, key) - _revision(folder.file, key)
    if health is not Health.DAMAGED and (newer > 0 or (newer == 0 and health is Health.WHOLE)):
        return False
    return examine_file(_copied(folder, "alone", with_log=False), key) is Health.WHOLE


def _revision(file: Path, key: bytes) -> int:
    """How many changes a file at rest has seen; -1 where it cannot be read."""
    try:
        with told(damage=False):
            connection = connect(file, key, look_only=True)
            try:
                row = connection.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()
            finally:
                connection.close()
    except driver().Error:
        return -1
    return int(row[0]) if row else -1


def _copied(folder: Folder, name: str, *, with_log: bool) -> Path:
    place = folder.trial / name
    place.mkdir(mode=0o700)
    copy = place / "library.db"
    shutil.copyfile(folder.file, copy)
    if with_log and folder.log.exists():
        shutil.copyfile(folder.log, place / "library.db-wal")
    return copy


def _settled(copy: Path, key: bytes) -> Health:
    """The health of a copy once its log has been carried over."""
    try:
        with told(damage=False):
            connection = connect(copy, key)
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                return examine(connection)
            finally:
                connection.close()
    except driver().Error:
        return Health.DAMAGED


def _reindexed(copy: Path, key: bytes) -> bool:
    """Whether new indexes make the copy whole."""
    try:
        with told(damage=False):
            connection = connect(copy, key)
            try:
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("REINDEX")
                connection.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
            finally:
                connection.close()
    except driver().Error as error:
        if is_damage(error) or isinstance(error, driver().IntegrityError):
            return False
        raise
    return examine_file(copy, key) is Health.WHOLE


def candidates(folder: Folder, keys: Sequence[bytes], secret: Secret | None = None) -> tuple[Candidate, ...]:
    """The backups from the newest down to the first that is whole, each with what was found.

    Raises:
        FileProblem: a backup could not be read for a reason that is no damage.
    """
    found = []
    for one in listed(folder.backups):
        reason = ""
        key = key_of(one, keys, secret)
        if key is None:
            reason = "用现在的口令打不开，或文件已损坏"
        elif examine_file(one.file, key) is not Health.WHOLE:
            reason = "备份文件已损坏"
        made = one.made.strftime("%Y-%m-%d %H:%M")
        found.append(Candidate(one.path, made, one.cases, not reason, reason))
        if not reason:
            break
    return tuple(found)


def key_of(one: Backup, keys: Sequence[bytes], secret: Secret | None = None) -> bytes | None:
    """The key that opens a backup: one of those at hand, or one that the secret opens in its own key file."""
    at_hand = list(keys)
    header = key_file.read(one.path / "library.key")
    if header and secret:
        with suppress(FileProblem):  # the secret is none for this key file: then the keys at hand decide
            at_hand += secret.keys(header)
    return next((key for key in at_hand if opens(one.file, key)), None)


def put_back(folder: Folder, one: Backup, old: bytes, new: bytes) -> Path | None:
    """Put a checked copy of a backup in the place of the library; where the old one is now, if there was one.

    `old` is the key of the backup, `new` the one that the library is to have.

    Raises:
        Damaged: the backup is not whole; nothing was changed.
        FileProblem: there is no room for the copy.
    """
    try:
        shutil.copyfile(one.file, folder.part)
        folder.part.chmod(0o600)
        if old != new:
            rekey(folder.part, old, new)
        if examine_file(folder.part, new) is not Health.WHOLE:
            folder.part.unlink()
            raise Damaged("这份备份也已损坏，没有用它；选更早的一份")
        sync(folder.part)
        move(folder.part, folder.next)
        aside = folder.set_aside() if folder.file.exists() or folder.log.exists() else None
        move(folder.next, folder.file)
    except OSError as error:
        kind = StorageFull if error.errno == errno.ENOSPC else FileProblem
        raise kind(f"恢复备份没有做成：{why(error)}；备份还在") from error
    return aside


def rekey(file: Path, old: bytes, new: bytes) -> None:
    """Encrypt a file at rest anew; it must be a copy, for this is not whole until it returns."""
    with told():
        connection = connect(file, old)
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            say_key(connection, "rekey", new)
        finally:
            connection.close()
