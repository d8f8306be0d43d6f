"""The corners of papers on desks, known because they were drawn there."""

from random import Random

import numpy as np
import pytest

from tests.specimens import draw, geometry
from tests.specimens.shot import shot
from wizard.intake.bench import corners

LAYOUTS = (
    "landscape_2019",
    "portrait_old",
    "individual",
    "institution",
    "id_front",
    "id_back",
    "a4_both_sides",
)


def laid(layout: str, seed: int, how):
    dice = Random(seed)
    picture = shot(draw.drawn(dice, layout)[0])
    how(picture, dice)
    return picture


def off(found: np.ndarray, picture) -> float:
    """The largest error of a corner, in parts of the picture's diagonal."""
    return float(np.linalg.norm(found - picture.sheet, axis=1).max() / np.hypot(*picture.image.shape[:2]))


@pytest.mark.parametrize("how", [geometry.perspective, geometry.skew, geometry.on_desk])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_paper_on_a_desk_is_found_to_a_tenth_of_a_percent(layout, how):
    picture = laid(layout, 11, how)
    found = corners.found(picture.image)
    assert found is not None
    assert off(found, picture) < 0.001


@pytest.mark.parametrize("layout", ["landscape_2019", "portrait_old", "id_front", "a4_both_sides"])
def test_a_paper_that_fills_the_picture_is_left_whole(layout):
    """Its printed frame is not taken for its edge."""
    for seed in range(4):
        assert corners.found(laid(layout, seed, lambda *_: None).image) is None


def test_corners_put_beside_the_paper_by_hand_are_drawn_to_it():
    picture = laid("id_front", 5, geometry.perspective)
    roughly = picture.sheet + Random(1).choice([-1, 1]) * np.array([[9, -7], [-8, 6], [7, 9], [-6, -8]])
    assert off(corners.refined(picture.image, roughly), picture) < 0.001


def test_corners_beside_which_there_is_no_edge_stay():
    blank = np.full((900, 1200, 3), 200, np.uint8)
    given = np.array([[200.0, 200], [1000, 210], [990, 700], [210, 690]])
    assert np.abs(corners.refined(blank, given) - given).max() < 60
