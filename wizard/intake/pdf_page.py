"""One page of a PDF as a picture, by pdfium; in the worker only."""

import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.files import FileProblem

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PAGES = 50
MOST_UNPACKED = 200 * 1024 * 1024
LONGEST_SIDE = 14_400.0
"""In points: 200 inches, what the PDF standard allows (ISO 32000-1, annex C)."""
LONG_SIDE = 2400
"""Pixels of the longer side: an A4 page at 205 dpi."""
_STREAM = re.compile(rb"stream\r?\n")
_PIECE = 1 << 20
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def draw(path: Path, page: int) -> tuple["Image", int]:
    """Page `page` (from 1) of the file, and how many pages there are.

    Raises:
        FileProblem: it needs a password, is damaged, has too many pages, or one that cannot be drawn.
    """
    import pypdfium2 as pdfium

    data = path.read_bytes()
    _refuse_bombs(path.name, data)
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD and b"/Encrypt" in data
        raise _problem(path.name, locked) from error
    try:
        pages = len(document)
        _refuse_pages(path.name, pages, page)
        one = document[page - 1]
        width, height = one.get_size()
        if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE):
            raise FileProblem(f"“{path.name}”第 {page} 页的尺寸不正常，重新扫描或另存一份")
        bitmap = one.render(scale=LONG_SIDE / max(width, height), may_draw_forms=False)
        return bitmap.to_pil().convert("RGB"), pages
    except pdfium.PdfiumError as error:
        raise FileProblem(f"“{path.name}”第 {page} 页打不开，重新扫描或另存一份") from error
    finally:
        document.close()


def _problem(name: str, locked: bool) -> FileProblem:
    """Why it cannot be opened; pdfium's code alone may be that of the document before."""
    if locked:
        return FileProblem(f"“{name}”要密码才能打开，请对方发一份没有密码的，或截图后再添加")
    return FileProblem(f"“{name}”不完整或已损坏，重新扫描或下载一份")


def _refuse_pages(name: str, pages: int, page: int) -> None:
    if not pages:
        raise FileProblem(f"“{name}”里一页也没有，检查是否选错了文件")
    if pages > MOST_PAGES:
        raise FileProblem(f"“{name}”有 {pages} 页，超过 {MOST_PAGES} 页，把要用的那页另存出来再添加")
    if not 1 <= page <= pages:
        raise FileProblem(f"“{name}”共 {pages} 页，没有第 {page} 页")


def _refuse_bombs(name: str, data: bytes) -> None:
    """All packed streams together may unpack to `MOST_UNPACKED` bytes; a stream in a stream counts too."""
    left = MOST_UNPACKED
    for found in _STREAM.finditer(data):
        left -= _unpacked(data, found.end(), left)
        if left <= 0:
            raise FileProblem(f"“{name}”展开后太大，不像普通的扫描件，重新扫描一份")


def _unpacked(data: bytes, start: int, most: int, depth: int = 0) -> int:
    """How many bytes the stream at `start` unpacks to, counted up to `most`; 0 where it is not packed."""
    unpack, seen, head = zlib.decompressobj(), 0, b""
    at = start
    try:
        while seen < most and not unpack.eof and at < len(data):
            rest = data[at : at + _PIECE]
            at += len(rest)
            while rest and seen < most:
                piece = unpack.decompress(rest, _PIECE)
                seen += len(piece)
                head = head or piece
                rest = unpack.unconsumed_tail
    except zlib.error:
        pass
    if depth < 3 and head[:1] == b"\x78":
        seen += _unpacked(head, 0, most, depth + 1)
    return seen
