"""Making a library and opening one: the way in. What is found on the way is told in `Library.notices`."""

import os
from contextlib import suppress
from pathlib import Path

from wizard.files import FileProblem, why
from wizard.library import key, key_file, key_store, recovery
from wizard.library.backup import Backup, listed
from wizard.library.cipher import driver
from wizard.library.folder import Folder
from wizard.library.key_file import KeyFile
from wizard.library.library import Library
from wizard.library.lock import Lock
from wizard.library.opening import key_file_of, let_in, locked, opened
from wizard.library.problems import Damaged, LibraryProblem, NotALibrary
from wizard.library.recovery_key import new_recovery_key, read_recovery_key
from wizard.library.secret import Secret, entry_of, given
from wizard.library.wipe import wipe

APP = "备案助手"


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
        return opened(folder, header, [data_key], lock, None), recovery_key
    except BaseException:
        lock.drop()
        raise
    finally:
        wipe(data_key)


def unlock(
    path: Path,
    *,
    passphrase: str | None = None,
    recovery_key: str | None = None,
    from_key_store: bool = False,
    app: str = APP,
    release: bool = False,
    backup: Path | None = None,
) -> Library:
    """Open the library in the folder `path` with one of the three secrets.

    After an unclean end everything is checked first; `release` takes a lock over that another machine left.
    The backup in the folder `backup`, where one is given, is put in the place of a damaged library before:
    what was there is kept as ``library.db.damaged-TIME``, and a passphrase of then opens it too.

    Raises:
        NotALibrary, ForeignFile, NewerVersion, KeyLost: it is not ours to open; nothing was changed.
        WrongPassphrase, WrongRecoveryKey, WaitFirst, NoKeyStore: the secret does not open it.
        HeldElsewhere: somebody else has it open.
        Damaged: it is not whole, and the backups that could be restored come with it; or the backup is not,
            and nothing was changed.
    """
    secret, chosen = given(passphrase, recovery_key, from_key_store), _chosen(backup)
    folder, header, keys = let_in(path, secret, chosen)
    try:
        lock = locked(folder, app, release)
        try:
            aside = _restored(folder, header, keys, chosen, secret) if chosen else None
            library = opened(folder, header, keys, lock, secret)
        except BaseException:
            lock.drop()
            raise
    finally:
        wipe(*keys)
    if chosen:
        _tell_restored(library, chosen, aside)
    return library


def _chosen(backup: Path | None) -> Backup | None:
    if backup is None:
        return None
    found = next((one for one in listed(backup.parent) if one.path.name == backup.name), None)
    if found is None:
        raise NotALibrary("选的不是备份文件夹，备份在客户库文件夹的 backups 里，每份一个文件夹")
    return found


def _tell_restored(library: Library, chosen: Backup, aside: Path | None) -> None:
    """Say what was put back, and delete again what had been purged since that backup was made."""
    library.notices.append(f"已恢复 {chosen.made:%Y-%m-%d %H:%M} 的备份" + _kept(aside))
    if again := library.privacy.purge_again():
        library.notices.append(f"备份里有 {again} 个以前彻底删除的案件，已再次删除")
    library.audit.note("restored", detail=f"{chosen.number}")


def go_on_in(library: Library, path: Path, app: str = APP) -> Library:
    """Write a library whose own place is lost into the folder `path` and go on there: the library there.

    It opens with the same secrets. The old one is closed, as far as it can be.

    Raises:
        FileProblem: it could not be written there; the old one is open as before.
    """
    library.save_elsewhere(path)
    folder = Folder.of(path)
    lock = Lock(folder.lock, app)
    try:
        made = opened(folder, library.keys.header, [library.keys.data_key], lock, None)
    except BaseException:
        lock.drop()
        raise
    with suppress(FileProblem):
        library.close()
    return made


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


def ways_named(path: Path) -> tuple[key.Kind, ...]:
    """The ways in which the library in that folder can be opened by its key file, the system's store first.

    Whether this machine has that store is only seen by asking it, which takes a moment.

    Raises:
        NotALibrary, KeyLost: there is none, or no whole key file of it.
    """
    header = key_file_of(Folder.of(path), None)
    kinds: tuple[key.Kind, ...] = ("key_store", "passphrase", "recovery")
    return tuple(kind for kind in kinds if header.has(kind))


def remembered(header: KeyFile, data_key: bytes) -> KeyFile:
    """A key file that also opens with a new secret, which the system's key store now holds.

    Raises:
        NoKeyStore: there is none, or it refused.
    """
    salt = os.urandom(16).hex()
    secret = key_store.keep(entry_of(header, salt))
    return header.with_wrap(key.wrap("key_store", secret, data_key, header.library, salt))
