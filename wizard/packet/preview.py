"""The packet as it will be, for looking at before it is written: pages as pixels, and which field is where.

Plain values only. A window keeps one `Previewer`, calls `build` in a thread after each edit (cancelling the
one before), and asks the `Preview` it gets for pages and thumbnails, from a thread as well.
"""

import io
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pypdfium2
from PIL import Image

from wizard.packet.build import Progress, never, packet, silent
from wizard.packet.options import PLAIN, Options
from wizard.packet.paper import PAGE_HEIGHT, PAGE_WIDTH
from wizard.packet.pictures import Asked, Picture, prepare
from wizard.packet.snapshot import Snapshot

PDFIUM = threading.RLock()
"""Held by whoever calls PDFium, until what it gave is closed: two callers at a time end the program."""


class Spot(NamedTuple):
    """A rectangle that shows a field: page from 1, points from the upper left corner of the page."""

    field: str
    page: int
    x: float
    y: float
    width: float
    height: float


class Line(NamedTuple):
    """A line of the outline: level 0 for a part, 1 for a paper in it; page from 1."""

    title: str
    page: int
    level: int


class Raster(NamedTuple):
    """Pixels: rows of `stride` bytes, three of them red, green and blue for each pixel."""

    width: int
    height: int
    stride: int
    data: memoryview

    def png(self) -> bytes:
        """The same as a PNG file."""
        out = io.BytesIO()
        image = Image.frombuffer(
            "RGB", (self.width, self.height), bytes(self.data), "raw", "RGB", self.stride, 1
        )
        image.save(out, "PNG", compress_level=1)
        return out.getvalue()


@dataclass(slots=True)
class Preview:
    """A packet that can be looked at. `spots` come in the order of the pages."""

    data: bytes
    spots: tuple[Spot, ...]
    unprintable: tuple[str, ...]
    outline: tuple[Line, ...]
    count: int

    def render(self, page: int, width: int) -> Raster:
        """Page `page` (from 1), `width` pixels wide; thumbnails are small pages. About 5 ms for text."""
        with PDFIUM, pypdfium2.PdfDocument(self.data) as document:
            bitmap = document[page - 1].render(scale=width / PAGE_WIDTH, rev_byteorder=True)
            pixels = memoryview(bitmap.buffer).cast("B")  # no copy: it would hold up every other thread
            raster = Raster(bitmap.width, bitmap.height, bitmap.stride, pixels)
            bitmap.close()  # here, not when it is forgotten: that would be after the lock
            return raster

    def field_at(self, page: int, x: float, y: float) -> str:
        """The field shown at a place of a page, given in parts of its width and height; else empty."""
        across, down = x * PAGE_WIDTH, y * PAGE_HEIGHT
        for spot in self.spots:
            inside = spot.x <= across <= spot.x + spot.width and spot.y <= down <= spot.y + spot.height
            if spot.page == page and inside:
                return spot.field
        return ""

    def page_of(self, field: str) -> int:
        """The first page that shows a field; 0 where none does."""
        return next((spot.page for spot in self.spots if spot.field == field), 0)


class Previewer:
    """Builds previews one after the other; pictures that stayed as they were are not read again."""

    def __init__(self) -> None:
        self._pictures: dict[tuple[Asked, int, int], Picture] = {}

    def build(
        self,
        snapshot: Snapshot,
        progress: Progress = silent,
        cancelled: Callable[[], bool] = never,
        options: Options = PLAIN,
        fine: bool = False,
    ) -> Preview:
        """The packet of `snapshot` as it will be, its pictures as a screen needs them, or `fine` for paper.

        Raises:
            Cancelled: `cancelled` said so.
        """
        wished = replace(options, preview=not fine, password="", with_case=False)
        pdf = packet(snapshot, progress, cancelled, wished, prepared=self._prepared)
        spots = tuple(Spot(z.field, page, z.x, z.y, z.width, z.height) for page, z in pdf.zones)
        with PDFIUM, pypdfium2.PdfDocument(pdf.data) as document:
            outline = tuple(
                Line(mark.get_title(), target.get_index() + 1, mark.level)
                for mark in document.get_toc()
                if (target := mark.get_dest())
            )
            return Preview(pdf.data, spots, pdf.unprintable, outline, len(document))

    def _prepared(
        self, asked: Sequence[Asked], done: Callable[[int], None], cancelled: Callable[[], bool]
    ) -> list[Picture]:
        keys = [_key(each) for each in asked]
        new = [(key, each) for key, each in zip(keys, asked, strict=True) if key not in self._pictures]
        made = prepare([each for _, each in new], done, cancelled)
        known = self._pictures | dict(zip((key for key, _ in new), made, strict=True))
        self._pictures = {key: known[key] for key in keys}
        return [known[key] for key in keys]


def _key(asked: Asked) -> tuple[Asked, int, int]:
    """What tells a picture from what it was before: it is read again when its file changed."""
    try:
        found = asked.file.stat()
    except (OSError, ValueError):
        return asked, 0, 0
    return asked, found.st_mtime_ns, found.st_size
