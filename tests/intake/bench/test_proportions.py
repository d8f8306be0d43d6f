"""The true proportion of a paper, from where a camera sees its corners."""

import math

import numpy as np
import pytest

from wizard.intake.bench.proportions import proportion

SIZE = (4000, 3000)
CARD, SHEET = 85.6 / 54, 297 / 210


def seen(ratio: float, tilt: float, turn: float, spin: float = 0.0, focal: float = 0.75) -> np.ndarray:
    """The corners of a paper of that proportion, tilted and turned by degrees, in a picture of `SIZE`."""
    flat = np.array([[-ratio, -1, 0], [ratio, -1, 0], [ratio, 1, 0], [-ratio, 1, 0]]) / ratio
    a, b, c = (math.radians(angle) for angle in (tilt, turn, spin))
    about_x = np.array([[1, 0, 0], [0, math.cos(a), -math.sin(a)], [0, math.sin(a), math.cos(a)]])
    about_y = np.array([[math.cos(b), 0, math.sin(b)], [0, 1, 0], [-math.sin(b), 0, math.cos(b)]])
    about_z = np.array([[math.cos(c), -math.sin(c), 0], [math.sin(c), math.cos(c), 0], [0, 0, 1]])
    space = flat @ (about_x @ about_y @ about_z).T + [0.1, -0.05, 2.4 * focal]
    return space[:, :2] / space[:, 2:] * focal * SIZE[0] + np.array(SIZE) / 2


@pytest.mark.parametrize("focal", [0.6, 0.75, 1.5])
@pytest.mark.parametrize("tilt", [-30, -12, 12, 25, 35])
@pytest.mark.parametrize("ratio", [1.2, 1.0, 2.2])
def test_it_is_measured_where_two_sides_run_together(ratio, tilt, focal):
    """A paper of no known size, seen so that both pairs of its sides run together."""
    corners = seen(ratio, tilt, tilt * 0.8, 5, focal)
    assert proportion(corners, SIZE) == pytest.approx(ratio, rel=0.005)


@pytest.mark.parametrize("tilt", [0, 8, 15])
@pytest.mark.parametrize(
    ("ratio", "kind"), [(CARD, "id_front"), (SHEET, "business_licence"), (1 / SHEET, "id_both")]
)
def test_a_known_paper_gets_its_own_proportion_exactly(ratio, kind, tilt):
    assert proportion(seen(ratio, tilt, -tilt / 2), SIZE, kind) == pytest.approx(ratio)


@pytest.mark.parametrize("ratio", [CARD, 1 / CARD, SHEET, 1 / SHEET])
def test_nobody_has_to_say_which_paper_it_is_where_it_is_measured_well(ratio):
    dice = np.random.default_rng(3)
    corners = seen(ratio, 24, 18, 3) + dice.normal(0, 2, (4, 2))
    assert proportion(corners, SIZE) == pytest.approx(ratio)


def test_a_sheet_with_a_card_on_it_is_not_made_a_card():
    assert proportion(seen(SHEET, 6, 4), SIZE, "id_front") == pytest.approx(SHEET)


def test_what_is_far_from_any_known_paper_keeps_its_own():
    assert proportion(seen(1.9, 0, 0), SIZE, "business_licence") == pytest.approx(1.9, rel=0.01)
