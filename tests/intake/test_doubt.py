"""Values beside a reflection or a broken-off part of the picture."""

import pytest

from wizard.intake.doubt import doubted
from wizard.intake.page import Page
from wizard.scan import Fault, Read

GLARE = Fault("glare", corners=((0.4, 0.3), (0.6, 0.3), (0.6, 0.4), (0.4, 0.4)))
UPSIDE_DOWN = Page(turned=180, back=(-1, 0, 1, 0, -1, 1, 0, 0, 1))


def value(left: float, top: float, confidence: float = 0.85) -> dict[str, Read]:
    right, bottom = left + 0.2, top + 0.03
    return {"name": Read("值", confidence, ((left, top), (right, top), (right, bottom), (left, bottom)))}


def sure(read: dict[str, Read], *faults: Fault, page: Page = UPSIDE_DOWN) -> float:
    return doubted(read, faults, page)["name"].confidence


@pytest.mark.parametrize(
    ("left", "top", "after"), [(0.5, 0.35, 0.6), (0.19, 0.35, 0.6), (0.5, 0.6, 0.85), (0.1, 0.35, 0.85)]
)
def test_a_value_under_or_beside_a_reflection_is_doubtful(left, top, after):
    assert sure(value(left, top), GLARE, page=Page()) == after


def test_the_fault_lies_in_the_picture_as_it_was_given():
    assert sure(value(0.3, 0.62), GLARE) == 0.6
    assert sure(value(0.3, 0.35), GLARE) == 0.85


@pytest.mark.parametrize("confidence", [0.95, 0.6, 0.3])
def test_what_has_a_witness_or_is_doubtful_stays(confidence):
    assert sure(value(0.5, 0.35, confidence), GLARE, page=Page()) == confidence


def test_a_fault_of_the_whole_picture_says_nothing_of_one_value():
    whole = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    assert sure(value(0.5, 0.35), Fault("shadow", corners=whole), Fault("glare"), page=Page()) == 0.85


def test_the_last_line_before_the_picture_breaks_off_is_doubtful():
    lower = Fault("bottom_missing", corners=((0.0, 0.5), (1.0, 0.5), (1.0, 1.0), (0.0, 1.0)))
    assert sure(value(0.2, 0.46), lower, page=Page()) == 0.6
    assert sure(value(0.2, 0.40), lower, page=Page()) == 0.85


def test_a_value_without_a_place_is_left_alone():
    assert sure({"name": Read("值", 0.85)}, GLARE, page=Page()) == 0.85
