"""Opening a library step by step: key file, secret, lock, sweep, check, migration. `place` is the way in."""

from dataclasses import replace
from pathlib import Path

from wizard.library import key_file, location, migrations, recovery, schema, tries
from wizard.library.backup import Backup, listed
from wizard.library.check import opens, sealed
from wizard.library.cipher import driver, told
from wizard.library.engine import Database, connect
from wizard.library.folder import Folder, move, sync
from wizard.library.key_file import KeyFile, Slot
from wizard.library.library import Library
from wizard.library.lock import Lock
from wizard.library.problems import Damaged, ForeignFile, KeyLost, NotALibrary
from wizard.library.recovery import Checked
from wizard.library.secret import Secret
from wizard.library.wipe import wipe

_SMALL = 32 * 1024 * 1024
_PLAIN = b"SQLite format 3\0"


def locked(folder: Folder, app: str, release: bool) -> Lock:
    """The lock on the library in a folder; raises `HeldElsewhere`."""
    network = location.kind_of(folder.path) == "network"
    return Lock(folder.lock, app, network=network, force=release)


def let_in(path: Path, secret: Secret, chosen: Backup | None = None) -> tuple[Folder, KeyFile, list[bytes]]:
    """The folder, its key file and the keys that the secret opens; `chosen` is a backup to be restored.

    Raises:
        NotALibrary, ForeignFile, KeyLost, WrongSecret, NoKeyStore: see `place.unlock`.
    """
    driver()
    folder = Folder.of(path)
    if chosen is None:  # else it is set aside, and what was chosen put in its place
        _refuse_foreign(folder.file)
    header = key_file_of(folder, chosen)
    if secret.kind != "key_store":
        tries.before(folder.tries)
    keys = secret.keys(header)
    if not keys and chosen and (own := key_file.read(chosen.path / "library.key")):
        keys = secret.keys(own)  # a passphrase of then: the library takes that key file over with the backup
        header = own if keys else header
    if not keys:
        raise secret.wrong(tries.failed(folder.tries) if secret.kind != "key_store" else 0)
    return folder, header, keys


def _refuse_foreign(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            start = opened.read(len(_PLAIN))
    except OSError:
        return
    if start == _PLAIN:
        raise ForeignFile(
            "这是没有加密的数据库，不是备案助手的客户库，没有改动它；检查是否选错了文件夹，"
            "旁边有备份的话可以用 library restore 恢复"
        )


def key_file_of(folder: Folder, chosen: Backup | None) -> KeyFile:
    """The key file, from its first whole copy: beside the library, or in a backup."""
    backups = [one.path / "library.key" for one in ([chosen] if chosen else []) + listed(folder.backups)]
    header = key_file.read(*folder.keys, *backups)
    if header:
        return header
    if any(path.exists() for path in (folder.file, *folder.keys)):
        raise KeyLost(
            "客户库的钥匙文件（library.key 和 library.key2）都不见了或已损坏，没有它口令也打不开；"
            "把备份文件夹里的 library.key 复制过来再试"
        )
    raise NotALibrary("这个文件夹里没有客户库，检查位置，或新建一个")


def opened(folder: Folder, header: KeyFile, keys: list[bytes], lock: Lock, secret: Secret | None) -> Library:
    """The library behind a lock that is held: swept, completed, checked, brought up to date, opened."""
    folder.sweep()
    if not header.ready and not folder.file.exists():
        _build(folder, keys[0])
    try:
        found = _checked(folder, keys, unclean=lock.unclean or _log_left(folder))
        data_key, notices = found.key, list(found.done)
        if found.version < schema.VERSION:
            migrations.migrate(folder, data_key, header)
        kind = location.kind_of(folder.path)
        database = Database(folder.file, data_key, wal=kind != "network")
        try:
            schema.see(database)
        except BaseException:
            database.close()
            raise
    except Damaged as damage:
        raise Damaged(str(damage), recovery.candidates(folder, keys, secret)) from damage
    wrong = tries.succeeded(folder.tries)
    header = _tidied(folder, header, keys, data_key, secret)
    if warning := location.WARNINGS[kind]:
        notices.append(warning)
    return Library(folder, header, database, lock, notices, wrong)


def _build(folder: Folder, data_key: bytes) -> None:
    """Make the empty file, whole before it has its name."""
    with told():
        connection = connect(folder.part, data_key, create=True)
        try:
            schema.build(connection)
        finally:
            connection.close()
    folder.part.chmod(0o600)
    sync(folder.part)
    move(folder.part, folder.file)


def _checked(folder: Folder, keys: list[bytes], *, unclean: bool) -> Checked:
    """Check everything after an unclean end, the seals of all pages of a small file always.

    A large file is checked at each backup: to do it here would take longer than the list may.
    """
    if not folder.file.exists():
        raise Damaged("客户库文件（library.db）不见了，可以用备份恢复；移动过的话把它放回原处")
    if folder.file.stat().st_size == 0:
        raise Damaged("客户库文件是空的，不是新的客户库；可以用备份恢复")
    if unclean:
        found = recovery.full_check(folder, keys)
        return replace(found, done=found.done or ("上次没有正常退出，已检查整个客户库，内容完好",))
    # the secret was right: where none of its keys fits, the file is damaged
    key = next((one for one in keys if opens(folder.file, one)), None)
    small = folder.file.stat().st_size <= _SMALL
    if key is None or (small and not sealed(folder.file, key)):
        return recovery.full_check(folder, keys)
    return Checked(key, schema.version_at(folder.file, key))


def _opens(header: KeyFile, slot: Slot, secret: Secret | None, data_key: bytes) -> bool:
    keys = secret.keys(KeyFile(header.library, ready=True, slots=(slot,))) if secret else []
    try:
        return data_key in keys
    finally:
        wipe(*keys)


def _log_left(folder: Folder) -> bool:
    return folder.log.exists() and folder.log.stat().st_size > 0


def _tidied(
    folder: Folder, header: KeyFile, keys: list[bytes], data_key: bytes, secret: Secret | None
) -> KeyFile:
    """The key file with the slot of the key in use, in both copies alike."""
    wanted = header
    if len(header.slots) > 1:
        slot = next((one for one in header.slots if _opens(header, one, secret, data_key)), header.slots[0])
        wanted = KeyFile(header.library, ready=True, slots=(slot,))
    elif not header.ready:
        wanted = replace(header, ready=True)
    if any(key_file.read(path) != wanted for path in folder.keys):
        key_file.write(wanted, *folder.keys)
    return wanted
