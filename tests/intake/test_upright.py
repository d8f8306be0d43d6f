"""Which boxes of writing belong to a watermark, and how far the print is from level."""

import numpy as np
import pytest

from wizard.intake import upright
from wizard.intake.engine import Said


def box(x: float, y: float, long: float, degrees: float, high: float = 30) -> np.ndarray:
    """A line that begins at x and y and rises by so many degrees."""
    angle = np.radians(degrees)
    along, down = np.array([np.cos(angle), -np.sin(angle)]), np.array([np.sin(angle), np.cos(angle)])
    start = np.array([x, y], np.float64)
    ends = (start, start + long * along, start + long * along + high * down, start + high * down)
    return np.array(ends, np.float32)


def boxes(*sets: tuple) -> np.ndarray:
    return np.array([box(*one) for one in sets], np.float32)


PRINT = ((100, 100, 300, 0), (100, 200, 200, 0.4), (100, 300, 250, -0.3))
MARKS = ((50, 400, 600, 25), (300, 700, 620, 24), (600, 600, 300, 26.5))


def test_the_rows_of_a_watermark_are_told_by_one_of_them():
    across, others = upright.unmarked(boxes(*PRINT, *MARKS), [3])
    assert (len(across), len(others)) == (3, 3)
    assert abs(upright.skew(others, 0)) < 1


@pytest.mark.parametrize("marks", [[], [0]])
def test_a_level_mark_is_no_watermark_across_the_page(marks):
    across, others = upright.unmarked(boxes(*PRINT, *MARKS), marks)
    assert (len(across), len(others)) == (0, 6)


def test_what_a_mark_says_or_says_twice():
    said = [
        Said(text, 0.9, (), ()) for text in ("某某公司专用", "某公司专用", "临溪市食品有限公司", "仅供核验")
    ]
    assert [upright._mark(one.text, said) for one in said] == [True, True, False, True]
