"""What a reader would hand over of a drawn specimen: how it lies, and where its values stand."""

import io

import numpy as np
from PIL import Image, ImageOps

from tests.specimens.draw import Specimen
from wizard.intake.lines import Line
from wizard.intake.page import Page
from wizard.picture import PictureFacts
from wizard.scan import Fault

TURNED = {"rot90": 270, "rot180": 180, "rot270": 90}
LAID = {"skew", "perspective", "desk"}


def found(one: Specimen) -> tuple[Fault, ...]:
    """The faults of a specimen, judged with the page and lines of its truth."""
    from wizard.intake.faults import faults

    return faults(pixels(one), page(one), facts(one), lines(one))


def pixels(one: Specimen) -> np.ndarray:
    """The file's pixels, upright by its EXIF mark."""
    with Image.open(io.BytesIO(one.data)) as stored:
        return np.array(ImageOps.exif_transpose(stored).convert("RGB"))


def codes(one: Specimen) -> set[str]:
    return {fault.code for fault in found(one)}


def page(one: Specimen) -> Page:
    done = one.truth["degradations"]
    turned = next((degrees for name, degrees in TURNED.items() if name in done), 0)
    corners = _parts(one, one.truth["sheet"]) if LAID & set(done) else ()
    return Page(corners, turned, exif="exif_orientation" in one.truth["defects"])


def facts(one: Specimen) -> PictureFacts:
    with Image.open(io.BytesIO(one.data)) as image:
        return PictureFacts(str(image.format), *image.size, len(one.data))


def lines(one: Specimen) -> list[Line]:
    """The lines of print and the rows of a watermark; nothing is read of a picture that is blurred."""
    if "blurred" in one.truth["defects"]:
        return []
    rows = [(line["text"], line["corners"]) for line in one.truth["lines"] if _within(one, line["corners"])]
    rows += [("仅供样本平台使用他用无效", corners) for corners in one.truth["marks"]]
    return [Line(text, 0.9, _parts(one, corners)) for text, corners in rows]


def _within(one: Specimen, row: list[list[float]]) -> bool:
    width, height = one.truth["size"]
    middle = [sum(corner[axis] for corner in row) / 4 for axis in (0, 1)]
    return 0 < middle[0] < width and 0 < middle[1] < height


def _parts(one: Specimen, quad: list[list[float]]) -> tuple[tuple[float, float], ...]:
    width, height = one.truth["size"]
    return tuple((min(1.0, max(0.0, x / width)), min(1.0, max(0.0, y / height))) for x, y in quad)
