"""Parts of a picture cut out and put straight, to be shown beside what was read there."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPolygonF, QTransform

from wizard.scan import Corners

_MOST_SIDE = 2600
"""Pixels of the longer side of a picture that parts are cut from: small type is still read in it."""
_MEGABYTES = 512
_AROUND = 0.35
"""How much is shown around a line, in parts of its height."""
_MOST_BLOWN = 12
"""A transformation that makes more of a picture than so many times what is wanted is that of no paper."""


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


def from_bytes(data: bytes, room: QSize | None = None) -> QImage:
    """The picture in a file's bytes, not larger than there is `room` for.

    `QImage.fromData` would hold the interpreter so long, and so would scaling it once it is read.
    """
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if room is not None and size.isValid() and (size.width() > room.width() or size.height() > room.height()):
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def fitted(image: QImage, room: QSize) -> QImage:
    """`image` as large as there is `room` for."""
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image if image.isNull() else image.scaled(room, keep, smooth)


def cut(image: QImage, corners: Corners, around: float = _AROUND) -> QImage:
    """The part of `image` between four corners, put straight; null without any.

    `around` is how much is shown around it, in parts of its height.
    """
    if image.isNull() or len(corners) != 4:
        return QImage()
    quad = [QPointF(x * image.width(), y * image.height()) for x, y in corners]
    box = QPolygonF(quad).boundingRect().toAlignedRect()
    width = max(_length(quad[0], quad[1]), _length(quad[3], quad[2]))
    height = max(_length(quad[0], quad[3]), _length(quad[1], quad[2]))
    if width < 2 or height < 2:
        return QImage()
    margin = around * min(height, width)
    flat = [QPointF(margin + x, margin + y) for x, y in ((0, 0), (width, 0), (width, height), (0, height))]
    # only what is needed goes through the transformation, and that by a call that lets the window live
    reach = round(2 * margin) + 2
    box = box.adjusted(-reach, -reach, reach, reach).intersected(image.rect())
    part, moved = image.copy(box), QTransform()
    here = [point - QPointF(box.topLeft()) for point in quad]
    if not QTransform.quadToQuad(QPolygonF(here), QPolygonF(flat), moved):
        return QImage()
    return _moved(part, moved, QSize(round(width + 2 * margin), round(height + 2 * margin)))


def _moved(part: QImage, moved: QTransform, size: QSize) -> QImage:
    """`part` after the transformation, as far as it falls into a picture of that size."""
    reached = moved.mapRect(QRectF(part.rect()))
    if reached.width() * reached.height() > _MOST_BLOWN * size.width() * size.height():
        return QImage()
    whole = part.transformed(moved, Qt.TransformationMode.SmoothTransformation)
    shift = QImage.trueMatrix(moved, part.width(), part.height()).map(QPointF(0, 0)) - moved.map(
        QPointF(0, 0)
    )
    return whole.copy(QRect(shift.toPoint(), size))


def _length(one: QPointF, other: QPointF) -> float:
    step = other - one
    return float((step.x() ** 2 + step.y() ** 2) ** 0.5)


def work(file: Path, places: Sequence[Corners], room: QSize) -> Callable[[object, object], list[QImage]]:
    """What a job does to cut these places out of the picture in `file`, the whole picture first.

    Each is as large as there is `room` for.
    """

    def cut_all(_progress: object, _cancelled: object) -> list[QImage]:
        whole = picture(file)
        return [fitted(each, room) for each in (whole, *(cut(whole, corners) for corners in places))]

    return cut_all
