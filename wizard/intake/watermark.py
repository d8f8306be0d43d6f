"""A watermark over the print: paler than the ink, it is washed out and the page read again. Worker only."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wizard.intake.lines import Line
from wizard.intake.pieces import leans

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.engine import Box, Pixels

    Grey = npt.NDArray[np.uint8]

WORDS = ("仅供", "仅限", "仅用于", "他用无", "用无效", "复印无效")
"""What marks say."""
_LEAST = 4
"""Characters that lean before a page counts as watermarked: somebody's signature has two or three."""
_PALER = 35
"""Steps of grey between the ink and the watermark that can be told apart."""
_MARGIN = 12
_MARK, _CORE, _PRINT = 12, 6, 4
"""Percent of a line under strokes: print may be thin, and a mark crosses print that is darker. What is still
darker in most lines of the mark is the middle of its strokes, unless it is print."""
_COARSE, _AROUND = 600, 31
"""How the light falls: at so many pixels, what is brightest around each place."""
_DARKEST = 0.35
"""Of the usual light: what is darker is no shadow, but a portrait or an emblem."""
_COLOURED = 20
"""Steps by which the brightest colour of a mark outshines its grey: then it is looked at through its own
colour, in which black print stays black."""


def faded(pixels: "Pixels", lines: Sequence[Line]) -> "Pixels | None":
    """The straight picture without its watermark; None where it has none, or one as dark as the print."""
    size = (pixels.shape[1], pixels.shape[0])
    aslant = [line for line in lines if leans(line, size) and line.score > 0.6]
    upright = [line for line in lines if line not in aslant and len(line.text) > 2 and line.score > 0.9]
    if sum(len(line.text) for line in aslant) < _LEAST:
        return None
    return washed(pixels, _boxes(aslant, size), _boxes(upright, size))


def _boxes(lines: Sequence[Line], size: tuple[int, int]) -> "Box":
    import numpy as np

    return np.array([line.corners for line in lines], np.float32).reshape(-1, 4, 2) * np.array(
        size, np.float32
    )


def washed(pixels: "Pixels", marks: "Box", print_: "Box") -> "Pixels | None":
    """A picture without what is as pale as the `marks`; None where the lines of `print_` are no darker.

    Both are n × 4 × (x, y) in pixels.
    """
    import cv2
    import numpy as np

    if not (len(marks) and len(print_)):
        return None
    grey = _lit(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8))
    brightest = _lit(np.asarray(pixels.max(axis=2), np.uint8))
    mark, in_colour = (_median(seen, marks, _MARK) for seen in (grey, brightest))
    if in_colour - mark > _COLOURED:
        grey, mark = brightest, in_colour
    ink = float(np.percentile([_ink(grey, box, _PRINT) for box in print_], 25))
    core = _median(grey, marks, _CORE)
    if core - ink > _PALER:
        mark = core
    if mark - ink < _PALER:
        return None
    white = mark - _MARGIN
    table = np.clip((np.arange(256) - ink) * (255 / (white - ink)), 0, 255).astype(np.uint8)
    return np.repeat(table[grey][:, :, None], 3, axis=2)


def _median(grey: "Grey", boxes: "Box", percent: float) -> float:
    import numpy as np

    return float(np.median([_ink(grey, box, percent) for box in boxes]))


def _lit(grey: "Grey") -> "Grey":
    """The same as if it lay in even light: each place in parts of the paper around it."""
    import cv2
    import numpy as np

    height, width = grey.shape
    scale = _COARSE / max(height, width)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_AROUND, _AROUND), np.uint8))
    paper = np.maximum(cv2.blur(paper, (_AROUND, _AROUND)), np.uint8(_DARKEST * np.median(paper)))
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=250), np.uint8)


def says(text: str) -> bool:
    """Whether a line says what watermarks say."""
    return any(word in text for word in WORDS)


def _ink(grey: "Grey", box: "Box", percent: float) -> float:
    """How dark the strokes in a box are: so many `percent` of it are darker."""
    import cv2
    import numpy as np

    corners = box.astype(np.int32)
    left, top, wide, high = cv2.boundingRect(corners)
    left, top = max(0, left), max(0, top)
    part = grey[top : top + high, left : left + wide]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(mask, corners - [left, top], 1)
    inside = part[mask > 0]
    return float(np.percentile(inside, percent)) if inside.size else 255.0
