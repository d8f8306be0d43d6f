"""Putting a picture straight: cut out at its corners, its writing upright and level. In the worker only.

Measured on 24 specimens of all kinds: turning and straightening lift the fields read whole from 0.85 to 0.94.
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.intake import engine, outline, watermark
from wizard.intake.page import Matrix, Page
from wizard.intake.strips import strips
from wizard.scan import Corners

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.engine import Box, Pixels

    Projection = npt.NDArray[np.float64]
    Values = npt.NDArray[np.float32]

LONG_SIDE = 1280
"""Pixels at which writing is looked for: at 800 a sixth of the small lines was lost; at 1600 no more
were found, but captions below one another ran together."""
_LEVEL = 0.35
"""Degrees up to which a picture counts as level: turning it would only blur it."""
_ALIKE = 1.5
"""Degrees between lines that lie alike. Print has more lines than a watermark over it, which has longer ones;
and lines that are level as they are count twice."""
_APART, _FEW, _PART = 12.0, 3, 0.1
"""A watermark leans by so many degrees more than the print. Of that there are a few lines at least, two if
level, which have this part of the watermark's support: on certificates with six lines it was 0.2 and more."""
_BESIDE = 4.0
"""Degrees within which the rows of one watermark lie, as their boxes were found."""
_SQUARE = 0.012
"""Parts of a side by which an outline may lean and still count as upright and rectangular."""
_OUTSIDE = 0.04
"""Part of the writing that may lie outside an outline; more, and it is not the paper's."""
_TRIED = 6
"""So many of the longest lines are read to tell up from down."""
_CLEAR, _BETTER = 0.85, 0.1
"""Mean scores: upright lines had 0.93 and more, upside down 0.3 to 0.7; one has to be better by so much."""


@dataclass(frozen=True, slots=True)
class Straight:
    """The straight picture, the boxes of its writing (n × 4 × 2, in pixels), and what was done."""

    pixels: "Pixels"
    boxes: "Box"
    page: Page


def straighten(given: "Pixels", exif: bool = False) -> Straight:
    """Put the `given` picture straight."""
    import numpy as np

    boxes = engine.find(given, LONG_SIDE)
    corners = _paper(given, boxes)
    flat = np.eye(3) if corners is None else _flattening(corners)
    size = _sides(given, corners)
    turned, marks = _turned(given, boxes, flat)
    skew = _skew(_unmarked(_projected(boxes, flat), marks), turned)
    level = abs(skew) <= _LEVEL
    if corners is None and not turned and level:
        return Straight(given, boxes, Page(exif=exif))
    whole, size = _turning(size, turned, 0.0 if level else skew)
    whole = whole @ flat
    pixels = _warped(given, whole, size)
    page = Page(
        _parts(corners, given), turned, 0.0 if level else round(skew, 2), exif, _back(whole, size, given)
    )
    return Straight(pixels, engine.find(pixels, LONG_SIDE), page)


def _paper(given: "Pixels", boxes: "Box") -> "Box | None":
    """The paper's corners, where it does not lie squarely in the picture or fills less than half of it."""
    import cv2

    height, width = given.shape[:2]
    for corners in outline.outlines(given):
        if _outside(boxes, corners) > _OUTSIDE:
            continue
        small = cv2.contourArea(corners) < 0.5 * width * height
        return corners if small or _leans(corners) else None
    return None


def _outside(boxes: "Box", corners: "Box") -> float:
    """The part of all writing, by length, whose middle lies outside `corners`."""
    import cv2
    import numpy as np

    if not len(boxes):
        return 0.0
    middles, lengths = boxes.mean(axis=1), _lengths(boxes)
    out = [cv2.pointPolygonTest(corners, (float(x), float(y)), measureDist=False) < 0 for x, y in middles]
    return float(lengths[np.array(out)].sum() / lengths.sum())


def _leans(corners: "Box") -> bool:
    """Whether some side leans: the paper was turned a little, or seen from aside."""
    import numpy as np

    sides = np.roll(corners, -1, axis=0) - corners
    across, along = np.abs(sides).min(axis=1), np.abs(sides).max(axis=1)
    return bool((across / along.clip(1)).max() > _SQUARE)


def _lengths(boxes: "Box") -> "Box":
    import numpy as np

    sides = np.linalg.norm(np.roll(boxes, -1, axis=1) - boxes, axis=2)
    longest: Box = sides.max(axis=1)
    return longest


def _flattening(corners: "Box") -> "Projection":
    """From the given picture to the paper laid flat."""
    import cv2
    import numpy as np

    width, height = _size_of(corners)
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners, flat), np.float64)


def _size_of(corners: "Box") -> tuple[float, float]:
    top, right, bottom, left = (math.dist(corners[at], corners[(at + 1) % 4]) for at in range(4))
    return max(top, bottom), max(left, right)


def _sides(given: "Pixels", corners: "Box | None") -> tuple[float, float]:
    return (given.shape[1], given.shape[0]) if corners is None else _size_of(corners)


def _projected(points: "Box", by: "Projection") -> "Box":
    import cv2
    import numpy as np

    if not len(points):
        return points
    moved = cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float64), by)
    return moved.reshape(points.shape).astype(np.float32)


def _turned(given: "Pixels", boxes: "Box", flat: "Projection") -> tuple[int, list[int]]:
    """By how much the writing has to be turned clockwise to stand upright: 0, 90, 180 or 270.

    And which of the boxes say what a watermark says.
    """
    import numpy as np

    if not len(boxes):
        return 0, []
    laid = _projected(boxes, flat)
    spans = laid.max(axis=1) - laid.min(axis=1)
    long, up = spans.max(axis=1) > 2 * spans.min(axis=1), spans[:, 1] > spans[:, 0]
    upended = spans[long & up].max(axis=1).sum() > spans[long & ~up].max(axis=1).sum()
    longest = np.argsort(-spans.max(axis=1))[:_TRIED]
    tried, marks = boxes[longest], []
    senses = (90, 270) if upended else (0, 180)
    best, likely = senses[0], 0.0
    for turned in senses:
        said = engine.say(strips(given, tried, _projected(tried, _turning((1, 1), turned)[0] @ flat)))
        score = sum(one.score * len(one.text) for one in said) / max(1, sum(len(one.text) for one in said))
        if score > likely + _BETTER:
            likely, best = score, turned
            marks = [int(at) for at, one in zip(longest, said, strict=True) if watermark.says(one.text)]
        if score > _CLEAR:
            break
    return best, marks


def _unmarked(laid: "Box", marks: list[int]) -> "Box":
    """The boxes that do not lie as the `marks` do, if those lie aslant and others are left."""
    import numpy as np

    if not marks:
        return laid
    angles = np.array([_angle(box) for box in laid])
    aslant = angles[marks][np.abs(angles[marks]) > _APART]
    if not len(aslant):
        return laid
    others = laid[np.abs(angles[:, None] - aslant[None, :]).min(axis=1) > _BESIDE]
    return others if len(others) >= 2 else laid


def _angle(box: "Box") -> float:
    """How a box lies, in degrees from the nearest edge of the picture."""
    sides = [(box[1] - box[0]), (box[2] - box[1])]
    across, down = max(sides, key=lambda side: math.hypot(*side))
    return (math.degrees(math.atan2(down, across)) + 45) % 90 - 45


def _skew(laid: "Box", turned: int) -> float:
    """Degrees by which the lines have to be turned clockwise to be level, once turned by `turned`."""
    import numpy as np

    if not len(laid):
        return 0.0
    sides = np.roll(laid, -1, axis=1) - laid
    lengths = np.linalg.norm(sides, axis=2)
    longest = lengths.argmax(axis=1)
    rows = np.arange(len(laid))
    long = lengths[rows, longest]
    use = long > 2.5 * lengths.min(axis=1)
    if not use.any():
        return 0.0
    along = sides[rows, longest][use]
    angles = np.degrees(np.arctan2(along[:, 1], along[:, 0])) + turned
    angles = (angles + 90) % 180 - 90
    near = np.abs(angles[:, None] - angles[None, :]) < _ALIKE
    weight = np.sqrt(long[use])
    support = (near * weight).sum(axis=1) * np.where(np.abs(angles) < _ALIKE, 2.0, 1.0)
    same = near[_print(angles, near.sum(axis=1), support)]
    order = np.argsort(angles[same])
    total = np.cumsum(long[use][same][order])
    return -float(angles[same][order][np.searchsorted(total, total[-1] / 2)])


def _print(angles: "Values", alike: "Values", support: "Values") -> int:
    """Which line lies as the print does: the best supported, unless that is a watermark across a short text.

    `alike` says how many lines lie as each does, `support` how much of the writing.
    """
    import numpy as np

    best = int(support.argmax())
    apart = np.abs(np.abs(angles) - abs(angles[best])) > _APART
    several = alike >= np.where(np.abs(angles) < _ALIKE, 2, _FEW)
    flatter = apart & several & (np.abs(angles) < abs(angles[best])) & (support > _PART * support[best])
    return int(np.where(flatter, support, 0.0).argmax()) if flatter.any() else best


def _turning(
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


def _warped(given: "Pixels", by: "Projection", size: tuple[int, int]) -> "Pixels":
    import cv2
    import numpy as np

    warped = cv2.warpPerspective(given, by, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(warped, np.uint8)


def _parts(corners: "Box | None", given: "Pixels") -> Corners:
    if corners is None:
        return ()
    return tuple((float(x) / given.shape[1], float(y) / given.shape[0]) for x, y in corners)


def _back(by: "Projection", size: tuple[int, int], given: "Pixels") -> Matrix:
    """From parts of the straight picture to parts of the given one."""
    import numpy as np

    height, width = given.shape[:2]
    back = np.diag([1 / width, 1 / height, 1.0]) @ np.linalg.inv(by) @ np.diag([*size, 1.0])
    a, b, c, d, e, f, g, h, i = (float(value) for value in (back / back[2, 2]).ravel())
    return a, b, c, d, e, f, g, h, i
