"""What the worker does for the bench: each step is made from the original, whose pixels are held meanwhile.

The errand ``bench`` names its `act`: ``view`` gives a copy to look at (of a shape, or as it is), ``corners``
finds the paper, ``make`` gives the file that comes off the bench.
"""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.files import FileProblem
from wizard.intake.bench import corners as paper
from wizard.intake.bench.fit import Saved, within
from wizard.intake.bench.proportions import proportion
from wizard.intake.bench.shape import WHOLE, Limits, Shape, shape_of
from wizard.intake.decode import Decoded, decode

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from wizard.intake.decode import Pixels

    Points = npt.NDArray[np.float64]

VIEW = 1600
"""Pixels of the longer side of what is only looked at."""
_LEAST_PART = 0.01
_EDGE = 1.5
"""Pixels along the paper's edge that are left out: half of them are the desk's."""
_BLOWN = 1.5
"""What is put straight has at most so many times the pixels that were given."""
_TOO_SKEWED = "四个角挨得太近或拉得太斜，把它们移到证件的四角，或点“恢复原图”"
_held: dict[tuple[str, int, int], Decoded] = {}

Answer = tuple[dict[str, Any], bytes]


def bench(errand: dict[str, Any]) -> Answer:
    """The answer to the errand ``bench``.

    Raises:
        FileProblem: it is no picture that can be used, or the corners are those of no paper.
    """
    path = Path(errand["path"])
    given = _given(path)
    match errand["act"]:
        case "corners":
            return {"corners": _corners(given.pixels, errand.get("start") or ())}, b""
        case "make":
            return _told(_made(path, given, errand))
        case _:
            shape = shape_of(errand["shape"]) if "shape" in errand else Shape()
            picture = _cut(_laid(given.pixels, shape, errand.get("kind", "")), shape.crop)
            return _told(_look(picture))


def _given(path: Path) -> Decoded:
    """The picture, decoded once for each state of its file; only the last one is held."""
    state = path.stat() if path.is_file() else None
    if state is None:
        raise FileProblem(f"“{path.name}”打不开，图片可能被移走或改动过，重新添加一次")
    key = (str(path), state.st_mtime_ns, state.st_size)
    if key not in _held:
        _held.clear()
        _held[key] = decode(path)
    return _held[key]


def _told(saved: Saved) -> Answer:
    return {"format": saved.format, "size": list(saved.size)}, saved.data


def _corners(pixels: "Pixels", start: Any) -> list[list[float]]:
    """The corners of the paper in parts of the picture; empty where it fills it.

    `start` is what reading took for them: used where nothing is found here.
    """
    import numpy as np

    sides = np.array(pixels.shape[1::-1], np.float64)
    found = paper.found(pixels)
    if found is None and len(start) == 4:
        found = paper.refined(pixels, np.array(start, np.float64) * sides)
    if found is None:
        return []
    return [[float(x), float(y)] for x, y in (found / sides).clip(0, 1)]


def _made(path: Path, given: Decoded, errand: dict[str, Any]) -> Saved:
    from PIL import Image

    shape, limits = shape_of(errand["shape"]), Limits(*errand["limits"])
    facts = given.facts
    height, width = (int(side) for side in given.pixels.shape[:2])
    png = facts.format == "PNG"
    plain = shape.plain and not given.exif and facts.format in ("JPEG", "PNG")
    if plain and facts.bytes <= limits.most_bytes:
        return Saved(path.read_bytes(), facts.format, (width, height))
    made = _cut(_laid(given.pixels, shape, errand.get("kind", "")), shape.crop)
    part = made.shape[0] * made.shape[1] / (width * height)
    # a PNG that would stay far too heavy is not tried: saving one of 12 megapixels takes seconds
    return within(Image.fromarray(made), limits, png and facts.bytes * part < 2 * limits.most_bytes)


def _laid(pixels: "Pixels", shape: Shape, kind: str) -> "Pixels":
    """Put straight, then turned."""
    import numpy as np

    if shape.corners:
        pixels = _straight(pixels, shape, kind)
    return np.ascontiguousarray(np.rot90(pixels, -shape.turn // 90)) if shape.turn else pixels


def _straight(pixels: "Pixels", shape: Shape, kind: str) -> "Pixels":
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    corners = np.array(shape.corners, np.float64) * [width, height]
    around = corners.astype(np.float32)
    if not cv2.isContourConvex(around) or cv2.contourArea(around) < _LEAST_PART * width * height:
        raise FileProblem(_TOO_SKEWED)
    size = _size(corners, proportion(corners, (width, height), kind), _BLOWN * width * height)
    right, bottom = size[0] + _EDGE, size[1] + _EDGE
    flat = np.array([[-_EDGE, -_EDGE], [right, -_EDGE], [right, bottom], [-_EDGE, bottom]], np.float32)
    matrix = cv2.getPerspectiveTransform(around, flat)
    laid = cv2.warpPerspective(pixels, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(laid, np.uint8)


def _size(corners: "Points", ratio: float, most: float) -> tuple[int, int]:
    """Width and height in that `ratio`, so large that no side loses pixels, but not more than `most`."""
    import numpy as np

    top, right, bottom, left = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    width = max(top, bottom, max(left, right) * ratio)
    width = min(float(width), (most * ratio) ** 0.5)
    return max(1, round(width)), max(1, round(width / ratio))


def _cut(pixels: "Pixels", crop: tuple[float, float, float, float]) -> "Pixels":
    import numpy as np

    if crop == WHOLE:
        return pixels
    height, width = pixels.shape[:2]
    left, right = (round(min(1.0, max(0.0, part)) * width) for part in (crop[0], crop[2]))
    top, bottom = (round(min(1.0, max(0.0, part)) * height) for part in (crop[1], crop[3]))
    return np.ascontiguousarray(pixels[top : max(bottom, top + 1), left : max(right, left + 1)])


def _look(pixels: "Pixels") -> Saved:
    """A copy to look at."""
    from PIL import Image

    image = Image.fromarray(pixels)
    image.thumbnail((VIEW, VIEW), Image.Resampling.BILINEAR, reducing_gap=2.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return Saved(out.getvalue(), "JPEG", image.size)
