"""Two papers on one page: the values of one are not mixed with those of the other."""

import pytest

from tests.intake.papers import CARD, CODE, FRONT, LANDSCAPE, SAYS, changed, code, number, says
from tests.intake.print_ import SIZE

OTHER = code("92339801MA0000002")
SHOP = [
    (
        x,
        y,
        text.replace("注册资本", "组成形式").replace("500万元人民币", "家庭经营").replace("陈雨桐", "褚佳怡"),
        *em,
    )
    for x, y, text, *em in changed(CODE, OTHER)
]
HALF = (SIZE[0] // 2, SIZE[1] // 2)
WHOLE = {"kind": "business_licence"} | SAYS


def half(set_, x: float = 0, y: float = 0, size=SIZE):
    """A set at half its size, with its corner at x and y."""
    return [(x + a / 2, y + b / 2, text, (*em, 29)[0] / 2) for a, b, text, *em in set_]


@pytest.mark.parametrize("corner", [(0, HALF[1]), (HALF[0], 0)])
def test_the_upper_or_left_paper_alone_is_read(corner):
    said = says([*half(LANDSCAPE), *half(SHOP, *corner)])
    assert said == WHOLE
    said = says([*half(SHOP), *half(LANDSCAPE, *corner)])
    assert said["composition"] == "家庭经营"
    assert "registered_capital" not in said
    assert (said["uscc"], said["kind"]) == (OTHER, "individual_licence")


def test_the_code_is_shown_by_its_own_paper():
    shown = [f"https://licence.example/qr?uniscid={one}" for one in (OTHER, CODE)]
    assert says([*half(LANDSCAPE), *half(SHOP, 0, HALF[1])], *shown) == WHOLE


def test_two_cards_of_two_people():
    other = [(x, y, text.replace("周子墨", "欧阳已任"), em) for x, y, text, em in FRONT]
    second = number("33980119910719231")
    other = [(x, y, second if len(text) == 18 else text, em) for x, y, text, em in other]
    said = says([*half(FRONT, size=CARD), *half(other, 0, CARD[1] / 2)], size=CARD)
    assert (said["name"], said["id_number"]) == ("周子墨", next(one[2] for one in FRONT if len(one[2]) == 18))
