"""Pages of a packet as pixels."""

import threading

import pypdfium2

from wizard.packet.a4 import PAGE_WIDTH
from wizard.packet.pages import Preview, Raster

PDFIUM = threading.RLock()
"""Held by whoever calls PDFium, until what it gave is closed: two callers at a time end the program."""


def render(preview: Preview, page: int, width: int) -> Raster:
    """Page `page` (from 1), `width` pixels wide; thumbnails are small pages. About 5 ms for text."""
    with PDFIUM, pypdfium2.PdfDocument(preview.data) as document:
        return drawn(document, page, width)


def drawn(document: pypdfium2.PdfDocument, page: int, width: int) -> Raster:
    """A page of an open document; nobody else may call PDFium meanwhile."""
    bitmap = document[page - 1].render(scale=width / PAGE_WIDTH, rev_byteorder=True)
    pixels = memoryview(bitmap.buffer).cast("B")  # no copy: it would hold up every other thread
    raster = Raster(bitmap.width, bitmap.height, bitmap.stride, pixels)
    bitmap.close()  # here, not when it is forgotten: that would be after the lock
    return raster
