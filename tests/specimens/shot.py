"""A drawn sheet as a picture that things happen to, with the truth carried along."""

from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np

from tests.specimens.paper import Paper

Quad = np.ndarray
"""Four corners in pixels, from the upper left clockwise."""


@dataclass
class Shot:
    """`image` is RGB; `sheet` the corners of the document in it; `exif` the orientation to be stored.

    `lines` are the lines of print, `marks` the whole rows of a watermark.
    """

    image: np.ndarray
    boxes: dict[str, Quad]
    sheet: Quad
    unit: float
    exif: int = 1
    quality: int = 90
    png: bool = False
    legible: bool = True
    done: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    lines: list[tuple[str, Quad]] = field(default_factory=list)
    marks: list[Quad] = field(default_factory=list)

    def moved(self, image: np.ndarray, matrix: np.ndarray) -> None:
        """Take `image` for the picture, and move every corner by the 3×3 `matrix`."""
        self.image = image
        self.boxes = {name: _through(matrix, quad) for name, quad in self.boxes.items()}
        self.sheet = _through(matrix, self.sheet)
        self.lines = [(text, _through(matrix, quad)) for text, quad in self.lines]
        self.marks = [_through(matrix, quad) for quad in self.marks]

    def fault(self, code: str, *, legible: bool = True, hidden: list[str] | None = None) -> None:
        self.defects.append(code)
        self.legible &= legible
        self.hidden += [name for name in hidden or [] if name not in self.hidden]

    def truth(self) -> dict[str, Any]:
        return {
            "size": [self.image.shape[1], self.image.shape[0]],
            "degradations": self.done,
            "legible": self.legible,
            "defects": self.defects,
            "hidden_fields": sorted(self.hidden),
            "sheet": _plain(self.sheet),
            "lines": [{"text": text, "corners": _plain(quad)} for text, quad in self.lines],
            "marks": [_plain(quad) for quad in self.marks],
            "boxes_upright_of_exif": {name: _plain(quad) for name, quad in self.boxes.items()},
        }


def shot(paper: Paper) -> Shot:
    """The sheet as it is, filling the picture."""
    image = np.array(paper.image)
    height, width = image.shape[:2]
    boxes = {}
    for name, parts in paper.boxes.items():
        left, top, right, bottom = (
            f(part[at] for part in parts) for at, f in enumerate((min, min, max, max))
        )
        boxes[name] = _quad(left, top, right, bottom)
    lines = [(text, _quad(*box)) for text, box in paper.lines]
    return Shot(image, boxes, _quad(0, 0, width, height), paper.unit, lines=lines)


def _quad(left: float, top: float, right: float, bottom: float) -> Quad:
    return np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float64)


def _through(matrix: np.ndarray, quad: Quad) -> Quad:
    return cv2.perspectiveTransform(quad[None], matrix.astype(np.float64))[0]


def _plain(quad: Quad) -> list[list[float]]:
    return [[round(float(x), 1), round(float(y), 1)] for x, y in quad]
