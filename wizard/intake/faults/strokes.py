"""Half-dark strokes, as marks have them, and where they run into the ink of print."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.faults.view import Pixels, View

    Places = npt.NDArray[np.intp]

WHOLE = 200
"""The paper's own brightness, in the steps of `Strokes.level`."""
# As part of the paper's brightness: ink below, strokes of a mark between, paper above.
INK, PAPER = 0.5, 0.93
# Ink has soft edges so wide, in letters; half-dark strokes are looked for outside them, close by.
EDGE, CLOSE = 0.16, 2
# Strokes of a mark are narrower than this, in letters.
BROAD = 1.8
# A stroke that reaches the edge of ink meets it in so many pixels at least.
_LEAST = 4
_DARK = 20


@dataclass(frozen=True, slots=True)
class Strokes:
    """`level` is the working picture's brightness as part of the paper's around (200 for the paper itself).

    `half` is where that is between ink and paper and no edge of ink, `rim` what lies close about ink (255).
    """

    level: "Pixels"
    half: "Pixels"
    rim: "Pixels"

    def meetings(self, least: float, most: float) -> "Places":
        """The places, n × (x, y), where strokes of a level from `least` to `most` meet ink."""
        import cv2
        import numpy as np

        alike = cv2.min(cv2.inRange(self.level, (least * WHOLE,), (most * WHOLE,)), self.half)
        broad = cv2.morphologyEx(alike, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        count, _, stats, middles = cv2.connectedComponentsWithStats(cv2.min(broad, self.rim), connectivity=8)
        large = stats[1:count, cv2.CC_STAT_AREA] >= _LEAST
        return np.asarray(middles[1:count][large].astype(np.intp)).reshape(-1, 2)


def strokes(view: "View") -> Strokes:
    """The strokes in the working picture."""
    import cv2
    import numpy as np

    reach = max(9, round(view.letter * BROAD)) // 2 | 1
    half = cv2.resize(view.grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    blank = cv2.blur(cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)), (9, 9))
    paper = cv2.resize(blank, view.grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
    level = np.asarray(cv2.divide(view.grey, np.maximum(paper, _DARK), scale=WHOLE), np.uint8)
    ink = cv2.inRange(level, (0.0,), (INK * WHOLE - 1,))
    wide = max(3, round(view.letter * EDGE)) | 1
    near = cv2.dilate(ink, np.ones((wide, wide), np.uint8))
    close = cv2.dilate(near, np.ones((2 * CLOSE + 1, 2 * CLOSE + 1), np.uint8))
    between = cv2.inRange(level, (INK * WHOLE,), (PAPER * WHOLE,))
    return Strokes(
        level,
        np.asarray(cv2.subtract(between, near), np.uint8),
        np.asarray(cv2.subtract(close, near), np.uint8),
    )
