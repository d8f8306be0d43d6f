"""Which lines of writing run across the others: a watermark's, not the paper's own print."""

from typing import TYPE_CHECKING

from wizard.intake.watermark import says

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.faults.view import View

    Angles = npt.NDArray[np.float32]
    Which = npt.NDArray[np.bool_]

# Degrees: print of one page differs by up to 2, the rows of marks by 15 to 45.
ALONG, ACROSS = 3.0, 7.0
# Print that is level with the picture's own edges.
LEVEL = 1.2
# So many heights long a line's direction is certain.
_LONG = 2.5
_FEW = 4
# Fewer lines than these, where marks run aslant, may be parts of marks too: print is taken for level.
_PRINT = 2


def angles(view: "View") -> "tuple[Angles, Which]":
    """Each line's direction, in degrees from the picture's nearest edge, and whether it is long enough."""
    import numpy as np

    along = view.quads[:, 1] - view.quads[:, 0]
    high = np.linalg.norm(view.quads[:, 2] - view.quads[:, 1], axis=1)
    turned = np.degrees(np.arctan2(along[:, 1], along[:, 0]))
    return (turned + 45) % 90 - 45, np.linalg.norm(along, axis=1) > _LONG * high


def direction(view: "View") -> float:
    """The direction of the page's own print, in degrees from the nearest edge of the picture.

    What lies as a mark does that says so is none of it. Where part of it is level with the picture, that is
    the print, however much runs across.
    """
    import numpy as np

    turned, long = angles(view)
    marks = np.array([says(text) for text in view.texts], bool)
    aslant = turned[marks & long & (np.abs(turned) > ACROSS)]
    if aslant.size:
        marks |= np.abs(turned[:, None] - aslant[None, :]).min(axis=1) < ALONG
    long &= ~marks
    if not long.any() or (aslant.size and long.sum() < _PRINT):
        return 0.0
    level = int((np.abs(turned[long]) < LEVEL).sum())
    return 0.0 if level >= min(2, long.sum() / 4) else float(np.median(turned[long]))


def spread(view: "View") -> float:
    """By how many degrees the directions of the long lines of print differ, but for a tenth at either end."""
    import numpy as np

    turned, _ = angles(view)
    wide = np.linalg.norm(view.quads[:, 1] - view.quads[:, 0], axis=1)
    high = np.linalg.norm(view.quads[:, 2] - view.quads[:, 1], axis=1)
    certain = turned[(wide > 2 * _LONG * high) & ~slanted(view)]
    return float(np.subtract(*np.percentile(certain, (90, 10)))) if certain.size >= _FEW else 0.0


def slanted(view: "View") -> "Which":
    """Which lines run across the print."""
    import numpy as np

    return np.asarray(angles(view)[1] & (_off(view) > ACROSS))


def own(view: "View") -> "Which":
    """Which lines are surely the paper's own print; in a marked picture only long and level ones are."""
    import numpy as np

    across = slanted(view)
    return np.asarray(angles(view)[1] & (_off(view) < ALONG)) if across.any() else ~across


def _off(view: "View") -> "Angles":
    """By how many degrees each line differs from the print, along or across it."""
    import numpy as np

    turned, _ = angles(view)
    return np.asarray(np.abs((turned - direction(view) + 45) % 90 - 45), np.float32)
