"""From captions to values: dates as 2026-11-23, brackets as papers print them, nothing that is no value."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wizard.intake import kinds, paper_days
from wizard.intake.captions import Caption
from wizard.intake.pieces import Piece, next_in_row

_FULL = str.maketrans("(),;:", "（），；：")
_DATES = ("established", "issued", "birth")
_MISREAD = str.maketrans("□囗口", "回回回")
"""What the engine makes of 回 in some fonts; none of it is a name on the list."""
_STRAY = re.compile(
    r"^[^一-鿿㐀-䶿\U00020000-\U0003ffffA-Za-z0-9（《“¥￥]+|[^一-鿿㐀-䶿\U00020000-\U0003ffffA-Za-z0-9）》”。；%℃]+$"
)
"""Signs that begin or end no value: specks, pieces of a frame or of a pattern."""
_SPANS = {"term": ("term_from", "term_to"), "valid": ("valid_from", "valid_to")}
_PROSE = ("business_scope", "type", "name", "funding", "sponsor")
_LISTED = 0.85
"""The score of a word that is on its list: few others look like it."""
_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")


@dataclass(frozen=True, slots=True)
class Value:
    """One value: its text, the engine's score, and the pieces it was read from."""

    text: str
    score: float
    pieces: tuple[Piece, ...]


def values(captions: Sequence[Caption]) -> dict[str, Value]:
    """The values of all captions, by field; a field whose print makes no sense is left out."""
    found: dict[str, Value] = {}
    for one in captions:
        pieces = tuple(piece for row in one.rows for piece in row)
        for name, text in _read(one).items():
            if text and name not in found:
                score = max(one.score, _LISTED) if name == "ethnicity" else one.score
                found[name] = Value(text, score, pieces)
    return found


def _read(caption: Caption) -> Mapping[str, str]:
    name, text = caption.name, caption.text
    if name in _SPANS:
        return dict(zip(_SPANS[name], paper_days.span(text), strict=True))
    if name in _DATES:
        return {name: paper_days.day(text)}
    if name.startswith("_") or name in ("uscc", "id_number"):
        return {}
    if name == "sex":
        return {name: text[0] if text[:1] in ("男", "女") else ""}
    if name == "ethnicity":
        parts = (text, *(piece.text for row in caption.rows for piece in row))
        bare = (part.removesuffix("族").translate(_MISREAD) for part in parts)
        return {name: next((part for part in bare if part in kinds.ethnicities()), "")}
    return {name: _tidied(name, text)}


def _tidied(name: str, text: str) -> str:
    """As papers print it: Chinese brackets and stops in prose, one kind of dot in a person's name."""
    text = text.translate(_FULL) if name in _PROSE else text.replace("(", "（").replace(")", "）")
    text = _STRAY.sub("", text)
    if name == "legal_person":
        return re.sub("[·•・‧.。]", "·", text)
    return text


def codes(pieces: Sequence[Piece]) -> list[tuple[str, Value]]:
    """Every run of 18 figures and capital letters, also where it was seen in two pieces."""
    found = []
    for piece in pieces:
        joined, parts = piece.text.upper(), [piece]
        after = next_in_row(piece, pieces, 1.5)
        for text, used in (
            (joined, parts),
            (joined + after.text.upper(), [piece, after]) if after else ("", parts),
        ):
            for match in _CODE.finditer(text):
                score = min(part.score for part in used)
                found.append((match[0], Value(match[0], score, tuple(used))))
    return found
