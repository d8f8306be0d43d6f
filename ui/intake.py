"""Bringing files into a case off the GUI thread: measured, copied beside the draft, or refused and why."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QObject, Signal
from PySide6.QtGui import QImage
from shiboken6 import isValid

from ui.attachments import ENDINGS, Kept, put, take, take_picture
from ui.case import Case
from ui.jobs import Job
from ui.reading_desk import ReadingDesk
from wizard.fields import Field
from wizard.files import FileProblem
from wizard.types import Papers

MOST_PAGES = 20
"""Pages of one file that are brought in where all of them belong together."""


class Taken(NamedTuple):
    """What became of one request: the files beside the draft, and why something was refused.

    `instead` is the attachment whose place they take.
    """

    field_id: str
    kept: tuple[Kept, ...]
    refusal: str
    opened: int
    page: int = 1
    instead: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of the files that were brought in."""
        return tuple(one.path for one in self.kept)


class Intake(QObject):
    """One request after the other. `taken` tells what came of each, unless another case is open by then."""

    taken = Signal(Taken)

    def __init__(self, case: Case, desk: ReadingDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._case, self._desk = case, desk
        self._jobs: list[Job] = []

    def files(self, field: Field, files: list[Path], room: int, page: int = 1) -> None:
        """Bring in as many of `files` as there is `room` for, of each the page of that number."""
        kind, place, opened = field.kind, self._case.place, self._case.opened
        assert isinstance(kind, Papers)
        bring = self._bring(kind.video, page)

        def work() -> Taken:
            kept, refusals = [], []
            for file in files[:room]:
                try:
                    kept.append(bring(file, field.label, place))
                except FileProblem as refused:
                    refusals.append(str(refused))
            if left := [file.name for file in files[room:]]:
                refusals.append(f"这里最多放 {kind.most} 个文件，没有放进来：{'、'.join(left)}")
            return Taken(field.id, tuple(kept), "；".join(refusals), opened, page)

        self._begin(work)

    def _bring(self, video: bool, page: int) -> Callable[[Path, str, Path], Kept]:
        """How a file is brought in: made anew from its pixels, or copied where that is not to be had."""
        write = self._case.store.write

        def copy(file: Path, label: str, place: Path) -> Kept:
            return Kept(take(file, label, place, video, write), file)

        def anew(file: Path, label: str, place: Path) -> Kept:
            return take_picture(file, label, place, lambda source: self._desk.clean(source, page), write)

        return copy if video or not self._desk.open else anew

    def papers(
        self,
        files: list[Path],
        label: str,
        receiver: QObject,
        then: Callable[[tuple[str, ...], str], None],
    ) -> None:
        """Bring in papers of any number of pages; `then` hears their paths and what was refused.

        It hears nothing where its `receiver` is gone by then, or another case is open.
        """
        place, opened = self._case.place, self._case.opened

        def work() -> Taken:
            kept: list[Kept] = []
            refusals = []
            for file in files:
                try:
                    first = self._bring(video=False, page=1)(file, label, place)
                    kept.append(first)
                    for page in range(2, min(first.pages, MOST_PAGES) + 1):
                        kept.append(self._bring(video=False, page=page)(first.original, label, place))
                except FileProblem as refused:
                    refusals.append(str(refused))
            return Taken("", tuple(kept), "；".join(refusals), opened)

        def told(taken: Taken) -> None:
            if isValid(receiver):
                then(taken.paths, taken.refusal)

        self._begin(work, told)

    def image(self, field: Field, image: QImage) -> None:
        """Bring in a picture from the clipboard."""
        place, opened, write = self._case.place, self._case.opened, self._case.store.write

        def work() -> Taken:
            try:
                path = put(_png(image), field.label, ".png", place, write=write)
                return Taken(field.id, (Kept(path, place.parent / path),), "", opened)
            except FileProblem as refused:
                return Taken(field.id, (), str(refused), opened)

        self._begin(work)

    def made(self, field: Field, data: bytes, format_: str, instead: str) -> None:
        """Bring in a picture that was made of the attachment `instead`, in its place."""
        place, opened, write = self._case.place, self._case.opened, self._case.store.write

        def work() -> Taken:
            try:
                path = put(data, field.label, ENDINGS[format_], place, write=write)
            except FileProblem as refused:
                return Taken(field.id, (), str(refused), opened)
            return Taken(field.id, (Kept(path, place.parent / path),), "", opened, instead=instead)

        self._begin(work)

    def _begin(self, work: Callable[[], Taken], then: Callable[[Taken], None] | None = None) -> None:
        job = Job(lambda _progress, _cancelled: work(), self)
        job.done.connect(lambda taken: self._done(taken, then or self.taken.emit))
        job.failed.connect(self._failed)
        self._jobs.append(job)
        if len(self._jobs) == 1:
            job.start()

    def _done(self, taken: Taken, then: Callable[[Taken], None]) -> None:
        self._next()
        if taken.opened == self._case.opened:
            then(taken)

    def _failed(self, error: BaseException) -> None:
        self._next()
        raise error

    def _next(self) -> None:
        self._jobs.pop(0).deleteLater()
        if self._jobs:
            self._jobs[0].start()

    def wait(self) -> None:
        """Let everything under way come to its end (before the window closes)."""
        while self._jobs:
            self._jobs[0].wait()
            QCoreApplication.sendPostedEvents()


def _png(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(data.data())
