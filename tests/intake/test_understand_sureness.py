"""How sure what was read is, and what is not given at all."""

from datetime import date

import pytest

from tests.intake.papers import CARD, CODE, FRONT, LANDSCAPE, NUMBER, SAYS, changed, code, says, sure, without
from tests.intake.print_ import SIZE, line, page
from wizard.intake.understand import understand


def test_a_number_is_sure_only_where_birth_and_sex_agree():
    assert sure(FRONT, size=CARD)["id_number"] >= 0.9
    for wrong in (changed("性别男", "性别女", FRONT), changed("19 日", "18 日", FRONT)):
        assert sure(wrong, size=CARD)["id_number"] < 0.9
    alone = without("性别男", "1991 年 7 月 19 日", set_=FRONT)
    assert sure(alone, size=CARD)["id_number"] < 0.9


def test_a_number_with_a_wrong_check_digit_is_never_sure_nor_mended():
    wrong = NUMBER[:-1] + str((int(NUMBER[-1].replace("X", "0")) + 1) % 10)
    said = understand(page(changed(NUMBER, wrong, FRONT), CARD), CARD)
    assert said[1]["id_number"].value == wrong
    assert said[1]["id_number"].confidence < 0.5
    assert not said[2]


def test_a_code_is_as_sure_as_its_witnesses():
    link = f"https://licence.example/qr?uniscid={CODE}"
    assert sure(LANDSCAPE, link)["uscc"] > sure(LANDSCAPE)["uscc"] >= 0.9
    other = code("91339802MA000000")
    assert sure(LANDSCAPE, f"https://licence.example/{other}")["uscc"] < 0.9
    hidden = without(CODE)
    assert says(hidden, link)["uscc"] == CODE
    assert "uscc" not in says(hidden, "https://example/nothing")


def test_a_mended_code_is_offered_but_not_sure():
    for wrong in (CODE.replace("0", "O"), CODE[:5] + "B" + CODE[6:]):
        said = understand(page(changed(CODE, wrong)), SIZE)[1]
        assert said["uscc"].confidence < 0.9
    assert says(changed(CODE, CODE.replace("0", "O")))["uscc"] == CODE


def test_dates_bear_one_another_out():
    known = sure(LANDSCAPE)
    assert min(known["established"], known["term_from"]) >= 0.9
    assert known["issued"] < 0.9
    against = sure(changed("2021 年", "2011 年"))
    assert max(against["issued"], against["established"]) < 0.9


def test_names_have_no_witness_and_are_never_sure():
    known = sure(LANDSCAPE, CODE)
    assert max(known[name] for name in ("name", "legal_person", "address", "business_scope")) < 0.9


def test_what_was_badly_read_is_not_given():
    bad = [(*one, 29, 0.6)[:5] if one[2] == "陈雨桐" else one for one in LANDSCAPE]
    said = understand(page(bad), SIZE)
    assert "legal_person" not in said[1]
    assert not said[2]


def test_nothing_to_read():
    assert understand([], SIZE) == ("", {}, False)
    kind, fields, legible = understand(page([(100, 100, "今天天气很好")]), SIZE)
    assert (kind, dict(fields), legible) == ("", {}, False)


def test_corners_say_where_a_value_stands():
    read = understand(page(LANDSCAPE), SIZE)[1]["address"]
    (left, top), (right, _), (_, bottom), _ = read.corners
    assert left == pytest.approx(1087 / 1600, abs=0.01)
    assert right < 1
    assert 605 / 1130 < top < 624 / 1130
    assert 668 / 1130 < bottom < 690 / 1130


def test_what_was_asked_for_decides_only_where_both_would_do():
    assert understand(page(FRONT, CARD), CARD, (), "business_licence")[0] == "id_front"
    assert understand(page(LANDSCAPE), SIZE, (), "identity_card")[0] == "business_licence"
    unclear = [(100, 100, "有效期限"), (300, 100, "2016.10.12-2026.10.12")]
    assert understand(page(unclear, CARD), CARD, (), "identity_card")[0] == "id_back"


def test_days_of_the_calendar_only():
    assert date.fromisoformat(says(LANDSCAPE)["issued"])
    assert "established" not in says(changed("2017年07月26日", "2017年13月26日"))


def test_a_value_that_runs_into_the_edge_of_the_picture_is_not_given():
    width = 1090 + 9 * 29 + 2  # through the address
    said = says(
        [(x, y, text[: int((width - x) / 29)], *rest) for x, y, text, *rest in LANDSCAPE], size=(width, 1130)
    )
    assert "address" not in said
    assert said["name"] == SAYS["name"]


def test_the_name_on_the_seal():
    seal = line(1175, 925, "临溪市市场监督管理局")
    kind, fields, _ = understand(page(LANDSCAPE), SIZE, (), "auto", seal)
    assert (kind, fields["authority"].value) == ("business_licence", "临溪市市场监督管理局")


@pytest.mark.parametrize(
    ("start", "end", "agree"),
    [
        ("2016年02月29日", "2036年02月28日", True),
        ("2016年02月29日", "2036年02月29日", True),
        ("2015年03月01日", "2035年02月28日", True),
        ("2017年01月01日", "2036年12月31日", True),
        ("2017年07月26日", "2037年07月25日", True),
        ("2017年07月26日", "2037年07月26日", True),
        ("2017年07月26日", "2037年02月29日", False),
        ("2017年07月26日", "2037年05月25日", False),
        ("2017年07月26日", "2017年07月26日", False),
        ("2017年07月26日", "2012年07月25日", False),
    ],
)
def test_a_period_of_whole_years_is_borne_out(start, end, agree):
    period = [*without("2017年07月26日至长期", "2017年07月26日"), (1090, 560, f"{start}至{end}", 25)]
    assert (sure(period).get("term_to", 0) >= 0.9) is agree


def test_no_end_is_a_word_that_nothing_is_misread_as():
    assert sure(LANDSCAPE)["term_to"] >= 0.9
    badly = [(*one, 0.9) if one[2].endswith("长期") else one for one in LANDSCAPE]
    assert sure(badly)["term_to"] < 0.9
