"""One line of writing, as the engine saw it."""

from dataclasses import dataclass

from wizard.scan import Corners


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its text, the engine's score (0 to 1, no proof of anything) and where it stands.

    `corners` are in parts of the straight picture's width and height; `stops` are the places of the
    characters along the line, in parts of its length, one for each character of `text`.
    """

    text: str
    score: float
    corners: Corners
    stops: tuple[float, ...] = ()
