"""Lines cut out of a picture and read. In the worker only."""

from typing import TYPE_CHECKING

from wizard.intake import engine
from wizard.intake.lines import Line
from wizard.scan import Corners

if TYPE_CHECKING:
    from wizard.intake.engine import Box, Pixels

    Place = tuple[float, float, float, float]
    """Left, top, right, bottom in pixels."""


def read_lines(pixels: "Pixels", boxes: "Box") -> list[Line]:
    """What every line in `boxes` of a straight picture says, from top to bottom; empty ones are left out."""
    height, width = pixels.shape[:2]
    lines = [
        Line(one.text, round(one.sure, 4), _parts(box, width, height), one.stops)
        for one, box in zip(engine.say(strips(pixels, boxes)), ordered(boxes), strict=True)
        if one.text.strip()
    ]
    return sorted(lines, key=lambda line: line.corners[0][1])


def strips(pixels: "Pixels", boxes: "Box", laid: "Box | None" = None) -> "list[Pixels]":
    """The lines in `boxes`, each cut out so that it stands as it lies in `laid` (or in itself)."""
    return [engine.strip(pixels, box) for box in ordered(boxes, laid)]


def ordered(boxes: "Box", laid: "Box | None" = None) -> "Box":
    """Each box with its corners from the upper left clockwise, as they lie in `laid` (or in itself)."""
    import numpy as np

    found = boxes.copy()
    for place, box in enumerate(boxes if laid is None else laid):
        order = np.argsort(np.arctan2(*(box - box.mean(axis=0)).T[::-1]))
        first = int(np.argmin(box[order].sum(axis=1)))
        found[place] = boxes[place][np.roll(order, -first)]
    return found


def line_at(said: engine.Said, place: "Place", size: tuple[int, int]) -> Line:
    """What was said of a `place` in a picture of `size` pixels, as a line that ends where its letters end."""
    left, top, right, bottom = place
    air = 0.5 * (bottom - top)
    stops = [left + stop * (right - left) for stop in said.stops]
    begin, end = max(left, stops[0] - air), min(right, stops[-1] + air)
    x, y = (begin / size[0], end / size[0]), (top / size[1], bottom / size[1])
    corners = ((x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1]))
    return Line(
        said.text, round(said.sure, 4), corners, tuple((stop - begin) / (end - begin) for stop in stops)
    )


def _parts(box: "Box", width: int, height: int) -> Corners:
    return tuple((round(float(x) / width, 5), round(float(y) / height, 5)) for x, y in box)
