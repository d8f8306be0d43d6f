"""A reflection that burns out part of the writing."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from wizard.intake.faults.burnt import BURNT, WHITE, Spot, darkest, spot, tinted
from wizard.intake.faults.fading import fading, grounds, torn
from wizard.intake.faults.vanished import vanished
from wizard.scan import Fault

if TYPE_CHECKING:
    from wizard.intake.faults.view import Quad, View

# Noise cannot rise above white, so it dims it, by up to so much; what is whitest (percent of the page) was
# white if it stands out from the paper (with a reflection by 10 and more, without one by 3 to 6). Smoothed so
# far, in pixels, noise is no more in the way.
DIMMED, WHITEST, OUTSTANDS, SMOOTH = 30, 99.8, 8, 4.0
# A lamp's reflection is so much of the picture and more.
MORE = 0.002


def judge(view: "View", found: Collection[str] = ()) -> Iterator[Fault]:
    """``glare``, once, with its place: a reflection that touches a line of writing, or writing that fades.

    `found` are the codes of other faults of the page: noise is smoothed first, under a shadow white is not so
    white and lit paper stands out as white does, a watermark's rows are paler than print where they run into
    it, and a copier burns out all of the paper, so that pale print alone is no sign.
    """
    place = _bright(view, found) or _paling(view, found) or _by_a_lamp(view, found)
    if place is not None:
        left, top, wide, high = place
        corners = [(left, top), (left + wide, top), (left + wide, top + high), (left, top + high)]
        yield Fault("glare", corners=view.parts(corners))


def _bright(view: "View", found: Collection[str]) -> Spot | None:
    """A burnt-out place that writing runs into."""
    shaded = "shadow" in found
    smooth = _smoothed(view) if "noise" in found and not shaded else view
    return spot(smooth, darkest(smooth.small), shaded=shaded)


def _paling(view: "View", found: Collection[str]) -> Spot | None:
    """Writing that fades, or that is missing beside its caption."""
    import numpy as np

    if "watermark_over_data" in found or min(view.grey.shape) <= 1:
        return None
    shaded = "shadow" in found
    depth, burnt = grounds(view, shaded)
    faded = fading(view, depth, burnt)
    if "grey_copy" in found and float(np.median(burnt[::4, ::4])) > 0:
        faded = torn(faded)
    lines = faded or ([] if shaded else vanished(view, depth, burnt))
    return _around(lines) if lines else None


def _by_a_lamp(view: "View", found: Collection[str]) -> Spot | None:
    """The same where the light has a tint; of fading rows only torn ones, for warm paper is pale too."""
    import cv2
    import numpy as np

    if "shadow" in found or min(view.grey.shape) <= 1:
        return None
    light = tinted(view.small)
    burnt = np.asarray(cv2.inRange(light, (BURNT,), (255,)), np.uint8)
    more = cv2.countNonZero(burnt) - cv2.countNonZero(cv2.inRange(view.small, (BURNT,) * 3, (255,) * 3))
    if more < MORE * burnt.size:
        return None
    place = spot(view, light, least_above=WHITE)
    if place or "watermark_over_data" in found:
        return place
    lines = torn(fading(view, grounds(view)[0], burnt))
    return _around(lines) if lines else None


def _smoothed(view: "View") -> "View":
    """The view without noise, as bright as it was: noise adds nothing to white, but takes from it."""
    import cv2
    import numpy as np

    plain = cv2.GaussianBlur(view.small, (0, 0), SMOOTH)
    whitest = float(np.percentile(plain[::2, ::2].min(axis=2)[view.sheet()[::2, ::2] > 0], WHITEST))
    if whitest - float(np.median(plain[::4, ::4].min(axis=2))) < OUTSTANDS:
        return view
    lift = min(DIMMED, 255 - whitest) + 1
    return replace(view, small=np.clip(plain.astype(np.float32) + lift, 0, 255).astype(np.uint8))


def _around(lines: "list[Quad]") -> Spot:
    """The box around the first of `lines`."""
    import cv2

    left, top, wide, high = cv2.boundingRect(lines[0])
    return int(left), int(top), int(wide), int(high)
