"""The date printed under a paper's seal. In the worker only.

Red ink is bright in the red channel, so that print under it is read there. Of a spaced date the engine may
find the year and the last sign only: then the row between them is read as one line.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.intake import engine
from wizard.intake.lines import Line
from wizard.intake.paper_days import days
from wizard.intake.seal import Seal
from wizard.intake.strips import line_at, read_lines
from wizard.scan import Corners

if TYPE_CHECKING:
    from wizard.intake.engine import Pixels

    Region = tuple[int, int, int, int]

_SIGNS = frozenset("0123456789年月日")
_ROWS = 2
"""So many rows with figures are read whole: the date, and a line of the foot."""
_AIR = 0.15
"""Heights above and below a row."""
_RED, _GREY = 120, 45
"""Steps between black print and what is as pale as the seal: red in the red channel, or on a grey copy."""
_HALVED = re.compile(r"年0\d月\d日")
"""A day without its first figure: the month has a 0 before its own."""


def dated(pixels: "Pixels", lines: list[Line], seal: Seal | None) -> list[Line]:
    """`lines`; a date under the seal (or under 登记机关) that was not read is looked for once more."""
    region = _region(pixels, lines, seal)
    if region is None:
        return lines
    left, top, right, bottom = region
    height, width = pixels.shape[:2]
    inside: list[Line] = []
    outside: list[Line] = []
    for line in lines:
        x, y = (sum(corner[axis] for corner in line.corners) / 4 for axis in (0, 1))
        (inside if left < x * width < right and top < y * height < bottom else outside).append(line)
    if _day(inside):
        return lines
    found = _in_a_row(pixels, inside, region) or _found(pixels, region)
    return [*outside, *found] if found else lines


def _in_a_row(pixels: "Pixels", inside: list[Line], region: "Region") -> list[Line]:
    """The row of a part of the date, read from side to side of the region."""
    height, width = pixels.shape[:2]
    for top, bottom in _rows(inside, height):
        crop = pixels[top:bottom, region[0] : region[2]]
        for seen in _washed(crop):
            said = engine.say([seen])[0]
            text = "".join(said.text.split())
            if days(text) and not _HALVED.search(text):
                return [line_at(said, (region[0], top, region[2], bottom), (width, height))]
    return []


def _rows(inside: list[Line], height: int) -> "Iterator[tuple[int, int]]":
    """Top and bottom, in pixels, of the lines with parts of a date, from top to bottom, each row once."""
    last, count = 0, 0
    for line in sorted(inside, key=lambda one: one.corners[0][1]):
        if not set(line.text) & _SIGNS or count == _ROWS:
            continue
        top = min(y for _, y in line.corners) * height
        bottom = max(y for _, y in line.corners) * height
        if (top + bottom) / 2 > last:
            air = _AIR * (bottom - top)
            last, count = round(bottom + air), count + 1
            yield max(0, round(top - air)), min(height, last)


def _found(pixels: "Pixels", region: "Region") -> list[Line]:
    """All lines of the region, if they hold a date."""
    left, top, right, bottom = region
    height, width = pixels.shape[:2]
    crop = _without(pixels[top:bottom, left:right])
    lines = [
        Line(one.text, one.score, _moved(one.corners, region, (width, height)), one.stops)
        for one in read_lines(crop, engine.find(crop, max(crop.shape[:2])))
    ]
    return lines if _day(lines) else []


def _region(pixels: "Pixels", lines: list[Line], seal: Seal | None) -> "Region | None":
    """Where the date stands: left, top, right, bottom in pixels."""
    height, width = pixels.shape[:2]
    if seal:
        box = (seal.x - 2.4 * seal.radius, seal.y - 0.2 * seal.radius, seal.x + 1.5 * seal.radius)
        low = seal.y + 1.7 * seal.radius
    else:
        caption = next((line for line in lines if "登记机关" in line.text.replace(" ", "")), None)
        if caption is None:
            return None
        (left, _), _, (_, foot), _ = caption.corners
        em = (foot - caption.corners[0][1]) * height
        box = (left * width - em, foot * height, left * width + 16 * em)
        low = foot * height + 6 * em
    left, top, right = (max(0, round(side)) for side in box)
    right, bottom = min(width, right), min(height, round(low))
    return (left, top, right, bottom) if right - left > 32 and bottom - top > 16 else None


def _day(lines: list[Line]) -> bool:
    """Whether the lines of one place hold a whole date."""
    row = sorted(lines, key=lambda line: line.corners[0][0])
    return bool(days("".join("".join(line.text.split()) for line in row if set(line.text) & _SIGNS)))


def _moved(corners: Corners, region: "Region", size: tuple[int, int]) -> Corners:
    left, top, right, bottom = region
    return tuple(
        ((left + x * (right - left)) / size[0], (top + y * (bottom - top)) / size[1]) for x, y in corners
    )


def _without(pixels: "Pixels") -> "Pixels":
    """The picture as red glass shows it: red ink is gone, black print stays."""
    import numpy as np

    return np.repeat(pixels[:, :, :1], 3, axis=2)


def _washed(pixels: "Pixels") -> "Iterator[Pixels]":
    """The same with all but black print washed out: through red glass, then as on a grey copy."""
    import cv2
    import numpy as np

    grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    for seen, steps in ((pixels[:, :, 0], _RED), (grey, _GREY)):
        ink = float(np.percentile(seen, 2))
        plain = np.clip((seen - ink) * (255 / steps), 0, 255).astype(np.uint8)
        yield np.repeat(plain[:, :, None], 3, axis=2)
