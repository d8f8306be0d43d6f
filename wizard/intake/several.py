"""Several papers on one page: what belongs to the first of them."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from wizard.intake.captions import Caption, captioned
from wizard.intake.pieces import Piece
from wizard.intake.values import codes
from wizard.numbers import identity, uscc

_NAMES = {"名称": "name", "姓名": "name"}
_APART = 5.0
"""Heights between the captions of two names, at least: no paper is smaller."""


def first(print_: Sequence[Piece]) -> list[Piece]:
    """The print of the upper or left paper where there are two: each with its own number and its own name.

    The second begins as far above (or left of) its name as the first does.
    """
    numbers = {text for text, _ in codes(print_) if uscc.is_valid(text, date.max) or identity.fits(text)}
    if len(numbers) < 2:
        return list(print_)
    names = sorted(captioned(print_, _NAMES)[0], key=lambda one: (one.middle, one.left))
    for one, other in pairwise(names):
        if other.middle - one.middle > _APART * one.height:
            end = other.middle - (one.middle - min(piece.top for piece in print_)) - one.height / 2
            return [piece for piece in print_ if piece.middle < end]
        if abs(other.left - one.left) > _APART * one.height:
            return _left(print_, *sorted((one, other), key=lambda name: name.left))
    return list(print_)


def _left(print_: Sequence[Piece], one: Caption, other: Caption) -> list[Piece]:
    end = other.left - (one.left - min(piece.left for piece in print_)) - one.height / 2
    return [piece for piece in print_ if piece.left < end]
