"""One writer: a lock file that says who has the library open, held by a lock of the operating system.

The system lets go of the lock when the process ends, however it ends: what is left in the file is then the
sign of an unclean end, and no process id can be mistaken for another's. Where the system's lock proves
nothing (another machine on a network folder), the person decides.
"""

import json
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from wizard.files import FileProblem, why
from wizard.library import clock
from wizard.library.problems import HeldElsewhere, ReadOnlyPlace

_UNREADABLE: dict[str, Any] = {"": ""}
_FAR = 1 << 30  # Windows locks bytes for reading too: one far behind the text


class Lock:
    """The lock on a library, held from the call on until `release`.

    `unclean` tells that the last holder did not release it.

    Raises:
        HeldElsewhere: somebody else holds it; `force` takes it over where only the person can know.
        FileProblem: the lock file cannot be written.
    """

    def __init__(self, path: Path, app: str, *, network: bool = False, force: bool = False) -> None:
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise ReadOnlyPlace(f"无法写入客户库所在的文件夹“{path.parent.name}”：{why(error)}") from error
        try:
            self.unclean = self._take(app, network, force)
        except BaseException:
            os.close(self._file)
            raise

    def _take(self, app: str, network: bool, force: bool) -> bool:
        held = not grasp(self._file)
        self._before = _read(self._file)
        before = _parse(self._before)
        foreign = before.get("host") not in (None, socket.gethostname())
        doubtful = foreign or (network and before == _UNREADABLE)
        if held or (doubtful and not force):
            raise _held(before, releasable=not held)
        mine = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "app": app,
            "since": clock.moment(clock.now()).isoformat(timespec="seconds"),
        }
        try:
            _write(self._file, json.dumps(mine).encode())
        except OSError as error:
            let_go(self._file)
            raise FileProblem(f"无法写入客户库的锁文件：{why(error)}") from error
        return bool(before)

    def release(self) -> None:
        """Say that the library was closed as it should, and let others in."""
        with suppress(OSError):  # a drive pulled out: the next start checks the file, which is right
            _write(self._file, b"{}")
        let_go(self._file)
        os.close(self._file)

    def drop(self, *, suspect: bool = False) -> None:
        """Let others in, with the file as it was found; `suspect` makes the next start check the library."""
        if not suspect:
            with suppress(OSError):
                _write(self._file, self._before.strip() or b"{}")
        let_go(self._file)
        os.close(self._file)


def _held(before: dict[str, Any], releasable: bool) -> HeldElsewhere:
    host, app = str(before.get("host", "")), str(before.get("app", ""))
    pid = before["pid"] if isinstance(before.get("pid"), int) else 0
    since = str(before.get("since", ""))
    where = f"另一台电脑“{host}”" if host and host != socket.gethostname() else "这台电脑"
    who = f"{where}上的{app or '另一个程序'}" + (f"（进程 {pid}）" if pid else "")
    when = f"，从 {since[:16].replace('T', ' ')} 起" if since else ""
    text = f"客户库正由{who}使用{when}。先在那边关闭，再打开"
    if releasable:
        text = (
            f"客户库记着由{who}使用{when}，也可能是上次没有正常退出。确认没有别的窗口在用以后，可以解除锁定"
        )
    return HeldElsewhere(text, host, pid, app, since, releasable)


def _parse(data: bytes) -> dict[str, Any]:
    """What the lock file says: nothing after a clean end or where it has just been made."""
    try:
        document = json.loads(data or b"{}")
    except ValueError:
        return _UNREADABLE
    return document if isinstance(document, dict) else _UNREADABLE


def _read(file: int) -> bytes:
    os.lseek(file, 0, os.SEEK_SET)
    return os.read(file, 4000)


def _write(file: int, data: bytes) -> None:
    os.lseek(file, 0, os.SEEK_SET)
    os.write(file, data.ljust(300) + b"\n")
    os.fsync(file)


if sys.platform == "win32":
    import msvcrt

    def grasp(file: int) -> bool:
        """Take the system's lock on an open file; False where another process has it."""
        os.lseek(file, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def let_go(file: int) -> None:
        """Give the system's lock back."""
        os.lseek(file, _FAR, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def grasp(file: int) -> bool:
        """Take the system's lock on an open file; False where another process has it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def let_go(file: int) -> None:
        """Give the system's lock back."""
        fcntl.flock(file, fcntl.LOCK_UN)
