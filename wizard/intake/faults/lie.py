"""How the document lies in the picture: turned, askew, seen from the side."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.intake.faults.slant import direction, spread
from wizard.scan import Corners, Fault

if TYPE_CHECKING:
    from wizard.intake.faults.view import Quad, View

# Degrees: level scans and careful photographs 0–1.0, askew from 3.
ASKEW = 1.8
# Up to here straightening costs nothing that can be seen.
SLIGHT = 15.0
# Degrees by which opposite sides fail to be parallel: flat 0–1.9 (a shadow beside the paper), else from 4.1.
LEANING = 3.0
# Degrees by which lines of print fail to be parallel: flat 0–1.35, seen from below or above from 2.3.
FANNED = 1.9
_NEAR = 0.004


def judge(view: "View", legible: bool) -> Iterator[Fault]:
    """``exif_orientation``, ``rotated``, ``perspective`` or ``skewed``: all of them can be put right.

    Which side is up cannot be told where nothing is `legible`.
    """
    if view.page.exif:
        yield Fault("exif_orientation", mended=True)
    if view.page.turned and legible:
        yield Fault("rotated", mended=True)
    tilt, leaning = direction(view) and view.page.skew, 0.0
    if view.page.corners and not _at_border(view.page.corners):
        corners = view.pixels(view.page.corners)
        tilt, leaning = _tilt(corners), _leaning(corners)
    if leaning >= LEANING or (legible and spread(view) >= FANNED):
        yield Fault("perspective", mended=True, corners=view.page.corners)
    elif abs(tilt) >= ASKEW:
        yield Fault("skewed", mended=abs(tilt) <= SLIGHT, corners=view.page.corners)


def _at_border(corners: Corners) -> bool:
    """Whether a side lies on the picture's own edge: then it is not the paper's."""
    return any(
        max(abs(one[axis] - at), abs(other[axis] - at)) < _NEAR
        for one, other in zip(corners, (*corners[1:], corners[0]), strict=True)
        for axis in (0, 1)
        for at in (0.0, 1.0)
    )


def _directions(corners: "Quad") -> list[float]:
    """The directions of the four sides in degrees, each taken back to the upper side's."""
    sides = [(corners[(at + 1) % 4] - corners[at]) for at in range(4)]
    turned = [math.degrees(math.atan2(float(y), float(x))) - 90 * at for at, (x, y) in enumerate(sides)]
    return [(angle + 180) % 360 - 180 for angle in turned]


def _tilt(corners: "Quad") -> float:
    angles = sorted(_directions(corners))
    return (angles[1] + angles[2]) / 2


def _leaning(corners: "Quad") -> float:
    """By how many degrees opposite sides differ in direction, the worse pair."""
    top, right, bottom, left = _directions(corners)
    return max(abs(top - bottom), abs(right - left))
