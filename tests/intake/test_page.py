"""How a paper lay in its picture: told through the pipe, and places carried back to the picture given."""

import pytest

from wizard.intake.page import Page, page_of
from wizard.scan import Read, Scan

TURNED = Page(((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9)), 90, back=(0, 1, 0, -1, 0, 1, 0, 0, 1))


def test_it_comes_through_the_pipe_as_it_was():
    assert page_of(TURNED.document()) == TURNED
    assert page_of(Page().document()) == Page()


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "page",
        {},
        {"corners": [], "turned": 45, "back": [1, 0, 0, 0, 1, 0, 0, 0, 1]},
        {"corners": [[0, 0]], "turned": 0, "back": [1, 0, 0, 0, 1, 0, 0, 0, 1]},
        {"corners": [], "turned": 0, "back": [1, 0, 0, 0, float("nan"), 0, 0, 0, 1]},
        {"corners": [], "turned": 0, "back": [1]},
        {"corners": 5, "turned": "a", "back": None},
    ],
)
def test_what_is_no_page_lies_as_it_should(raw):
    assert page_of(raw) == Page()


def test_the_places_of_a_scan_are_carried_back():
    box = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
    scan = Scan("id_front", {"name": Read("甲", 0.9, box), "sex": Read("男", 0.9)})
    given = TURNED.scan(scan)
    assert given.fields["name"].corners == ((0.0, 1.0), (0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    assert given.fields["sex"].corners == ()
