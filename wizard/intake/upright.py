"""Which way writing lies: its upright side, and how far it is from level. In the worker only."""

import math
from typing import TYPE_CHECKING

from wizard.intake import engine, watermark
from wizard.intake.projection import projected, turning
from wizard.intake.strips import strips

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.engine import Box, Pixels
    from wizard.intake.projection import Projection

    Values = npt.NDArray[np.float32]

_ALIKE = 1.5
"""Degrees between lines that lie alike. Print has more lines than a watermark over it, which has longer ones;
and lines that are level as they are count twice."""
_APART, _FEW, _PART = 12.0, 3, 0.1
"""A watermark leans by so many degrees more than the print. Of that there are a few lines at least, two if
level, which have this part of the watermark's support: on certificates with six lines it was 0.2 and more."""
_BESIDE = 4.0
"""Degrees within which the rows of one watermark lie, as their boxes were found."""
_LONG = 5
"""Characters of a watermark that is known by nothing but standing there twice."""
_TRIED = 6
"""So many of the longest lines are read to tell up from down."""
_CLEAR, _BETTER = 0.85, 0.1
"""Mean scores: upright lines had 0.93 and more, upside down 0.3 to 0.7; one has to be better by so much."""


def turned(given: "Pixels", boxes: "Box", flat: "Projection") -> tuple[int, list[int]]:
    """By how much the writing has to be turned clockwise to stand upright: 0, 90, 180 or 270.

    And which of the boxes say what a watermark says.
    """
    import numpy as np

    if not len(boxes):
        return 0, []
    laid = projected(boxes, flat)
    spans = laid.max(axis=1) - laid.min(axis=1)
    long, up = spans.max(axis=1) > 2 * spans.min(axis=1), spans[:, 1] > spans[:, 0]
    upended = spans[long & up].max(axis=1).sum() > spans[long & ~up].max(axis=1).sum()
    longest = np.argsort(-spans.max(axis=1))[:_TRIED]
    tried, marks = boxes[longest], []
    senses = (90, 270) if upended else (0, 180)
    best, likely = senses[0], 0.0
    for turned in senses:
        said = engine.say(strips(given, tried, projected(tried, turning((1, 1), turned)[0] @ flat)))
        score = sum(one.score * len(one.text) for one in said) / max(1, sum(len(one.text) for one in said))
        if score > likely + _BETTER:
            likely, best = score, turned
            marks = [int(at) for at, one in zip(longest, said, strict=True) if _mark(one.text, said)]
        if score > _CLEAR:
            break
    return best, marks


def _mark(text: str, said: list[engine.Said]) -> bool:
    """Whether a line says what watermarks say, or what another one says: papers do not at such length."""
    twice = sum(text in one.text or (one.text in text and len(one.text) >= _LONG) for one in said)
    return watermark.says(text) or (len(text) >= _LONG and twice > 1)


def unmarked(boxes: "Box", marks: list[int]) -> "tuple[Box, Box]":
    """The boxes that lie as the `marks` do, and the others; no marks where these do not lie aslant."""
    import numpy as np

    angles = np.array([angle(box) for box in boxes])
    aslant = angles[marks][np.abs(angles[marks]) > _APART]
    if not len(aslant):
        return boxes[:0], boxes
    near = np.abs((angles[:, None] - aslant[None, :] + 45) % 90 - 45).min(axis=1) <= _BESIDE
    near[marks] = True
    return boxes[near], boxes[~near]


def angle(box: "Box") -> float:
    """How a box lies, in degrees from the nearest edge of the picture."""
    sides = [(box[1] - box[0]), (box[2] - box[1])]
    across, down = max(sides, key=lambda side: math.hypot(*side))
    return (math.degrees(math.atan2(down, across)) + 45) % 90 - 45


def skew(laid: "Box", turned: int) -> float:
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
