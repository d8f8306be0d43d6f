"""Reflections on white paper, where nothing is burnt out but the writing itself."""

import cv2
import numpy as np
import pytest

from tests.intake.seen import facts, lines, page, pixels
from tests.specimens.draw import Specimen, specimen
from wizard.intake.faults import faults
from wizard.intake.lines import Line


def white(one: Specimen) -> np.ndarray:
    """Its picture, as a scanner gives it whose paper is all white."""
    image = pixels(one).astype(np.float32)
    return np.clip(image * (255 / np.percentile(image, 60, axis=(0, 1))) * 1.02, 0, 255).astype(np.uint8)


def lit(
    image: np.ndarray,
    middle: tuple[float, float],
    wide: float,
    high: float,
    colour: tuple[int, int, int] = (255, 255, 255),
) -> np.ndarray:
    """`image` with a soft spot of light."""
    ys, xs = np.mgrid[0 : image.shape[0], 0 : image.shape[1]].astype(np.float32)
    far = np.sqrt(((xs - middle[0]) / wide) ** 2 + ((ys - middle[1]) / high) ** 2)
    light = np.clip(2 * (1.4 - far), 0, 1)[..., None]
    return (image * (1 - light) + np.array(colour, np.float32) * light).astype(np.uint8)


def copied(one: Specimen) -> np.ndarray:
    """Its picture as a copier gives it: grey, the paper all white."""
    grey = cv2.cvtColor(white(one), cv2.COLOR_RGB2GRAY).astype(np.float32)
    return np.repeat(np.clip((grey - 128) * 1.25 + 140, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def found(image: np.ndarray, one: Specimen, *but: str) -> set[str]:
    """The codes found in `image`, judged with the lines of its truth `but` some, which nobody could read."""
    seen = [line for line in lines(one) if line.text not in but]
    return {fault.code for fault in faults(image, page(one), facts(one), seen)}


@pytest.mark.parametrize("layout", ["landscape_2019", "portrait_old", "id_back"])
def test_writing_that_fades_on_white_paper_is_glare(layout: str):
    one = specimen(4, layout, ("clean",))
    image = white(one)
    name = "issuer" if layout == "id_back" else "address"
    (_, top), (right, bottom) = (one.truth["boxes_upright_of_exif"][name][at] for at in (0, 2))
    high = bottom - top
    assert "glare" not in found(image, one)
    assert "glare" in found(lit(image, (right, top + high / 2), 3 * high, 0.9 * high), one)


@pytest.mark.parametrize("layout", ["landscape_2019", "portrait_old", "id_front", "id_back", "institution"])
def test_a_scan_on_white_paper_has_no_glare(layout: str):
    for seed in (4, 5):
        one = specimen(seed, layout, ("clean",))
        assert "glare" not in found(white(one), one)


def test_a_caption_whose_value_is_burnt_out_is_glare():
    one = specimen(4, "id_back", ("clean",))
    image = white(one)
    (left, top), (right, bottom) = (one.truth["boxes_upright_of_exif"]["issuer"][at] for at in (0, 2))
    value = image[round(top) - 4 : round(bottom) + 4, round(left) - 4 : round(right) + 4]
    value[:] = 255
    assert "glare" in found(image, one, one.truth["fields"]["issuer"])


def test_white_paper_that_is_brightest_in_the_middle_has_no_glare():
    one = specimen(4, "landscape_2019", ("clean",))
    image = white(one).astype(np.float32)
    height, width = image.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot(xs / width - 0.5, ys / height - 0.5)[..., None]
    assert "glare" not in found(np.clip(image * (1.03 - 0.25 * away), 0, 255).astype(np.uint8), one)


def test_a_portrait_on_a_white_ground_is_no_glare():
    one = specimen(4, "id_front", ("clean",))
    image = (pixels(one) * 0.93).astype(np.uint8)
    (_, _), (right, bottom) = (one.truth["boxes_upright_of_exif"]["name"][at] for at in (0, 2))
    left, top = round(right) + 8, round(bottom) - 30
    cv2.rectangle(image, (left, top), (left + 150, top + 200), (255, 255, 255), -1)
    cv2.circle(image, (left + 75, top + 80), 55, (60, 50, 50), -1)
    cv2.ellipse(image, (left + 75, top + 200), (74, 70), 0, 180, 360, (40, 60, 90), -1)
    assert "glare" not in found(image, one)


@pytest.mark.parametrize("layout", ["landscape_2019", "id_front"])
def test_the_light_of_a_warm_lamp_is_glare_too(layout: str):
    one = specimen(6, layout, ("clean",))
    name = "id_number" if layout == "id_front" else "uscc"
    (left, top), (right, bottom) = (one.truth["boxes_upright_of_exif"][name][at] for at in (0, 2))
    middle, high = ((left + right) / 2, (top + bottom) / 2), bottom - top
    assert "glare" in found(lit(pixels(one), middle, (right - left) / 4, 0.9 * high, (254, 255, 249)), one)


@pytest.mark.parametrize("layout", ["landscape_2019", "portrait_old", "id_front", "institution"])
def test_a_copy_whose_paper_is_all_white_has_neither_glare_nor_a_mark(layout: str):
    for seed in (4, 5, 6):
        one = specimen(seed, layout, ("clean",))
        assert found(copied(one), one) == {"grey_copy"}


def test_a_hole_in_a_row_of_a_copy_is_glare():
    one = specimen(5, "landscape_2019", ("clean",))
    text, corners = one.truth["fields"]["name"], one.truth["boxes_upright_of_exif"]["name"]
    (left, top), (right, bottom) = corners[0], corners[2]
    wide, height, width = right - left, *pixels(one).shape[:2]
    image = lit(copied(one), ((left + right) / 2, (top + bottom) / 2), wide / 4, bottom - top)
    pieces = []
    for start, end in ((left, left + 0.3 * wide), (right - 0.3 * wide, right)):
        row = [(start, top), (end, top), (end, bottom), (start, bottom)]
        pieces.append(Line("有限", 0.9, tuple((x / width, y / height) for x, y in row)))
    others = [line for line in lines(one) if line.text != text]
    assert "glare" in {fault.code for fault in faults(image, page(one), facts(one), [*others, *pieces])}


def test_light_and_shade_on_a_noisy_page_are_no_glare():
    for seed in (9, 10, 11):
        one = specimen(seed, "landscape_2019", ("shadow", "noise"))
        assert "glare" not in found(pixels(one), one)


def test_glare_is_found_on_a_noisy_page_and_none_where_there_is_none():
    one = specimen(11, "landscape_2019", ("glare", "noise"))
    assert {"glare", "noise"} <= found(pixels(one), one)
    for layout in ("landscape_2019", "id_front"):
        noisy = specimen(9, layout, ("noise",))
        assert found(pixels(noisy), noisy) == {"noise"}


def test_writing_that_fades_under_a_shadow_is_glare():
    one = specimen(9, "landscape_2019", ("glare", "shadow"))
    assert {"glare", "shadow"} <= found(pixels(one), one)
    shaded = specimen(9, "landscape_2019", ("shadow",))
    assert found(pixels(shaded), shaded) == {"shadow"}
