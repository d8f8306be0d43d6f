"""What is done on the bench, as plain values."""

import pytest

from wizard.intake.bench.shape import WHOLE, Shape, shape_of

QUAD = ((0.1, 0.1), (0.9, 0.12), (0.9, 0.9), (0.1, 0.88))


def test_what_was_cropped_stays_the_same_part_when_it_is_turned():
    """The upper left quarter, turned clockwise, is the upper right one."""
    shape = Shape(crop=(0.0, 0.0, 0.5, 0.5)).turned(90)
    assert shape == Shape((), 90, (0.5, 0.0, 1.0, 0.5))
    assert shape.turned(-90) == Shape(crop=(0.0, 0.0, 0.5, 0.5))
    assert shape.turned(90).turned(180) == Shape(crop=(0.0, 0.0, 0.5, 0.5))


def test_other_corners_make_another_picture_of_which_nothing_is_cropped():
    assert Shape(turn=90, crop=(0.1, 0.1, 0.5, 0.5)).straight(QUAD) == Shape(QUAD, 90, WHOLE)


def test_cropping_leaves_the_corners_alone():
    assert Shape(QUAD, 90).cropped((0.2, 0.2, 0.8, 0.8)).corners == QUAD


def test_it_passes_through_a_frame():
    shape = Shape(QUAD, 270, (0.1, 0.2, 0.8, 0.9))
    assert shape_of(shape.document()) == shape


@pytest.mark.parametrize(
    "wrong", [{"turn": 45}, {"corners": QUAD[:3]}, {"crop": (0, 0, float("nan"), 1)}, {"crop": (0, 1)}]
)
def test_what_is_no_shape_is_refused(wrong):
    with pytest.raises(ValueError, match=r"."):
        shape_of({**Shape().document(), **wrong})
