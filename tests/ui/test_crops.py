"""Parts of a picture, cut out and put straight."""

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from ui import crops

WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
COLOURS = ("red", "green", "blue", "yellow")


def painted(corners) -> QImage:
    """A white picture with a paper of four coloured quarters between these corners."""
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    points = [QPointF(x * 800, y * 600) for x, y in corners]
    middle = sum(points, QPointF()) / 4
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    for number, colour in enumerate(COLOURS):
        here, after, before = points[number], points[(number + 1) % 4], points[number - 1]
        painter.setBrush(QColor(colour))
        painter.drawPolygon(QPolygonF([here, (here + after) / 2, middle, (here + before) / 2]))
    painter.end()
    return image


def quarters(image: QImage) -> list[QColor]:
    x, y = image.width() // 4, image.height() // 4
    return [image.pixelColor(*place) for place in ((x, y), (3 * x, y), (3 * x, 3 * y), (x, 3 * y))]


@pytest.mark.parametrize(
    "corners",
    [
        ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)),
        ((0.2, 0.15), (0.85, 0.25), (0.8, 0.8), (0.15, 0.9)),
        ((0.8, 0.2), (0.8, 0.8), (0.2, 0.8), (0.2, 0.2)),
    ],
)
def test_what_lies_between_the_corners_is_put_straight(corners):
    out = crops.cut(painted(corners), corners, around=0.0)
    assert quarters(out) == [QColor(colour) for colour in COLOURS]
    assert QColor("white") not in (out.pixelColor(3, 3), out.pixelColor(out.width() - 4, out.height() - 4))


def test_a_little_around_it_is_shown():
    corners = ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6))
    out = crops.cut(painted(corners), corners)
    assert out.pixelColor(2, 2) == QColor("white")
    assert (out.width(), out.height()) == (160 + 84, 120 + 84)


def test_the_whole_picture_stays_what_it_is():
    image = painted(WHOLE)
    assert crops.cut(image, WHOLE, around=0.0) == image.copy(QRect(0, 0, 800, 600))


@pytest.mark.parametrize("corners", [(), ((0.5, 0.5),) * 4])
def test_what_has_no_size_gives_nothing(corners):
    assert crops.cut(painted(WHOLE), corners).isNull()
    assert crops.cut(QImage(), WHOLE).isNull()


def test_corners_of_no_paper_do_not_blow_the_picture_up():
    out = crops.cut(painted(WHOLE), ((0.0, 0.0), (1.0, 0.0), (0.5001, 0.0001), (0.0, 1.0)), around=0.0)
    assert out.width() * out.height() <= 4 * 800 * 600
