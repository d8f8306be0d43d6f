"""Faults of drawn pictures are found, and none on pictures that have none."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from tests.intake.seen import codes, facts, found, lines, page, pixels
from tests.specimens.degrade import FAULTLESS, FAULTY
from tests.specimens.draw import specimen
from wizard.intake.decode import decode
from wizard.intake.faults import faults, misplaced
from wizard.intake.faults.size import HEAVIEST, too_large
from wizard.intake.page import Page
from wizard.messages import fault_severity, fault_texts
from wizard.picture import PictureFacts
from wizard.scan import Fault

PICTURE = PictureFacts("JPEG", 1600, 1130, 100_000)
MENDED = {"rotated", "exif_orientation", "skewed", "perspective", "too_large"}


@pytest.mark.parametrize("layout", ["landscape_2019", "id_front"])
@pytest.mark.parametrize("name", FAULTY)
def test_a_fault_is_found_and_no_other(name: str, layout: str):
    one = specimen(4, layout, (name,))
    assert codes(one) == set(one.truth["defects"])


@pytest.mark.parametrize("layout", ["portrait_old", "id_back", "a4_both_sides"])
@pytest.mark.parametrize("name", FAULTLESS)
def test_a_good_picture_has_no_fault(name: str, layout: str):
    assert codes(specimen(5, layout, (name,))) == set()


def test_two_faults_are_both_named():
    assert codes(specimen(6, "portrait_old", ("shadow", "rot270"))) == {"shadow", "rotated"}
    assert codes(specimen(6, "individual", ("grey_copy", "jpeg"))) == {"grey_copy", "jpeg_artefacts"}
    for layout in ("landscape_2019", "institution"):
        assert codes(specimen(6, layout, ("cropped", "blur_strong"))) == {"cropped", "blurred"}
        assert codes(specimen(6, layout, ("glare", "lowres"))) == {"glare", "too_small"}


def test_what_the_program_mends_is_marked_so():
    for name in ("rot90", "exif6", "skew", "perspective"):
        (fault,) = found(specimen(8, "landscape_2019", (name,)))
        assert fault.code in MENDED
        assert fault.mended
        assert fault_severity(fault) == "note"
    (glare,) = found(specimen(8, "landscape_2019", ("glare",)))
    assert not glare.mended
    assert fault_severity(glare) == "warning"


def test_glare_says_where_it_is():
    one = specimen(9, "id_front", ("glare",))
    (glare,) = [fault for fault in found(one) if fault.code == "glare"]
    hidden = one.truth["boxes_upright_of_exif"][one.truth["hidden_fields"][0]]
    width, height = one.truth["size"]
    (left, top), (right, bottom) = glare.corners[0], glare.corners[2]
    middle = [sum(corner[axis] for corner in hidden) / 4 / (width, height)[axis] for axis in (0, 1)]
    assert left < middle[0] < right
    assert top < middle[1] < bottom


def test_a_white_patch_that_is_printed_is_no_reflection():
    """Such as the ground of a QR code or of a portrait, on tinted paper, beside a line of print."""
    one = specimen(4, "landscape_2019", ("clean",))
    image = (pixels(one) * 0.95).astype(np.uint8)
    x, y = one.truth["boxes_upright_of_exif"]["legal_person"][1]
    patch = image[round(y) - 20 : round(y) + 80, round(x) + 10 : round(x) + 160]
    patch[:] = 255
    assert faults(image, page(one), facts(one), lines(one)) == ()
    patch[:] = image[5, 5]
    middle = (round(x) + 10, round(y) + 15)
    for radius in range(70, 0, -2):
        cv2.circle(image, middle, radius, (min(255, 267 - radius // 2),) * 3, -1)
    assert [fault.code for fault in faults(image, page(one), facts(one), lines(one))] == ["glare"]


def test_a_screen_around_a_picture_is_seen_whatever_stands_on_it():
    paper = pixels(specimen(4, "landscape_2019", ("clean",)))
    small = cv2.resize(paper, (1000, 1000 * paper.shape[0] // paper.shape[1]), interpolation=cv2.INTER_AREA)
    high, wide = small.shape[:2]
    phone = np.full((2200, 1000, 3), 20, np.uint8)
    phone[700 : 700 + high] = small
    cv2.rectangle(phone, (350, 2170), (650, 2180), (240, 240, 240), -1)  # the bar to swipe
    desktop = np.full((1080, 1920, 3), 240, np.uint8)
    desktop[:40], desktop[-44:] = 90, 30
    desktop[120 : 120 + high, 460 : 460 + wide] = small
    for screen in (phone, desktop):
        assert [fault.code for fault in faults(screen, Page(), PICTURE, [])][:1] == ["screenshot"]


def test_a_card_on_a_blank_sheet_misses_nothing():
    sheet = np.full((1600, 1131, 3), 253, np.uint8)
    card = pixels(specimen(4, "id_front", ("clean",)))
    sheet[200:668, 100:843] = cv2.resize(card, (743, 468), interpolation=cv2.INTER_AREA)
    assert "bottom_missing" not in {fault.code for fault in faults(sheet, Page(), PICTURE, [])}


@pytest.mark.parametrize(("quality", "named"), [(8, True), (25, True), (38, True), (60, False), (75, False)])
def test_a_files_own_coarse_compression_is_named(tmp_path: Path, quality: int, named: bool):
    one = specimen(4, "institution", ("clean",))
    Image.fromarray(pixels(one)).save(tmp_path / "a.jpg", quality=quality)
    seen = decode(tmp_path / "a.jpg")
    codes = {fault.code for fault in faults(seen.pixels, page(one), seen.facts, lines(one), seen.steps)}
    assert ("jpeg_artefacts" in codes) is named


def test_a_missing_part_begins_where_the_picture_ends():
    one = specimen(3, "institution", ("bottom_missing",))
    (missing,) = [fault for fault in found(one) if fault.code == "bottom_missing"]
    flat = np.ptp(pixels(one), axis=(1, 2)) <= 1
    assert missing.corners[0][1] == pytest.approx((len(flat) - np.argmin(flat[::-1])) / len(flat), abs=0.01)


def test_a_heavy_file_is_named_and_made_lighter_by_itself():
    one = specimen(4, "landscape_2019", ("clean",))
    heavy = PictureFacts("JPEG", 1600, 1130, HEAVIEST + 1)
    assert faults(pixels(one), page(one), heavy, lines(one)) == (Fault("too_large", mended=True),)
    assert faults(pixels(one), page(one), facts(one), lines(one)) == ()
    assert not [*too_large(PictureFacts("PDF", 0, 0, HEAVIEST + 1))]


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (900, 3), (40, 40)])
def test_the_smallest_pictures_are_judged_too(size: tuple[int, int]):
    one = specimen(4, "landscape_2019", ("clean",))
    blank = np.full((*size, 3), 200, np.uint8)
    assert all(fault.code for fault in faults(blank, page(one), facts(one), lines(one)))
    assert all(fault.code for fault in faults(blank, page(one), facts(one), []))


def test_an_empty_page_is_no_copy():
    for light in (255, 240, 200):
        empty = np.full((1130, 1600, 3), light, np.uint8)
        assert "grey_copy" not in {fault.code for fault in faults(empty, Page(), PICTURE, [])}


def test_every_code_has_its_sentences():
    named = {code for name in FAULTY for code in specimen(4, "id_back", (name,)).truth["defects"]}
    assert named | {"too_large", "wrong_side", "wrong_document"} <= set(fault_texts())


@pytest.mark.parametrize(
    ("expected", "kind", "said"),
    [
        ("business_licence", "business_licence", []),
        ("business_licence", "individual_licence", []),
        ("business_licence", "id_front", ["wrong_document"]),
        ("identity_card", "id_back", []),
        ("identity_card", "business_licence", ["wrong_document"]),
        ("id_front", "id_back", ["wrong_side"]),
        ("id_front", "id_both", []),
        ("auto", "id_back", []),
        ("business_licence", "", []),
    ],
)
def test_another_paper_than_was_asked_for(expected: str, kind: str, said: list[str]):
    assert [fault.code for fault in misplaced(expected, kind)] == said


def test_the_weight_is_that_of_the_rule():
    from wizard.check.rulebook import national

    (rule,) = [rule for rule in national().rules if rule.id == "picture.too-heavy"]
    assert rule.given["kilobytes"] * 1024 == HEAVIEST
