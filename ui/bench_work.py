"""The bench's work, asked of the worker: the window decodes nothing but pictures to look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtGui import QImage

from ui import crops
from wizard.files import FileProblem
from wizard.intake.bench.shape import Limits, Shape
from wizard.scan import Corners

if TYPE_CHECKING:
    from ui.reading_desk import Benched, ReadingDesk

Stop = Callable[[], bool]


class Made(Protocol):
    """A picture as it comes off the bench: a JPEG or PNG file, and its size in pixels."""

    @property
    def data(self) -> bytes: ...
    @property
    def format(self) -> str: ...
    @property
    def size(self) -> tuple[int, int]: ...


class Opened(NamedTuple):
    """A picture laid on the bench: what it looks like, and the weight of its file in bytes."""

    image: QImage
    weight: int


class Bench:
    """Works on the picture `file` of a paper of that `kind` (empty: not known). Not on the GUI thread.

    Every call may raise FileProblem, and Cancelled where its `stop` says so.
    """

    def __init__(self, desk: ReadingDesk, file: Path, kind: str, limits: Limits) -> None:
        self._desk, self._file, self._kind, self._limits = desk, file, kind, limits

    def open(self, stop: Stop) -> Opened:
        """The picture as it is."""
        image = crops.from_bytes(self._ask("view", stop).data)
        return Opened(image, self._file.stat().st_size)

    def corners(self, stop: Stop) -> Corners:
        """The corners of the paper; none where it fills the picture."""
        page = self._desk.page(self._file)
        return self._ask("corners", stop, start=page.corners if page else ()).corners

    def turn(self, stop: Stop) -> int:
        """By how much it has to be turned clockwise to stand upright: it may have to be read for that."""
        try:
            page = self._desk.lie(self._file, stop)
        except FileProblem:
            return 0
        return page.turned if page else 0

    def view(self, shape: Shape, stop: Stop) -> QImage:
        """What it looks like with `shape` done to it."""
        return crops.from_bytes(self._ask("view", stop, shape=shape.document(), kind=self._kind).data)

    def make(self, shape: Shape, stop: Stop) -> Made:
        """The file with `shape` done to it, within the limits."""
        limits = (self._limits.most_bytes, self._limits.long, self._limits.short)
        return self._ask("make", stop, shape=shape.document(), kind=self._kind, limits=limits)

    def _ask(self, act: str, stop: Stop, **how: object) -> Benched:
        """By the worker that cleans: a picture being read holds nobody up here."""
        return self._desk.reader("clean").bench({"act": act, "path": str(self._file), **how}, stop)


def limits() -> Limits:
    """What the platform takes, from the rules of the self-check."""
    from wizard.check.rulebook import national

    given = {rule.id: rule.given for rule in national().rules}
    heavy, small = given["picture.too-heavy"], given["picture.too-small"]
    return Limits(int(heavy["kilobytes"]) * 1024, int(small["long"]), int(small["short"]))
