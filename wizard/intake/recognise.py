"""One page read: put straight, its lines read, its values weighed, its faults named. In the worker only."""

import hashlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.intake import again, engine, seal, seal_date, straight, watermark
from wizard.intake.decode import decode
from wizard.intake.doubt import doubted
from wizard.intake.faults import UNREADABLE, faults, misplaced
from wizard.intake.lines import Line
from wizard.intake.shown import shown
from wizard.intake.strips import read_lines
from wizard.intake.understand import understand
from wizard.scan import Scan

if TYPE_CHECKING:
    from wizard.intake.engine import Pixels
    from wizard.intake.seal import Seal
    from wizard.intake.straight import Straight

LONG_SIDE = 2400
"""Pixels of the longer side of what is read: an A4 sheet at 205 dpi; more takes time and reads no better."""
_OFFICE = re.compile("(?:登记|管理|发证|颁发)机关")
"""Captions beside a seal."""
QUALITY = 88
"""JPEG quality of the straight picture that is shown beside the values."""


def read(path: Path, as_: str = "auto", page: int = 1) -> tuple[dict[str, Any], bytes]:
    """The answer to the errand ``read``: the scan, size and pages, and the straight picture as JPEG.

    Raises:
        FileProblem: it is no picture that can be used, or the engine is not installed.
    """
    decoded = decode(path, page, LONG_SIDE)
    data = path.read_bytes()
    given = fitted(decoded.pixels)
    laid = straight.straighten(given, decoded.exif)
    height, width = laid.pixels.shape[:2]
    seen = read_lines(laid.pixels, laid.boxes)
    lines, office = printed(laid, seen)
    kind, fields, legible = understand(lines, (width, height), shown(laid.pixels), as_, office)
    found = (
        *faults(decoded.pixels, laid.page, decoded.facts, seen, decoded.steps, kind),
        *misplaced(as_, kind),
    )
    legible &= not any(fault.code in UNREADABLE and not fault.doubtful for fault in found)
    fields = doubted(fields, found, laid.page)
    scan = Scan(kind, fields, found, legible, len(data), hashlib.sha256(data).hexdigest())
    head = {"scan": scan.document(), "size": [width, height], "pages": decoded.pages}
    head["page"] = laid.page.document()
    return head, _jpeg(laid.pixels)


def fitted(pixels: "Pixels") -> "Pixels":
    """`pixels`, brought down to `LONG_SIDE`."""
    import cv2
    import numpy as np

    scale = LONG_SIDE / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    return np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def printed(laid: "Straight", lines: list[Line]) -> tuple[list[Line], Line | None]:
    """The print of the straight picture, of all its `lines`, and the name on its seal."""
    plain, boxes = laid.plain, laid.printed
    if plain is None:
        plain = watermark.faded(laid.pixels, lines)
        boxes = None if plain is None else engine.find(plain, straight.LONG_SIDE)
    if plain is not None and boxes is not None:
        lines = read_lines(plain, boxes)
    lines = again.looked(laid.pixels if plain is None else plain, lines)
    stamp, office = _stamped(laid.pixels, lines)
    return seal_date.dated(laid.pixels, lines, stamp), office


def _stamped(pixels: "Pixels", lines: list[Line]) -> "tuple[Seal | None, Line | None]":
    """The seal and the name on it; on a grey copy it is found by its name."""
    stamp = seal.find(pixels)
    if stamp:
        return stamp, seal.office(pixels, stamp)
    if any(_OFFICE.search("".join(line.text.split())) for line in lines):
        for ring in seal.rings(pixels):
            if office := seal.office(pixels, ring):
                return ring, office
    return None, None


def _jpeg(pixels: "Pixels") -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()
