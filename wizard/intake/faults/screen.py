"""A screen around the picture: a phone's bands above and below it, or a window's title and margins."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.faults.view import Pixels

    Rows = npt.NDArray[np.bool_]

# Long side to short side of phones' screens, and of desktops'.
PHONE, DESKTOP = (1.6, 2.4), (1.5, 1.85)
# Part of the height that a band above or below the picture takes, and of a row that its colour fills.
BAND, FILLED = 0.07, 0.75
# Marks in a band (a clock, a bar to swipe) are this low at most, in parts of the height.
MARK = 0.03
# A title bar's height in parts of the picture's; margins beside the picture in parts of the width.
TITLE, MARGIN = (0.015, 0.1), 0.02
_ALIKE, _APART = 2, 6


def screen(grey: "Pixels") -> bool:
    """Whether a screen shows the picture."""
    height, width = grey.shape
    if PHONE[0] <= height / width <= PHONE[1]:
        return phone(grey)
    return DESKTOP[0] <= width / height <= DESKTOP[1] and window(grey)


def phone(grey: "Pixels") -> bool:
    """Whether one colour fills bands above and below a picture that goes from edge to edge or stands out."""
    import numpy as np

    height = grey.shape[0]
    ground = int(np.median(grey[: max(1, height // 50)]))
    if abs(ground - int(np.median(grey[-max(1, height // 50) :]))) > 3:
        return False
    differs = np.abs(grey.astype(np.int16) - ground) > _ALIKE
    filled = _closed(differs.mean(axis=1) <= 1 - FILLED, round(MARK * height))
    if filled.all() or not (filled[0] and filled[-1]):
        return False
    above, below = int(np.argmin(filled)), int(np.argmin(filled[::-1]))
    middle = differs[above : height - below]
    if min(above, below) < BAND * height or filled[above : height - below].mean() > 0.1:
        return False
    return bool(middle.any(axis=0).mean() > 0.6 and middle.mean() > 0.5)


def _closed(filled: "Rows", most: int) -> "Rows":
    """`filled` with gaps of up to `most` rows taken for filled."""
    import numpy as np

    padded = np.concatenate([[True], filled, [True]])
    steps = np.flatnonzero(np.diff(padded.astype(np.int8)))
    closed = filled.copy()
    for start, end in zip(steps[::2], steps[1::2], strict=True):
        if end - start <= most:
            closed[start:end] = True
    return closed


def window(grey: "Pixels") -> bool:
    """Whether a flat title bar runs along the top, of another colour than the flat margins at the sides."""
    import numpy as np

    height, width = grey.shape
    margin = max(4, round(MARGIN * width))
    sides = np.concatenate([grey[:, :margin], grey[:, -margin:]], axis=1)
    ground = int(np.median(sides[height // 4 : height * 3 // 4]))
    flat = np.abs(sides.astype(np.int16) - ground).max(axis=1) <= _ALIKE
    if flat[height // 4 : height * 3 // 4].mean() < 0.98:
        return False
    title = int(np.argmax(flat))
    if not TITLE[0] * height <= title <= TITLE[1] * height:
        return False
    bar = grey[2 : title - 2].astype(np.int16)
    colour = int(np.median(bar))
    alike = (np.abs(bar - colour) <= _ALIKE).mean()
    return bool(abs(colour - ground) >= _APART and alike > FILLED)
