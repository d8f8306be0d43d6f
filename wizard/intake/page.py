"""How the document lay in the picture, before it was put straight."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from wizard.scan import Corners, Scan

Matrix = tuple[float, float, float, float, float, float, float, float, float]
SAME: Matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Page:
    """What straightening found and did.

    The *given* picture is the file's, turned as its EXIF mark says (`exif`: it said so). The *straight* one
    is made of it: cut out at the document's four `corners` (parts of the given picture, from its upper left
    clockwise; empty where the paper fills it or lies squarely), then turned clockwise by `turned` (0, 90,
    180, 270) and by `skew` degrees, so that its writing stands upright. `back` is the projection
    from parts of the straight picture to parts of the given one, row by row.
    """

    corners: Corners = ()
    turned: int = 0
    skew: float = 0.0
    exif: bool = False
    back: Matrix = SAME

    def given(self, corners: Iterable[tuple[float, float]]) -> Corners:
        """Where points of the straight picture lie in the given one, both in parts of width and height."""
        a, b, c, d, e, f, g, h, i = self.back
        return tuple(
            ((a * x + b * y + c) / (g * x + h * y + i), (d * x + e * y + f) / (g * x + h * y + i))
            for x, y in corners
        )

    def scan(self, scan: Scan) -> Scan:
        """A scan of the straight picture with its values' places in the given one."""
        fields = {
            name: replace(read, corners=self.given(read.corners)) if read.corners else read
            for name, read in scan.fields.items()
        }
        return replace(scan, fields=fields)

    def document(self) -> dict[str, Any]:
        """The same as plain values for a frame."""
        return {"corners": self.corners, "turned": self.turned, "back": self.back}


def page_of(document: object) -> Page:
    """The page that `Page.document` told of; one that lies as it should where it is anything else."""
    try:
        raw: dict[str, Any] = dict(document)  # type: ignore[call-overload]
        corners = tuple((float(x), float(y)) for x, y in raw["corners"])
        a, b, c, d, e, f, g, h, i = (float(value) for value in raw["back"])
        turned = int(raw["turned"])
    except (KeyError, TypeError, ValueError):
        return Page()
    back = a, b, c, d, e, f, g, h, i
    right = len(corners) in (0, 4) and turned in (0, 90, 180, 270) and all(map(math.isfinite, back))
    return Page(corners, turned, back=back) if right else Page()
