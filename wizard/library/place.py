"""Making a library and opening one: the way in. What is found on the way is told in `Library.notices`."""

import os
from dataclasses import replace
from pathlib import Path

from wizard.files import FileProblem, why
from wizard.library import key, key_file, key_store, location, migrations, recovery, schema, tries
from wizard.library.backup import Backup, listed
from wizard.library.check import opens
from wizard.library.engine import Database, connect, driver, told
from wizard.library.folder import Folder, move, sync
from wizard.library.key_file import KeyFile
from wizard.library.library import Library
from wizard.library.lock import Lock
from wizard.library.problems import Damaged, ForeignFile, KeyLost, LibraryProblem, NotALibrary
from wizard.library.recovery_key import new_recovery_key, read_recovery_key
from wizard.library.secret import Secret, entry_of, given

APP = "备案助手"
_PLAIN = b"SQLite format 3\0"


def create(
    path: Path, passphrase: str | None = None, *, keep_in_key_store: bool = False, app: str = APP
) -> tuple[Library, str]:
    """Make a library in the folder `path`; with it comes the recovery key, to be printed and never stored.

    Without a passphrase the system's key store must hold the key.

    Raises:
        NoKeyStore: it was to hold the key, and there is none.
        FileProblem: a library is there already, or the folder cannot be written.
    """
    if not passphrase and not keep_in_key_store:
        raise LibraryProblem("设一个口令，或选择由系统钥匙串保管钥匙，再建客户库")
    driver()
    folder = Folder.of(path)
    if folder.exists():
        raise LibraryProblem("这个文件夹里已经有客户库，没有改动它；直接打开，或换一个文件夹")
    recovery_key = new_recovery_key()
    data_key, library = key.new_key(), os.urandom(16).hex()
    wraps = [key.wrap("recovery", read_recovery_key(recovery_key), data_key, library)]
    if passphrase:
        wraps.append(key.wrap("passphrase", key.secret_of(passphrase), data_key, library))
    header = KeyFile(library, ready=False, slots=(tuple(wraps),))
    if keep_in_key_store:
        header = remembered(header, data_key)
    try:
        folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise FileProblem(f"无法建立客户库的文件夹：{why(error)}") from error
    lock = Lock(folder.lock, app)
    try:
        key_file.write(header, *folder.keys)
        return _opened(folder, header, [data_key], lock, None), recovery_key
    except BaseException:
        lock.drop()
        raise


def unlock(
    path: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    from_key_store: bool = False,
    app: str = APP,
    release: bool = False,
) -> Library:
    """Open the library in the folder `path` with one of the three secrets.

    After an unclean end everything is checked first; `release` takes a lock over that another machine left.

    Raises:
        NotALibrary, ForeignFile, NewerVersion, KeyLost: it is not ours to open; nothing was changed.
        WrongPassphrase, WrongRecoveryKey, WaitFirst, NoKeyStore: the secret does not open it.
        HeldElsewhere: somebody else has it open.
        Damaged: it is not whole; the backups that could be restored come with it.
    """
    secret = given(passphrase, recovery_key, from_key_store)
    folder, header, keys = _let_in(path, secret)
    lock = _lock(folder, app, release)
    try:
        return _opened(folder, header, keys, lock, secret)
    except BaseException:
        lock.drop()
        raise


def restore(
    path: Path,
    backup: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    from_key_store: bool = False,
    app: str = APP,
    release: bool = False,
) -> Library:
    """Put the backup in the folder `backup` in the place of a damaged library and open it.

    What was there is kept as ``library.db.damaged-TIME``. Where the backup is older than the passphrase,
    its own passphrase opens it too.

    Raises:
        Damaged: that backup is damaged as well; nothing was changed.
        (and what `unlock` raises)
    """
    secret = given(passphrase, recovery_key, from_key_store)
    chosen = next((one for one in listed(backup.parent) if one.path.name == backup.name), None)
    if chosen is None:
        raise NotALibrary("选的不是备份文件夹，备份在客户库文件夹的 backups 里，每份一个文件夹")
    folder, header, keys = _let_in(path, secret, chosen)
    lock = _lock(folder, app, release)
    try:
        aside = _restored(folder, header, keys, chosen, secret)
        library = _opened(folder, header, keys, lock, secret)
    except BaseException:
        lock.drop()
        raise
    library.notices.append(f"已恢复 {chosen.made:%Y-%m-%d %H:%M} 的备份" + _kept(aside))
    library.audit.note("restored", detail=f"{chosen.number}")
    return library


def _kept(aside: Path | None) -> str:
    return f"；原来的文件留在“{aside.name}”" if aside else ""


def _restored(
    folder: Folder, header: KeyFile, keys: list[bytes], chosen: Backup, secret: Secret
) -> Path | None:
    old = recovery.key_of(chosen, keys, secret)
    if old is None:
        raise Damaged("这份备份打不开：可能已损坏，也可能是改口令以前做的；用当时的口令试，或选另一份")
    folder.sweep()
    return recovery.put_back(folder, chosen, old, keys[0])


def is_library(path: Path) -> bool:
    """Whether there is a library, or what is left of one, in that folder."""
    return Folder.of(path).exists()


def ways(path: Path) -> tuple[key.Kind, ...]:
    """In which ways the library in that folder can be opened; the key store only where there is one."""
    folder = Folder.of(path)
    header = _key_file(folder, None)
    found: list[key.Kind] = [kind for kind in ("passphrase", "recovery") if header.has(kind)]
    if header.has("key_store") and key_store.available():
        found.insert(0, "key_store")
    return tuple(found)


def remembered(header: KeyFile, data_key: bytes) -> KeyFile:
    """A key file that also opens with a new secret, which the system's key store now holds.

    Raises:
        NoKeyStore: there is none, or it refused.
    """
    salt = os.urandom(16).hex()
    secret = key_store.keep(entry_of(header, salt))
    return header.with_wrap(key.wrap("key_store", secret, data_key, header.library, salt))


def _lock(folder: Folder, app: str, release: bool) -> Lock:
    network = location.kind_of(folder.path) == "network"
    return Lock(folder.lock, app, network=network, force=release)


def _let_in(path: Path, secret: Secret, chosen: Backup | None = None) -> tuple[Folder, KeyFile, list[bytes]]:
    """The folder, its key file and the keys that the secret opens."""
    driver()
    folder = Folder.of(path)
    _refuse_foreign(folder.file)
    header = _key_file(folder, chosen)
    if secret.kind != "key_store":
        tries.before(folder.tries)
    keys = secret.keys(header)
    if not keys and chosen and (own := key_file.read(chosen.path / "library.key")):
        keys = secret.keys(own)  # a passphrase of then opens the backup; the library takes its key file over
        header = own if keys else header
        if keys:
            key_file.write(header, *folder.keys)
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
        raise ForeignFile("这是没有加密的数据库，不是备案助手的客户库，没有改动它；检查是否选错了文件夹")


def _key_file(folder: Folder, chosen: Backup | None) -> KeyFile:
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


def _opened(folder: Folder, header: KeyFile, keys: list[bytes], lock: Lock, secret: Secret | None) -> Library:
    """The library behind a lock that is held: swept, completed, checked, brought up to date, opened."""
    folder.sweep()
    notices: list[str] = []
    if not header.ready and not folder.file.exists():
        _build(folder, keys[0])
    try:
        data_key = _fitting(folder, keys)
        version = schema.version_at(folder.file, data_key)
        if lock.unclean or _log_left(folder):
            notices += _after_unclean_end(folder, data_key)
        if version < schema.VERSION:
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


def _fitting(folder: Folder, keys: list[bytes]) -> bytes:
    """The key that opens the file: the secret was right, so that where none does the file is damaged."""
    if not folder.file.exists():
        raise Damaged("客户库文件（library.db）不见了，可以用备份恢复；移动过的话把它放回原处")
    if folder.file.stat().st_size == 0:
        raise Damaged("客户库文件是空的，不是新的客户库；可以用备份恢复")
    found = next((one for one in keys if opens(folder.file, one)), None)
    if found is None:
        raise Damaged("口令是对的，但客户库文件已损坏，没有改动它；可以用备份恢复")
    return found


def _log_left(folder: Folder) -> bool:
    return folder.log.exists() and folder.log.stat().st_size > 0


def _after_unclean_end(folder: Folder, data_key: bytes) -> list[str]:
    mended = recovery.full_check(folder, data_key)
    return mended or ["上次没有正常退出，已检查整个客户库，内容完好"]


def _tidied(
    folder: Folder, header: KeyFile, keys: list[bytes], data_key: bytes, secret: Secret | None
) -> KeyFile:
    """The key file with the slot of the key in use, in both copies alike."""
    wanted = header
    if len(header.slots) > 1:
        slot = next(
            (
                slot
                for slot in header.slots
                if secret and data_key in secret.keys(KeyFile(header.library, ready=True, slots=(slot,)))
            ),
            header.slots[0],
        )
        wanted = KeyFile(header.library, ready=True, slots=(slot,))
    elif not header.ready:
        wanted = replace(header, ready=True)
    if any(key_file.read(path) != wanted for path in folder.keys):
        key_file.write(wanted, *folder.keys)
    return wanted
