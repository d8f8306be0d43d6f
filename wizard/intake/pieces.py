"""Lines cut where two blocks of print ran into one another, and put in rows again where print was spaced."""

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wizard.intake.lines import Line

_EM = 0.86
"""A letter's width in heights of its box: the engine puts some air around it."""
_GAP = 0.9
"""Ems of nothing between two letters that part two pieces; print is seldom spaced wider within a word."""
_NOISE = 0.45
"""The engine's score below which a line is a stain, a star, or two captions seen as one."""
_TILTED = 0.09
"""A longer line that leans more in a straight picture is a watermark (5°)."""
_MARK = re.compile("(?:仅供|仅限|仅用于|[此本]复印件).*(?:使用|无效|备案|审核|专用)|他用无效|再次复印无效")
"""A purpose mark that stands level beside the print; 仅限分支机构经营 is part of a scope."""
_STARS = re.compile("[★☆✩✪●■◆▲*]+")
"""Parts of an emblem or a seal."""
_PLAIN = str.maketrans("－—–―〇", "----〇")


@dataclass(frozen=True, slots=True)
class Piece:
    """Print without a gap: its text without blanks, the middle of each letter, its box, all in pixels."""

    text: str
    places: tuple[float, ...]
    left: float
    top: float
    right: float
    bottom: float
    score: float = 1.0

    @property
    def height(self) -> float:
        """Of the box."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The line on which it stands."""
        return (self.top + self.bottom) / 2

    @property
    def em(self) -> float:
        """The width of a Chinese character."""
        return self.height * _EM

    def part(self, start: int, end: int | None = None) -> "Piece | None":
        """The letters from `start` to `end`; None where there are none."""
        end = len(self.text) if end is None else end
        if start >= end:
            return None
        left = self.left if start == 0 else (self.places[start - 1] + self.places[start]) / 2
        right = self.right if end == len(self.text) else (self.places[end - 1] + self.places[end]) / 2
        return Piece(
            self.text[start:end], self.places[start:end], left, self.top, right, self.bottom, self.score
        )


def pieces(lines: Iterable[Line], size: tuple[int, int]) -> list[Piece]:
    """All pieces of a straight picture of `size` pixels, from top to bottom."""
    found = [piece for line in lines for whole in _whole(line, size) for piece in _parted(whole)]
    found = [piece for piece in found if not (_MARK.match(piece.text) or _STARS.fullmatch(piece.text))]
    return sorted(found, key=lambda piece: (piece.middle, piece.left))


def leans(line: Line, size: tuple[int, int]) -> bool:
    """Whether a line lies aslant in a straight picture: a watermark, or somebody's pen."""
    (left, top), (right, lower), _, (foot, bottom) = ((x * size[0], y * size[1]) for x, y in line.corners)
    long, high = math.hypot(right - left, lower - top), math.hypot(foot - left, bottom - top)
    return long > 1.5 * high and abs(lower - top) > _TILTED * long * max(1.0, 3 * high / long)


def _whole(line: Line, size: tuple[int, int]) -> Iterator[Piece]:
    across = [x * size[0] for x, _ in line.corners]
    down = [y * size[1] for _, y in line.corners]
    left, right = (across[0] + across[3]) / 2, (across[1] + across[2]) / 2
    top, bottom = (down[0] + down[1]) / 2, (down[2] + down[3]) / 2
    if "SPECIMEN" in line.text.upper() and "http" not in line.text:
        return
    if line.score < _NOISE or leans(line, size):
        return
    letters = [
        (letter, left + stop * (right - left))
        for letter, stop in zip(line.text, line.stops or [0.5] * len(line.text), strict=True)
        if not letter.isspace()
    ]
    if letters and bottom > top:
        text = "".join(plain(letter) for letter, _ in letters)
        yield Piece(text, tuple(place for _, place in letters), left, top, right, bottom, line.score)


def plain(letter: str) -> str:
    """One letter with full-width digits and Latin letters made narrow, and one kind of dash."""
    narrow = unicodedata.normalize("NFKC", letter)
    return narrow if len(narrow) == 1 and narrow.isalnum() else letter.translate(_PLAIN)


def _parted(whole: Piece) -> Iterator[Piece]:
    start = 0
    for at in range(1, len(whole.text)):
        usual = (_width(whole.text[at - 1]) + _width(whole.text[at])) / 2
        if (whole.places[at] - whole.places[at - 1]) / whole.em - usual > _GAP:
            yield _closed(whole, start, at)
            start = at
    yield _closed(whole, start, len(whole.text))


def _closed(whole: Piece, start: int, end: int) -> Piece:
    """A part whose box ends at its own letters, not in the middle of the gap."""
    left = whole.left if start == 0 else whole.places[start] - _width(whole.text[start]) * whole.em / 2
    last = end == len(whole.text)
    right = whole.right if last else whole.places[end - 1] + _width(whole.text[end - 1]) * whole.em / 2
    return Piece(
        whole.text[start:end], whole.places[start:end], left, whole.top, right, whole.bottom, whole.score
    )


def _width(letter: str) -> float:
    """In ems."""
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.55


def same_row(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand on one line."""
    return abs(one.middle - other.middle) < 0.5 * min(one.height, other.height)


def next_in_row(piece: Piece, others: Sequence[Piece], most: float) -> Piece | None:
    """The nearest piece to the right on the same line, not further than `most` ems."""
    best = None
    for other in others:
        gap = other.left - piece.right
        near = -piece.em < gap < most * piece.em and other.places[0] > piece.places[-1]
        if near and same_row(piece, other) and (best is None or other.left < best.left):
            best = other
    return best
