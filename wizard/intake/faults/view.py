"""What all judges of a picture look at: the picture at working size, its page, and its lines of writing."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.intake.lines import Line
from wizard.intake.page import Page
from wizard.intake.watermark import says
from wizard.scan import Corners

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]
    Values = npt.NDArray[np.float32]
    Quad = npt.NDArray[np.float32]

LONG_SIDE = 1600
"""Pixels of the working picture's longer side: letters of an A4 page are still 15 pixels high."""
_MOST_LINES, _FEW, _LONG = 60, 3, 2.5


@dataclass(frozen=True, slots=True)
class View:
    """`image` is the picture as given (RGB); `small` the same at working size, `grey` its brightness.

    `quads` are the lines' corners in `small` in pixels, upper left first as one reads, `strips` what they
    hold, each an upright RGB picture, and `texts` what they say. `letter` is the height of body print.
    """

    image: "Pixels"
    small: "Pixels"
    grey: "Pixels"
    page: Page
    quads: "Quad"
    strips: "list[Pixels]"
    texts: list[str]
    letter: float

    @property
    def scale(self) -> float:
        """Working pixels for one of the picture."""
        return float(self.small.shape[1] / self.image.shape[1])

    def sheet(self) -> "Pixels":
        """Where the document is in `small`: 255, elsewhere 0."""
        import cv2
        import numpy as np

        if not self.page.corners:
            return np.full(self.grey.shape, 255, np.uint8)
        mask = np.zeros(self.grey.shape, np.uint8)
        cv2.fillConvexPoly(mask, self.pixels(self.page.corners).round().astype(np.int32), 255)
        return mask

    def pixels(self, corners: Corners) -> "Quad":
        """Corners in parts of the picture, in pixels of `small`."""
        import numpy as np

        height, width = self.grey.shape
        return np.array(corners, np.float32) * np.array([width, height], np.float32)

    def parts(self, points: Iterable[tuple[float, float]]) -> Corners:
        """Points of `small` in parts of its width and height, kept within it."""
        height, width = self.grey.shape
        return tuple(
            (min(1.0, max(0.0, float(x) / width)), min(1.0, max(0.0, float(y) / height))) for x, y in points
        )


def view(image: "Pixels", page: Page, lines: Sequence[Line]) -> View:
    """The view of a picture given with its EXIF turn applied, and what the reader found in it."""
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    scale = min(1.0, LONG_SIDE / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = image if scale == 1 else cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    small = np.ascontiguousarray(small, np.uint8)
    longest = sorted(lines, key=lambda line: -len(line.text))[:_MOST_LINES]
    placed = [page.given(line.corners) for line in longest if len(line.corners) == 4]
    quads = np.array(placed, np.float32).reshape(-1, 4, 2) * np.array(size, np.float32)
    grey = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), np.uint8)
    strips = [_strip(small, quad) for quad in quads]
    texts = [line.text for line in longest if len(line.corners) == 4]
    print_ = [
        strip
        for strip, text in zip(strips, texts, strict=True)
        if strip.shape[1] > _LONG * strip.shape[0] and not says(text)
    ]
    letter = _letter(print_ if len(print_) >= _FEW else strips, grey)
    return View(image, small, grey, page, quads, strips, texts, letter)


def _strip(small: "Pixels", quad: "Quad") -> "Pixels":
    import cv2
    import numpy as np

    wide, high = math.dist(quad[0], quad[1]), math.dist(quad[1], quad[2])
    size = (min(LONG_SIDE, max(4, round(wide))), min(LONG_SIDE, max(4, round(high))))
    flat = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    by = cv2.getPerspectiveTransform(quad, flat)
    cut = cv2.warpPerspective(small, by, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cut, np.uint8)


def _letter(strips: "list[Pixels]", grey: "Pixels") -> float:
    """The median height of a line; where there is none, what it is on a licence filling the picture."""
    heights = sorted(strip.shape[0] for strip in strips)
    return float(heights[len(heights) // 2]) if len(heights) >= _FEW else max(grey.shape) / 50
