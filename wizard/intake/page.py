"""How the document lay in the picture, before it was put straight."""

from collections.abc import Iterable
from dataclasses import dataclass

from wizard.scan import Corners

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
