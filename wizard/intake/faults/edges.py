"""What is missing at the edges: a side cut off, a lower part that never came; or a screen is around it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.intake.faults.light import papers
from wizard.intake.faults.screen import screen
from wizard.intake.faults.slant import LEVEL, own
from wizard.scan import CERTIFICATES, Fault

if TYPE_CHECKING:
    from wizard.intake.faults.view import Pixels, Values, View

# Lines of writing that run into the picture's edge: whole pages 0, cut ones 3 and more.
CUT_LINES = 2
# How near to the edge, in letters: margins of papers and cards are a letter wide and more.
AT_EDGE = 0.3
# Sides of papers, long to short: licences and A4 1.414, older papers 1.31–1.5, cards 1.585. What is outside,
# with no edge of the paper in sight, is a part of one.
SHAPES = {"card": (1.525, 1.65), "certificate": (1.29, 1.53), "": (1.29, 1.73)}
# By how much the paper behind the writing may differ from the picture's rim and still go on to the edge.
SAME_PAPER = 25
# An even lower part: no brightness differs by more than this within it …
EVEN = 1.5
# … it takes at least this part of the height …
LEAST_PART = 0.1
# … and ends the picture from edge to edge: a card on a blank sheet is narrower. The last blocks that came may
# fill half a row of them (16 rows of the file), so it is looked at above that.
BROKEN_OFF, ABOVE = 0.85, (36, 20)


def outside(view: "View") -> Iterator[Fault]:
    """``screenshot`` or ``bottom_missing``."""
    if screen(view.grey):
        yield Fault("screenshot", doubtful=True)
    elif (start := even_from(view.grey)) is not None:
        corners = ((0.0, start), (1.0, start), (1.0, 1.0), (0.0, 1.0))
        yield Fault("bottom_missing", corners=corners)


def cropped(view: "View", kind: str = "") -> Iterator[Fault]:
    """``cropped``; `kind` is the paper's, where it is known."""
    if cut_lines(view) >= CUT_LINES or frame_cut(view):
        yield Fault("cropped")
    elif odd_shape(view, kind):
        yield Fault("cropped", doubtful=True)


def cut_lines(view: "View") -> int:
    """How many lines of writing touch the picture's edge."""
    import numpy as np

    height, width = view.grey.shape
    near = view.letter * AT_EDGE
    print_ = view.quads[own(view)]
    far = np.array([width, height]) - near
    return int(((print_ < near) | (print_ > far)).any(axis=(1, 2)).sum())


def even_from(grey: "Pixels") -> float | None:
    """Where a lower part of one flat colour from edge to edge begins, in parts of the height, or None."""
    import numpy as np

    height = grey.shape[0]
    spread = grey.max(axis=1).astype(np.int16) - grey.min(axis=1)
    same = (spread <= 2 * EVEN) & (np.abs(grey.mean(axis=1) - float(grey[-1].mean())) <= EVEN)
    rows = int(np.argmin(same[::-1])) if not same.all() else height
    start = height - rows
    if not LEAST_PART * height <= rows < height:
        return None
    above = grey[max(0, start - ABOVE[0]) : max(1, start - ABOVE[1])].astype(np.float32)
    differs = np.abs(above.mean(axis=0) - float(grey[-1].mean())) > EVEN
    return start / height if differs.mean() > BROKEN_OFF else None


def frame_cut(view: "View") -> bool:
    """Whether a printed frame's lines run into the picture's edge on one side, and only there.

    A whole frame is closed: none of its lines meets the edge.
    """
    if view.page.corners:
        return False
    ends = [_ends(side) for side in _rims(view.grey)]
    return sum(ends) == 1


def _rims(grey: "Pixels") -> "Iterator[Values]":
    """The picture's four rims, each as rows that run along the edge, the outermost first."""
    import numpy as np

    deep = max(8, max(grey.shape) // 16)
    for rim in (grey[:deep], grey[::-1][:deep], grey.T[:deep], grey.T[::-1][:deep]):
        yield rim.astype(np.float32)


def _ends(rim: "Values") -> bool:
    """Whether, near both ends of a rim, a dark line stands on the edge at a right angle, all the way down."""
    import numpy as np

    deep, long = rim.shape
    level = np.median(rim)
    dark = rim < level - 25
    standing = dark[:deep].mean(axis=0) > 0.97
    zone = max(4, long // 8)
    return bool(standing[:zone].any() and standing[-zone:].any())


def odd_shape(view: "View", kind: str = "") -> bool:
    """Whether a paper that fills the picture has another shape than papers of its `kind` have."""
    import numpy as np

    if view.page.corners or len(view.quads) < 3 or abs(view.page.skew) > LEVEL:
        return False
    height, width = view.grey.shape
    known = "card" if kind in ("id_front", "id_back") else "certificate" if kind in CERTIFICATES else ""
    least, most = SHAPES[known]
    if least <= max(height, width) / min(height, width) <= most:
        return False
    rims = [float(np.percentile(rim[:4], 50)) for rim in _rims(view.grey)]
    if not known:
        return max(rims) - min(rims) < 40
    paper = float(np.median(papers(view)))
    return all(abs(rim - paper) < SAME_PAPER for rim in rims)
