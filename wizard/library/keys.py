"""Changing what opens the library, while it is open."""

import errno
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from wizard.files import FileProblem, why
from wizard.library import backup, key, key_file, key_store
from wizard.library.audit import Audit
from wizard.library.check import Health, examine_file
from wizard.library.cipher import told
from wizard.library.engine import Database, connect
from wizard.library.folder import Folder, move, sync
from wizard.library.key_file import KeyFile, Slot
from wizard.library.problems import Damaged, LibraryProblem, StorageFull
from wizard.library.recovery_key import new_recovery_key, read_recovery_key
from wizard.library.secret import entry_of
from wizard.library.wipe import wipe
from wizard.process.work import Progress, never, silent

_Secret = tuple[key.Kind, bytes, str]


class Keys:
    """The secrets of an open library. Changing a passphrase wraps 32 bytes anew."""

    def __init__(self, database: Database, folder: Folder, header: KeyFile, audit: Audit) -> None:
        self._database, self._folder, self._audit = database, folder, audit
        self.header = header

    @property
    def data_key(self) -> bytes:
        """The key of the file itself."""
        return self._database.key

    def ways(self) -> tuple[key.Kind, ...]:
        """In which ways the library can be opened."""
        kinds: tuple[key.Kind, ...] = ("passphrase", "recovery", "key_store")
        return tuple(kind for kind in kinds if self.header.has(kind))

    def fits(self, passphrase: str) -> bool:
        """Whether this is the passphrase: to be asked before a change, and to unlock a locked window."""
        found = self.header.keys("passphrase", key.secret_of(passphrase))
        wipe(*found)
        return bool(found)

    def change_passphrase(self, passphrase: str) -> None:
        """From now on this passphrase opens the library, the old one does not; older backups keep theirs.

        Raises:
            LibraryProblem: it is empty.
            FileProblem: the key file could not be written; the old one holds.
        """
        if not passphrase:
            raise LibraryProblem("口令不能是空的，想几个容易记、别人猜不到的词")
        self._keep(self.header.with_wrap(self._wrap("passphrase", key.secret_of(passphrase))))
        self._audit.note("passphrase_changed")

    def new_recovery_key(self) -> str:
        """A new recovery key, to be printed; the old one opens the library no longer."""
        made = new_recovery_key()
        self._keep(self.header.with_wrap(self._wrap("recovery", read_recovery_key(made))))
        self._audit.note("recovery_key_new")
        return made

    def remember(self) -> None:
        """Let the system's key store open the library on this machine.

        Raises:
            NoKeyStore: there is none, or it refused.
        """
        old = _entries(self.header)
        salt = os.urandom(16).hex()
        secret = key_store.keep(entry_of(self.header, salt))
        self._keep(self.header.with_wrap(self._wrap("key_store", secret, salt)))
        _forget(old)
        self._audit.note("key_remembered")

    def forget(self) -> None:
        """Let the system's key store open it no longer.

        Raises:
            LibraryProblem: there is no passphrase: one is set first.
        """
        if not self.header.has("passphrase"):
            raise LibraryProblem("先设一个口令，再取消由系统钥匙串打开")
        old = _entries(self.header)
        self._keep(self.header.without("key_store"))
        _forget(old)
        self._audit.note("key_forgotten")

    def rekey(
        self,
        passphrase: str | None = None,
        progress: Progress = silent,
        cancelled: Callable[[], bool] = never,
    ) -> str:
        """Encrypt everything anew under a new data key: for when somebody left who knew the old secrets.

        The passphrase given, a new recovery key (which is returned), and the key store if it was in use
        open it from now on, and nothing else does. A backup is made first; older ones keep their own
        secrets, and this library can still restore them. Interrupted, the library opens with either the old
        or the new secrets.

        Raises:
            LibraryProblem: there would be no way to open it but the recovery key.
            FileProblem: there is no room for the copy; nothing has changed.
            Cancelled: it was; nothing has changed.
        """
        stored = self.header.has("key_store")
        if not passphrase and not stored:
            raise LibraryProblem("给出一个新口令，再更换数据密钥")
        backup.make(self._database, self.header, self._folder, progress, cancelled)
        old_entries, recovery_key = _entries(self.header), new_recovery_key()
        secrets: list[_Secret] = [("recovery", read_recovery_key(recovery_key), "")]
        if passphrase:
            secrets.append(("passphrase", key.secret_of(passphrase), ""))
        new_entry = self._new_entry(secrets) if stored else ""
        try:
            self._exchange(secrets, progress, cancelled)
        except BaseException as error:
            if new_entry and new_entry not in _entries(self.header):
                key_store.forget(new_entry)
            if not isinstance(error, OSError):
                raise
            kind = StorageFull if error.errno == errno.ENOSPC else FileProblem
            raise kind(f"更换数据密钥没有成功：{why(error)}；仍用原来的口令") from error
        _forget(old_entries)
        self._audit.note("rekeyed")
        return recovery_key

    def _new_entry(self, secrets: list[_Secret]) -> str:
        """Put a new secret into the system's key store, and among `secrets`; the name it has there."""
        salt = os.urandom(16).hex()
        entry = entry_of(self.header, salt)
        secrets.append(("key_store", key_store.keep(entry), salt))
        return entry

    def _exchange(self, secrets: list[_Secret], progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Put a copy under a new key in the place of the library; until it is there, both keys are kept."""
        old_key, new_key, old_header = self._database.key, key.new_key(), self.header
        new = self._slot(secrets, new_key)
        moved: list[bool] = []

        def swap() -> None:
            move(self._folder.part, self._folder.file)
            moved.append(True)

        with self._database.alone():
            try:
                self._write_copy(old_key, new_key, progress, cancelled)
                both = (*old_header.slots[0], *self._slot(secrets, old_key))
                self._keep(replace(old_header, slots=(new, both)))
                self._database.exchange(swap, new_key)
            except BaseException:
                self._folder.part.unlink(missing_ok=True)
                if not moved:  # else only the new key opens what is there: both stay
                    with suppress(FileProblem):  # two slots do no harm: the next start keeps the one in use
                        self._keep(old_header)
                raise
            with suppress(FileProblem):  # the same
                self._keep(replace(old_header, slots=(new,)))
            wipe(new_key)

    def old_keys(self) -> list[bytes]:
        """Data keys of before, for the backups that were made under them."""
        text = self._database.value("SELECT value FROM meta WHERE name = 'old_keys'")
        return [bytes.fromhex(one) for one in json.loads(text or "[]")]

    def _write_copy(
        self, old_key: bytes, new_key: bytes, progress: Progress, cancelled: Callable[[], bool]
    ) -> None:
        known = [old_key.hex(), *(one.hex() for one in self.old_keys())]
        part = self._folder.part
        part.unlink(missing_ok=True)
        backup.copy_to(self._database, part, key=new_key, progress=progress, cancelled=cancelled)
        with told():
            connection = connect(part, new_key)
            try:
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('old_keys', ?)", (json.dumps(known),))
            finally:
                connection.close()
        progress(0, 0, "正在逐页核对")
        if examine_file(part, new_key, cancelled) is not Health.WHOLE:
            part.unlink()
            raise Damaged("更换数据密钥没有成功，客户库没有改动；重新打开客户库检查后再试")
        sync(part)

    def _slot(self, secrets: list[_Secret], data_key: bytes) -> Slot:
        return tuple(key.wrap(kind, one, data_key, self.header.library, salt) for kind, one, salt in secrets)

    def _wrap(self, kind: key.Kind, secret: bytes, salt: str = "") -> key.Wrap:
        return key.wrap(kind, secret, self._database.key, self.header.library, salt)

    def _keep(self, header: KeyFile) -> None:
        key_file.write(header, *self._folder.keys)
        self.header = header


def _entries(header: KeyFile) -> list[str]:
    return [entry_of(header, one.salt) for slot in header.slots for one in slot if one.kind == "key_store"]


def _forget(entries: list[str]) -> None:
    for entry in entries:
        key_store.forget(entry)
