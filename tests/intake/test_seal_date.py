"""The date under a seal: read again where only parts of it were seen."""

import cv2
import numpy as np
import pytest

from tests.intake.print_ import SIZE, line
from wizard.intake import engine, seal_date
from wizard.intake.engine import Said
from wizard.intake.seal import Seal

STAMP = Seal(1290, 925, 115)
PARTS = [line(955, 900, "登记机关", 34), line(1127, 993, "2011"), line(1387, 993, "日")]
RED, BLACK = (205, 40, 40), (30, 30, 30)


@pytest.fixture
def reader(monkeypatch):
    """The engine says what is set, and finds nothing; the strips it was shown are kept."""
    shown: list[np.ndarray] = []

    def reads(*texts: str) -> list[np.ndarray]:
        answers = iter(texts)

        def say(strips):
            if not strips:
                return []
            shown.extend(strips)
            text = next(answers, "")
            stops = tuple((place + 0.5) / max(1, len(text)) for place in range(len(text)))
            return [Said(text, 0.99, stops, (0.99,) * len(text))]

        monkeypatch.setattr(engine, "say", say)
        monkeypatch.setattr(engine, "find", lambda pixels, side: np.zeros((0, 4, 2), np.float32))
        return shown

    return reads


def paper(seal: tuple[int, int, int] = RED) -> np.ndarray:
    image = np.full((SIZE[1], SIZE[0], 3), 250, np.uint8)
    cv2.circle(image, (1290, 925), 112, seal, 5)
    cv2.putText(image, "2011  05  16", (1127, 1003), 0, 1.0, BLACK, 3)
    return image


def texts(lines) -> str:
    return "".join(one.text for one in lines)


def test_the_row_of_its_parts_is_read_whole(reader):
    reader("2011 年 05 月 16 日")
    lines = seal_date.dated(paper(), list(PARTS), STAMP)
    assert texts(lines) == "登记机关2011 年 05 月 16 日"
    left, right = lines[-1].corners[0][0] * SIZE[0], lines[-1].corners[1][0] * SIZE[0]
    assert 1000 < left < right < SIZE[0]


def test_a_date_that_was_seen_is_not_read_again(reader):
    shown = reader("2012 年 05 月 16 日")
    whole = [line(955, 900, "登记机关", 34), line(1127, 993, "2011 年 05 月 16 日")]
    assert texts(seal_date.dated(paper(), whole, STAMP)) == texts(whole)
    assert not shown


def test_a_day_that_lost_a_figure_is_not_taken(reader):
    reader("2011年05月6日", "2011年05月6日")
    assert texts(seal_date.dated(paper(), list(PARTS), STAMP)) == texts(PARTS)


def test_the_seal_is_washed_out_of_what_is_read(reader):
    shown = reader("", "")
    seal_date.dated(paper(), list(PARTS), STAMP)
    red_glass = shown[0]
    assert red_glass.min() < 40
    assert (red_glass < 128).mean() < (paper()[971:1015, 950:1462, 1] < 128).mean()
    shown.clear()
    reader("", "")
    seal_date.dated(paper((92, 92, 92)), list(PARTS), STAMP)
    assert (shown[0] < 128).mean() > (shown[1] < 128).mean()
