"""The round red seal of a paper: the office's name along its rim. In the worker only.

On papers since 2019 the office stands nowhere else, and the engine reads straight lines only: the rim is
rolled out. On a grey copy, and where the red has faded, it is read as it is.
"""

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wizard.intake import engine
from wizard.intake.lines import Line

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.engine import Pixels

    Mask = npt.NDArray[np.uint8]
    Ring = npt.NDArray[np.float32]

_RED, _FAINT = 0.3, 16
"""By how much red has to outshine green and blue, in parts of itself and at least: ink of stamps had 0.5 and
more, brown print 0.25, and the dark hardly shows any."""
_LEAST, _MOST = 0.05, 0.2
"""A seal's radius in parts of the shorter side: 0.10 on licences."""
_FILLED = 0.5
"""A seal is a ring with letters and a star: 0.2 to 0.35 of its disc is red, of the emblem 0.6 and more."""
_RIM, _HUB = 0.98, 0.6
"""Where the name stands, in radii: just inside the rim."""
_GOOD, _WELL = 0.8, 0.97
_SMALL, _LARGE, _TRIED = 0.06, 0.16, 2
"""Of circles on a grey copy: their radius in parts of the shorter side, and how many are read."""
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


def rings(pixels: "Pixels") -> list[Seal]:
    """What may be a seal on a grey copy: the clearest circles in the lower half of the picture."""
    import cv2
    import numpy as np

    scale = min(1.0, 800 / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), (0, 0), 1)
    foot, short = grey.shape[0] // 2, min(grey.shape)
    circles = cv2.HoughCircles(
        grey[foot:],
        cv2.HOUGH_GRADIENT,
        1.5,
        20,
        param1=120,
        param2=45,
        minRadius=round(_SMALL * short),
        maxRadius=round(_LARGE * short),
    )
    if circles is None:
        return []
    found = np.asarray(circles, np.float64).reshape(-1, 3)[:_TRIED]
    return [Seal(float(x) / scale, float(y + foot) / scale, float(r) / scale) for x, y, r in found]


def office(pixels: "Pixels", seal: Seal) -> Line | None:
    """The office's name along the rim of the seal, as a line; None where it is not clear."""
    import numpy as np

    ring = _rolled(pixels, seal)
    ink = ring[:, :, 0] - ring[:, :, 1:].mean(axis=2)  # how red; what is black or grey is not
    red = 255 - np.clip(ink * (255 / max(60.0, float(np.percentile(ink, 97)))), 0, 255)
    best = engine.Said("", 0.0, (), ())
    for strip in (red, ring.mean(axis=2)):
        said = engine.say([np.repeat(strip[:, :, None], 3, axis=2).astype(np.uint8)])[0]
        name = _OFFICE.search("".join(said.text.split()))
        if name and said.score > best.score:
            best = replace(said, text=name[0])
        if best.score > _WELL:
            break
    return _around(best.text, best.score, seal, pixels) if best.score >= _GOOD else None


def _rolled(pixels: "Pixels", seal: Seal) -> "Ring":
    """The rim rolled out, from its foot around, its outer side up."""
    import cv2
    import numpy as np

    radius = round(seal.radius)
    size = (radius * 2, round(2 * math.pi * radius * (_RIM + _HUB) / 2))
    flat = cv2.warpPolar(pixels, size, (seal.x, seal.y), seal.radius * 2, cv2.WARP_POLAR_LINEAR)
    strip = np.rot90(flat[:, round(_HUB * radius) : round(_RIM * radius) + 1])
    return np.roll(strip, -round(strip.shape[1] / 4), axis=1).astype(np.float32)


def _around(name: str, score: float, seal: Seal, pixels: "Pixels") -> Line:
    height, width = pixels.shape[:2]
    left, right = (seal.x - seal.radius) / width, (seal.x + seal.radius) / width
    top, bottom = (seal.y - seal.radius) / height, (seal.y + seal.radius) / height
    return Line(name, score, ((left, top), (right, top), (right, bottom), (left, bottom)))
