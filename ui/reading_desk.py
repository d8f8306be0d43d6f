"""The desk where scans are read: in a process of its own, one picture after the other.

Files that are brought in are made anew by a second, smaller process, so that they never wait for reading.
Both are made when they are first needed; the reader is warmed when the page of papers opens. Where the parts
they stand on are not installed the desk is shut, and everything else works.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from PySide6.QtCore import QObject, Signal

from ui.attachments import Made
from ui.case import Case
from ui.jobs import Job
from wizard.files import FileProblem
from wizard.scan import Corners, Scan

if TYPE_CHECKING:
    from wizard.intake.page import Page

IDLE_SECONDS = 60.0
"""After so long without a picture the reader's process is let go: it holds some 400 MB."""
_STANDS_ON = ("rapidocr", "onnxruntime", "cv2", "numpy")
READING, WAITING = "正在读图片上的字…", "等前面的图片读完…"


class Reading(Protocol):
    """What was read from one picture."""

    @property
    def scan(self) -> Scan: ...
    @property
    def page(self) -> Page: ...


class Benched(Protocol):
    """A picture from the bench: a file, or the `corners` of the paper."""

    @property
    def data(self) -> bytes: ...
    @property
    def format(self) -> str: ...
    @property
    def size(self) -> tuple[int, int]: ...
    @property
    def corners(self) -> Corners: ...


class Reader(Protocol):
    """What the window needs of `wizard.intake.reader.Reader`."""

    def warm(self) -> None: ...
    def read(self, path: Path, as_: str, page: int, cancelled: Callable[[], bool]) -> Reading: ...
    def clean(self, path: Path, page: int, cancelled: Callable[[], bool]) -> Made: ...
    def bench(self, errand: Mapping[str, Any], cancelled: Callable[[], bool]) -> Benched: ...
    def let_go(self) -> None: ...
    def close(self) -> None: ...


def own_reader() -> Reader:
    """The reader of this program."""
    from wizard.intake.reader import Reader

    return Reader(idle=IDLE_SECONDS)


def installed() -> bool:
    """Whether the parts that reading stands on are there; none of them is loaded by asking."""
    return all(find_spec(name) is not None for name in _STANDS_ON)


class Errand(NamedTuple):
    """One picture to read: the attachment `path` of a field, in the case that was open as the `opened`-th."""

    field_id: str
    path: str
    opened: int


class ReadingDesk(QObject):
    """Reads attachments off the GUI thread and keeps what they say in the case. `told`: look at a field."""

    told = Signal(str)

    def __init__(self, case: Case, parent: QObject) -> None:
        super().__init__(parent)
        self._case = case
        self.open = installed()
        self._readers: dict[str, Reader] = {}
        self._lock = Lock()
        self._waiting: list[Errand] = []
        self._at: Errand | None = None
        self._job: Job | None = None
        self._warming: Job | None = None
        self._said: dict[str, str] = {}
        self._pages: dict[Path, Page] = {}
        case.replaced.connect(self._forget)

    def reader(self, role: str = "read") -> Reader:
        """The reader that reads, or the one that cleans; made when it is first asked for, from any thread."""
        with self._lock:
            if role not in self._readers:
                self._readers[role] = own_reader()
            return self._readers[role]

    def clean(self, file: Path, page: int = 1) -> Made:
        """A page of `file` made anew from its pixels; not on the GUI thread.

        Raises:
            FileProblem: it is no picture that can be used.
        """
        return self.reader("clean").clean(file, page, lambda: False)

    def warm(self) -> None:
        """Have the reader ready before the first picture comes."""
        if self.open and self._warming is None:
            self._warming = Job(lambda _progress, _cancelled: self.reader().warm(), self)
            self._warming.failed.connect(lambda _: None)  # whoever gives it a picture is told
            self._warming.start()

    def read(self, field_id: str, path: str) -> None:
        """Read the attachment `path` of a field as soon as it is its turn."""
        self.cancel(field_id)
        self._said.pop(field_id, None)
        if self.open:
            self._waiting.append(Errand(field_id, path, self._case.opened))
            self._next()
            self.told.emit(field_id)

    def page(self, file: Path) -> Page | None:
        """How the paper lies in the picture `file`, if it was read."""
        return self._pages.get(file)

    def lie(self, file: Path, cancelled: Callable[[], bool]) -> Page | None:
        """How the paper lies in the picture `file`, which is read for that if it was not; None if it cannot.

        Raises:
            FileProblem: the picture cannot be read.
        """
        if file not in self._pages and self.open:
            self._pages[file] = self.reader().read(file, "auto", 1, cancelled).page
        return self._pages.get(file)

    def state(self, field_id: str) -> tuple[bool, str]:
        """Whether a picture of that field is being read, and what is to be said of it."""
        if self._at and self._at.field_id == field_id:
            return True, READING
        if any(one.field_id == field_id for one in self._waiting):
            return True, WAITING
        return False, self._said.get(field_id, "")

    def cancel(self, field_id: str) -> None:
        """Do not read the picture of that field, or stop reading it; the picture stays."""
        self._waiting = [one for one in self._waiting if one.field_id != field_id]
        if self._at and self._at.field_id == field_id and self._job:
            self._at = None
            self._job.cancel()
        self.told.emit(field_id)

    def _next(self) -> None:
        if self._job or not self._waiting:
            return
        self._at = at = self._waiting.pop(0)
        file = self._case.draft.file(at.path)
        self._job = Job(lambda _, cancelled: self.reader().read(file, "auto", 1, cancelled), self)
        self._job.done.connect(lambda reading: self._ended(at, reading, None))
        self._job.failed.connect(lambda error: self._ended(at, None, error))
        self._job.start()

    def _ended(self, errand: Errand, reading: Reading | None, error: Exception | None) -> None:
        wanted, self._at = self._at == errand, None
        if self._job:
            self._job.deleteLater()
            self._job = None
        here = errand.opened == self._case.opened
        if wanted and here and reading:
            self._pages[self._case.draft.file(errand.path)] = reading.page
            self._case.keep_scan(errand.field_id, errand.path, reading.page.scan(reading.scan))
        elif wanted and here and isinstance(error, FileProblem):
            self._said[errand.field_id] = str(error)
        self._next()
        self.told.emit(errand.field_id)
        if wanted and error and not isinstance(error, FileProblem):
            raise error

    def _forget(self) -> None:
        """Another case: what is being read is of no use any more, nor the pixels the bench's worker holds."""
        self._waiting, self._said = [], {}
        if cleaner := self._readers.get("clean"):
            cleaner.let_go()
        if self._at:
            self.cancel(self._at.field_id)

    def close(self) -> None:
        """End everything (when the window closes); what is asked for later begins anew."""
        self._forget()
        self._pages.clear()
        with self._lock:
            readers, self._readers = list(self._readers.values()), {}
        for reader in readers:
            reader.close()
        for job in (self._job, self._warming):
            if job:
                job.wait()
