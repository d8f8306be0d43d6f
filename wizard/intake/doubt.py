"""Values beside a fault of the picture: part of them may lie under it, and what is left reads well."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wizard.intake.page import Page
from wizard.intake.proof import DOUBTFUL
from wizard.scan import SURE, Corners, Fault, Read

_COVERING = ("glare", "bottom_missing")
"""Faults that hide print, and say where."""
_NEAR = 0.03
"""Parts of the picture around a value within which a fault may hide its next letters or its next line: one
line of a licence with its gap.
"""


def doubted(fields: Mapping[str, Read], faults: Sequence[Fault], page: Page) -> dict[str, Read]:
    """`fields` with those doubtful that lie under or beside a fault; what has a witness stays as it was.

    Corners of fields are parts of the straight picture, those of faults of the given one: `page` tells.
    """
    hidden = [_bounds(fault.corners) for fault in faults if fault.code in _COVERING and fault.corners]
    return {name: _judged(read, hidden, page) for name, read in fields.items()}


def _judged(read: Read, hidden: Sequence[tuple[float, ...]], page: Page) -> Read:
    if not hidden or not read.corners or not DOUBTFUL < read.confidence < SURE:
        return read
    left, upper, right, lower = _bounds(page.given(read.corners))
    near = (left - _NEAR, upper - _NEAR, right + _NEAR, lower + _NEAR)
    return replace(read, confidence=DOUBTFUL) if any(_meet(near, one) for one in hidden) else read


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _bounds(corners: Corners) -> tuple[float, ...]:
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)
