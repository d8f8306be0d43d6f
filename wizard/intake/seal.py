"""The round red seal of a paper: the office's name along its rim. In the worker only.

On papers since 2019 the office stands nowhere else, and the engine reads straight lines only: the rim is
rolled out.
"""

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wizard.intake import engine
from wizard.intake.lines import Line

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.engine import Pixels

    Mask = npt.NDArray[np.uint8]

_RED, _FAINT = 0.3, 16
"""By how much red has to outshine green and blue, in parts of itself and at least: ink of stamps had 0.5 and
more, brown print 0.25, and the dark hardly shows any."""
_LEAST, _MOST = 0.05, 0.2
"""A seal's radius in parts of the shorter side: 0.10 on licences."""
_FILLED = 0.5
"""A seal is a ring with letters and a star: 0.2 to 0.35 of its disc is red, of the emblem 0.6 and more."""
_RIM, _HUB = 0.98, 0.6
"""Where the name stands, in radii: just inside the rim."""
_GOOD = 0.8
_OFFICE = re.compile(r"[一-鿿]{3,40}(?:局|委员会|厅|办公室|中心|部|委|大厅|处)(?=$|[^一-鿿])")


@dataclass(frozen=True, slots=True)
class Seal:
    """Middle and radius, in pixels."""

    x: float
    y: float
    radius: float


def find(pixels: "Pixels") -> Seal | None:
    """The lowest red ring in the picture."""
    import cv2
    import numpy as np

    scale = min(1.0, 800 / max(pixels.shape[:2]))
    small = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    mask = _red(small)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    contours, _ = cv2.findContours(joined, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    short = min(small.shape[:2])
    found = []
    for contour in contours:
        left, top, width, height = cv2.boundingRect(contour)
        radius = (width + height) / 4
        if not _LEAST * short < radius < _MOST * short or abs(width - height) > 0.25 * radius:
            continue
        ink = mask[top : top + height, left : left + width].mean() / 255
        if 0.08 < ink * 4 / math.pi < _FILLED:
            found.append(Seal((left + width / 2) / scale, (top + height / 2) / scale, radius / scale))
    lowest = max(found, key=lambda seal: seal.y, default=None)
    same = [one for one in found if lowest and abs(one.y - lowest.y) < 0.3 * lowest.radius]
    return max(same, key=lambda seal: seal.radius, default=None)


def _red(pixels: "Pixels") -> "Mask":
    """255 where the ink is red."""
    import numpy as np

    red, green, blue = (pixels[:, :, channel].astype(np.int16) for channel in range(3))
    above = red - np.maximum(green, blue)
    return np.where(above > np.maximum(_FAINT, red * _RED), 255, 0).astype(np.uint8)


def office(pixels: "Pixels", seal: Seal) -> Line | None:
    """The office's name along the rim of the seal, as a line; None where it is not clear."""
    import cv2
    import numpy as np

    radius = round(seal.radius)
    around = (radius * 2, round(2 * math.pi * radius * (_RIM + _HUB) / 2))
    flat = cv2.warpPolar(pixels, around, (seal.x, seal.y), seal.radius * 2, cv2.WARP_POLAR_LINEAR)
    ring = flat[:, round(_HUB * radius) : round(_RIM * radius) + 1].astype(np.float32)
    ink = ring[:, :, 0] - ring[:, :, 1:].mean(axis=2)  # how red; what is black or grey is not
    strip = np.rot90(255 - np.clip(ink * (255 / max(60.0, float(np.percentile(ink, 97)))), 0, 255))
    upright = np.roll(strip, -round(strip.shape[1] / 4), axis=1)  # begin at the foot
    said = engine.say([np.repeat(upright[:, :, None], 3, axis=2).astype(np.uint8)])[0]
    name = _OFFICE.search("".join(said.text.split()))
    if not name or said.score < _GOOD:
        return None
    height, width = pixels.shape[:2]
    left, right = (seal.x - seal.radius) / width, (seal.x + seal.radius) / width
    top, bottom = (seal.y - seal.radius) / height, (seal.y + seal.radius) / height
    return Line(name[0], said.score, ((left, top), (right, top), (right, bottom), (left, bottom)))
