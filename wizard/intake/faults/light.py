"""Light on the paper: too little, a shadow, a reflection over the writing, no colour."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.scan import Fault

if TYPE_CHECKING:
    from wizard.intake.faults.view import Values, View

# Brightness of the better lit paper behind the lines: scans and photographs by day 195–255, dark ones 40–85.
DARK, DIM = 100, 125
# The darkest twentieth of the paper as part of the brightest: even light 0.84–1, a shadow 0.3–0.55.
SHADED = 0.7
# Share of the page with a colour of its own, against the page's tint: colour scans from 0.006, copies 0.
COLOURLESS = 0.0008
# A page on which nothing was read and all is this alike is no copy of anything: empty paper 0–12, copies 150.
EMPTY = 40
_COLOUR = 14
_MAP = 96
_SOFT, _STEEP = 0.1, 0.35
_LEAST_PAPER = 0.15
_THIN = 4


def judge(view: "View") -> Iterator[Fault]:
    """``dark``, ``shadow``, ``grey_copy``."""
    import numpy as np

    levels = papers(view)
    if levels.size:
        lit = float(np.percentile(levels, 80))
        if lit < DIM:
            yield Fault("dark", doubtful=lit >= DARK)
    if evenness(view) < SHADED:
        yield Fault("shadow", doubtful=True)
    if coloured(view) < COLOURLESS and not blank(view):
        yield Fault("grey_copy")


def blank(view: "View") -> bool:
    """Whether there is nothing on the page."""
    import numpy as np

    return not len(view.quads) and float(np.ptp(np.percentile(view.grey, (1, 99)))) < EMPTY


def papers(view: "View") -> "Values":
    """How bright the paper is behind each line."""
    import cv2
    import numpy as np

    greys = [cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY) for strip in view.strips]
    return np.array([np.percentile(grey, 88) for grey in greys], np.float32)


def evenness(view: "View") -> float:
    """The darkest twentieth of the blank paper, as part of the brightest.

    Paper is what can be reached from behind a line of writing without a sudden step in brightness: a shadow
    has a soft rim, a portrait or a desk has not.
    """
    import cv2
    import numpy as np

    if not len(view.quads):
        return 1.0
    scale = _MAP / max(view.grey.shape)
    if min(view.grey.shape) * min(1.0, scale) < _THIN:
        return 1.0
    reach = max(3, round(view.letter * 1.3)) | 1
    half = cv2.resize(view.grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    blank = cv2.morphologyEx(half, cv2.MORPH_CLOSE, np.ones((reach // 2 | 1, reach // 2 | 1), np.uint8))
    small = cv2.resize(blank, None, fx=2 * scale, fy=2 * scale, interpolation=cv2.INTER_AREA)
    steps = np.log(np.maximum(small, 4).astype(np.float32))
    height, width = steps.shape
    inside = cv2.resize(view.sheet(), (width, height), interpolation=cv2.INTER_AREA)
    around = np.ones((3, 3), np.uint8)
    steep = cv2.dilate(steps, around) - cv2.erode(steps, around) > _STEEP
    steps[steep] = 0
    steps[cv2.erode(inside, np.ones((5, 5), np.uint8), borderValue=255) < 255] = 0
    middles = (view.quads.mean(axis=1) * scale).astype(int).clip(0, [width - 1, height - 1])
    seed = max(((int(x), int(y)) for x, y in middles), key=lambda at: float(steps[at[1], at[0]]))
    mask = np.zeros((height + 2, width + 2), np.uint8)
    cv2.floodFill(steps.copy(), mask, seed, 0.0, _SOFT, _SOFT, 4 | cv2.FLOODFILL_MASK_ONLY | 255 << 8)
    paper = small[mask[1:-1, 1:-1] > 0]
    if paper.size < _LEAST_PAPER * small.size:
        return 1.0
    return float(np.percentile(paper, 5) / max(1.0, np.percentile(paper, 95)))


def coloured(view: "View") -> float:
    """The share of the page whose colour differs from the page's own tint."""
    import cv2
    import numpy as np

    part = 400 / max(view.grey.shape)
    size = (max(1, round(view.grey.shape[1] * part)), max(1, round(view.grey.shape[0] * part)))
    small = cv2.resize(view.small[::2, ::2], size, interpolation=cv2.INTER_AREA).astype(np.float32)
    inside = cv2.resize(view.sheet(), size, interpolation=cv2.INTER_NEAREST) > 0
    level = max(40.0, float(np.percentile(small[inside], 80)))
    lab = cv2.cvtColor(np.clip(small / level, 0, 1), cv2.COLOR_RGB2LAB)[:, :, 1:][inside]
    far = np.linalg.norm(lab - np.median(lab, axis=0), axis=1)
    return float((far > _COLOUR).mean())
