"""A picture saved within the platform's limits: few enough bytes, and never too few pixels for it."""

import io
from typing import TYPE_CHECKING, NamedTuple

from wizard.intake.bench.shape import Limits

if TYPE_CHECKING:
    from PIL.Image import Image

_FINE, _FAIR = 92, 85
"""JPEG quality at which nothing is seen, and that at which letters are still clean."""
_COARSE = (75, 65, 55, 45)
_SPARE = 0.92
_FAR = 2.2
"""A file so many times too large does not come within the limit by a coarser saving alone."""


class Saved(NamedTuple):
    """A file: its bytes, its format (``JPEG``, ``PNG``), its width and height in pixels."""

    data: bytes
    format: str
    size: tuple[int, int]


def within(image: "Image", limits: Limits, png: bool = False) -> Saved:
    """`image` as a file within `limits`, as PNG if `png` and it fits: coarser first, then smaller.

    It is not made smaller than the least number of pixels, even where it stays too heavy.
    """
    if png:
        data = _png(image)
        if len(data) <= limits.most_bytes:
            return Saved(data, "PNG", image.size)
    data = _jpeg(image, _FINE)
    if limits.most_bytes < len(data) <= _FAR * limits.most_bytes:
        data = _jpeg(image, _FAIR)
    if len(data) <= limits.most_bytes:
        return Saved(data, "JPEG", image.size)
    return _smaller(image, len(data), limits)


def _smaller(image: "Image", weight: int, limits: Limits) -> Saved:
    from PIL import Image

    least = min(1.0, max(limits.long / max(image.size), limits.short / min(image.size)))
    scale = 1.0
    while True:
        scale = max(least, scale * min(0.95, (_SPARE * limits.most_bytes / weight) ** 0.5))
        size = (_scaled(image.width, scale), _scaled(image.height, scale))
        small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        for quality in (_FAIR, *_COARSE) if scale <= least else (_FAIR,):
            data = _jpeg(small, quality)
            if len(data) <= limits.most_bytes:
                return Saved(data, "JPEG", size)
        if scale <= least:
            return Saved(data, "JPEG", size)
        weight = len(data)


def _scaled(side: int, scale: float) -> int:
    return max(1, -int(-side * scale // 1))


def _jpeg(image: "Image", quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=0 if quality == _FINE else 2)
    return out.getvalue()


def _png(image: "Image") -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
