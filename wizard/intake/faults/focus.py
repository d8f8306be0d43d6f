"""Out of focus, or shaken: how wide the letters' edges are, in the direction where they are widest."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from wizard.scan import Fault

if TYPE_CHECKING:
    from wizard.intake.faults.view import Pixels, View

# Width of an edge as part of a line's height: clean 0.05–0.11, blurred but legible up to 0.17,
# blurred so that nothing is read from 0.3.
BLURRED = 0.26
DOUBTFUL = 0.2
# The same in pixels of the working picture: sharp 2.4–3.0 whatever the letters' size, legible up to 5.6.
LEAST_EDGE = 4.8
# Shaken: edges this many pixels wide, and so many times wider than at a right angle; otherwise 1.2–1.35.
SHAKEN_EDGE, SHAKEN = 6.0, 1.6
_DIRECTIONS = 6
_CONTRAST = 25
_FEW = 6
_MOST, _WIDEST = 24, 320
_TILE = 96
Edge = tuple[float, float]


def judge(view: "View") -> Iterator[Fault]:
    """``blurred``, by focus or by motion."""
    edges, letter = _edges(view)
    if not edges:
        return
    wide, narrow = sorted(edges)[len(edges) // 2]
    if wide >= SHAKEN_EDGE and wide / narrow >= SHAKEN:
        yield Fault("blurred")
    elif wide >= LEAST_EDGE and wide / letter >= DOUBTFUL:
        yield Fault("blurred", doubtful=wide / letter < BLURRED)


def _edges(view: "View") -> tuple[list[Edge], float]:
    """The edges in each line, and the letters' height; where hardly a line was found, in the page's tiles.

    Where nothing can be read, no lines are found.
    """
    usual = max(view.grey.shape) / 50
    found = [one for strip in view.strips[:_MOST] if (one := edge(strip[:, :_WIDEST])) is not None]
    if len(found) >= _FEW:
        return found, min(view.letter, 1.6 * usual)
    tiles = sorted(one for tile in _tiles(view) if (one := edge(tile)) is not None)
    return [*found, *tiles[: max(1, len(tiles) // 3)]], usual


def edge(strip: "Pixels") -> Edge | None:
    """Pixels from dark to light across the strip's sharpest edges, in their widest and narrowest direction.

    None if the strip is blank.
    """
    import cv2
    import numpy as np

    grey = cv2.cvtColor(strip, cv2.COLOR_RGB2GRAY) if strip.ndim == 3 else strip
    values = grey.astype(np.float32)
    dark, light = np.percentile(values, (3, 90))
    if light - dark < _CONTRAST:
        return None
    across = cv2.Sobel(values, cv2.CV_32F, 1, 0, scale=1 / 8)
    down = cv2.Sobel(values, cv2.CV_32F, 0, 1, scale=1 / 8)
    steepest = []
    for turn in range(_DIRECTIONS):
        angle = math.pi * turn / _DIRECTIONS
        slope = np.abs(math.cos(angle) * across + math.sin(angle) * down)
        steepest.append(max(0.1, float(np.percentile(slope, 98))))
    contrast = float(light - dark)
    return contrast / min(steepest), contrast / max(steepest)


def _tiles(view: "View") -> "Iterator[Pixels]":
    height, width = view.grey.shape
    for top in range(0, height - _TILE // 2, _TILE):
        for left in range(0, width - _TILE // 2, _TILE):
            yield view.grey[top : top + _TILE, left : left + _TILE]
