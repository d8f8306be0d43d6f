"""A second look where print must stand and none was seen: left of a value, right of a caption. Worker only.

The engine finds lines by their look, and misses a short one that a watermark, a spot or a frame crosses; what
it misses it still reads, once it is told where to look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
_LEAST = 3
"""Captions on a page that is looked at again: with fewer it is no such paper, or nothing can be seen."""
_ELSEWHERE = ("authority", "uscc")
"""Their values do not stand right of their captions, or not always."""
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_TEXTS = ("business_scope", "address", "type", "name")
_ONE_LINE = (0.75, 1.8)
"""Heights between two lines of a text from which one is missing: close ones have 0.3 at most."""
_DAYS = ("birth", "established", "term", "valid", "issued")


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was made of the lines: all print, the captions with their values, and what belongs to none."""

    print_: Sequence[Piece]
    captions: Sequence[Caption]
    rest: Sequence[Piece]
    words: Mapping[str, str]


def looked(pixels: "Pixels", lines: list[Line]) -> list[Line]:
    """`lines` of a straight picture, and what a second look adds to them."""
    before = None
    for look in (_missed, _missed, _signs):  # a caption that was found now may want its value
        if look is _missed and lines is before:
            continue
        seen, before = _seen(lines, (pixels.shape[1], pixels.shape[0])), lines
        if len(seen.captions) < _LEAST:
            break
        for found, place in look(pixels, seen):
            lines = [*(one for one in lines if not _inside(one, place, pixels)), found]
    return lines


def _seen(lines: list[Line], size: tuple[int, int]) -> _Seen:
    print_ = pieces(lines, size)
    papers = [kinds.captions(paper) for paper in ("card", "organisation")]
    found = [_Seen(print_, *captioned(print_, words), words) for words in papers]
    return max(found, key=lambda one: len(one.captions))


def _missed(pixels: "Pixels", seen: _Seen) -> "Iterator[tuple[Line, Place]]":
    """Captions, values and lines within a text, each with the place that it fills."""
    for place in _captions(seen.captions, seen.rest):
        found = _read(pixels, place)
        if found and _spells(found.text, seen.words):
            yield found, _NOWHERE
    for caption, place in _values(seen.captions, pixels.shape[1]):
        found = _read(pixels, place)
        if found and found.score > _GOOD and _fits(caption, found.text):
            yield found, place
    for place in _between(seen.captions, seen.rest):
        found = _read(pixels, place)
        if found and found.score > _GOOD and len(found.text) > 1:
            yield found, _NOWHERE


def _signs(pixels: "Pixels", seen: _Seen) -> "Iterator[tuple[Line, Place]]":
    for place, piece in signs.opening(seen.captions):
        found = _read(pixels, place)
        if found and signs.opened(piece.text, found.text):
            yield found, place
    for caption, place in signs.closing(seen.captions, seen.print_):
        found = _read(pixels, place)
        end = signs.closed(caption, found.text, found.score) if found else ""
        if found and end:
            score = max(found.score, signs.ALONE)
            yield replace(found, text=end, stops=found.stops[: len(end)], score=score), place


def _captions(captions: Sequence[Caption], rest: Sequence[Piece]) -> "Iterator[Place]":
    """Where a caption must stand: left of a value that has none, in a column of values that have."""
    for piece in rest:
        column = [
            one for one in captions if one.rows and abs(one.rows[0][0].left - piece.left) < _COLUMN * piece.em
        ]
        beside = any(abs(one.middle - piece.middle) < _HIGH * max(one.height, piece.height) for one in column)
        if column and not beside:
            left = min(one.left for one in column) - piece.em
            air = 0.2 * piece.height
            yield left, piece.top - air, piece.left - _AIR * piece.em, piece.bottom + air


def _values(captions: Sequence[Caption], width: int) -> "Iterator[tuple[Caption, Place]]":
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
            default=float(width),
        )
        right = min(right, left + _FAR * height)
        yield caption, (left, caption.middle - _HIGH * height, right, caption.middle + _HIGH * height)


def _between(captions: Sequence[Caption], rest: Sequence[Piece]) -> "Iterator[Place]":
    """Where a line within a text must stand: it goes on below, one line too low."""
    for caption in captions:
        if caption.name not in _TEXTS or not caption.rows:
            continue
        last, first = caption.rows[-1][0], caption.rows[0][0]
        for piece in rest:
            gap = piece.top - last.bottom
            begins = abs(piece.left - first.left) < _COLUMN * piece.em
            if begins and _ONE_LINE[0] * last.height < gap < _ONE_LINE[1] * last.height:
                right = max(part.right for row in caption.rows for part in row)
                middle, half = last.bottom + gap / 2, last.height / 2
                yield first.left - _AIR * last.em, middle - half, right, middle + half


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


def _inside(line: Line, place: "Place", pixels: "Pixels") -> bool:
    height, width = pixels.shape[:2]
    x = sum(corner[0] for corner in line.corners) / 4 * float(width)
    y = sum(corner[1] for corner in line.corners) / 4 * float(height)
    return place[0] < x < place[2] and place[1] < y < place[3]
