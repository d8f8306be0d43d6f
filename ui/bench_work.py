"""What the bench does to a picture: cut out at four corners, put straight, turned, saved within the limits.

All of it takes a while and belongs off the GUI thread. The pictures are attachments: made anew when they were
brought in, so that decoding them here is safe.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QTransform

from ui import crops
from ui.bench_dialog import Opened, State
from ui.bench_result import Limits
from wizard.files import FileProblem

_WHOLE_SIDE = 12_000
_QUALITIES = (92, 85, 78, 70)
_SMALLER = 0.85


@dataclass(frozen=True, slots=True)
class Made:
    """A picture as it comes off the bench: a JPEG file, and its size in pixels."""

    data: bytes
    format: str
    size: tuple[int, int]


class Bench:
    """Works on one picture. `find` tells how the paper lies in it."""

    def __init__(self, image: QImage, find: Callable[[], State], limits: Limits) -> None:
        self._image, self._find, self._limits = image, find, limits

    def propose(self) -> State:
        """The corners of the paper and its turn, as far as they can be found; else the picture as it is."""
        try:
            return self._find()
        except FileProblem:
            return State()

    def make(self, state: State) -> Made:
        """The picture with `state` done to it, not heavier than allowed as long as it stays large enough.

        Raises:
            FileProblem: the corners are those of no paper.
        """
        image = crops.cut(self._image, state.corners, around=0.0)
        if image.isNull():
            raise FileProblem("四个角挨得太近或拉得太斜，把它们移到证件的四角，或点“恢复原图”")
        if state.turn:
            image = image.transformed(QTransform().rotate(state.turn))
        return within(image, self._limits)


def opened(file: Path, find: Callable[[], State], limits: Limits) -> Opened:
    """The picture in `file`, laid on the bench.

    Raises:
        FileProblem: it is gone, or no picture.
    """
    image = crops.picture(file, _WHOLE_SIDE)
    if image.isNull():
        raise FileProblem(f"“{file.name}”打不开，图片可能被移走或改动过，重新添加一次")
    shown = image if max(image.width(), image.height()) < 1600 else _scaled(image, 1600)
    return Opened(Bench(image, find, limits), shown, file.stat().st_size)


def within(image: QImage, limits: Limits) -> Made:
    """`image` as a JPEG within the limits: first a little coarser, then smaller, but never too small."""
    while True:
        for quality in _QUALITIES:
            data = _jpeg(image, quality)
            if len(data) <= limits.most_bytes:
                return Made(data, "JPEG", (image.width(), image.height()))
        side = round(max(image.width(), image.height()) * _SMALLER)
        low = round(min(image.width(), image.height()) * _SMALLER)
        if side < limits.long or low < limits.short:
            return Made(data, "JPEG", (image.width(), image.height()))
        image = _scaled(image, side)


def _scaled(image: QImage, side: int) -> QImage:
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(side, side, keep, smooth)


def _jpeg(image: QImage, quality: int) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)
    return bytes(data.data())


def limits() -> Limits:
    """What the platform takes, from the rules of the self-check."""
    from wizard.check.rulebook import national

    given = {rule.id: rule.given for rule in national().rules}
    heavy, small = given["picture.too-heavy"], given["picture.too-small"]
    return Limits(int(heavy["kilobytes"]) * 1024, int(small["long"]), int(small["short"]))
