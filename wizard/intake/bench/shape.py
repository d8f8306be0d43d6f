"""What is done to a picture on the bench, as plain values: the window keeps them, the worker does it."""

import math
from dataclasses import dataclass
from typing import Any

from wizard.scan import Corners

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in parts of width and height (0 to 1)."""
WHOLE: Box = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """First put straight at four `corners` (none: left as it is), then turned, then cropped.

    `turn` is clockwise, in degrees (0, 90, 180, 270). The corners are parts of the given picture, the `crop`
    is a part of what putting straight and turning made of it.
    """

    corners: Corners = ()
    turn: int = 0
    crop: Box = WHOLE

    @property
    def plain(self) -> bool:
        """Whether nothing at all is done."""
        return self == Shape()

    def turned(self, by: int) -> "Shape":
        """Turned further clockwise by 90° or a multiple: what was cropped stays what it was."""
        left, top, right, bottom = self.crop
        for _ in range(by % 360 // 90):
            left, top, right, bottom = 1 - bottom, left, 1 - top, right
        return Shape(self.corners, (self.turn + by) % 360, (left, top, right, bottom))

    def straight(self, corners: Corners) -> "Shape":
        """Put straight at other corners: it becomes another picture, of which nothing is cropped yet."""
        return Shape(corners, self.turn)

    def cropped(self, box: Box) -> "Shape":
        """Cropped to another part."""
        return Shape(self.corners, self.turn, box)

    def document(self) -> dict[str, Any]:
        """The same as plain values for a frame."""
        return {"corners": self.corners, "turn": self.turn, "crop": self.crop}


def shape_of(document: dict[str, Any]) -> Shape:
    """The shape that `Shape.document` told of.

    Raises:
        ValueError: it is none.
    """
    corners = tuple((float(x), float(y)) for x, y in document["corners"])
    left, top, right, bottom = (float(side) for side in document["crop"])
    turn = int(document["turn"])
    numbers = [left, top, right, bottom, *(part for corner in corners for part in corner)]
    if len(corners) not in (0, 4) or turn not in (0, 90, 180, 270) or not all(map(math.isfinite, numbers)):
        raise ValueError("no shape")
    return Shape(corners, turn, (left, top, right, bottom))


@dataclass(frozen=True, slots=True)
class Limits:
    """What the platform takes, by its rules: at most so many bytes, at least so many pixels on each side."""

    most_bytes: int
    long: int
    short: int

    def large(self, size: tuple[int, int]) -> bool:
        """Whether a picture of that width and height has pixels enough."""
        return max(size) >= self.long and min(size) >= self.short
