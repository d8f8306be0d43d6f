"""What stands beside the pages of a preview: small pages, the outline, the fields; each leads to its page."""

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSignalBlocker,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.preview_images import PageImages
from ui.style import ACCENT, INK, LINE
from wizard.sections import catalogue

if TYPE_CHECKING:
    from wizard.packet.pages import Line, Preview, Spot

ACROSS = 116
_DOWN = round(ACROSS * 297 / 210)
_CELL = QSize(ACROSS + 36, _DOWN + 34)
_KEPT = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class _Pages(QAbstractListModel):
    """So many pages; their images are asked for when they come into sight."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.count = 0

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self.count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"第 {index.row() + 1} 页"
        return None

    def be(self, count: int) -> None:
        """Have `count` pages; those that stay keep their place."""
        if count > self.count:
            self.beginInsertRows(QModelIndex(), self.count, count - 1)
            self.count = count
            self.endInsertRows()
        elif count < self.count:
            self.beginRemoveRows(QModelIndex(), count, self.count - 1)
            self.count = count
            self.endRemoveRows()


class _Small(QStyledItemDelegate):
    def __init__(self, images: PageImages, parent: QObject) -> None:
        super().__init__(parent)
        self._images = images

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)  # type: ignore[attr-defined]
        cell: QRect = option.rect  # type: ignore[attr-defined]
        if chosen:
            painter.fillRect(cell.adjusted(4, 2, -4, -2), QColor("#dbe7f5"))
        sheet = QRect(cell.center().x() - ACROSS // 2, cell.top() + 8, ACROSS, _DOWN)
        painter.fillRect(sheet, QColor("#ffffff"))
        width = round(ACROSS * painter.device().devicePixelRatio())
        image = self._images.image(index.row() + 1, width)
        if image is not None and not image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(sheet, image)
        painter.setPen(QPen(QColor(ACCENT if chosen else LINE), 2 if chosen else 1))
        painter.drawRect(sheet)
        painter.setPen(QColor(INK))
        below = QRect(cell.left(), sheet.bottom() + 3, cell.width(), 20)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))


class Thumbnails(QListView):
    """Small pages. `chosen` names the page that the person went to."""

    chosen = Signal(int)

    def __init__(self, images: PageImages) -> None:
        super().__init__()
        self._pages = _Pages(self)
        self.setModel(self._pages)
        self.setItemDelegate(_Small(images, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("页面缩略图")
        self._led = False
        self.selectionModel().currentChanged.connect(self._went)
        images.ready.connect(self._repaint)

    def _repaint(self, page: int) -> None:
        index = self._pages.index(page - 1)
        self.update(index)

    def _went(self, now: QModelIndex) -> None:
        if now.isValid() and not self._led:
            self.chosen.emit(now.row() + 1)

    def show_preview(self, preview: "Preview") -> None:
        """Have as many pages as the preview."""
        self._led = True
        self._pages.be(preview.count)
        self._led = False
        self.viewport().update()

    def follow(self, page: int) -> None:
        """Point at the page in sight, without leading there."""
        self._led = True
        self.setCurrentIndex(self._pages.index(page - 1))
        self._led = False


def _number(page: int) -> str:
    """The number of a page, as wide as those of two digits, and the space behind it."""
    return f"{page:\u2007>2}　"


class Outline(QListWidget):
    """The parts and papers of the packet, each with its page."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        self.setAccessibleName("目录")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._went)
        self.itemActivated.connect(self._went)
        self.itemClicked.connect(self._went)

    def _went(self, item: QListWidgetItem | None) -> None:
        if item is not None and self.hasFocus():
            self.chosen.emit(item.data(_KEPT))

    def show_preview(self, preview: "Preview") -> None:
        """Show the outline of the preview where it is another one."""
        if preview.outline == self._lines:
            return
        self._lines = preview.outline
        at = self.currentRow()
        with QSignalBlocker(self):
            self.clear()
            for line in self._lines:
                item = QListWidgetItem(f"{_number(line.page)}{'　' * line.level}{line.title}", self)
                item.setToolTip(f"{line.title}，第 {line.page} 页")
                item.setData(_KEPT, line.page)
            self.setCurrentRow(min(max(at, 0), self.count() - 1))


class Fields(QListWidget):
    """The answers in the order of the pages: going through them shows each, Enter goes to it in the form."""

    pointed = Signal(object)
    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._spots: tuple[Spot, ...] = ()
        self.setAccessibleName("栏目，回车去修改")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._went)
        self.itemClicked.connect(self._went)
        self.itemActivated.connect(lambda item: self.picked.emit(item.data(_KEPT).field))

    def _went(self, item: QListWidgetItem | None) -> None:
        if item is not None and self.hasFocus():
            self.pointed.emit(item.data(_KEPT))

    def show_preview(self, preview: "Preview") -> None:
        """Show the fields of the preview where they stand elsewhere than before."""
        first = {(spot.field, spot.page): spot for spot in reversed(preview.spots)}
        spots = tuple(spot for spot in preview.spots if first[spot.field, spot.page] is spot)
        if spots == self._spots:
            return
        kept = self.currentItem().data(_KEPT).field if self.currentItem() else ""
        self._spots = spots
        known = catalogue()
        with QSignalBlocker(self):
            self.clear()
            for spot in spots:
                name = known[spot.field].heading if spot.field in known else spot.field
                item = QListWidgetItem(f"{_number(spot.page)}{name}", self)
                item.setToolTip(f"{name}，第 {spot.page} 页；回车去修改")
                item.setData(_KEPT, spot)
            self.setCurrentRow(next((i for i, spot in enumerate(spots) if spot.field == kept), 0))

    def find(self, field: str) -> "Spot | None":
        """Make the field the current one; where it is first shown, or None."""
        for row, spot in enumerate(self._spots):
            if spot.field == field:
                with QSignalBlocker(self):
                    self.setCurrentRow(row)
                return spot
        return None
