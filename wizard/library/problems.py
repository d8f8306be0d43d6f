"""What can go wrong with a library, each with its sentence; all are `FileProblem`s."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wizard.files import FileProblem

if TYPE_CHECKING:
    from pathlib import Path

    from wizard.library.records import StoredCase


class LibraryProblem(FileProblem):
    """Something about the library; the text is a Chinese sentence without personal data."""


class NotALibrary(LibraryProblem):
    """There is no library in that folder."""


class ForeignFile(LibraryProblem):
    """What lies there was not made by this program; it is left unchanged."""


class NewerVersion(LibraryProblem):
    """A newer version of the program made it; it is left unchanged."""


class NoEncryption(LibraryProblem):
    """The component that encrypts is not installed; nothing is ever stored without it."""


class KeyLost(LibraryProblem):
    """Both copies of the key file are gone or damaged."""


class NoKeyStore(LibraryProblem):
    """The system has no key store, or does not hold this library's key."""


class WrongSecret(LibraryProblem):
    """The passphrase or recovery key does not fit. `wait` is how many seconds the next try must wait."""

    def __init__(self, text: str, wait: int = 0) -> None:
        super().__init__(text)
        self.wait = wait


class WrongPassphrase(WrongSecret):
    """The passphrase does not fit: 口令不正确, which is not 文件损坏."""


class WrongRecoveryKey(WrongSecret):
    """The recovery key does not fit, or was miscopied; the text says in which group."""


class WaitFirst(WrongSecret):
    """Too many wrong tries: `wait` seconds must pass; the secret was not looked at."""


class HeldElsewhere(LibraryProblem):
    """Another window or machine has the library open.

    `releasable` is whether the person may release it after making sure that nobody uses it
    (`unlock(…, release=True)`): the holder cannot be asked, because it is another machine.
    """

    def __init__(self, text: str, host: str, pid: int, app: str, since: str, releasable: bool) -> None:
        super().__init__(text)
        self.host, self.pid, self.app, self.since, self.releasable = host, pid, app, since, releasable


@dataclass(frozen=True, slots=True)
class Candidate:
    """A backup that could be restored: its folder, when it was made, whether it is whole, and if not, why."""

    folder: "Path"
    made: str
    cases: int
    good: bool
    reason: str = ""


class Damaged(LibraryProblem):
    """The file is damaged and untouched. `candidates` are the backups looked at, the newest first.

    The first good one is what `recovery.restore` would take; `salvage` reads what can still be read.
    """

    def __init__(self, text: str, candidates: tuple[Candidate, ...] = ()) -> None:
        super().__init__(text)
        self.candidates = candidates

    @property
    def newest_good(self) -> Candidate | None:
        """The backup to offer; None where there is none."""
        return next((one for one in self.candidates if one.good), None)


class Vanished(LibraryProblem):
    """The file was taken away or replaced while it was open; nothing was written."""


class StorageFull(LibraryProblem):
    """No room: the change was not saved, everything saved before is whole."""


class DiskTrouble(LibraryProblem):
    """Reading or writing failed for a reason that is no damage (disk error, size limit, busy)."""


class ReadOnlyPlace(LibraryProblem):
    """The folder or file may not be written."""


class NoSuchCase(LibraryProblem):
    """The case is not there any more."""


class TooLarge(LibraryProblem):
    """An attachment is larger than the library takes; the case is as it was."""


class ChangedElsewhere(LibraryProblem):
    """The case was changed by another window since it was loaded; nothing was overwritten.

    `theirs` is the case as it stands now; `fields` holds, for each field in which the two differ, mine and
    theirs. To keep mine, save again with `theirs.version`.
    """

    def __init__(self, theirs: "StoredCase", fields: Mapping[str, tuple[Any, Any]]) -> None:
        super().__init__("这个案件已在另一个窗口里改过，没有覆盖它；逐项选择保留哪一边，再保存")
        self.theirs, self.fields = theirs, fields
