"""The pages one under the other, as large as the person wants them; a click on an answer names its field."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip

from ui.preview_images import PageImages
from ui.style import ACCENT, GREY, LINE
from wizard.sections import catalogue

if TYPE_CHECKING:
    from wizard.packet.pages import Preview, Spot

POINTS = QSize(595, 842)
"""An A4 page; the exact one is 595.28 by 841.89."""
RATIO = 297 / 210
GAP = 14
LEAST, MOST, STEP = 0.25, 3.0, 1.2
WIDTH, WHOLE = "width", "whole"
_DESK = "#e6eaf0"
_DOTS = 96 / 72


class Sheets(QAbstractScrollArea):
    """`page` is the one that the upper third of the view lies in, from 1."""

    page_changed = Signal(int)
    zoomed = Signal()
    picked = Signal(str)

    def __init__(self, images: PageImages) -> None:
        super().__init__()
        self.images = images
        self.preview: Preview | None = None
        self.fit, self.zoom = WIDTH, 1.0
        self.page = 1
        self._marked: Spot | None = None
        self._pressed = ""
        images.ready.connect(lambda _: self.viewport().update())
        self.setAccessibleName("材料包页面")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._moved())

    def show_preview(self, preview: "Preview") -> None:
        """Show other pages, at the place where one was."""
        self.preview, self._marked = preview, None
        self._lay_out()
        self._moved()
        self.viewport().update()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.preview.count if self.preview else 0

    def _across(self) -> float:
        """How wide a page is on the screen."""
        room = self.viewport().size()
        if self.fit == WIDTH:
            return max(120.0, room.width() - 2.0 * GAP)
        if self.fit == WHOLE:
            return max(120.0, min(room.width() - 2.0 * GAP, (room.height() - 2.0 * GAP) / RATIO))
        return POINTS.width() * _DOTS * self.zoom

    def _pitch(self) -> float:
        return self._across() * RATIO + GAP

    def scale_to(self, zoom: float, fit: str = "") -> None:
        """Another size; what was at the top stays there. `fit` follows the width, or the whole view."""
        top = self.verticalScrollBar().value() / self._pitch()
        self.fit, self.zoom = fit, min(max(zoom, LEAST), MOST)
        self._lay_out()
        self.verticalScrollBar().setValue(round(top * self._pitch()))
        self.viewport().update()

    def larger(self, steps: float = 1) -> None:
        """A step larger, or smaller."""
        self.scale_to(self._across() / (POINTS.width() * _DOTS) * STEP**steps)

    def _lay_out(self) -> None:
        across, room = self._across(), self.viewport().size()
        self.zoom = across / (POINTS.width() * _DOTS)
        height = round(self.count * self._pitch() + GAP)
        down, side = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(room.height())
        down.setRange(0, max(0, height - room.height()))
        side.setPageStep(room.width())
        side.setRange(0, max(0, round(across + 2 * GAP) - room.width()))
        self.zoomed.emit()

    def _moved(self) -> None:
        third = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = min(max(1, int(third / self._pitch()) + 1), max(1, self.count))
        if self.verticalScrollBar().value() == self.verticalScrollBar().maximum() and self.fit == WHOLE:
            page = max(1, self.count)
        if page != self.page:
            self.page = page
            self.page_changed.emit(page)

    def go(self, page: int) -> None:
        """Bring a page to the top of the view."""
        page = min(max(1, page), max(1, self.count))
        self.verticalScrollBar().setValue(round((page - 1) * self._pitch()))
        if page != self.page and self.verticalScrollBar().value() == self.verticalScrollBar().maximum():
            self.page = page
            self.page_changed.emit(page)

    def mark(self, spot: "Spot | None") -> None:
        """Put a frame round an answer and bring it into sight."""
        self._marked = spot
        if spot is not None:
            at = self._frame(spot)
            room = self.viewport().height()
            if at.top() < GAP or at.bottom() > room - GAP:
                down = self.verticalScrollBar()
                down.setValue(round(down.value() + at.top() - room / 4))
        self.viewport().update()

    def _sheet(self, page: int) -> QRectF:
        """Where a page lies in the view."""
        across, room = self._across(), self.viewport().width()
        left = (room - across) / 2 if room >= across else GAP - self.horizontalScrollBar().value()
        top = GAP + (page - 1) * self._pitch() - self.verticalScrollBar().value()
        return QRectF(round(left), round(top), round(across), round(across * RATIO))

    def _frame(self, spot: "Spot") -> QRectF:
        sheet = self._sheet(spot.page)
        factor = sheet.width() / POINTS.width()
        return QRectF(
            sheet.left() + spot.x * factor,
            sheet.top() + spot.y * factor,
            spot.width * factor,
            spot.height * factor,
        )

    def field_at(self, point: QPointF) -> str:
        """The field whose answer is shown at a point of the view, or empty."""
        page = int((point.y() + self.verticalScrollBar().value() - GAP) / self._pitch()) + 1
        sheet = self._sheet(page)
        if self.preview is None or not 1 <= page <= self.count or not sheet.contains(point):
            return ""
        x, y = (point.x() - sheet.left()) / sheet.width(), (point.y() - sheet.top()) / sheet.height()
        return self.preview.field_at(page, x, y)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pages in sight; the next one is made ready behind them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(_DESK))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        first = max(1, int((self.verticalScrollBar().value() - GAP) / self._pitch()) + 1)
        last = min(self.count, int((self.verticalScrollBar().value() + self.height()) / self._pitch()) + 1)
        width = round(self._across() * self.devicePixelRatioF())
        self.images.hurry(range(first, min(last + 1, self.count) + 1), width)
        for page in range(first, last + 1):
            self._paint_sheet(painter, page, width)
        if self._marked is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(ACCENT), 2))
            painter.setBrush(QColor(31, 95, 168, 26))
            painter.drawRoundedRect(self._frame(self._marked).adjusted(-3, -2, 3, 2), 4, 4)

    def _paint_sheet(self, painter: QPainter, page: int, width: int) -> None:
        sheet = self._sheet(page)
        painter.fillRect(sheet.translated(1, 2), QColor("#c3cad4"))
        painter.fillRect(sheet, QColor("#ffffff"))
        image = self.images.image(page, width)
        if image is not None and not image.isNull():
            painter.drawImage(sheet, image)
        else:
            painter.setPen(QColor(GREY))
            painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, f"第 {page} 页")
        painter.setPen(QColor(LINE))
        painter.drawRect(sheet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep to the width, or the whole, where that is wanted; and to the place."""
        before = event.oldSize()
        if self.fit and before.isValid() and before.width() != event.size().width():
            top = self.verticalScrollBar().value() / max(1, self.verticalScrollBar().maximum())
            self._lay_out()
            self.verticalScrollBar().setValue(round(top * self.verticalScrollBar().maximum()))
        else:
            self._lay_out()
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the size changes."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.larger(event.angleDelta().y() / 120)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page by page; the arrows move what is in sight."""
        match event.key():
            case Qt.Key.Key_PageDown:
                self.go(self.page + 1)
            case Qt.Key.Key_PageUp:
                self.go(self.page - 1)
            case Qt.Key.Key_Home:
                self.go(1)
            case Qt.Key.Key_End:
                self.go(self.count)
            case Qt.Key.Key_Space:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                step = self.verticalScrollBar().pageStep() * 0.9
                self.verticalScrollBar().setValue(
                    round(self.verticalScrollBar().value() + (-step if back else step))
                )
            case _:
                super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what can be gone to."""
        shape = (
            Qt.CursorShape.PointingHandCursor
            if self.field_at(event.position())
            else Qt.CursorShape.ArrowCursor
        )
        self.viewport().setCursor(shape)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note what was pressed on."""
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = self.field_at(event.position()) if left else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pressed and let go on one answer: that is a click."""
        if self._pressed and self._pressed == self.field_at(event.position()):
            self.picked.emit(self._pressed)
        self._pressed = ""

    def viewportEvent(self, event: QEvent) -> bool:
        """Say where a click leads."""
        if isinstance(event, QHelpEvent):
            field = catalogue().get(self.field_at(QPointF(event.pos())))
            QToolTip.showText(event.globalPos(), f"去修改“{field.heading}”" if field else "", self.viewport())
            return True
        return super().viewportEvent(event)
