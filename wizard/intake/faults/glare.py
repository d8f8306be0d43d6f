"""A reflection that burns out part of the writing."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.scan import Fault

if TYPE_CHECKING:
    from wizard.intake.faults.view import Pixels, View

# Paper this bright cannot be told from a reflection.
BRIGHTEST_PAPER = 250
# Burnt out: every colour at least this bright, and clearly brighter than the paper.
BURNT, ABOVE = 250, 4
# A reflection is at least this many letters high and wide …
LEAST = 1.2
# … and covers writing where its rim comes this near to a line, in letters.
NEAR = 0.9


def judge(view: "View") -> Iterator[Fault]:
    """``glare`` for each reflection that touches a line of writing, with its place."""
    for mask, box in _spots(view):
        if _touches(view, mask):
            left, top, wide, high = box
            corners = [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
            yield Fault("glare", corners=view.parts(corners))
            return


def _spots(view: "View") -> "Iterator[tuple[Pixels, tuple[int, int, int, int]]]":
    """Burnt-out places: large, without any texture, brighter than the paper around."""
    import cv2
    import numpy as np

    red, green, blue = cv2.split(view.small)
    least = cv2.min(cv2.min(red, green), blue)
    sheet = view.sheet()
    paper = float(np.median(least[::4, ::4][sheet[::4, ::4] > 0]))
    if paper > BRIGHTEST_PAPER:
        return
    burnt = cv2.min(cv2.inRange(least, max(BURNT, paper + ABOVE), 255), sheet)
    reach = max(3, round(view.letter * LEAST / 2)) | 1
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    burnt = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, round_)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(burnt, connectivity=8)
    for number in sorted(range(1, count), key=lambda at: -int(stats[at, cv2.CC_STAT_AREA])):
        left, top, wide, high, area = (int(part) for part in stats[number])
        if min(wide, high) >= view.letter * LEAST and area < 0.4 * burnt.size:
            yield (labels == number).astype(np.uint8), (left, top, wide, high)


def _touches(view: "View", mask: "Pixels") -> bool:
    """Whether a line of writing runs into the spot: within a letter of it, or under it."""
    import cv2
    import numpy as np

    reach = round(view.letter * NEAR) * 2 + 1
    wide = cv2.dilate(mask, np.ones((reach, reach), np.uint8))
    lines = np.zeros(mask.shape, np.uint8)
    for quad in view.quads:
        cv2.fillConvexPoly(lines, quad.round().astype(np.int32), 1)
    return bool(cv2.countNonZero(cv2.min(wide, lines)))
