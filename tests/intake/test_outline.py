"""The outline of a paper in a photograph."""

import cv2
import numpy as np
import pytest

from wizard.intake.outline import outlines

SIZE = (1400, 1000)


def desk(streaks: list[int]) -> np.ndarray:
    """A dark desk of boards: a joint runs from side to side at each of these heights."""
    picture = np.full((SIZE[1], SIZE[0], 3), (96, 74, 58), np.uint8)
    for at in streaks:
        picture[at : at + 6] = (30, 22, 16)
        picture[at + 6 : at + 12] = (150, 120, 96)
    return picture


def paper(degrees: float) -> np.ndarray:
    """The corners of a paper that lies turned in the middle."""
    return np.roll(cv2.boxPoints(((SIZE[0] / 2, SIZE[1] / 2), (1050, 720), degrees)), -1, axis=0)


@pytest.mark.parametrize("degrees", [-6, 4])
@pytest.mark.parametrize("streaks", [[], [14, 980], [30, 500, 960]])
def test_joints_of_a_desk_are_not_taken_for_the_papers_sides(degrees: float, streaks: list[int]):
    picture, corners = desk(streaks), paper(degrees)
    cv2.fillConvexPoly(picture, corners.round().astype(np.int32), (247, 244, 236))
    found = outlines(picture)[0]
    distances = np.linalg.norm(found[:, None] - corners[None], axis=2).min(axis=0)
    assert distances.max() < 12
