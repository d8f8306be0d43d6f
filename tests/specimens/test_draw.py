"""The drawn specimens: the same at every run, numbers well-formed, truths that a test can use."""

import io

import numpy as np
import pytest
from PIL import Image, ImageOps

from tests.specimens.degrade import FAULTLESS, FAULTY
from tests.specimens.draw import LAYOUTS, Specimen, specimen
from wizard.numbers.check_digits import organisation, resident, uscc

REPAIRED = {"exif_orientation", "rotated"}


@pytest.fixture(scope="module")
def drawn() -> list[Specimen]:
    return [specimen(at, layout, ("clean",)) for at, layout in enumerate(dict.fromkeys(LAYOUTS))]


def test_numbers_are_well_formed(drawn: list[Specimen]):
    codes = [one.truth["fields"]["uscc"] for one in drawn if "uscc" in one.truth["fields"]]
    people = [one.truth["fields"]["id_number"] for one in drawn if "id_number" in one.truth["fields"]]
    assert len(codes) >= 6
    assert len(people) >= 2
    assert all(code[17] == uscc(code[:17]) and code[16] == organisation(code[8:16]) for code in codes)
    assert all(number[17] == resident(number[:17]) for number in people)


@pytest.mark.parametrize("name", [*FAULTY, *FAULTLESS])
def test_each_degradation_tells_the_truth(name: str):
    one = specimen(7, "landscape_2019", (name,))
    with Image.open(io.BytesIO(one.data)) as stored:
        upright = ImageOps.exif_transpose(stored)
    assert list(upright.size) == one.truth["size"] == list(one.image.shape[1::-1])
    assert bool(one.truth["defects"]) == (name in FAULTY)
    assert set(one.truth["hidden_fields"]) <= set(one.truth["fields"])
    assert one.truth["legible"] or set(one.truth["defects"]) - REPAIRED


def test_boxes_move_with_the_picture():
    still = specimen(3, "id_front", ("clean",))
    for name in ("rot90", "skew", "perspective", "lowres"):
        moved = specimen(3, "id_front", (name,))
        ink = [_ink(one, "id_number") for one in (still, moved)]
        assert ink[1] == pytest.approx(ink[0], abs=0.08), name


def _ink(one: Specimen, field: str) -> float:
    """How much of a field's box is dark."""
    box = np.array(one.truth["boxes_upright_of_exif"][field])
    (left, top), (right, bottom) = box.min(0).astype(int), box.max(0).astype(int)
    part = one.image[top:bottom, left:right].mean(2)
    return float((part < 0.6 * np.median(part)).mean())


def test_same_seed_same_bytes():
    assert specimen(11).data == specimen(11).data
    assert specimen(11).data != specimen(12).data
