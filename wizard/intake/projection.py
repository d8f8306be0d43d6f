"""Between a picture as it was given and the same laid flat, turned and cut out. In the worker only."""

import math
from typing import TYPE_CHECKING

from wizard.intake.page import Matrix

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.engine import Box, Pixels

    Projection = npt.NDArray[np.float64]


def projected(points: "Box", by: "Projection") -> "Box":
    """Points (n × 2, or boxes of four) where the projection puts them."""
    import cv2
    import numpy as np

    if not len(points):
        return points
    moved = cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float64), by)
    return moved.reshape(points.shape).astype(np.float32)


def turning(
    size: tuple[float, float], turned: int, skew: float = 0.0
) -> "tuple[Projection, tuple[int, int]]":
    """The turn of a picture of `size` (width, height) clockwise, kept whole; and the new size in pixels."""
    import numpy as np

    angle = math.radians(turned + skew)
    cos, sin = round(math.cos(angle), 9), round(math.sin(angle), 9)
    width, height = size[0] - 1, size[1] - 1
    turn = np.array([[cos, -sin], [sin, cos]])
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) @ turn.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    whole = np.eye(3)
    whole[:2, :2], whole[:2, 2] = turn, -low
    return whole, (round(high[0] - low[0]) + 1, round(high[1] - low[1]) + 1)


def warped(given: "Pixels", by: "Projection", size: tuple[int, int]) -> "Pixels":
    """The picture as the projection shows it, of `size` pixels."""
    import cv2
    import numpy as np

    seen = cv2.warpPerspective(given, by, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.uint8)


def back(by: "Projection", size: tuple[int, int], given: "Pixels") -> Matrix:
    """From parts of the straight picture to parts of the given one."""
    import numpy as np

    height, width = given.shape[:2]
    way = np.diag([1 / width, 1 / height, 1.0]) @ np.linalg.inv(by) @ np.diag([*size, 1.0])
    a, b, c, d, e, f, g, h, i = (float(value) for value in (way / way[2, 2]).ravel())
    return a, b, c, d, e, f, g, h, i
