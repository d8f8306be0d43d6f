"""A private folder for the attachments of the open case, in which they lie under names but not on the disk.

On Linux each name is a link to a file that is in this process's memory only (memfd): the pages, the worker
and other programs of this person open it like any file, and it is gone the moment the process is, however it
ends. Where the system has no such files they lie in the temporary folder, readable by their owner only. A
caretaker (`caretaker`) empties the folder should this process be killed: of files there, of names here.
"""

import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from wizard.files import FileProblem, atomic_write, why
from wizard.library.caretaker import Caretaker
from wizard.library.lock import grasp, let_go

_PREFIX: Final = "beian-desk-"
_HOLD: Final = "hold-"
_MEMORY: Final = (Path("/dev/shm"),)


class Desk:
    """A folder of one window; `folder` is where it is. The next start empties what a kill left behind."""

    def __init__(self, inside: Path | None = None, *, in_memory: bool | None = None) -> None:
        where = inside or _place()
        sweep(where)
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=where))
        self._lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        grasp(self._lock)
        self._in_memory = has_memory_files() if in_memory is None else in_memory
        self._held: dict[Path, int] = {}
        self._gate = threading.Lock()
        self._holds, self._let = 0, threading.Condition(self._gate)
        self._caretaker = Caretaker(self.folder)

    def case(self, number: int) -> Path:
        """The folder for one case, made if need be."""
        folder = self.folder / str(number)
        folder.mkdir(exist_ok=True, mode=0o700)
        return folder

    def lay(self, path: Path, data: bytes) -> None:
        """Put a content under a name in the folder of a case, over an older one.

        Raises:
            FileProblem: there is no room for it; an older one is untouched.
        """
        if not self._in_memory:
            atomic_write(path, data)
            return
        try:
            file = _memory_file(data)
        except OSError as error:
            raise FileProblem(f"无法打开附件：{why(error)}") from error
        link = path.with_name(f".{path.name}.part")
        try:
            _name(file, link)
            os.replace(link, path)
        except OSError as error:
            os.close(file)
            link.unlink(missing_ok=True)
            raise FileProblem(f"无法打开附件：{why(error)}") from error
        with self._gate:
            self._let_go(path)
            self._held[path] = file

    def clear(self, number: int | None = None) -> None:
        """Remove the files of one case, or of all."""
        chosen = [self.folder / str(number)] if number is not None else list(self.folder.iterdir())
        for path in chosen:
            if path.name != ".lock" and not path.name.startswith(_HOLD):
                shutil.rmtree(path, ignore_errors=True)
                with self._gate:
                    for held in [one for one in self._held if one.is_relative_to(path)]:
                        self._let_go(held)

    def _let_go(self, path: Path) -> None:
        with suppress(KeyError):
            os.close(self._held.pop(path))

    @contextmanager
    def hold(self, folder: Path, sure: Callable[[], object]) -> Iterator[Path]:
        """The contents in the folder of a case under the same names in another one: there they stay while
        this lasts, also where those of the case are put away. `sure` raises where that has begun already.
        """
        own, files = Path(tempfile.mkdtemp(prefix=_HOLD, dir=self.folder)), []
        with self._gate:
            self._holds += 1
        try:
            with self._gate:
                for path in self._below(folder):
                    place = own / path.relative_to(folder)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    if path in self._held:
                        files.append(os.dup(self._held[path]))
                        _name(files[-1], place)
                    else:
                        _double(path, place)
                sure()
            yield own
        finally:
            shutil.rmtree(own, ignore_errors=True)
            with self._gate:
                for file in files:
                    os.close(file)
                self._holds -= 1
                self._let.notify_all()

    def _below(self, folder: Path) -> list[Path]:
        if self._in_memory:
            return [path for path in self._held if path.is_relative_to(folder)]
        return [path for path in folder.rglob("*") if path.is_file()]

    def close(self) -> None:
        """Remove everything, once nothing is held any more."""
        with self._gate:
            self._let.wait_for(lambda: not self._holds)
        self.clear()
        let_go(self._lock)
        os.close(self._lock)
        shutil.rmtree(self.folder, ignore_errors=True)
        self._caretaker.dismiss()


def _name(file: int, link: Path) -> None:
    """Give a file in memory a name."""
    link.symlink_to(f"/proc/{os.getpid()}/fd/{file}")


def _double(path: Path, place: Path) -> None:
    """The same file at another place: as a second name where one may go while the other is read."""
    if os.name == "nt":
        shutil.copyfile(path, place)
    else:
        os.link(path, place)


def has_memory_files() -> bool:
    """Whether a file can be in memory only and have a name that other programs of this person can open."""
    if sys.platform != "linux":
        return False
    try:
        file = _memory_file(b"?")
    except OSError:
        return False
    try:
        return Path(f"/proc/{os.getpid()}/fd/{file}").read_bytes() == b"?"
    except OSError:
        return False
    finally:
        os.close(file)


if sys.platform == "linux":

    def _memory_file(data: bytes) -> int:
        """An open file that is in memory only, with that content."""
        file = os.memfd_create("beian", os.MFD_CLOEXEC)
        try:
            with open(file, "wb", closefd=False) as opened:
                opened.write(data)
        except OSError:
            os.close(file)
            raise
        return file

else:

    def _memory_file(data: bytes) -> int:
        """There are none."""
        raise OSError


def sweep(where: Path | None = None) -> None:
    """Remove the folders of programs that are no longer running."""
    for folder in (where or _place()).glob(f"{_PREFIX}*"):
        try:
            lock = os.open(folder / ".lock", os.O_RDWR)
        except OSError:
            continue
        free = grasp(lock)
        if free:
            let_go(lock)
        os.close(lock)
        if free:
            shutil.rmtree(folder, ignore_errors=True)


def _place() -> Path:
    """A place in memory on Linux, else the temporary folder of this user."""
    if sys.platform == "linux":
        for path in _MEMORY:
            if os.access(path, os.W_OK):
                return path
    return Path(tempfile.gettempdir())
