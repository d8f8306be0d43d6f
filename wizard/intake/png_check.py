"""A PNG looked through without drawing it: check sums, rows, and packed texts that would not stop unpacking.

Picture libraries show a PNG with a wrong check sum or with a tenth of its rows as if it were whole.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

MOST_UNPACKED_TEXT = 8 * 1024 * 1024
_BLOCK = 1 << 18
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_PACKED = (b"zTXt", b"iCCP", b"iTXt")


def check(file: BinaryIO) -> None:
    """Walk through all blocks of the open `file`.

    Raises:
        ValueError: a check sum is wrong, rows are missing, it moves, or a text in it is a bomb.
        struct.error, zlib.error: it is broken elsewhere.
    """
    file.seek(8)
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", _block(file, b"IHDR"))
    expected = sum(
        rows * (1 + (columns * depth * _CHANNELS[colour] + 7) // 8)
        for columns, rows in _sides(width, height, bool(interlaced))
    )
    unpack, seen = zlib.decompressobj(), 0
    for kind, data in _blocks(file):
        if kind == b"IDAT":
            seen = _count(unpack, data, seen, expected)
        elif kind in _PACKED:
            _small(data)
        elif kind == b"acTL":
            raise ValueError("it moves")
    if seen < expected:
        raise ValueError("rows are missing")


def _sides(width: int, height: int, interlaced: bool) -> Iterator[tuple[int, int]]:
    if not interlaced:
        yield width, height
        return
    for left, top, across, down in _PASSES:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            yield columns, rows


def _block(file: BinaryIO, wanted: bytes) -> bytes:
    kind, data = next(_blocks(file))
    if kind != wanted:
        raise ValueError("blocks are out of order")
    return data


def _blocks(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of each block up to the last; the picture's own come in pieces."""
    while True:
        length, kind = struct.unpack(">I4s", file.read(8))
        total = zlib.crc32(kind)
        pieces: list[bytes] | None = [] if kind != b"IDAT" else None
        while length:
            data = file.read(min(length, _BLOCK))
            if not data:
                raise ValueError("the file ends early")
            total, length = zlib.crc32(data, total), length - len(data)
            if pieces is None:
                yield kind, data
            else:
                pieces.append(data)
        if file.read(4) != total.to_bytes(4, "big"):
            raise ValueError("a check sum is wrong")
        if pieces is not None:
            yield kind, b"".join(pieces)
        if kind == b"IEND":
            return


def _count(unpack: "zlib._Decompress", data: bytes, seen: int, expected: int) -> int:
    """How many bytes of rows there are, counted no further than `expected`."""
    while data and seen < expected and not unpack.eof:
        seen += len(unpack.decompress(data, _BLOCK))
        data = unpack.unconsumed_tail
    return seen


def _small(data: bytes) -> None:
    """A packed text is tried from its first byte that can begin one; it has to stay small."""
    start = data.find(b"\0")
    for at in (data.find(b"\x78", start), start + 2):
        unpack = zlib.decompressobj()
        try:
            if at >= 0 and len(unpack.decompress(data[at:], MOST_UNPACKED_TEXT)) == MOST_UNPACKED_TEXT:
                raise ValueError("a text in it is a bomb")
        except zlib.error:
            continue
