"""The outline of a paper or card in a photograph: its four corners. In the worker only."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Pixels = npt.NDArray[np.uint8]
    Points = npt.NDArray[np.float32]

_LONG_SIDE = 640
"""Pixels at which edges are looked for: fine enough for a corner, coarse enough to lose the writing."""
_LEAST_PART, _MOST_PART = 0.15, 0.985
"""Of the picture's area: below it is a stamp or a portrait, above it the picture's own edge."""
_AT = 4
"""Pixels from the picture's side up to which a corner counts as lying on it."""
_SUPPORT = 0.6
"""How much of each side has to lie on an edge of the picture; papers had 0.9, chance outlines 0.3."""


def outlines(pixels: "Pixels") -> list["Points"]:
    """Outlines of four corners, each 4 × (x, y) in pixels, from the upper left clockwise; likeliest first.

    That is the largest one that lies within the picture: a desk's grain or joints, with the picture's own
    sides, make larger ones around the paper.
    """
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    scale = min(1.0, _LONG_SIDE / max(height, width))
    reduced = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    small = np.asarray(cv2.GaussianBlur(reduced, (5, 5), 0), np.uint8)
    edges = _edges(small)
    found: list[Points] = []
    for mask in _masks(small, edges):
        found += [quad for quad in _quads(mask) if _supported(quad, edges)]
    found.sort(key=lambda quad: (_on_the_side(quad, small), -cv2.contourArea(quad)))
    return [(quad / np.float32(scale)).astype(np.float32) for quad in found]


def _on_the_side(quad: "Points", small: "Pixels") -> bool:
    """Whether both ends of a side lie on the same side of the picture."""
    import numpy as np

    far = np.array(small.shape[1::-1], np.float32) - 1
    near = np.hstack([quad < _AT, quad > far - _AT])
    return bool((near & np.roll(near, -1, axis=0)).any())


def _edges(small: "Pixels") -> "Pixels":
    import cv2
    import numpy as np

    strongest = np.zeros(small.shape[:2], np.uint8)
    for channel in cv2.split(cv2.cvtColor(small, cv2.COLOR_RGB2LAB)):
        strongest = np.maximum(strongest, cv2.Canny(channel, 20, 60))
    return strongest


def _masks(small: "Pixels", edges: "Pixels") -> "Iterator[Pixels]":
    """Pictures of what may be the paper: enclosed by edges, or of another colour than the picture's rim."""
    import cv2
    import numpy as np

    square = cv2.getStructuringElement(cv2.MORPH_RECT, (5, 5))
    yield np.asarray(cv2.morphologyEx(edges, cv2.MORPH_CLOSE, square), np.uint8)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32)
    rim = np.concatenate(
        [
            lab[:6].reshape(-1, 3),
            lab[-6:].reshape(-1, 3),
            lab[:, :6].reshape(-1, 3),
            lab[:, -6:].reshape(-1, 3),
        ]
    )
    far = np.linalg.norm(lab - np.median(rim, axis=0), axis=2).clip(0, 255).astype(np.uint8)
    for picture in (far, lab[:, :, 0].astype(np.uint8)):
        _, mask = cv2.threshold(picture, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        yield np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, square), np.uint8)


def _quads(mask: "Pixels") -> "Iterator[Points]":
    import cv2
    import numpy as np

    whole = mask.shape[0] * mask.shape[1]
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:4]:
        hull = cv2.convexHull(contour)
        if not _LEAST_PART <= cv2.contourArea(hull) / whole <= _MOST_PART:
            continue
        for slack in (0.01, 0.02, 0.03, 0.05):
            corners = cv2.approxPolyDP(hull, slack * cv2.arcLength(hull, closed=True), closed=True)
            if len(corners) == 4:
                yield ordered(corners.reshape(4, 2).astype(np.float32))
                break


def _supported(quad: "Points", edges: "Pixels") -> bool:
    """Whether each side lies on edges, within three pixels."""
    import cv2
    import numpy as np

    near = cv2.dilate(edges, np.ones((7, 7), np.uint8))
    steps = np.linspace(0.05, 0.95, 60, dtype=np.float32)[:, None]
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        along = (start + (end - start) * steps).round().astype(int)
        along = along.clip(0, [near.shape[1] - 1, near.shape[0] - 1])
        if (near[along[:, 1], along[:, 0]] > 0).mean() < _SUPPORT:
            return False
    return True


def ordered(corners: "Points") -> "Points":
    """Four corners from the upper left clockwise."""
    import numpy as np

    middle = corners.mean(axis=0)
    turn = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    clockwise = corners[np.argsort(turn)]
    first = int(np.argmin(clockwise.sum(axis=1)))
    return np.roll(clockwise, -first, axis=0).astype(np.float32)
