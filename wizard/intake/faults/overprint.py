"""A watermark across the data: strokes of slanting rows, or strokes that are all alike, meet the print."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.intake.faults.slant import slanted
from wizard.intake.faults.strokes import INK, PAPER, WHOLE, Strokes, strokes
from wizard.scan import Fault

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.faults.view import Pixels, Quad, View

    Places = npt.NDArray[np.intp]

# How often a mark's strokes meet ink: marks in the gaps never (in 25 pictures), marks over print 5 times and
# more.
MEETS = 3
# Strokes belong to the mark when they are as dark as its rows (part of the paper's) and of their colour
# (steps).
ALIKE, COLOUR = 0.13, 45
# Thin strokes, and those as dark as print, cannot be told from its edges: then so many lines of print have to
# lie under rows, by this part of their boxes; both boxes without their margins.
CROSSED, OVERLAP, CORE = 2, 0.03, 0.7
# Without rows that could be read: lines whose ink is met, how often in all, and what part of the strokes is
# as dark as most. Seals and pale captions meet 4 lines, folds 4 of up to 12 times; soft print meets many, of
# any darkness (0.4 alike). Either of two.
SURELY, PERHAPS = (5, 40, 0.6), (4, 25, 0.85)
# As dark as most, and how dark that may be, as part of the paper: weak print is 0.54, folds, noise and
# coarse compression 0.87–0.92.
WITHIN, DARKEST, PALEST = 0.05, 0.58, 0.865
_FEW = 30


def judge(view: "View", *, grey: bool = False) -> Iterator[Fault]:
    """``watermark_over_data``; marks that stand in the gaps are none.

    On a `grey` copy the red of seals and the pale captions are half-dark strokes too: there only rows count.
    """
    across = slanted(view)
    rows = [view.quads[at] for at in range(len(across)) if across[at]]
    if not len(view.quads) or min(view.grey.shape) < _FEW:
        return
    seen = strokes(view)
    if rows:
        print_ = [view.quads[at] for at in range(len(across)) if not across[at]]
        if _met(view, seen, rows, print_):
            yield Fault("watermark_over_data")
    elif not grey and _throughout(view, seen):
        yield Fault("watermark_over_data", doubtful=True)


def _met(view: "View", seen: Strokes, rows: "list[Quad]", print_: "list[Quad]") -> bool:
    """Whether the mark that is written in `rows` meets print."""
    import cv2
    import numpy as np

    inside = _filled(view.grey, rows)
    core = cv2.erode(cv2.min(seen.half, inside), np.ones((3, 3), np.uint8)) > 0
    crossed = sum(any(_overlap(line, row) for row in rows) for line in print_)
    if np.count_nonzero(core) < _FEW or crossed >= CROSSED:
        return crossed >= CROSSED
    level = float(np.median(seen.level[core])) / WHOLE
    colour = np.median(view.small[core], axis=0)
    places = seen.meetings(max(INK, level - ALIKE), min(PAPER, level + ALIKE))
    off = np.abs(view.small[places[:, 1], places[:, 0]] - colour).max(axis=1, initial=0)
    return int((off <= COLOUR).sum()) >= MEETS


def _throughout(view: "View", seen: Strokes) -> bool:
    """Whether strokes alike meet the ink of line after line."""
    import numpy as np

    places = seen.meetings(INK, PAPER)
    lines = _filled(view.grey, list(view.quads), numbered=True)[places[:, 1], places[:, 0]]
    places, lines = places[lines > 0], lines[lines > 0]
    if not len(places):
        return False
    levels = seen.level[places[:, 1], places[:, 0]] / WHOLE
    usual = float(np.median(levels))
    alike = float((np.abs(levels - usual) <= WITHIN).mean())
    met = int((np.bincount(lines) > 1).sum())
    return DARKEST <= usual <= PALEST and any(
        met >= least and len(places) >= often and alike >= part for least, often, part in (SURELY, PERHAPS)
    )


def _filled(grey: "Pixels", quads: "list[Quad]", *, numbered: bool = False) -> "Pixels":
    """A picture like `grey` with the `quads` filled: with 255, or with their numbers from 1."""
    import cv2
    import numpy as np

    filled = np.zeros(grey.shape, np.uint8)
    for number, quad in enumerate(quads, 1):
        cv2.fillConvexPoly(filled, quad.round().astype(np.int32), number if numbered else 255)
    return filled


def _overlap(line: "Quad", row: "Quad") -> bool:
    import cv2

    line, row = _core(line), _core(row)
    common, _ = cv2.intersectConvexConvex(line, row)
    return float(common) >= OVERLAP * max(1.0, float(cv2.contourArea(line)))


def _core(quad: "Quad") -> "Quad":
    """A line's box without the margin above and below its letters."""
    import numpy as np

    upper, lower = quad[[0, 1]], quad[[3, 2]]
    middle = (upper + lower) / 2
    up, down = middle + (upper - middle) * CORE, middle + (lower - middle) * CORE
    return np.array([up[0], up[1], down[1], down[0]], np.float32)
