"""How wide a paper is to its height, told from its four corners in a photograph.

The corners of a rectangle seen by a camera give the camera's focal length and the rectangle's proportion, if
the optical axis goes through the middle of the picture (Zhang and He, "Whiteboard scanning and image
enhancement", 2003). Where it comes near a known paper's proportion, that is taken.
"""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.resource_files import toml

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Points = npt.NDArray[np.float64]

_NEAR, _NEAR_KNOWN = 0.055, 0.16
"""How far a measured proportion may be from that of a paper, as the logarithm of the ratio: card and
sheet differ by 0.114; where it is known which paper it is, more may have been spoilt by perspective."""
_FOCAL_LEAST, _FOCAL_MOST = 0.45, 4.0
"""Focal lengths of cameras in parts of the longer side: wide-angle telephones 0.5, their tele lenses 3."""


def proportion(corners: "Points", size: tuple[int, int], kind: str = "") -> float:
    """Width to height of the paper whose `corners` (4 × 2 pixels, clockwise) stand in a picture of `size`.

    `kind` is the paper's kind where it is known.
    """
    sides, seen = _sides(corners), _seen(corners, size)
    measured = sides if seen is None else seen
    known = _known(measured, kind)
    if not known and any(kind in paper["kinds"] for paper in toml("paper_sizes.toml")["size"]):
        known = _known(
            sides, kind
        )  # a picture that was cut before: its middle is not where the camera looked
    return known or measured


def _known(measured: float, kind: str) -> float:
    """The proportion of the known paper that is nearest, if any is near; 0 where none is."""
    best, gap = 0.0, 1.0
    for ratio, slack in _papers(kind):
        for value in (ratio, 1 / ratio):
            off = abs(math.log(measured / value)) / slack
            if off < gap:
                best, gap = value, off
    return best


def _papers(kind: str) -> Iterator[tuple[float, float]]:
    """The proportions that come into question, and how far a measure may be off."""
    sizes = toml("paper_sizes.toml")["size"]
    named = any(kind in size["kinds"] for size in sizes)
    for size in sizes:
        ratio = size["long"] / size["short"]
        if kind in size["kinds"]:
            yield ratio, _NEAR_KNOWN
        elif not named or kind in size.get("also", ()):
            yield ratio, _NEAR


def _sides(corners: "Points") -> float:
    """By the lengths of the sides alone: right for a paper that was seen from straight above."""
    top, right, bottom, left = (math.dist(corners[at], corners[(at + 1) % 4]) for at in range(4))
    return (top + bottom) / (left + right)


def _seen(corners: "Points", size: tuple[int, int]) -> float | None:
    """By perspective; None where the sides are too parallel to tell, or no camera sees like that."""
    import numpy as np

    middle = np.array([size[0] / 2, size[1] / 2])
    long = max(size)
    one, two, four, three = (np.append((corner - middle) / long, 1.0) for corner in corners)
    # in the paper: one upper left, two upper right, three lower left, four lower right
    second = _scale(one, four, three, two) * two - one
    third = _scale(one, four, two, three) * three - one
    if min(abs(second[2]), abs(third[2])) < 0.02:
        return None
    squared = -(second[0] * third[0] + second[1] * third[1]) / (second[2] * third[2])
    if not _FOCAL_LEAST**2 <= squared <= _FOCAL_MOST**2:
        return None
    across, down = (
        math.sqrt((side[0] ** 2 + side[1] ** 2) / squared + side[2] ** 2) for side in (second, third)
    )
    return across / down if down > 0 else None


def _scale(one: "Points", four: "Points", other: "Points", of: "Points") -> float:
    import numpy as np

    below = float(np.cross(of, four) @ other)
    return float(np.cross(one, four) @ other) / below if abs(below) > 1e-12 else 1.0
