"""The corners of a paper in a photograph, to a pixel. In the worker only.

`outline` finds an outline in a small copy; here each of its sides is laid along the edge itself.
"""

from typing import TYPE_CHECKING

from wizard.intake import outline

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.decode import Pixels

    Points = npt.NDArray[np.float64]

LONG_SIDE = 1600
"""Pixels at which edges are measured."""
_REACH = 32
"""Pixels to either side of a side in which its edge is looked for: the outline may have been a frame printed
along the paper's edge, 2 % further in."""
_STRONG = 0.5
"""Part of the strongest edge of a line across, from which another further out is the paper's."""
_SAMPLES = 120
_INSET = 0.06
"""Part of each side that is left out at its ends: corners are round, and held by fingers."""
_BESIDE = 12
"""Pixels of the small copy by which what lies beside a side is away from it."""
_APART, _MOSTLY = 12.0, 0.8
"""Least distance in colour (of 255) between a paper and what lies beside it; along a frame inside the paper
it is nearly nothing. So much of each side has to have it."""
_SQUARE, _MOST_UPRIGHT = 0.012, 0.9
"""An outline that leans less, and fills more of the picture, is left: there is little to gain."""


def found(pixels: "Pixels") -> "Points | None":
    """The corners of the paper in `pixels`, 4 × (x, y) from the upper left clockwise; None if it fills all.

    Of several outlines the largest is taken on whose sides one colour ends and another begins.
    """
    for outline_ in outline.outlines(pixels):
        corners = outline_.astype("float64")
        if _parts(pixels, corners) and not _frame(pixels, corners):
            return refined(pixels, corners)
    return None


def _frame(pixels: "Pixels", corners: "Points") -> bool:
    """Whether an outline may as well be the frame printed on a paper that fills the picture."""
    import numpy as np

    sides = np.abs(np.roll(corners, -1, axis=0) - corners)
    upright = bool((sides.min(axis=1) / sides.max(axis=1)).max() <= _SQUARE)
    height, width = pixels.shape[:2]
    across, down = corners.max(axis=0) - corners.min(axis=0)
    return upright and bool(across * down >= _MOST_UPRIGHT * width * height)


def refined(pixels: "Pixels", corners: "Points") -> "Points":
    """`corners` moved to where the edges beside them meet; those that cannot be told stay."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    scale = min(1.0, LONG_SIDE / max(height, width))
    reduced = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(cv2.cvtColor(reduced, cv2.COLOR_RGB2LAB), (0, 0), 1.2).astype(np.float32)
    quad = corners * scale
    sides = [_edge(small, quad[at], quad[(at + 1) % 4]) for at in range(4)]
    moved = []
    for at in range(4):
        met = _meeting(sides[at - 1], sides[at])
        near = met is not None and float(np.linalg.norm(met - quad[at])) < 2.5 * _REACH
        moved.append(met if met is not None and near else quad[at])
    refined_: Points = np.array(moved, np.float64) / scale
    return refined_


def _across(
    small: "npt.NDArray[np.float32]", start: "Points", end: "Points", reach: int
) -> "tuple[Points, Points, Points]":
    """Colours along lines across a side: samples × (2·reach + 1) × 3; where the samples stand; the normal."""
    import cv2
    import numpy as np

    along = end - start
    normal = np.array([along[1], -along[0]]) / max(1e-9, float(np.linalg.norm(along)))
    places = start + along * np.linspace(_INSET, 1 - _INSET, _SAMPLES)[:, None]
    steps = np.arange(-reach - 3, reach + 4)
    grid = (places[:, None, :] + normal * steps[None, :, None]).astype(np.float32)
    taken = cv2.remap(small, grid[..., 0], grid[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(taken, np.float64), places, normal


def _edge(small: "npt.NDArray[np.float32]", start: "Points", end: "Points") -> "tuple[Points, Points]":
    """The line along an edge near a side: a point on it, and its direction."""
    import numpy as np

    colours, places, normal = _across(small, start, end, _REACH)
    # three pixels on one side against three on the other
    total = np.cumsum(np.pad(colours, ((0, 0), (1, 0), (0, 0))), axis=1)
    three = (total[:, 3:] - total[:, :-3]) / 3
    change = np.linalg.norm(three[:, 3:] - three[:, :-3], axis=2)
    best = _outermost(change)
    offsets = best + 3 - 0.5 - (_REACH + 3) + _fraction(change, best)
    strong = change[np.arange(len(best)), best]
    use = strong >= 0.5 * np.median(strong)
    at = np.linspace(-1, 1, len(places))[use]
    slope, level = _line(at, offsets[use])
    first, last = places[0] + normal * (level - slope), places[-1] + normal * (level + slope)
    return first, last - first


def _outermost(change: "Points") -> "npt.NDArray[np.intp]":
    """Where the outermost strong edge lies in each row: what is printed near a paper's edge is strong too."""
    import numpy as np

    peak = np.zeros_like(change, bool)
    peak[:, 1:-1] = (change[:, 1:-1] >= change[:, :-2]) & (change[:, 1:-1] >= change[:, 2:])
    strong = peak & (change >= _STRONG * change.max(axis=1, keepdims=True))
    last: npt.NDArray[np.intp] = change.shape[1] - 1 - strong[:, ::-1].argmax(axis=1)
    return np.where(strong.any(axis=1), last, change.argmax(axis=1))


def _fraction(change: "Points", best: "npt.NDArray[np.intp]") -> "Points":
    """Where between its neighbours a maximum lies, by a parabola through the three."""
    import numpy as np

    rows, inner = np.arange(len(change)), best.clip(1, change.shape[1] - 2)
    before, top, after = (change[rows, inner + by] for by in (-1, 0, 1))
    bend = before - 2 * top + after
    shift = np.where(np.abs(bend) > 1e-6, 0.5 * (before - after) / np.where(bend == 0, 1, bend), 0.0)
    fraction: Points = np.where(inner == best, shift.clip(-0.5, 0.5), 0.0)
    return fraction


def _line(at: "Points", offsets: "Points") -> tuple[float, float]:
    """Slope and level of the line most of the points lie on."""
    import numpy as np

    if len(at) < 8:
        return 0.0, float(np.median(offsets)) if len(offsets) else 0.0
    best, most = (0.0, float(np.median(offsets))), -1
    dice = np.random.default_rng(0)
    for _ in range(60):
        one, other = dice.choice(len(at), 2, replace=False)
        if abs(at[other] - at[one]) < 0.2:
            continue
        slope = (offsets[other] - offsets[one]) / (at[other] - at[one])
        level = offsets[one] - slope * at[one]
        near = int((np.abs(offsets - slope * at - level) < 1.0).sum())
        if near > most:
            best, most = (float(slope), float(level)), near
    close = np.abs(offsets - best[0] * at - best[1]) < 1.5
    if int(close.sum()) < 4:
        return best
    slope, level = np.polyfit(at[close], offsets[close], 1)
    return float(slope), float(level)


def _meeting(one: "tuple[Points, Points]", other: "tuple[Points, Points]") -> "Points | None":
    import numpy as np

    (start, along), (start2, along2) = one, other
    bend = along[0] * along2[1] - along[1] * along2[0]
    if abs(bend) < 1e-6 * float(np.linalg.norm(along) * np.linalg.norm(along2)):
        return None
    gap = start2 - start
    met: Points = start + along * ((gap[0] * along2[1] - gap[1] * along2[0]) / bend)
    return met


def _parts(pixels: "Pixels", corners: "Points") -> bool:
    """Whether along all of the outline another colour lies outside."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    scale = min(1.0, 640 / max(height, width))
    reduced = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = cv2.cvtColor(reduced, cv2.COLOR_RGB2LAB).astype(np.float32)
    for at in range(4):
        colours, _, _ = _across(small, corners[at] * scale, corners[(at + 1) % 4] * scale, _BESIDE)
        outside, inside = np.median(colours[:, -6:], axis=1), np.median(colours[:, :6], axis=1)
        if (np.linalg.norm(outside - inside, axis=1) >= _APART).mean() < _MOSTLY:
            return False
    return True
