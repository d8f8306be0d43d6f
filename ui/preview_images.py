"""The pages of a preview as images: drawn beside the window, kept within bounds, never written to a disk."""

from collections import OrderedDict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage

from ui.packet_desk import PacketDesk
from wizard.process.work import Cancelled

if TYPE_CHECKING:
    from ui.packet_desk import Drawer
    from wizard.packet.pages import Preview

ROOM = 96 * 1024 * 1024
"""Bytes of pixels kept."""
WIDEST = 3200
"""Pixels across; a page asked for wider is enlarged from this."""
_WAITING = 24


class _Key(NamedTuple):
    """One image: of which preview, which page from 1, how many pixels wide."""

    build: int
    page: int
    width: int


class _Task(QRunnable):
    def __init__(self, key: _Key, preview: "Preview", drawer: "Drawer", back: "PageImages") -> None:
        super().__init__()
        self._key, self._preview, self._drawer, self._back = key, preview, drawer, back

    def run(self) -> None:
        image = QImage()
        try:
            raster = self._drawer.draw(self._preview, self._key.page, self._key.width)
            size = (raster.width, raster.height, raster.stride)
            image = QImage(raster.data, *size, QImage.Format.Format_RGB888).convertToFormat(
                QImage.Format.Format_RGB32
            )
        except Cancelled:
            pass  # nobody looks any more
        except Exception as error:  # noqa: BLE001 - the page stays blank, and the failure is noted
            from ui.errors import log

            log(error)
        try:
            self._back.made.emit(self._key, image)
        except RuntimeError:
            return  # the window was closed meanwhile


class PageImages(QObject):
    """Asked for an image it gives the best it has at once, and has the right one made: `ready` tells."""

    made = Signal(object, QImage)
    ready = Signal(int)

    def __init__(self, packets: PacketDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._packets = packets
        self._preview: Preview | None = None
        self._build = 0
        self._kept: OrderedDict[_Key, QImage] = OrderedDict()
        self._urgent: OrderedDict[_Key, None] = OrderedDict()
        self._wanted: OrderedDict[_Key, None] = OrderedDict()
        self._busy = self._paused = False
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.made.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def show(self, preview: "Preview") -> None:
        """From now on the pages of `preview`; those of the one before stand in until they are made."""
        self._preview, self._build = preview, self._build + 1
        self._wanted.clear()
        self._urgent.clear()

    def pause(self, paused: bool) -> None:
        """Have nothing drawn for a while: nobody may look at it."""
        self._paused = paused
        self._next()

    def hurry(self, pages: Iterable[int], width: int) -> None:
        """These pages are looked at, no others: they are made first, and what was hurried for is let go."""
        self._urgent = OrderedDict.fromkeys(_Key(self._build, page, min(width, WIDEST)) for page in pages)
        for key in [key for key in self._urgent if key in self._kept]:
            del self._urgent[key]
        self._next()

    def image(self, page: int, width: int) -> QImage | None:
        """Page `page` as it should be, or the nearest at hand, or None while there is none."""
        key = _Key(self._build, page, min(width, WIDEST))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if self._preview is not None and page <= self._preview.count and key not in self._urgent:
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            while len(self._wanted) > _WAITING:
                self._wanted.popitem(last=False)
            self._next()
        at_hand = [other for other in self._kept if other.page == page]
        nearest = min(at_hand, key=lambda other: (-other.build, abs(other.width - key.width)), default=None)
        return self._kept[nearest] if nearest else None

    def _next(self) -> None:
        waiting = self._urgent or self._wanted
        if self._busy or self._paused or not waiting or self._preview is None:
            return
        key, _ = waiting.popitem(last=waiting is self._wanted)
        self._busy = True
        self._pool.start(_Task(key, self._preview, self._packets.drawer, self))

    @Slot(object, QImage)
    def _keep(self, key: _Key, image: QImage) -> None:
        self._busy = False
        if key.build == self._build:
            self._wanted.pop(key, None)
            self._urgent.pop(key, None)
            for other in [o for o in self._kept if o.page == key.page and o.build < key.build]:
                if abs(other.width - key.width) < key.width // 2:
                    del self._kept[other]
            self._kept[key] = image
            self._make_room()
            self.ready.emit(key.page)
        self._next()

    def _make_room(self) -> None:
        while self.bytes > ROOM and len(self._kept) > 1:
            self._kept.popitem(last=False)

    @property
    def bytes(self) -> int:
        """What the images kept take."""
        return sum(image.sizeInBytes() for image in self._kept.values())

    @property
    def resting(self) -> bool:
        """Whether nothing is being made."""
        return not (self._busy or self._urgent or self._wanted)

    def wait(self) -> None:
        """Let the image under way end (when the window closes)."""
        self._wanted.clear()
        self._urgent.clear()
        self._preview = None
        self._pool.waitForDone()
