"""A picture with four corners on it that mouse and arrow keys move."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QWidget

from ui.bench_state import WHOLE_CORNERS
from ui.style import ACCENT
from wizard.scan import Corners

_HANDLE = 9
_NEAR = 26
_LEAST = 0.05
"""Two corners stay at least this part of the picture apart."""
_BESIDE = {0: (3, 1), 1: (2, 0), 2: (1, 3), 3: (0, 2)}
"""Of each corner, the one that shares its left or right, and the one that shares its top or bottom."""
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
NAMES = ("左上", "右上", "右下", "左下")


class BenchCanvas(QWidget):
    """Shows `image` with its four `corners`. `moving` tells of each move, `moved` when one is finished.

    With `upright` the corners stay those of a rectangle: they crop, and nothing is put straight.
    """

    moving = Signal()
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(320, 320)
        self.setMouseTracking(True)
        self.image = QImage()
        self.corners: Corners = WHOLE_CORNERS
        self.upright = False
        self.chosen = 0
        self._dragged = False
        self._shown = QImage()
        self._describe()

    def show_image(self, image: QImage) -> None:
        """Show another picture."""
        if image is not self.image:
            self.image, self._shown = image, QImage()
        self.update()

    def put_corners(self, corners: Corners) -> None:
        """Put the corners elsewhere; nobody is told."""
        self.corners = corners
        self._describe()
        self.update()

    def room(self) -> QRectF:
        """Where the picture stands in the widget."""
        if self.image.isNull():
            return QRectF(self.rect())
        edge = _HANDLE + 3
        size = self.image.size().scaled(
            self.width() - 2 * edge, self.height() - 2 * edge, Qt.AspectRatioMode.KeepAspectRatio
        )
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(left, top, size.width(), size.height())

    def place(self, number: int) -> QPointF:
        """Where a corner stands in the widget."""
        room, (x, y) = self.room(), self.corners[number]
        return QPointF(room.left() + x * room.width(), room.top() + y * room.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, what is left out of it darkened, and the corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.room()
        if self._shown.size() != room.size().toSize() and not self.image.isNull():
            keep, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            self._shown = self.image.scaled(room.size().toSize(), keep, smooth)
        painter.drawImage(room.topLeft(), self._shown)
        quad = QPolygonF([self.place(number) for number in range(4)])
        painter.setPen(QPen(QColor(ACCENT), 2))
        painter.drawPolygon(quad)
        for number in range(4):
            chosen = number == self.chosen and self.hasFocus()
            painter.setBrush(QColor(ACCENT) if chosen else QColor("white"))
            painter.drawEllipse(self.place(number), _HANDLE, _HANDLE)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the nearest corner."""
        gaps = [(self.place(number) - event.position()).manhattanLength() for number in range(4)]
        nearest = min(range(4), key=gaps.__getitem__)
        if gaps[nearest] <= _NEAR:
            self._choose(nearest)
            self._dragged = True

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the corner along."""
        if self._dragged:
            room, at = self.room(), event.position()
            self._move_to((at.x() - room.left()) / room.width(), (at.y() - room.top()) / room.height())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let it go."""
        if self._dragged:
            self._dragged = False
            self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 4 choose a corner; the arrows move it by a pixel of the screen, with Shift by ten."""
        if event.key() in _STEPS and not self.image.isNull():
            far, room = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1, self.room()
            (x, y), (across, down) = self.corners[self.chosen], _STEPS[Qt.Key(event.key())]
            self._move_to(x + far * across / room.width(), y + far * down / room.height())
            self.moved.emit()
        elif Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_4:
            self._choose(event.key() - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which corner the keys move."""
        super().focusInEvent(event)
        self.update()

    def _choose(self, number: int) -> None:
        self.chosen = number
        self._describe()
        self.update()

    def _move_to(self, x: float, y: float) -> None:
        points = list(self.corners)
        number = self.chosen
        right, low = number in (1, 2), number in (2, 3)
        x = _kept(x, [points[one][0] for one in ((0, 3) if right else (1, 2))], above=right)
        y = _kept(y, [points[one][1] for one in ((0, 1) if low else (2, 3))], above=low)
        points[number] = (x, y)
        if self.upright:
            same_side, same_level = _BESIDE[number]
            points[same_side] = (x, points[same_side][1])
            points[same_level] = (points[same_level][0], y)
        self.corners = tuple(points)
        self._describe()
        self.update()
        self.moving.emit()

    def _describe(self) -> None:
        x, y = self.corners[self.chosen]
        self.setAccessibleName("原来的图片，四个角可以移动")
        self.setAccessibleDescription(
            f"{NAMES[self.chosen]}角在 {x:.0%}，{y:.0%}；按 1 到 4 换一个角，方向键移动"
        )


def _kept(at: float, others: list[float], above: bool) -> float:
    """A place within the picture, and beyond the corners of the other side."""
    return min(1.0, max(at, max(others) + _LEAST)) if above else max(0.0, min(at, min(others) - _LEAST))
