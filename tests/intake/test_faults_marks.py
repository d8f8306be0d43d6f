"""Watermarks: over the print in whatever way, or clear of it."""

import cv2
import numpy as np
import pytest

from tests.intake.seen import facts, lines, page, pixels
from tests.specimens.degrade import empty_place
from tests.specimens.draw import Specimen, drawn, specimen
from tests.specimens.marks import tile
from tests.specimens.shot import shot
from wizard.intake.faults import faults
from wizard.intake.lines import Line
from wizard.intake.page import Page
from wizard.picture import PictureFacts

WORDS = "仅供备案使用"
GREY = 130


def inked(image: np.ndarray, mark: np.ndarray, middle: tuple[float, float], opacity: float) -> np.ndarray:
    """`image` with a `mark` (0 to 255) about its `middle`."""
    high, wide = mark.shape
    top, left = round(middle[1] - high / 2), round(middle[0] - wide / 2)
    part = image[top : top + high, left : left + wide]
    share = mark.astype(np.float32)[..., None] / 255 * opacity
    part[:] = (part * (1 - share) + GREY * share).astype(np.uint8)
    return image


def codes(image: np.ndarray, one: Specimen, *more: Line) -> set[str]:
    return {fault.code for fault in faults(image, page(one), facts(one), [*lines(one), *more])}


def row(image: np.ndarray, middle: tuple[float, float], long: float, high: float, degrees: float) -> Line:
    """The line a reader finds where a mark stands: as long and high, with a margin."""
    box = cv2.boxPoints(((middle[0], middle[1]), (long * 1.1, high * 1.5), -degrees))
    height, width = image.shape[:2]
    corners = [(float(x) / width, float(y) / height) for x, y in np.roll(box, -1, axis=0)]
    return Line(WORDS, 0.9, tuple(corners))


@pytest.mark.parametrize("seed", [4, 6, 8])
def test_a_slanting_mark_clear_of_the_print_is_no_fault(seed: int):
    from random import Random

    sheet, _ = drawn(Random(seed), "portrait_old")
    picture = shot(sheet)
    where = empty_place(picture)
    assert where is not None
    x, y, room = where
    size = round(room * 1.5 / len(WORDS))
    image = inked(picture.image.copy(), tile(WORDS, size, 30), (x, y), 0.6)
    told = [(text, corners / (image.shape[1], image.shape[0])) for text, corners in picture.lines]
    print_ = [Line(text, 0.9, tuple(map(tuple, corners.tolist()))) for text, corners in told]
    mark = row(image, (x, y), size * len(WORDS), size, 30)
    seen = faults(image, Page(), PictureFacts("JPEG", *image.shape[1::-1], 100_000), [*print_, mark])
    assert "watermark_over_data" not in {fault.code for fault in seen}


@pytest.mark.parametrize("layout", ["landscape_2019", "portrait_old", "id_front"])
def test_a_mark_all_over_the_paper_that_nobody_could_read_is_seen_by_its_strokes(layout: str):
    one = specimen(4, layout, ("clean",))
    image = pixels(one)
    height, width = image.shape[:2]
    mark = np.tile(tile(WORDS, 50, 0), (20, 10))[: height // 8 * 7, : width // 8 * 7]
    assert "watermark_over_data" not in codes(image.copy(), one)
    assert "watermark_over_data" in codes(inked(image, mark, (width / 2, height / 2), 0.5), one)
