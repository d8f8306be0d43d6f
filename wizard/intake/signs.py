"""Signs that begin a line, or stand alone on it: 。 ） ， of a text broken off anywhere. In the worker only.

Papers break a text where the column ends, also before a stop. The engine finds a line by its letters,
and passes over a stop that stands alone.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from wizard.intake.captions import Caption

if TYPE_CHECKING:
    from wizard.intake.pieces import Piece
    from wizard.intake.strips import Place

_PROSE = ("business_scope", "address", "type", "name")
_SIGNS = "。）；，、,;)."
_ENDS = {"business_scope": "。）)", "address": "）)0123456789号室楼层栋幢座元院区村组"}
"""What a value ends with, one or two of it; others with a bracket."""
_ROUND = "。OoＯ○"
"""What the engine makes of a full stop alone."""
_ASKED, ALONE = 0.3, 0.6
"""The engine's score for a sign alone: one that is asked for, or any."""
_LEAST, _MOST = 0.5, 1.7
"""Ems by which a line stands in from its column where one sign was passed over."""
_SHORT = 2.2
"""Ems by which a last line may be shorter than the longest, if only signs follow it."""
_PITCH = 1.06
"""From line to line in heights of their boxes, where there is one line only."""


def opening(captions: Sequence[Caption]) -> "Iterator[tuple[Place, Piece]]":
    """Lines that stand in by about one sign: each as it would be with it, and as it was seen."""
    for caption in captions:
        if caption.name not in _PROSE:
            continue
        begin = min((row[0].left for row in caption.rows), default=0.0)
        for row in caption.rows[1:]:
            first = row[0]
            if len(row) == 1 and _LEAST * first.em < first.left - begin < _MOST * first.em:
                yield (begin - 0.2 * first.em, first.top, first.right, first.bottom), first


def opened(seen: str, read: str) -> bool:
    """Whether a line `read` anew is that which was `seen`, behind a sign."""
    bare, old = "".join(read.split()), "".join(seen.split())
    return bare[:1] in tuple(_SIGNS) and bare[1:].translate(_SAME) == old.translate(_SAME)


_SAME = str.maketrans("(),;:", "（），；：")


def closing(captions: Sequence[Caption], print_: Sequence["Piece"]) -> "Iterator[tuple[Caption, Place]]":
    """Where the last sign of a text may stand alone: below a line that fills its column."""
    for caption in captions:
        rows = caption.rows
        if caption.name not in _PROSE or not rows or rows[-1][-1].text[-1] in "。.":
            continue
        last = rows[-1][0]
        if max(row[-1].right for row in rows) - rows[-1][-1].right > _SHORT * last.em:
            continue
        pitch = last.middle - rows[-2][0].middle if len(rows) > 1 else _PITCH * last.height
        begin, middle, half = rows[0][0].left, last.middle + pitch, last.height / 2
        place = (begin - 0.4 * last.em, middle - half, begin + 2.4 * last.em, middle + half)
        if not any(_meets(piece, place) for piece in print_):
            yield caption, place


def _meets(piece: "Piece", place: "Place") -> bool:
    across = piece.left < place[2] and piece.right > place[0]
    return across and piece.text not in _ROUND and place[1] < piece.middle < place[3]


def closed(caption: Caption, read: str, score: float) -> str:
    """The last sign or two of a caption's value, as `read` there; empty where it is no end.

    What the text asks for is believed with a lower score: a bracket that is open, a stop after a word.
    """
    bare = "".join(read.split())
    if caption.name == "business_scope" and bare in _ROUND:
        bare = "。"
    asked = bare in "）)" if _open(caption.text) else caption.name == "business_scope" and bare == "。"
    ends = _ENDS.get(caption.name, "）)")
    fits = len(bare) <= 2 and all(sign in ends for sign in bare)
    return bare if fits and score >= (_ASKED if asked else ALONE) else ""


def _open(text: str) -> bool:
    return sum(text.count(sign) for sign in "（(") > sum(text.count(sign) for sign in "）)")
