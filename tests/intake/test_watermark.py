"""A watermark paler than the print, or of another colour, is washed out; the print stays."""

import cv2
import numpy as np
import pytest

from wizard.intake.lines import Line
from wizard.intake.watermark import faded, says

SIZE = (1200, 800)
ROWS = (120, 300, 480, 660)
TURN = cv2.getRotationMatrix2D((600, 400), 30, 1.0)


def page(colour: tuple[int, int, int]) -> np.ndarray:
    """Thin black print in level rows, and a mark across them."""
    image = np.full((SIZE[1], SIZE[0], 3), 245, np.uint8)
    mark = np.full_like(image, 245)
    for y in range(-200, 1400, 180):
        cv2.putText(mark, "ONLY FOR THIS PURPOSE  " * 3, (-200, y), 0, 1.4, colour, 5, cv2.LINE_AA)
    image = cv2.warpAffine(mark, TURN, SIZE, borderValue=(245, 245, 245))
    for y in ROWS:
        cv2.putText(image, "print of the paper", (100, y), 0, 1.2, (30, 30, 30), 2, cv2.LINE_AA)
    return image


def lines() -> list[Line]:
    level = [_line("证件上的字", (100, y - 32, 470, y + 10)) for y in ROWS]
    return [*level, *(_line("仅供办理使用", (300, y - 34, 900, y + 4), TURN) for y in (340, 520))]


def _line(text: str, box: tuple[int, int, int, int], turn: np.ndarray | None = None) -> Line:
    left, top, right, bottom = box
    corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], np.float64)
    if turn is not None:
        corners = cv2.transform(corners, turn)
    return Line(text, 0.99, tuple((float(x) / SIZE[0], float(y) / SIZE[1]) for x, y in corners[0]))


@pytest.mark.parametrize("colour", [(190, 190, 190), (235, 150, 150), (150, 170, 230), (160, 215, 160)])
def test_the_mark_goes_and_the_print_stays(colour: tuple[int, int, int]):
    image = page(colour)
    plain = faded(image, lines())
    assert plain is not None
    print_ = image.max(axis=2) < 80
    assert np.percentile(plain[:, :, 0][print_], 90) < 110
    mark = np.abs(image.astype(int) - colour).max(axis=2) < 6
    assert mark.mean() > 0.02
    assert np.percentile(plain[:, :, 0][mark], 10) > 235


def test_a_mark_as_dark_as_the_print_cannot_be_washed_out():
    assert faded(page((40, 40, 40)), lines()) is None


def test_a_page_without_a_mark_is_left_as_it_is():
    assert faded(page((245, 245, 245)), lines()[:4]) is None


def test_what_marks_say():
    assert says("仅供办理入驻使用 他用无效")
    assert not says("食品销售（仅销售预包装食品）")


def test_a_shadow_over_half_of_the_page_is_taken_for_neither():
    colour = (170, 170, 170)
    fall = np.linspace(1.0, 0.5, SIZE[0])[None, :, None]
    image = (page(colour) * fall).astype(np.uint8)
    plain = faded(image, lines())
    assert plain is not None
    print_ = page(colour).max(axis=2) < 80
    mark = np.abs(page(colour).astype(int) - colour).max(axis=2) < 6
    for side in (slice(100, 300), slice(900, 1100)):
        assert np.percentile(plain[:, side, 0][mark[:, side]], 10) > 235
    assert np.percentile(plain[:, :, 0][print_], 90) < 110


def test_thin_strokes_of_a_mark_go_whole():
    image = np.full((SIZE[1], SIZE[0], 3), 245, np.uint8)
    mark = np.full_like(image, 245)
    for y in range(-200, 1400, 180):
        cv2.putText(mark, "ONLY FOR THIS PURPOSE  " * 3, (-200, y), 0, 1.4, (120, 120, 120), 2, cv2.LINE_AA)
    image = cv2.warpAffine(mark, TURN, SIZE, borderValue=(245, 245, 245))
    for y in ROWS:
        cv2.putText(image, "print of the paper", (100, y), 0, 1.2, (30, 30, 30), 3, cv2.LINE_AA)
    plain = faded(image, lines())
    assert plain is not None
    apart = cv2.dilate((image.max(axis=2) < 100).astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    core = (image.max(axis=2) < 130) & apart
    assert core.mean() > 0.005
    assert np.percentile(plain[:, :, 0][core], 20) > 225
