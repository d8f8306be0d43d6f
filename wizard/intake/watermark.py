"""A watermark over the print: paler than the ink, it is washed out and the page read again. Worker only."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wizard.intake.lines import Line
from wizard.intake.pieces import leans

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.engine import Pixels

    Grey = npt.NDArray[np.uint8]

WORDS = ("仅供", "仅限", "仅用于", "他用无", "用无效", "复印无效")
"""What marks say."""
_LEAST = 4
"""Characters that lean before a page counts as watermarked: somebody's signature has two or three."""
_PALER = 35
"""Steps of grey between the ink and the watermark that can be told apart."""
_MARGIN = 12
_MARK, _PRINT = 12, 4
"""Percent of a line under strokes: print may be thin, and a mark crosses print that is darker."""
_COLOURED = 20
"""Steps by which the brightest colour of a mark outshines its grey: then it is looked at through its own
colour, in which black print stays black."""


def faded(pixels: "Pixels", lines: Sequence[Line]) -> "Pixels | None":
    """The picture without its watermark; None where it has none, or one as dark as the print."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    aslant = [line for line in lines if leans(line, (width, height)) and line.score > 0.6]
    upright = [line for line in lines if line not in aslant and len(line.text) > 2 and line.score > 0.9]
    if sum(len(line.text) for line in aslant) < _LEAST or not upright:
        return None
    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    mark = float(np.median([_ink(grey, line, _MARK) for line in aslant]))
    brightest = np.asarray(pixels.max(axis=2), np.uint8)
    in_colour = float(np.median([_ink(brightest, line, _MARK) for line in aslant]))
    if in_colour - mark > _COLOURED:
        grey, mark = brightest, in_colour
    ink = float(np.median([_ink(grey, line, _PRINT) for line in upright]))
    if mark - ink < _PALER:
        return None
    white = mark - _MARGIN
    table = np.clip((np.arange(256) - ink) * (255 / (white - ink)), 0, 255).astype(np.uint8)
    return np.repeat(table[grey][:, :, None], 3, axis=2)


def says(text: str) -> bool:
    """Whether a line says what watermarks say."""
    return any(word in text for word in WORDS)


def _ink(grey: "Grey", line: Line, percent: float) -> float:
    """How dark the strokes of a line are: so many `percent` of it are darker."""
    import cv2
    import numpy as np

    height, width = grey.shape
    corners = np.array([(x * width, y * height) for x, y in line.corners], np.int32)
    left, top, wide, high = cv2.boundingRect(corners)
    part = grey[max(0, top) : top + high, max(0, left) : left + wide]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(mask, corners - [max(0, left), max(0, top)], 1)
    inside = part[mask > 0]
    return float(np.percentile(inside, percent)) if inside.size else 255.0
