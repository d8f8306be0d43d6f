"""The packet on paper: its pages as fine pixels, one after the other, in a thread that can be stopped.

The pages are drawn in a process of their own. To give them to the printer is Qt's work, and while Qt paints
no other thread of ours runs: so it paints a few rows at a time, as many as nobody notices.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from wizard.files import FileProblem
from wizard.process.work import Cancelled

if TYPE_CHECKING:
    from ui.packet_desk import Drawer
    from wizard.packet.pages import Preview, Raster
    from wizard.process.work import Progress

FINEST = 300
"""Dots per inch of a page; more only makes the printer slower."""
_ROWS = (8, 64)
"""The fewest and the most rows that are painted at a time."""
_BREATH = 0.003
"""Seconds between them in which the window has its turns: one beat of it needs several."""
_MOMENT = 0.005
"""Seconds that a few rows may take."""
_A4 = QSizeF(210, 297)


def ask_printer(parent: QWidget, pages: int, page: int) -> QPrinter | None:
    """Ask in the system's dialog for a printer and for pages from 1 to `pages`; None where nobody wants to.

    `page` is the one in sight.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(FINEST)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setDocName("材料包")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印材料包")
    wanted = QPrintDialog.PrintDialogOption
    dialog.setOptions(wanted.PrintToFile | wanted.PrintPageRange | wanted.PrintCollateCopies)
    dialog.setOption(wanted.PrintShowPageSize)
    dialog.setMinMax(1, pages)
    dialog.setFromTo(page, page)
    dialog.setPrintRange(QPrintDialog.PrintRange.AllPages)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def put_on_paper(
    preview: "Preview",
    printer: QPrinter,
    drawer: "Drawer",
    progress: "Progress",
    cancelled: Callable[[], bool],
) -> int:
    """Print the pages that `printer` was asked for, as sheets of paper; how many were printed.

    Raises:
        Cancelled: `cancelled` said so; what the printer has not yet drawn it does not get.
        FileProblem: the printer did not take the work.
    """
    wanted = _wanted(printer, preview.count)
    printer.setFullPage(True)
    painter, pace = QPainter(), _Pace()
    if not wanted or not painter.begin(printer):
        raise FileProblem("打印机没有接收，检查它是否开着、有没有联机，再试一次")
    whole = False
    try:
        for number, page in enumerate(wanted):
            progress(number, len(wanted), f"正在打印第 {number + 1} / {len(wanted)} 张")
            room = _room(printer)
            raster = drawer.draw(preview, page, _fine(room, printer))
            if number and not printer.newPage():
                raise FileProblem("打印中断了，检查打印机再试一次")
            _paint(painter, raster, room, pace, cancelled)
        whole = True
    finally:
        if not whole:
            printer.abort()
        painter.end()
        if not whole and printer.outputFileName():
            with suppress(OSError):
                Path(printer.outputFileName()).unlink()
    return len(wanted)


class _Pace:
    """How many rows are painted at a time: found out from how long the last ones took."""

    def __init__(self) -> None:
        self.rows = _ROWS[0]

    def took(self, seconds: float) -> None:
        """The last `rows` took so long."""
        if seconds > _MOMENT:
            self.rows = max(self.rows // 2, _ROWS[0])
        elif seconds < _MOMENT / 3:
            self.rows = min(self.rows * 2, _ROWS[1])


def _paint(
    painter: QPainter, raster: "Raster", room: QRect, pace: _Pace, cancelled: Callable[[], bool]
) -> None:
    for target, strip in _strips(raster, room, pace):
        if cancelled():
            raise Cancelled
        began = time.thread_time()
        painter.drawImage(target, strip)
        pace.took(time.thread_time() - began)
        time.sleep(_BREATH)


def _wanted(printer: QPrinter, count: int) -> list[int]:
    """The pages asked for, in the order in which they are to come, as often as they are to come."""
    ranges = printer.printRange() == QPrinter.PrintRange.PageRange
    first, last = (printer.fromPage(), printer.toPage()) if ranges and printer.fromPage() else (1, count)
    pages = list(range(max(1, first), min(last or count, count) + 1))
    if printer.pageOrder() == QPrinter.PageOrder.LastPageFirst:
        pages.reverse()
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    return pages * copies if printer.collateCopies() else [page for page in pages for _ in range(copies)]


def _room(printer: QPrinter) -> QRect:
    """Where the sheet lies on the paper, in dots of the printer: A4 as it is, smaller paper filled."""
    paper = printer.paperRect(QPrinter.Unit.DevicePixel).toRect()
    size = (_A4 * (printer.resolution() / 25.4)).toSize()
    if size.width() > paper.width() + 2 or size.height() > paper.height() + 2:
        size = size.scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
    room = QRect(paper.topLeft(), size)
    room.moveCenter(paper.center())
    return room


def _fine(room: QRect, printer: QPrinter) -> int:
    """Pixels across a page: a dot each, or one for so many dots that there are at most `FINEST` an inch."""
    return room.width() // max(1, -(-printer.resolution() // FINEST))


def _strips(raster: "Raster", room: QRect, pace: _Pace) -> Iterator[tuple[QRect, QImage]]:
    """A page in strips, each overlapping the next by a row."""
    size = (raster.width, raster.height, raster.stride)
    image = QImage(raster.data, *size, QImage.Format.Format_RGB888)
    factor, top = room.height() / raster.height, 0
    while top < raster.height:
        rows = min(pace.rows, raster.height - top)
        over = min(rows + 1, raster.height - top)
        start, end = round(top * factor), round((top + over) * factor)
        target = QRect(room.left(), room.top() + start, room.width(), end - start)
        yield target, image.copy(0, top, raster.width, over)
        top += rows
