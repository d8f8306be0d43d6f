"""Lines as the engine gives them, set by hand: text at a place, in the units of the drawn specimens."""

import unicodedata
from collections.abc import Iterable, Sequence

from wizard.intake.lines import Line

SIZE = (1600, 1130)


def line(x: float, y: float, text: str, em: float = 29, score: float = 0.99, size=SIZE) -> Line:
    """`text` from `x` on, its middle at `y`; a blank in it is one em of nothing."""
    stops, at = [], 0.0
    for letter in text:
        wide = 1.0 if unicodedata.east_asian_width(letter) in "WF" or letter == " " else 0.55
        stops.append(at + wide / 2)
        at += wide
    left, right, top, bottom = x - 3, x + at * em + 3, y - 0.58 * em, y + 0.58 * em
    kept = [(letter, (stop * em + 3) / (right - left)) for letter, stop in zip(text, stops, strict=True)]
    corners = tuple(
        (across / size[0], down / size[1])
        for across, down in ((left, top), (right, top), (right, bottom), (left, bottom))
    )
    text = "".join(letter for letter, _ in kept)
    return Line(text, score, corners, tuple(stop for _, stop in kept))


def page(set_: Iterable[Sequence], size=SIZE) -> list[Line]:
    return [line(*one, size=size) if len(one) <= 5 else one for one in set_]
