"""How many pages a TIFF has, by the chain of its directories."""

import struct
from typing import BinaryIO

MOST = 50
_MOST_COUNTED = 5000


def count(file: BinaryIO) -> int:
    """The pages of the open TIFF `file`, counted up to 5000.

    Raises:
        ValueError: a directory lies outside, or the chain bites its tail.
        struct.error: the file ends early.
    """
    file.seek(0)
    start = file.read(8)
    order = "<" if start[:2] == b"II" else ">"
    (at,) = struct.unpack(order + "I", start[4:8])
    seen: set[int] = set()
    while at and len(seen) < _MOST_COUNTED:
        if at in seen:
            raise ValueError("the chain of pages bites its tail")
        seen.add(at)
        file.seek(at)
        (entries,) = struct.unpack(order + "H", file.read(2))
        file.seek(at + 2 + 12 * entries)
        (at,) = struct.unpack(order + "I", file.read(4))
    if not seen:
        raise ValueError("no page")
    return len(seen)
