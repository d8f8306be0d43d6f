"""Where the captions stand on a paper (名称, 住所, 公民身份号码 …), and which print belongs to which.

A caption may be spaced (名　　称), seen as several pieces, or run into its value; whatever stands right of
it on its line is its value, and so are the lines below that begin where the value begins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wizard.intake.pieces import Piece, next_in_row, same_row

_SPACED = 5.5
"""Ems between two characters of one spaced caption: 名 and 称 stood 4.2 apart at most."""
_WIDELY = 12.0
"""The same where both characters were seen and the caption has no more."""
_LEADING = 0.75
"""Heights between two lines of one value; captions below it follow at 0.9 and more."""
_INDENT = 1.6
"""Ems by which a line of a value may begin further left or right than its first."""
_FAR = 18.0
"""Ems from a caption to its value: on wide certificates 10 at most; further there is another paper."""
_WIDE = 4.5
"""Ems between two pieces on the first line of a value (a date with spaced figures)."""
_SINGLE = ("sex", "ethnicity", "birth", "id_number", "valid")
"""Values of one line: what stands below belongs to another caption, seen or not."""
_LONG = 4
"""Characters of a caption that is known in the middle of a line, where other captions begin there."""
_TWICE = 0.35
"""The part of a piece that lies over what is there already: a figure seen at the end of the caption too."""
_CLOSE = 1.8
"""Ems between two pieces on a lower line."""


@dataclass(slots=True)
class Caption:
    """One caption: the field it names, its box in pixels, and the pieces of its value line by line."""

    name: str
    left: float
    right: float
    middle: float
    height: float
    rows: list[list[Piece]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole value, its lines joined."""
        return "".join(piece.text for row in self.rows for piece in row)

    @property
    def score(self) -> float:
        """The engine's, over all letters of the value."""
        parts = [(piece.score, len(piece.text)) for row in self.rows for piece in row]
        return sum(score * length for score, length in parts) / max(1, sum(length for _, length in parts))


def captioned(pieces: Sequence[Piece], words: Mapping[str, str]) -> tuple[list[Caption], list[Piece]]:
    """The captions among `pieces` with their values, and the print that belongs to none.

    `words` are the captions looked for, each with the name of its field.
    """
    captions, rest = _captions(pieces, words)
    parted = [part for piece in pieces for part in _parted(piece, pieces, captions, words)]
    if len(parted) > len(pieces):
        captions, rest = _captions(parted, words)
    return captions, _given_out(captions, rest)


def _parted(
    piece: Piece, pieces: Sequence[Piece], captions: Sequence[Caption], words: Mapping[str, str]
) -> list[Piece]:
    """A piece in two where a long value ran into the caption of the next column, or its first character."""
    for word, name in words.items():
        at = piece.text.find(word, 1) if len(word) >= _LONG else _first_of(word, piece, pieces)
        if at < 1:
            continue
        begins = piece.places[at] - piece.em / 2
        if any(abs(one.left - begins) < 0.8 * piece.em for one in captions if one.name != name):
            return [part for part in (piece.part(0, at), piece.part(at)) if part]
    return [piece]


def _first_of(word: str, piece: Piece, pieces: Sequence[Piece]) -> int:
    """Where a caption of two spaced characters begins, if it does at the very end of a piece."""
    if len(word) != 2 or piece.text[-1] != word[0]:
        return 0
    after = next_in_row(piece, pieces, _SPACED)
    return len(piece.text) - 1 if after and after.text[0] == word[1] else 0


def _captions(pieces: Sequence[Piece], words: Mapping[str, str]) -> tuple[list[Caption], list[Piece]]:
    used: dict[int, int] = {}
    found: list[Caption] = []
    longest_first = sorted(words, key=len, reverse=True)
    for slips in (0, 1):
        for piece in pieces:
            if id(piece) in used:
                continue
            for word in longest_first:
                if slips and (len(word) < 4 or any(one.name == words[word] for one in found)):
                    continue
                trail = _spelled(piece, word, pieces, slips)
                if trail and not any(id(one) in used for one, _ in trail):
                    used |= {id(one): end for one, end in trail}
                    found.append(_caption(words[word], [one for one, _ in trail], trail[-1][1]))
                    break
    found += _halves(pieces, words, used, found)
    rest = [
        piece.part(_after(piece.text, used[id(piece)])) if id(piece) in used else piece for piece in pieces
    ]
    return found, [piece for piece in rest if piece]


def _halves(
    pieces: Sequence[Piece], words: Mapping[str, str], used: dict[int, int], found: Sequence[Caption]
) -> list[Caption]:
    """Captions of two spaced characters of which one was not seen: the second in a column of captions, or the
    first alone.
    """
    halves: list[Caption] = []
    seconds = [
        piece for piece in pieces if any(len(word) == 2 and piece.text[0] == word[1] for word in words)
    ]
    for place in (1, 0):
        for word, name in words.items():
            if len(word) != 2 or name.startswith("_") or any(one.name == name for one in (*found, *halves)):
                continue
            for piece in pieces:
                alone = place == 0 and piece.text == word[0]
                second = place == 1 and piece.text[0] == word[1] and _in_column(piece, found, seconds)
                if id(piece) not in used and place == 0 and _misread(piece, word, found):
                    used[id(piece)] = 2
                    halves.append(_caption(name, [piece], 2))
                    break
                if id(piece) not in used and (alone or second):
                    trail = [piece, *_second(piece, word, pieces)] if alone else [piece]
                    used |= {id(one): 1 for one in trail}
                    halves.append(_caption(name, trail, 1))
                    break
    return halves


def _misread(piece: Piece, word: str, found: Sequence[Caption]) -> bool:
    """A caption of two characters of which the second was misread, in a column of captions."""
    like = len(piece.text) == 2 and piece.text[0] == word[0]
    return like and sum(abs(one.left - piece.left) < 0.6 * piece.em for one in found) >= 2


def _second(piece: Piece, word: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The piece with the second character of a widely spaced caption, if its first stands in `piece`."""
    after = next_in_row(piece, pieces, _WIDELY)
    return [after] if after and after.text[0] == word[1] else []


def _in_column(piece: Piece, found: Sequence[Caption], seconds: Sequence[Piece]) -> bool:
    """Whether its first character stands where captions of four end, or others of two have their second."""
    end = piece.left + piece.em
    if any(one.text[0] != piece.text[0] and abs(one.left - piece.left) < 0.4 * piece.em for one in seconds):
        return True
    return (
        sum(one.left < piece.left - piece.em and abs(one.right - end) < 1.2 * piece.em for one in found) >= 2
    )


def _after(text: str, end: int) -> int:
    """Where the value begins behind a caption: a colon belongs to neither."""
    while end < len(text) and text[end] in "：:":
        end += 1
    return end


def _spelled(piece: Piece, word: str, pieces: Sequence[Piece], slips: int) -> list[tuple[Piece, int]] | None:
    """The pieces that spell `word` from the start of `piece` on, each with how much of it it holds."""
    trail: list[tuple[Piece, int]] = []
    at = 0
    current: Piece | None = piece
    while current:
        end = 0
        while at < len(word) and end < len(current.text):
            slips -= current.text[end] != word[at]
            if slips < 0:
                return None
            at, end = at + 1, end + 1
        trail.append((current, end))
        if at == len(word):
            return trail
        current = next_in_row(current, pieces, _SPACED)
    return None


def _caption(name: str, trail: list[Piece], end: int) -> Caption:
    first, last = trail[0], trail[-1]
    right = last.right if end == len(last.text) else (last.places[end - 1] + last.places[end]) / 2
    return Caption(name, first.left, right, (first.middle + last.middle) / 2, max(first.height, last.height))


def _given_out(captions: Sequence[Caption], rest: Sequence[Piece]) -> list[Piece]:
    """Give every piece to its caption, from top to bottom; what is left over."""
    left_over: list[Piece] = []
    for piece in sorted(rest, key=lambda one: (one.middle, one.left)):
        beside, above = _beside(captions, piece), _above(captions, piece)
        other = None if beside is above else beside  # of close lines the second stands beside the caption too
        if above and not (other and (other.right > above.left or _follows(other, piece))):
            above.rows.append([piece])
        elif not (beside and _taken(beside, piece)):
            left_over.append(piece)
    return [piece for piece in left_over if not _behind(captions, piece)]


def _beside(captions: Sequence[Caption], piece: Piece) -> Caption | None:
    """The nearest caption left of a piece on its line."""
    row = [
        one
        for one in captions
        if abs(one.middle - piece.middle) < 0.65 * max(one.height, piece.height)
        and one.right - piece.em < piece.left + 0.5 * piece.em
        and one.left < piece.left
    ]
    return max(row, key=lambda one: one.left, default=None)


def _follows(caption: Caption, piece: Piece) -> bool:
    """Close behind what already stands on the first line of the value."""
    return any(
        -piece.em < piece.left - one.right < _CLOSE * piece.em for row in caption.rows[:1] for one in row
    )


def _taken(caption: Caption, piece: Piece) -> bool:
    """The piece put on the first line of the caption's value, unless it stands far from what is there."""
    if not caption.rows:
        if piece.left - caption.right > _FAR * piece.em:
            return False
        caption.rows.append([piece])
        return True
    first = caption.rows[0]
    if len(caption.rows) > 1 or not same_row(first[-1], piece):
        return False
    for place, one in enumerate(first):
        if _over(one, piece):
            first[place] = max(one, piece, key=lambda part: part.right - part.left)
            return True
    if min(abs(piece.left - one.right) for one in first) > _WIDE * piece.em and piece.left > first[-1].left:
        return False
    first.append(piece)
    first.sort(key=lambda one: one.left)
    return True


def _over(one: Piece, other: Piece) -> bool:
    """Whether the smaller of two pieces lies over the other."""
    common = min(one.right, other.right) - max(one.left, other.left)
    return common > _TWICE * min(one.right - one.left, other.right - other.left)


def _above(captions: Sequence[Caption], piece: Piece) -> Caption | None:
    """The caption whose value has its last line right above a piece, and begins where the piece begins."""
    for one in captions:
        if not one.rows or one.name in _SINGLE:
            continue
        gap = piece.top - max(part.bottom for part in one.rows[-1])
        begins = abs(piece.left - one.rows[0][0].left) < _INDENT * piece.em
        if begins and -0.5 * piece.height < gap < _LEADING * piece.height:
            return one
    return None


def _behind(captions: Sequence[Caption], piece: Piece) -> bool:
    """On a lower line of a value, close behind what stands there."""
    for one in captions:
        for row in one.rows[1:]:
            if same_row(row[-1], piece) and -piece.em < piece.left - row[-1].right < _CLOSE * piece.em:
                row.append(piece)
                return True
    return False
