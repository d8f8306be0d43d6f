"""Parts of a picture cut out and put straight, to be shown beside what was read there."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPolygonF, QTransform

from wizard.scan import Corners

_MOST_SIDE = 2600
"""Pixels of the longer side of a picture that parts are cut from: small type is still read in it."""
_MEGABYTES = 512
_AROUND = 0.35
"""How much is shown around a line, in parts of its height."""


def picture(file: Path, longest: int = _MOST_SIDE) -> QImage:
    """The picture in `file`, turned as its mark says, not larger than needed; null where there is none.

    It takes a while: not on the GUI thread.
    """
    QImageReader.setAllocationLimit(_MEGABYTES)
    reader = QImageReader(str(file))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def cut(image: QImage, corners: Corners, around: float = _AROUND) -> QImage:
    """The part of `image` between four corners, put straight; null without any.

    `around` is how much is shown around it, in parts of its height.
    """
    if image.isNull() or len(corners) != 4:
        return QImage()
    quad = [QPointF(x * image.width(), y * image.height()) for x, y in corners]
    width = max(_length(quad[0], quad[1]), _length(quad[3], quad[2]))
    height = max(_length(quad[0], quad[3]), _length(quad[1], quad[2]))
    if width < 2 or height < 2:
        return QImage()
    margin = around * min(height, width)
    flat = QPolygonF(
        [QPointF(margin + x, margin + y) for x, y in ((0, 0), (width, 0), (width, height), (0, height))]
    )
    moved = QTransform()
    if not QTransform.quadToQuad(QPolygonF(quad), flat, moved):
        return QImage()
    out = QImage(round(width + 2 * margin), round(height + 2 * margin), QImage.Format.Format_RGB32)
    out.fill(Qt.GlobalColor.white)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(moved)
    painter.drawImage(QRect(0, 0, image.width(), image.height()), image)
    painter.end()
    return out


def _length(one: QPointF, other: QPointF) -> float:
    step = other - one
    return float((step.x() ** 2 + step.y() ** 2) ** 0.5)


def work(file: Path, places: Sequence[Corners]) -> Callable[[object, object], list[QImage]]:
    """What a job does to cut these places out of the picture in `file`, the whole picture first."""

    def cut_all(_progress: object, _cancelled: object) -> list[QImage]:
        whole = picture(file)
        return [whole, *(cut(whole, corners) for corners in places)]

    return cut_all
