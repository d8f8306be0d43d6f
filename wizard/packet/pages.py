"""A packet as pages to look at, in plain values: its file, its outline, and which field is where."""

import io
from dataclasses import dataclass
from typing import NamedTuple

from wizard.packet.a4 import PAGE_HEIGHT, PAGE_WIDTH


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
    data: memoryview | bytes

    def png(self) -> bytes:
        """The same as a PNG file."""
        from PIL import Image  # here: the window needs only the pixels

        out = io.BytesIO()
        size, rows = (self.width, self.height), ("RGB", self.stride, 1)
        Image.frombuffer("RGB", size, bytes(self.data), "raw", *rows).save(out, "PNG", compress_level=1)
        return out.getvalue()


@dataclass(frozen=True, slots=True)
class Preview:
    """A packet that can be looked at: `data` is its file, `key` tells it from others.

    `spots` come in the order of the pages.
    """

    data: bytes
    key: str
    spots: tuple[Spot, ...]
    unprintable: tuple[str, ...]
    outline: tuple[Line, ...]
    count: int

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
