"""Headers of picture files: type, sides and the mark of a turned camera, from as few bytes as will tell.

Each reader gets the open file and its size, and raises ValueError, IndexError or struct.error where the
header is broken; what it allocates is bounded whatever the file claims.
"""

from collections.abc import Callable, Mapping
from struct import unpack, unpack_from
from typing import BinaryIO

from wizard.picture import ORIENTATION, SIDEWAYS

Header = tuple[str, int, int, bool]
"""Format, width, height, and whether the picture is marked to be turned by 90°."""

_MOST_SEGMENTS = 5000
_MOST_ENTRIES = 512
_MOST_BOXES = 4096


def _at(file: BinaryIO, offset: int, length: int) -> bytes:
    file.seek(offset)
    data = file.read(length)
    if len(data) < length:
        raise ValueError("the file ends early")
    return data


def _ends_with(file: BinaryIO, size: int, mark: bytes, after: int) -> None:
    """The end mark stands in the last 4 kB, or anywhere after `after` where something was put behind it."""
    tail = max(after, size - 4096)
    file.seek(tail)
    if mark in file.read():
        return
    file.seek(after)
    if mark not in file.read(size):
        raise ValueError("the end of the picture is missing")


def jpeg(file: BinaryIO, size: int) -> Header:
    """JPEG: the frame header (SOF) and the orientation in the first EXIF block; cut files are refused."""
    offset, sides, sideways, exif_seen = 2, None, False, False
    for _ in range(_MOST_SEGMENTS):
        fill, marker = _at(file, offset, 2)
        if fill != 0xFF:
            raise ValueError("no marker where one should be")
        if marker == 0xFF:
            offset += 1
            continue
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            offset += 2
            continue
        (length,) = unpack(">H", _at(file, offset + 2, 2))
        if marker == 0xE1 and not exif_seen:
            exif_seen = True
            sideways = _turned(_at(file, offset + 4, min(length - 2, 65533)))
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            sides = unpack(">HH", _at(file, offset + 5, 4))
        elif marker == 0xDA:
            break
        offset += 2 + length
    if sides is None:
        raise ValueError("no frame header")
    _ends_with(file, size, b"\xff\xd9", offset)
    return "JPEG", sides[1], sides[0], sideways


def _turned(block: bytes) -> bool:
    """Whether an EXIF block carries an orientation of 5 to 8; a broken block carries none."""
    if not block.startswith(b"Exif\0\0"):
        return False
    tiff = block[6:]
    try:
        return _directory(tiff, ORIENTATION).get(ORIENTATION, 1) in SIDEWAYS
    except (ValueError, IndexError, ArithmeticError):
        return False


def _directory(tiff: bytes, *wanted: int) -> dict[int, int]:
    """The wanted numbers of the first directory of a TIFF structure."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        raise ValueError("no TIFF structure")
    (start,) = unpack_from(order + "I", tiff, 4)
    if start + 2 > len(tiff):
        raise ValueError("the directory lies outside")
    (count,) = unpack_from(order + "H", tiff, start)
    found: dict[int, int] = {}
    for position in range(min(count, _MOST_ENTRIES)):
        entry = tiff[start + 2 + 12 * position : start + 14 + 12 * position]
        if len(entry) < 12:
            break
        tag, kind = unpack_from(order + "HH", entry)
        if tag in wanted and kind in (3, 4):
            (found[tag],) = unpack_from(order + ("H" if kind == 3 else "I"), entry, 8)
    return found


def png(file: BinaryIO, size: int) -> Header:
    """PNG: the header block (IHDR); a file without its end block is refused."""
    start = _at(file, 0, 24)
    if start[12:16] != b"IHDR":
        raise ValueError("no header block")
    width, height = unpack_from(">II", start, 16)
    _ends_with(file, size, b"IEND", 33)
    return "PNG", width, height, False


def gif(file: BinaryIO, size: int) -> Header:
    """GIF: the logical screen."""
    width, height = unpack("<HH", _at(file, 6, 4))
    return "GIF", width, height, False


def bmp(file: BinaryIO, size: int) -> Header:
    """BMP: the old and the new information header; a negative height means top to bottom."""
    start = _at(file, 0, 26)
    if unpack_from("<I", start, 14)[0] == 12:
        width, height = unpack_from("<HH", start, 18)
    else:
        width, height = unpack_from("<ii", start, 18)
    return "BMP", abs(width), abs(height), False


def webp(file: BinaryIO, size: int) -> Header:
    """WebP: lossy, lossless and extended."""
    start = _at(file, 0, 30)
    kind = start[12:16]
    if kind == b"VP8X":
        width, height = (int.from_bytes(start[i : i + 3], "little") + 1 for i in (24, 27))
    elif kind == b"VP8L":
        bits = int.from_bytes(start[21:25], "little")
        width, height = (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    elif kind == b"VP8 " and start[23:26] == b"\x9d\x01\x2a":
        width, height = (part & 0x3FFF for part in unpack_from("<HH", start, 26))
    else:
        raise ValueError("no WebP header")
    return "WEBP", width, height, False


def tiff(file: BinaryIO, size: int) -> Header:
    """TIFF: width, length and orientation of the first page, wherever in the file its directory lies."""
    start = _at(file, 0, 8)
    order = "<" if start[:2] == b"II" else ">"
    (offset,) = unpack_from(order + "I", start, 4)
    file.seek(offset)
    block = file.read(2 + 12 * _MOST_ENTRIES)
    moved = start[:4] + (8).to_bytes(4, "little" if order == "<" else "big") + block
    found = _directory(moved, 256, 257, ORIENTATION)
    return "TIFF", found.get(256, 0), found.get(257, 0), found.get(ORIENTATION, 1) in SIDEWAYS


_STILL = (b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"hevc", b"avif", b"avis")


def heif(file: BinaryIO, size: int) -> Header:
    """HEIC (iPhone) and AVIF: the largest picture size named in the property list; films are refused."""
    (length,) = unpack(">I", _at(file, 0, 4))
    brands = _at(file, 8, max(4, min(length, 512) - 8))
    if not any(brand in brands for brand in _STILL):
        raise ValueError("not a still picture")
    properties = _box(file, size, (b"meta", b"iprp", b"ipco"))
    sizes, turned = [(0, 0)], False
    for kind, start, end in _boxes(file, *properties):
        if kind == b"ispe" and end - start >= 12:
            sizes.append(unpack(">II", _at(file, start + 4, 8)))
        elif kind == b"irot" and end > start:
            turned = _at(file, start, 1)[0] & 1 == 1
    width, height = max(sizes, key=lambda sides: sides[0] * sides[1])
    return ("AVIF" if b"avi" in brands[:4] else "HEIC"), width, height, turned


def _box(file: BinaryIO, size: int, path: tuple[bytes, ...]) -> tuple[int, int]:
    start, end = 0, size
    for name in path:
        start, end = next(((s, e) for kind, s, e in _boxes(file, start, end) if kind == name), (0, 0))
        if not end:
            raise ValueError("a box is missing")
        if name == b"meta":
            start += 4
    return start, end


def _boxes(file: BinaryIO, start: int, end: int) -> list[tuple[bytes, int, int]]:
    found: list[tuple[bytes, int, int]] = []
    while start + 8 <= end and len(found) < _MOST_BOXES:
        length, kind = unpack(">I4s", _at(file, start, 8))
        if length < 8 or start + length > end:
            break
        found.append((kind, start + 8, start + length))
        start += length
    return found


def pdf(file: BinaryIO, size: int) -> Header:
    """PDF: named as such; its pages are not looked at."""
    return "PDF", 0, 0, False


READERS: Mapping[bytes, Callable[[BinaryIO, int], Header]] = {
    b"\xff\xd8\xff": jpeg,
    b"\x89PNG\r\n\x1a\n": png,
    b"GIF87a": gif,
    b"GIF89a": gif,
    b"BM": bmp,
    b"II*\0": tiff,
    b"MM\0*": tiff,
    b"%PDF-": pdf,
}
