"""JPEG files looked at without unpacking them: what they hold, and the same picture without its notes."""

from collections.abc import Iterator
from typing import NamedTuple

_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})
_SCAN, _END = 0xDA, 0xD9


class Jpeg(NamedTuple):
    """`data` is the file without EXIF (where it was taken), comments, and whatever follows its end.

    `plain` says that a PDF reader shows it as it is: baseline or progressive, 8 bits, grey or YCbCr colour.
    """

    data: bytes
    width: int
    height: int
    grey: bool
    plain: bool


def read(data: bytes) -> Jpeg | None:
    """What the JPEG file `data` holds, or None where its structure cannot be followed."""
    try:
        return _read(data)
    except (IndexError, ValueError):
        return None


def _read(data: bytes) -> Jpeg | None:
    kept, kind, frame, rgb_by_adobe = [data[:2]], 0, b"", False
    for marker, segment in _segments(data):
        content = segment[4:]
        if marker in _FRAMES:
            kind, frame = marker, content
        if marker == 0xEE and content.startswith(b"Adobe"):
            rgb_by_adobe = content[11] == 0
        if _needed(marker, content):
            kept.append(segment)
    return _judged(data, b"".join(kept), kind, frame, rgb_by_adobe)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The parts of a JPEG file up to its end, each with its marker; a scan takes its data along.

    Raises:
        ValueError: the parts do not follow each other.
    """
    if data[:2] != b"\xff\xd8":
        raise ValueError("no beginning")
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == _END:
            yield marker, data[at : at + 2]
            return
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        start, at = at, at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            at = _scan_end(data, at)
        yield marker, data[start:at]


def _scan_end(data: bytes, at: int) -> int:
    """Where the data of a scan end: at the next marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.index(b"\xff", at)
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at


def _needed(marker: int, content: bytes) -> bool:
    if marker == 0xE0:
        return content.startswith(b"JFIF")
    if marker == 0xE2:
        return content.startswith(b"ICC_PROFILE")
    return marker == 0xEE or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _judged(data: bytes, clean: bytes, kind: int, frame: bytes, rgb_by_adobe: bool) -> Jpeg | None:
    if not frame:
        return None
    bits, components = frame[0], frame[5]
    ids = frame[6 : 6 + 3 * components : 3]
    colour = components == 3 and ids != b"RGB" and not rgb_by_adobe
    return Jpeg(
        data if clean == data else clean,
        width=int.from_bytes(frame[3:5], "big"),
        height=int.from_bytes(frame[1:3], "big"),
        grey=components == 1,
        plain=kind in (0xC0, 0xC1, 0xC2) and bits == 8 and (components == 1 or colour),
    )
