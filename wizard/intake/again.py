"""A second look where print must stand and none was seen: left of a value, right of a caption. Worker only.

The engine finds lines by their look, and misses a short one that a watermark, a spot or a frame crosses; what
it misses it still reads, once it is told where to look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wizard.intake import engine, kinds, paper_days, signs
from wizard.intake.captions import Caption, captioned
from wizard.intake.lines import Line
from wizard.intake.pieces import Piece, pieces
from wizard.intake.strips import line_at

if TYPE_CHECKING:
    from wizard.intake.engine import Pixels
    from wizard.intake.strips import Place

_COLUMN = 0.8
"""Ems by which values of one column may begin apart."""
_AIR = 0.3
"""Ems left free beside print that was seen."""
_FAR = 18.0
"""Ems of a value looked for: a number of 18 figures, spaced."""
_HIGH = 0.75
"""Heights above and below the middle of a line."""
_GOOD = 0.8
"""The engine's score for what it was told to look at: of empty paper it says something too, with 0.5."""
_SIGN = 0.6
"""The same for a stop alone."""
_LEAST = 3
"""Captions on a page that is looked at again: with fewer it is no such paper, or nothing can be seen."""
_ELSEWHERE = ("authority", "uscc")
"""Their values do not stand right of their captions, or not always."""
_DAYS = ("birth", "established", "term", "valid", "issued")


def looked(pixels: "Pixels", lines: list[Line]) -> list[Line]:
    """`lines` of a straight picture, and what a second look adds to them."""
    size = (pixels.shape[1], pixels.shape[0])
    print_ = pieces(lines, size)
    papers = {paper: captioned(print_, kinds.captions(paper)) for paper in ("card", "organisation")}
    paper, (captions, rest) = max(papers.items(), key=lambda one: len(one[1][0]))
    if len(captions) < _LEAST:
        return lines
    words = kinds.captions(paper)
    for place in [*_captions(captions, rest)]:
        found = _read(pixels, place)
        if found and _spells(found.text, words):
            lines = [*lines, found]
    for caption, place in _values(captions, size):
        found = _read(pixels, place)
        if found and found.score > _GOOD and _fits(caption, found.text):
            lines = [*(one for one in lines if not _inside(one, place, size)), found]
    for place, piece in signs.opening(captions):
        found = _read(pixels, place)
        if found and signs.opened(piece.text, found.text):
            lines = [*(one for one in lines if not _inside(one, place, size)), found]
    for caption, place in signs.closing(captions, print_):
        found = _read(pixels, place)
        end = signs.closed(caption, found.text) if found and found.score > _SIGN else ""
        if found and end:
            lines = [one for one in lines if not _inside(one, place, size)]
            lines = [*lines, replace(found, text=end, stops=found.stops[: len(end)])]
    return lines


def _captions(captions: Sequence[Caption], rest: Sequence[Piece]) -> "Iterator[Place]":
    """Where a caption must stand: left of a value that has none, in a column of values that have."""
    for piece in rest:
        column = [
            one for one in captions if one.rows and abs(one.rows[0][0].left - piece.left) < _COLUMN * piece.em
        ]
        beside = any(abs(one.middle - piece.middle) < _HIGH * piece.height for one in column)
        if column and not beside:
            left = min(one.left for one in column) - piece.em
            air = 0.2 * piece.height
            yield left, piece.top - air, piece.left - _AIR * piece.em, piece.bottom + air


def _values(captions: Sequence[Caption], size: tuple[int, int]) -> "Iterator[tuple[Caption, Place]]":
    """Where a value must stand: right of a caption that has none, or a date that is none."""
    for caption in captions:
        if caption.name.startswith("_") or caption.name in _ELSEWHERE or _told(caption):
            continue
        seen = [piece.height for one in captions for row in one.rows for piece in row]
        height = max(caption.height, sorted(seen)[len(seen) // 2] if seen else 0.0)
        left = caption.right + _AIR * height
        right = min(
            (
                one.left - _AIR * height
                for one in captions
                if one.left > left and abs(one.middle - caption.middle) < height
            ),
            default=float(size[0]),
        )
        right = min(right, left + _FAR * height)
        yield caption, (left, caption.middle - _HIGH * height, right, caption.middle + _HIGH * height)


def _told(caption: Caption) -> bool:
    """Whether the value of a caption was read."""
    return bool(caption.rows) and (caption.name not in _DAYS or bool(paper_days.days(caption.text)))


def _fits(caption: Caption, text: str) -> bool:
    return caption.name not in _DAYS or bool(paper_days.days("".join(text.split())))


def _spells(text: str, words: Mapping[str, str]) -> bool:
    bare = "".join(text.split())
    return bare in words or any(
        len(word) > 3 and len(word) == len(bare) and sum(map(str.__ne__, word, bare)) == 1 for word in words
    )


def _read(pixels: "Pixels", place: "Place") -> Line | None:
    """What stands in a place given by left, top, right, bottom in pixels."""
    height, width = pixels.shape[:2]
    left, top = max(0, round(place[0])), max(0, round(place[1]))
    right, bottom = min(width, round(place[2])), min(height, round(place[3]))
    if right - left < bottom - top or bottom - top < 8:
        return None
    said = engine.say([pixels[top:bottom, left:right]])[0]
    return line_at(said, (left, top, right, bottom), (width, height)) if said.text.strip() else None


def _inside(line: Line, place: "Place", size: tuple[int, int]) -> bool:
    x, y = (sum(corner[axis] for corner in line.corners) / 4 * size[axis] for axis in (0, 1))
    return place[0] < x < place[2] and place[1] < y < place[3]
