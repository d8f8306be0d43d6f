"""Places of a picture that are burnt out: what a reflection leaves of paper and print."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wizard.intake.faults.view import Pixels, View

Spot = tuple[int, int, int, int]
# Burnt out: every colour at least this bright; and the paper around is clearly less bright.
BURNT, ABOVE = 250, 3
# On a white sheet only what lies on it in colour, such as a card, can be told from a reflection.
WHITE = 8
# A reflection fades: just outside, it is still this part of the way from the paper's brightness to white. A
# printed white patch (round a QR code, behind a portrait) ends at once: 0–0.1.
FADES = 0.15
# On paper this bright the fall to it is too small to be measured. There a reflection is white without a grain
# (this part of it at least 254; lit or printed places 0–0.2), and round.
PALE, GRAINLESS, PURE = 238, 0.75, 254
# Nothing but paper and some print is about a reflection: of what is about a portrait, or in a seal, so many
# percent and more are this much darker.
MOSTLY, DARKER = 40, 25
# And no print is left in it, but at its rim: by so much darker than white, and this part of it.
INK, LEFT = 90, 0.01
# Light has a colour of its own: what a lamp burns out lacks up to so much in one colour, the others are full.
TINT, FULL = 3, 253
# Parts of the picture: a larger bright place is white paper; on paper partly in shadow already this much is.
PATCH, LIT = 0.3, 0.04
# Long to wide, and part of the picture's side: longer streaks, and squares, are what folds leave of paper.
LONG, ACROSS, SQUARE = 8.0, 0.6, 0.9
# A reflection is at least this many letters high and wide …
LEAST = 1.2
# … and covers writing where its rim comes this near to a line, in letters.
NEAR = 0.9
_MOST, _FEW = 8, 40


def spot(view: "View", least: "Pixels", *, shaded: bool = False, least_above: int = ABOVE) -> Spot | None:
    """The first burnt-out place that writing runs into, as left, top, width and height."""
    spots = _places(view, shaded, least, least_above)
    return next((box for mask, box in spots if _touches(view, mask)), None)


def darkest(small: "Pixels") -> "Pixels":
    """How bright the darkest colour of each place is."""
    import cv2
    import numpy as np

    red, green, blue = cv2.split(small)
    return np.asarray(cv2.min(cv2.min(red, green), blue), np.uint8)


def tinted(small: "Pixels") -> "Pixels":
    """The same, but where the two other colours are full, the light's tint is made up for."""
    import cv2
    import numpy as np

    red, green, blue = cv2.split(small)
    least = darkest(small)
    middle = cv2.max(cv2.min(red, green), cv2.min(cv2.max(red, green), blue))
    whole = cv2.min(cv2.add(least, np.full_like(least, TINT)), middle)
    return np.asarray(np.where(middle >= FULL, whole, least), np.uint8)


def _places(view: "View", shaded: bool, least: "Pixels", least_above: int) -> "Iterator[tuple[Pixels, Spot]]":
    """Burnt-out places: large, without any texture, brighter than the paper around, fading into it.

    `least` is how bright the darkest colour of each place is; on paper that is not white, the paper is darker
    than burnt out by `least_above`.
    """
    import cv2
    import numpy as np

    sheet = view.sheet()
    burnt = cv2.min(cv2.inRange(least, BURNT, 255), sheet)
    white = float(np.median(least[::4, ::4][sheet[::4, ::4] > 0])) >= BURNT
    reach = max(3, round(view.letter * LEAST / 2)) | 1
    round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (reach, reach))
    solid = cv2.morphologyEx(burnt, cv2.MORPH_OPEN, round_)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid, connectivity=8)
    largest = sorted(range(1, count), key=lambda at: -int(stats[at, cv2.CC_STAT_AREA]))
    for number in largest[:_MOST]:
        left, top, wide, high, area = (int(part) for part in stats[number])
        long = max(wide / solid.shape[1], high / solid.shape[0]) > ACROSS
        fold = (long and max(wide, high) > LONG * min(wide, high)) or area > SQUARE * wide * high
        if fold or min(wide, high) < view.letter * LEAST or area > PATCH * solid.size:
            continue
        box = (left, top, wide, high)
        if area > LIT * solid.size and shaded:
            continue
        mask = (labels == number).astype(np.uint8)
        above = WHITE if white else least_above
        fades = _fades(least, np.asarray(burnt, np.uint8), box, view.letter, above, shaded)
        if fades and _empty(least, mask, reach):
            yield mask, box


def _fades(
    least: "Pixels",
    burnt: "Pixels",
    box: Spot,
    letter: float,
    above: int,
    shaded: bool,
) -> bool:
    """Whether the brightness falls off slowly around a burnt place in `box`, down to darker paper."""
    import cv2
    import numpy as np

    room = round(2 * letter) + 8
    left, top, wide, high = box
    part = np.s_[max(0, top - room) : top + high + room, max(0, left - room) : left + wide + room]
    around = least[part]
    outside = cv2.distanceTransform(255 - burnt[part], cv2.DIST_L2, 3)
    near = around[(outside > 2.5) & (outside <= 4.5)]
    far = around[(outside > letter) & (outside <= 1.7 * letter)]
    if near.size < _FEW or far.size < _FEW:
        return False
    rim, paper = (float(np.percentile(ring, 75)) for ring in (near, far))
    if paper > BURNT - above or float(np.percentile(near, MOSTLY)) < paper - DARKER:
        return False
    inside = around[cv2.distanceTransform(burnt[part], cv2.DIST_L2, 3) > 4]
    pure = (
        not shaded and paper >= PALE and inside.size >= _FEW and float((inside >= PURE).mean()) >= GRAINLESS
    )
    return pure or rim - paper >= FADES * (255 - paper)


def _empty(least: "Pixels", mask: "Pixels", reach: int) -> bool:
    """Whether nothing is to be seen within the outline of a burnt-out place, but at its rim."""
    import cv2
    import numpy as np

    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    whole = np.zeros(mask.shape, np.uint8)
    cv2.drawContours(whole, outlines, -1, 1, cv2.FILLED)
    within = least[cv2.erode(whole, np.ones((reach, reach), np.uint8)) > 0]
    return within.size == 0 or float((within < 255 - INK).mean()) <= LEFT


def _touches(view: "View", mask: "Pixels") -> bool:
    """Whether a line of writing runs into the spot: within a letter of it, or under it."""
    import cv2
    import numpy as np

    reach = round(view.letter * NEAR) * 2 + 1
    wide = cv2.dilate(mask, np.ones((reach, reach), np.uint8))
    lines = np.zeros(mask.shape, np.uint8)
    for quad in view.quads:
        cv2.fillConvexPoly(lines, quad.round().astype(np.int32), 1)
    return bool(cv2.countNonZero(cv2.min(wide, lines)))
