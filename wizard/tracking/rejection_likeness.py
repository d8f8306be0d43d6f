"""How like a rejection is to wordings whose reason is known: a second opinion beside the patterns.

A sentence is taken apart into pairs of characters and the meanings of `resources/rejections/words.toml`; rare
ones count more (tf-idf), and two sentences are as alike as the angle between them is small (cosine, 0 to 1).
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from wizard.resource_files import ResourceError, toml
from wizard.tracking.rejection_patterns import reasons, table
from wizard.tracking.rejection_text import plain

UNKNOWN = ""
"""Stands for wordings of which it is known that they are about something else."""

_MEANING = 1.2
_SECOND_BEST = 0.8
_COMPANY = 0.3
_SAYS_LITTLE = re.compile("请|您|的|了|贵|你|该|烦|后|再|重新|提交|备案|修改|更换|[，。、：；“”（）《》]")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a sentence is to the wordings of one reason; `UNKNOWN` for those of none."""

    reason: str
    score: float


NOTHING = Likeness(UNKNOWN, 0.0)
"""Like no known wording at all."""


def likenesses(words: str) -> tuple[Likeness, ...]:
    """The reasons whose wordings are like `words`, the likest first."""
    known = _known()
    scores: dict[str, list[float]] = {}
    for number, alike in known.alike(_pieces(words)).items():
        for place, reason in enumerate(known.named[number]):
            scores.setdefault(reason, []).append(alike if place == 0 else alike * _SECOND_BEST)
    ranked = (Likeness(reason, _together(alike)) for reason, alike in scores.items())
    return tuple(sorted(ranked, key=lambda one: (-one.score, one.reason)))


def _together(alike: list[float]) -> float:
    """The best counts, and a little that it is not alone."""
    first, *others = sorted(alike, reverse=True)[:3]
    return first + _COMPANY * sum(others)


@dataclass(frozen=True, slots=True)
class _Known:
    """The known wordings: their reasons, where each piece stands and how much it weighs there, its rarity."""

    named: Sequence[tuple[str, ...]]
    places: Mapping[str, Sequence[tuple[int, float]]]
    rarity: Mapping[str, float]

    def alike(self, pieces: Mapping[str, float]) -> Mapping[int, float]:
        """How like each wording that shares a piece is, by its number."""
        scores: dict[int, float] = {}
        for piece, weight in _vector(pieces, self.rarity, _rarity(len(self.named), 1)).items():
            for number, other in self.places.get(piece, ()):
                scores[number] = scores.get(number, 0.0) + weight * other
        return scores


def _vector(pieces: Mapping[str, float], rarity: Mapping[str, float], rarest: float) -> Mapping[str, float]:
    weighed = {piece: count * rarity.get(piece, rarest) for piece, count in pieces.items()}
    length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
    return {piece: weight / length for piece, weight in weighed.items()}


@cache
def _known() -> _Known:
    """What is compared with.

    Raises:
        ResourceError: a wording names a reason that is not known.
    """
    said = [(example, (reason.reason,)) for reason in reasons() for example in reason.examples]
    for entry in toml("rejections", "wordings.toml")["say"]:
        if unknown := set(entry["reasons"]) - set(table()):
            raise ResourceError(f"wordings.toml: «{entry['text']}»: no reason {sorted(unknown)}")
        said.append((entry["text"], tuple(entry["reasons"]) or (UNKNOWN,)))
    taken_apart = [_pieces(text) for text, _ in said]
    in_how_many = Counter(piece for pieces in taken_apart for piece in pieces)
    rarity = {piece: _rarity(len(said), count) for piece, count in in_how_many.items()}
    places: dict[str, list[tuple[int, float]]] = {}
    for number, pieces in enumerate(taken_apart):
        for piece, weight in _vector(pieces, rarity, 0.0).items():
            places.setdefault(piece, []).append((number, weight))
    return _Known([named for _, named in said], places, rarity)


def _rarity(all_: int, count: int) -> float:
    return math.log(all_ / count) + 0.3


def _pieces(words: str) -> Mapping[str, float]:
    whole = plain(words)
    meanings = {f"<{name}>": _MEANING for name, meaning in _meanings().items() if meaning.search(whole)}
    left = _SAYS_LITTLE.sub("", whole)
    pairs = Counter(left[place : place + 2] for place in range(len(left) - 1))
    return {**meanings, **{pair: 1 + math.log(count) for pair, count in pairs.items()}}


@cache
def _meanings() -> Mapping[str, re.Pattern[str]]:
    words: dict[str, str] = toml("rejections", "words.toml")["words"]
    return {name: re.compile(pattern) for name, pattern in words.items()}
