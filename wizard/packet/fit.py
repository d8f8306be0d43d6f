"""Pictures made fit for the platform: JPG or PNG, small enough a file, no pixel more than there was.

The limits are those of the rules `picture.format`, `picture.too-heavy`, `picture.too-small`; a test compares.
"""

import io
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from wizard.packet import jpeg
from wizard.packet.pictures import (
    FORMATS,
    UNMARKED,
    Unfit,
    at_most_readable,
    decoding,
    pixels,
    single,
    strict_about_bombs,
    two_at_a_time,
)
from wizard.packet.purpose import Purpose, burn
from wizard.picture import orientation, weight

LARGEST = 2048 * 1024
LEAST_LONG, LEAST_SHORT = 1280, 720
PNG = b"\x89PNG\r\n\x1a\n"
_SPARE = 0.88
_STEP = 0.85
_QUALITIES = (90, 80, 70, 55, 40, 25)
_TAKEN = ("JPEG", "PNG")
_NOTES = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})


@dataclass(frozen=True, slots=True)
class Fit:
    """A picture as it is to be uploaded: ``.jpg`` or ``.png``, or no ending where it stays what it was.

    `note` says what a person should know: that it was made smaller, or is too small, or cannot be used.
    """

    data: bytes
    ending: str = ""
    note: str = ""


def fit_all(
    files: Sequence[tuple[Path, Purpose | None]],
    done: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> list[Fit | None]:
    """Each picture made fit, with its mark, two at a time; None where a file cannot be read.

    Raises:
        Cancelled: `cancelled` said so.
    """
    return two_at_a_time(_fit_file, files, done, cancelled)


def _fit_file(given: tuple[Path, Purpose | None]) -> Fit | None:
    file, mark = given
    try:
        return fit(file.read_bytes(), mark)
    except OSError:
        return None


def fit(data: bytes, mark: Purpose | None = None) -> Fit:
    """`data` as the platform takes it, with a `mark` where nothing else stands, if there is room for one.

    What is no picture stays as it is, with a note.
    """
    if data.startswith(b"%PDF") or data[4:8] == b"ftyp":
        return Fit(data, note="没有转换，平台只收 JPG、PNG：另存为 JPG 后重新添加")
    try:
        with strict_about_bombs(), decoding(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
            at_most_readable(image)
            single(image)
            return _fit(data, image) if mark is None else _marked(data, image, mark)
    except Unfit as problem:
        return Fit(data, note=f"没有转换，平台不会收：{problem}")


def _fit(data: bytes, image: Image.Image) -> Fit:
    kind = "JPEG" if image.format == "MPO" else image.format
    found = jpeg.read(data) if kind == "JPEG" else None
    plain = kind == "PNG" or (found is not None and found.plain)
    small = _small(image.size)
    if kind in _TAKEN and plain and orientation(image) == 1:
        kept = clean_png(data) if found is None else found.data
        if len(kept) <= LARGEST:
            image.load()  # or it is cut off somewhere
            return Fit(kept, ".png" if kind == "PNG" else ".jpg", small)
    upright = pixels(image)
    made, size = _packed(upright, len(data) if kind == "JPEG" else 0)
    shrunk = f"原图 {weight(len(data))}，已缩到 {size[0]}×{size[1]} 像素、2 MB 以内"
    return Fit(made, ".jpg", small or (shrunk if size != upright.size else ""))


def _marked(data: bytes, image: Image.Image, mark: Purpose) -> Fit:
    """A picture with the mark burnt in; where it has no room for one, as it would be without."""
    upright, times = burn(pixels(image), mark)
    if not times:
        plain = fit(data)
        return replace(plain, note="；".join(filter(None, (plain.note, UNMARKED))))
    made, size = _packed(upright, len(data) if image.format in ("JPEG", "MPO") else 0)
    shrunk = f"已缩到 {size[0]}×{size[1]} 像素、2 MB 以内" if size != upright.size else ""
    return Fit(made, ".jpg", _small(upright.size) or shrunk)


def clean_png(data: bytes) -> bytes:
    """A PNG file without notes on where and by whom it was made, and without what follows its end."""
    kept, at = [data[:8]], 8
    while at + 12 <= len(data):
        length = struct.unpack(">I", data[at : at + 4])[0]
        chunk = data[at : at + 12 + length]
        if chunk[4:8] not in _NOTES:
            kept.append(chunk)
        at += 12 + length
        if chunk[4:8] == b"IEND":
            return b"".join(kept)
    return data


def _small(size: tuple[int, int]) -> str:
    if max(size) >= LEAST_LONG and min(size) >= LEAST_SHORT:
        return ""
    return f"只有 {size[0]}×{size[1]} 像素，小于 {LEAST_SHORT}×{LEAST_LONG}，没有放大，换一张更大的"


def _packed(image: Image.Image, given: int) -> tuple[bytes, tuple[int, int]]:
    """`image` as a JPEG file that is small enough, and its size; fewer pixels first, then coarser ones."""
    scale = min(1.0, (LARGEST * _SPARE / given) ** 0.5) if given else 1.0
    least = min(1.0, max(LEAST_LONG / max(image.size), LEAST_SHORT / min(image.size)))
    while True:
        size = _scaled(image.size, max(scale, least))
        smaller = (
            image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0) if size != image.size else image
        )
        for quality in _QUALITIES if scale <= least else _QUALITIES[:1]:
            out = io.BytesIO()
            smaller.save(out, "JPEG", quality=quality, subsampling=0 if quality >= 90 and not given else 2)
            if out.tell() <= LARGEST:
                return out.getvalue(), size
        if scale <= least:
            return out.getvalue(), size
        scale = min(scale * _STEP, scale * (LARGEST * _SPARE / out.tell()) ** 0.5)


def _scaled(size: tuple[int, int], scale: float) -> tuple[int, int]:
    return max(1, -int(-size[0] * scale // 1)), max(1, -int(-size[1] * scale // 1))
