"""A watermark across the data: rows of writing that run across the print and through it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.intake.faults.slant import slanted
from wizard.scan import Fault

if TYPE_CHECKING:
    from wizard.intake.faults.view import Pixels, Quad, View

# Lines of print crossed, at least, with one slanted row in sight and with several; marks in gaps cross none.
CROSSED_BY_ONE, CROSSED_BY_SEVERAL = 2, 1
# Part of a line's area under half-dark strokes beside its ink: clean 0–0.012, crossed by a mark from 0.03.
COVERED = 0.03
# Part of a line's box that a slanted row's box has to overlap.
OVERLAP = 0.03
# Brightness as part of the paper's: ink below, strokes of a mark between, paper above.
INK, PAPER = 0.5, 0.92
_LEAST_INK = 0.02
_SMALL = 0.75


def judge(view: "View") -> Iterator[Fault]:
    """``watermark_over_data``; marks that stand in the gaps are none."""
    across = slanted(view)
    rows = [view.quads[at] for at in range(len(across)) if across[at]]
    if not rows:
        return
    crossed = 0
    for at in range(len(across)):
        if not across[at]:
            crossed += _crossed(view, at, rows)
    if crossed >= (CROSSED_BY_ONE if len(rows) == 1 else CROSSED_BY_SEVERAL):
        yield Fault("watermark_over_data")


def _crossed(view: "View", at: int, rows: "list[Quad]") -> bool:
    if view.strips[at].shape[0] < _SMALL * view.letter:
        return False
    share = covered(view.strips[at], view.letter)
    if share is None:
        return False
    return share >= COVERED or any(_overlap(view.quads[at], row) >= OVERLAP for row in rows)


def _overlap(line: "Quad", row: "Quad") -> float:
    import cv2

    common, _ = cv2.intersectConvexConvex(line, row)
    return float(common) / max(1.0, float(cv2.contourArea(line)))


def covered(strip: "Pixels", letter: float) -> float | None:
    """The part of a line's area under half-dark strokes that are no edges of its ink; None without ink."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY)
    reach = max(9, round(letter * 0.9)) | 1
    filled = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    part = grey / np.maximum(cv2.blur(filled, (9, 9)).astype(np.float32), 20)
    ink = (part < INK).astype(np.uint8)
    if ink.mean() < _LEAST_INK:
        return None
    edge = max(3, round(letter * 0.16)) | 1
    near_ink = cv2.dilate(ink, np.ones((edge, edge), np.uint8)) > 0
    strokes = ((part >= INK) & (part < PAPER) & ~near_ink).astype(np.uint8)
    broad = cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    return float(np.mean(broad))
