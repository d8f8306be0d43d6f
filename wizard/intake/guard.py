"""The guard at the door: what a file is, and how large, by its first bytes and never by its name.

Nothing is decoded: a few hundred bytes of each header are read, whatever the file claims to be.
"""

import os
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from wizard.draft import Draft, attached
from wizard.files import FileProblem, why
from wizard.intake import headers
from wizard.picture import PictureFacts, weight
from wizard.sections import catalogue
from wizard.types import Papers

LARGEST = 50 * 1024 * 1024
MOST_PIXELS = 64_000_000
_LONGEST_STRIP = 20
_TYPES = "JPG、PNG"


def measure(path: Path) -> PictureFacts:
    """What the file `path` is.

    Raises:
        FileProblem: it is no picture (and no PDF), it is cut off, or it is larger than can be used.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise FileProblem(f"“{path.name}”不是文件，检查是否选错了")
    except OSError as error:
        raise FileProblem(f"无法打开“{path.name}”：{why(error)}") from error
    return _measure(path)


def _measure(path: Path) -> PictureFacts:
    """What a regular file is."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            facts = _read(file, size, path.name)
    except OSError as error:
        raise FileProblem(f"无法打开“{path.name}”：{why(error)}") from error
    if facts.format != "PDF":
        _refuse_extremes(facts, path.name)
    return facts


def _read(file: BinaryIO, size: int, name: str) -> PictureFacts:
    if not size:
        raise FileProblem(f"“{name}”是空文件，重新拍摄、扫描或下载一份")
    if size > LARGEST:
        raise FileProblem(f"“{name}”有 {weight(size)}，超过 50 MB，压缩后再添加")
    reader = _reader(file.read(32))
    if reader is None:
        raise FileProblem(f"“{name}”的内容不是图片，换成 {_TYPES} 格式的照片或扫描件")
    try:
        format_, width, height, sideways = reader(file, size)
    except (struct.error, ValueError, IndexError) as error:
        raise FileProblem(f"“{name}”不完整或已损坏，重新拍摄、扫描或下载一份") from error
    return PictureFacts(format_, width, height, size, sideways)


def _reader(start: bytes) -> Callable[[BinaryIO, int], headers.Header] | None:
    for magic, reader in headers.READERS.items():
        if start.startswith(magic):
            return reader
    if start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return headers.webp
    if start[4:8] == b"ftyp":
        return headers.heif
    return None


def _refuse_extremes(facts: PictureFacts, name: str) -> None:
    sides = f"{facts.width}×{facts.height}"
    if facts.short_side < 1:
        raise FileProblem(f"“{name}”的长或宽是 0，文件已损坏，重新拍摄或扫描")
    if facts.width * facts.height > MOST_PIXELS:
        raise FileProblem(f"“{name}”有 {sides} 像素，超过 6400 万，缩小后再添加")
    if facts.long_side > _LONGEST_STRIP * facts.short_side:
        raise FileProblem(f"“{name}”是 {sides} 的长条，不像证件或文件，检查是否选错了文件")


def measure_all(draft: Draft) -> dict[str, PictureFacts]:
    """What every attached picture of `draft` is; missing ones are left out, videos are not looked at.

    A file that cannot be used has the format ``""``, so that the self-check can name it.
    """
    measured: dict[str, PictureFacts] = {}
    known = catalogue()
    for field_id, name in attached(draft):
        kind = known[field_id].kind if field_id in known else None
        if name in measured or (isinstance(kind, Papers) and kind.video):
            continue
        path = draft.file(name)
        try:
            state = path.stat()
            if stat.S_ISREG(state.st_mode):
                measured[name] = _measure(path)
        except FileProblem:
            measured[name] = PictureFacts("", 0, 0, state.st_size)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError):
            measured[name] = PictureFacts("", 0, 0, 0)
    return measured
