"""Print that fades into white along its line: what a reflection does to writing on any paper, white too."""

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.faults.view import Pixels, Quad, Values, View

    Cells = npt.NDArray[np.floating[Any]]

# A line is looked at in steps of this many heights, and so many heights beyond both its ends.
STEP, BEYOND = 0.25, 3.0
# The darkest strokes in such a step, as part of the line's own: print is 0.85–1.1 up to its last letter and
# then nothing; fading, it goes 0.95, 0.7, 0.5, 0.3, 0.1.
FULL, FAINT, NOTHING = 0.9, 0.4, 0.1
# So many steps between full and faint; small or coarsely compressed print shows one at times. Pale captions
# beside dark values stay alike (0.05 apart), faded letters are from 0.15 apart.
BETWEEN, APART = 2, 0.16
# Rising again on the way down by no more than this.
WAVERS = 0.08
# Letters of a name stand up to a height apart: so many empty steps end a run of print.
GAP = 4
# A reflection is burnt out behind the faded letters: so much of the next steps is at least this bright.
BURNT, BRIGHT, BRIGHT_PART = 0.7, 250, 0.8
# Pieces of one row are at most so much of their height beside it.
ASIDE = 0.4
# Or all of a line grows paler on white paper, by this part of its darkest, in step with its length: print up
# to 0.39 in 1,100 pictures, lines under the rim of a reflection 0.45–0.68.
PALER, IN_STEP = 0.42, 0.85
_INK, _LEAST_DEPTH, _LEAST_HEIGHT = 12, 60, 6
_BEHIND, _LETTER, _FEW = 5, 4, 5


def grounds(view: "View", shaded: bool = False) -> "tuple[Pixels, Pixels]":
    """How much darker than the paper around it each place of the working picture is, and what is burnt out.

    Under a shadow (`shaded`) print is as dark as its paper allows, a reflection is not white: there the
    former is a part of that (255 for black), and any place may be burnt out.
    """
    import cv2
    import numpy as np

    reach = max(9, round(view.letter * 1.6)) // 2 | 1
    half = cv2.resize(view.grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    blank = cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    paper = cv2.resize(blank, view.grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    if shaded:
        part = cv2.divide(view.grey, np.maximum(paper, 1), scale=255)
        return np.asarray(255 - part, np.uint8), np.full_like(view.grey, 255)
    depth = np.asarray(cv2.subtract(paper, view.grey), np.uint8)
    return depth, np.asarray(cv2.inRange(view.small, (BRIGHT,) * 3, (255,) * 3), np.uint8)


def fading(view: "View", depth: "Pixels", burnt: "Pixels") -> "list[Quad]":
    """The lines of writing, as corners in the working picture, that fade into burnt-out paper."""
    return [quad for quad in view.quads if _fades(quad, depth, burnt)]


def torn(lines: "list[Quad]") -> "list[Quad]":
    """Those of `lines` that are pieces of one row, with nothing between them."""
    return [one for one in lines if any(other is not one and _in_a_row(one, other) for other in lines)]


def _in_a_row(one: "Quad", other: "Quad") -> bool:
    down = one[3] - one[0]
    away = other.mean(axis=0) - one.mean(axis=0)
    return abs(float(away @ down)) < ASIDE * float(down @ down)


def _fades(quad: "Quad", depth: "Pixels", burnt: "Pixels") -> bool:
    long, high = math.dist(quad[0], quad[1]), math.dist(quad[0], quad[3])
    if high < _LEAST_HEIGHT or long < high:
        return False
    strokes = _strokes(_longer(depth, quad, long, high), high)
    if strokes is None:
        return False
    behind = _cells(_longer(burnt, quad, long, high).mean(axis=0) / 255, high)
    return _ends(strokes, behind) or _ends(strokes[::-1], behind[::-1]) or _pales(strokes, behind)


def _longer(picture: "Pixels", quad: "Quad", long: float, high: float) -> "Pixels":
    """A line cut out upright, with what is before and after it; outside the picture there is nothing."""
    import cv2
    import numpy as np

    more = (quad[1] - quad[0]) / long * BEYOND * high
    size = (int(long + 2 * BEYOND * high), int(high))
    source = np.array([quad[0] - more, quad[1] + more, quad[2] + more, quad[3] - more], np.float32)
    flat = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    return np.asarray(cv2.warpPerspective(picture, cv2.getPerspectiveTransform(source, flat), size), np.uint8)


def _strokes(depth: "Pixels", high: float) -> "Cells | None":
    """How dark the strokes are in each step along a line, as part of the line's own; None without print.

    Only the darkest places of strokes count, so that soft edges do not.
    """
    import cv2
    import numpy as np

    near = max(3, int(0.12 * high)) | 1
    darkest = depth >= cv2.dilate(depth, np.ones((near, near), np.uint8))
    columns = np.where(darkest & (depth > _INK), depth, 0).max(axis=0)
    margin = int(BEYOND * high)
    inside = columns[margin:-margin]
    full = float(np.percentile(inside[inside > 0], 85)) if np.count_nonzero(inside) > 2 else 0.0
    return _cells(columns / full, high, most=True) if full >= _LEAST_DEPTH else None


def _cells(columns: "Values", high: float, *, most: bool = False) -> "Cells":
    """The mean, or the `most`, of columns over two steps, at every step."""
    import numpy as np

    starts = np.arange(0, len(columns), STEP * high).astype(int)
    if most:
        single = np.maximum.reduceat(columns, starts)
        return np.asarray(np.maximum(single[:-1], single[1:]))
    single = np.add.reduceat(columns, starts) / np.diff([*starts, len(columns)])
    return np.asarray((single[:-1] + single[1:]) / 2)


def _ends(strokes: "Cells", behind: "Cells") -> bool:
    """Whether print fades somewhere along the steps, and does not come back before burnt-out paper."""
    for at in range(1, len(strokes) - _BEHIND):
        faint = strokes[at]
        after = strokes[at + 1 : at + 1 + _BEHIND]
        if not NOTHING < faint <= FAINT or (after > faint + WAVERS / 2).any() or (after[2:] >= faint).any():
            continue
        if (behind[at + 3 : at + 3 + _BEHIND] >= BURNT).mean() > BURNT and _graded(strokes[at::-1]):
            return True
    return False


def _pales(strokes: "Cells", behind: "Cells") -> bool:
    """Whether a line between burnt-out places grows paler from one end to the other."""
    import numpy as np

    margin = round(BEYOND / STEP)
    if min((behind[:margin] >= BRIGHT_PART).mean(), (behind[-margin:] >= BRIGHT_PART).mean()) < 0.5:
        return False
    inside = strokes[margin:-margin]
    inside = inside[inside > NOTHING]
    tops = np.array([inside[at : at + _LETTER].max() for at in range(0, len(inside) - _LETTER + 1, 2)])
    if len(tops) < _FEW or float(tops.std()) == 0:
        return False
    places = np.arange(len(tops))
    rises = abs(float(np.polyfit(places, tops, 1)[0])) * len(tops) / float(tops.max())
    return rises >= PALER and abs(float(np.corrcoef(places, tops)[0, 1])) >= IN_STEP


def _graded(back: "Cells") -> bool:
    """Whether print, followed back from its faint end, grows darker step by step until it is full."""
    last, empty = back[0], 0
    between: list[float] = []
    for now in back[1:]:
        empty = empty + 1 if now < NOTHING else 0
        if empty > GAP or (not empty and now < last - WAVERS):
            return False
        if now >= FULL:
            return len(between) >= BETWEEN and max(between) - min(between) >= APART
        if now > FAINT:
            between.append(float(now))
        last = max(last, now)
    return False
