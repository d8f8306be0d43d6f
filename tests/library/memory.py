"""Looks through the memory of its own process for the data key of a library that is open, or was closed.

`python -m tests.library.memory FOLDER open|closed` prints how often the key and its hexadecimal form occur.
"""

import ctypes
import gc
import sys
from pathlib import Path

from wizard.library import key, place
from wizard.library.records import Query

_BLOCK = 1 << 22
_HEX = b"0123456789abcdef"


def main(folder: Path, state: str) -> None:
    key._COST.update(memory_kib=8192, rounds=1)
    place.create(folder, "口令")[0].close()
    library = place.unlock(folder, passphrase="口令")
    # written so that the scan does not find what it looks for in its own hands
    masked = bytes(one ^ 0x5A for one in library._database.key)
    assert library.cases.rows(Query("字")) == []
    library.backups.make()
    library.keys.fits("口令")
    if state == "closed":
        library.close()
        del library
        gc.collect()
    print(*(_found(masked, as_hex) for as_hex in (False, True)))


def _found(masked: bytes, as_hex: bool) -> int:
    wanted = bytearray(64 if as_hex else 32)
    for at, one in enumerate(masked):
        byte = one ^ 0x5A
        if as_hex:
            wanted[2 * at], wanted[2 * at + 1] = _HEX[byte >> 4], _HEX[byte & 15]
        else:
            wanted[at] = byte
    own = ctypes.addressof(ctypes.c_char.from_buffer(wanted))
    count = 0
    with Path("/proc/self/maps").open() as maps, Path("/proc/self/mem").open("rb", buffering=0) as memory:
        for line in maps:
            spans, rights, *_ = line.split()
            start, end = (int(one, 16) for one in spans.split("-"))
            if rights.startswith("rw"):
                count += sum(
                    _in(memory, at, min(end, at + _BLOCK), wanted, own) for at in range(start, end, _BLOCK)
                )
    return count


def _in(memory: object, start: int, end: int, wanted: bytearray, own: int) -> int:
    try:
        memory.seek(start)  # type: ignore[attr-defined]
        data = memory.read(end - start + len(wanted) - 1)  # type: ignore[attr-defined]
    except OSError:
        return 0
    count, at = 0, data.find(wanted)
    while at >= 0:
        count += start + at != own
        at = data.find(wanted, at + 1)
    return count


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
