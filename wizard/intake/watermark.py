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

_LEAST = 4
"""Characters that lean before a page counts as watermarked: somebody's signature has two or three."""
_PALER = 35
"""Steps of grey between the ink and the watermark that can be told apart."""
_MARGIN = 12


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
    mark = float(np.median([_ink(grey, line) for line in aslant]))
    ink = float(np.median([_ink(grey, line) for line in upright]))
    if mark - ink < _PALER:
        return None
    white = mark - _MARGIN
    table = np.clip((np.arange(256) - ink) * (255 / (white - ink)), 0, 255).astype(np.uint8)
    return np.repeat(table[grey][:, :, None], 3, axis=2)


def _ink(grey: "Grey", line: Line) -> float:
    """How dark the strokes of a line are: its darkest eighth begins there."""
    import cv2
    import numpy as np

    height, width = grey.shape
    corners = np.array([(x * width, y * height) for x, y in line.corners], np.int32)
    left, top, wide, high = cv2.boundingRect(corners)
    part = grey[max(0, top) : top + high, max(0, left) : left + wide]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillConvexPoly(mask, corners - [max(0, left), max(0, top)], 1)
    inside = part[mask > 0]
    return float(np.percentile(inside, 12)) if inside.size else 255.0
