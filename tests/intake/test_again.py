"""A second look at the places where print must stand: what the engine says there is set by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.intake.papers import CARD, FRONT, LANDSCAPE, SAYS, SCOPE, without
from tests.intake.print_ import SIZE, page
from wizard.intake import again, engine
from wizard.intake.engine import Said
from wizard.intake.understand import understand

Answer = Callable[[float, float, float, float], tuple[str, float]]


@pytest.fixture
def looked(monkeypatch):
    """What a set of lines says after the second look; the answer is asked for each place, in pixels."""

    def look(set_, answer: Answer, size=SIZE) -> dict[str, str]:
        pixels = np.indices((size[1], size[0])).transpose(1, 2, 0).astype(np.uint16)
        monkeypatch.setattr(engine, "say", lambda strips: [_said(strip, answer) for strip in strips])
        lines = again.looked(pixels, page(set_, size))
        kind, fields, _ = understand(lines, size)
        return {"kind": kind} | {name: read.value for name, read in fields.items()}

    return look


def _said(strip: np.ndarray, answer: Answer) -> Said:
    """The strip knows its place: its pixels are their own coordinates."""
    (top, left), (bottom, right) = strip[0, 0], strip[-1, -1]
    text, score = answer(float(left), float(top), float(right), float(bottom))
    em = 0.6 * (bottom - top) / (right - left)
    stops = tuple(min(1.0, (place + 1) * em) for place in range(len(text)))
    return Said(text, score, stops, (score,) * len(text))


def at(x: float, y: float, text: str, score: float = 0.99) -> Answer:
    """An answer for the places around one point; elsewhere the paper is empty."""
    return lambda left, top, right, bottom: (
        (text, score) if left <= x <= right and top <= y <= bottom else ("口", 0.3)
    )


def nothing(left: float, top: float, right: float, bottom: float) -> tuple[str, float]:
    return "口", 0.3


WHOLE = {"kind": "business_licence"} | SAYS


def test_a_caption_that_was_not_seen_at_all(looked):
    lost = without("住", "所")
    assert "address" not in looked(lost, nothing)
    assert looked(lost, at(1000, 624, "住 所")) == WHOLE


def test_other_print_left_of_a_value_is_no_caption(looked):
    assert "address" not in looked(without("住", "所"), at(1000, 624, "样本"))


@pytest.mark.parametrize(("lost", "name"), [("陈雨桐", "legal_person"), ("2017年07月26日", "established")])
def test_a_value_that_was_not_seen(looked, lost, name):
    x, y = next(one[:2] for one in LANDSCAPE if one[2] == lost)
    assert name not in looked(without(lost), nothing)
    assert looked(without(lost), at(x + 20, y, lost)) == WHOLE


def test_what_is_badly_read_there_is_no_value(looked):
    assert "legal_person" not in looked(without("陈雨桐"), at(310, 560, "陈雨桐", 0.7))


def test_a_date_of_which_a_part_was_seen(looked):
    half = [one if one[2] != "1991 年 7 月 19 日" else (*one[:2], "1991 年", 34) for one in FRONT]
    assert "birth" not in looked(half, nothing, CARD)
    assert looked(half, at(190, 240, "1991年7月19日"), CARD)["birth"] == "1991-07-19"
    assert "birth" not in looked(half, at(190, 240, "1991年7月"), CARD)


def scope(*rows: tuple[float, str]) -> list[tuple]:
    """The licence with another scope: each row begins at its own place."""
    return [
        *without(*SCOPE),
        *((x, 624 + 34 * row, text, 25) for row, (x, text) in enumerate(rows)),
    ]


def test_a_stop_passed_over_at_the_begin_of_a_line(looked):
    rows = scope((290, SCOPE[0]), (315, "货物进出口，技术进出口"))
    assert looked(rows, nothing)["business_scope"] == SCOPE[0] + "货物进出口，技术进出口"
    said = looked(rows, at(300, 658, "；货物进出口，技术进出口"))
    assert said["business_scope"] == SCOPE[0] + "；货物进出口，技术进出口"


def test_another_line_read_there_does_not_replace_what_was_seen(looked):
    rows = scope((290, SCOPE[0]), (315, "货物进出口"))
    assert looked(rows, at(300, 658, "；物进口"))["business_scope"] == SCOPE[0] + "货物进出口"


@pytest.mark.parametrize(("read", "end"), [("。", "。"), ("）", "）"), ("O", "。"), ("服务", ""), ("口", "")])
def test_a_stop_alone_below_a_full_line(looked, read, end):
    rows = scope((290, "食品销售，互联网销售，除销售需要许可的商品"))
    said = looked(rows, at(300, 658, read))
    assert said["business_scope"] == "食品销售，互联网销售，除销售需要许可的商品" + end


@pytest.mark.parametrize(
    ("text", "read", "score", "end"),
    [
        ("除销售需要许可的商品，食品销售（仅销售预包装", "）", 0.4, "）"),
        ("除销售需要许可的商品，食品销售，仅销售预包装", "）", 0.4, ""),
        ("除销售需要许可的商品，食品销售，仅销售预包装", "○", 0.4, "。"),
        ("除销售需要许可的商品，食品销售（仅销售预包装", "。", 0.4, ""),
        ("除销售需要许可的商品，食品销售，仅销售预包装", "。", 0.2, ""),
    ],
)
def test_a_sign_the_text_asks_for_may_be_faint(looked, text, read, score, end):
    said = looked(scope((290, text)), at(300, 658, read, score))
    assert said["business_scope"] == text + end


def test_nothing_is_looked_for_below_a_text_that_has_ended(looked):
    assert looked(LANDSCAPE, lambda *place: ("。", 0.99)) == WHOLE


def test_a_page_that_is_no_paper_is_left_alone(looked):
    letter = [(110, 100, "住所"), (400, 200, "见附件")]
    assert looked(letter, lambda *place: ("上海市", 0.99)) == {"kind": ""}


def test_a_line_missing_within_a_text(looked):
    lost = without(SCOPE[1])
    assert looked(lost, nothing)["business_scope"] == SCOPE[0]
    assert looked(lost, at(320, 658, SCOPE[1])) == WHOLE


def test_a_line_below_a_value_of_one_line_has_a_caption_of_its_own(looked):
    lost = [one for one in FRONT if one[2] not in ("出生", "住址", "性别男", "1991 年 7 月 19 日")]
    lost += [(66, 166, "性别", 34), (172, 166, "男", 42), (172, 240, "1991年7月19日", 40)]
    for caption, y, name in (("出 生", 240, "birth"), ("住 址", 315, "address")):
        assert name not in looked(lost, nothing, CARD)
        assert name in looked(lost, at(100, y, caption), CARD)
    assert looked(lost, nothing, CARD)["sex"] == "男"
