"""Captions that were lost, run together or widely spaced, and print that is no value."""

import pytest

from tests.intake.papers import BACK, CARD, FRONT, LANDSCAPE, SAYS, SCOPE, changed, code, says, without
from tests.intake.print_ import SIZE, line, page
from wizard.intake.understand import understand


def test_captions_and_values_that_ran_into_one_another():
    merged = [
        *without(
            "名",
            "称",
            "临溪市青屿食品有限公司",
            "注册资本",
            "500万元人民币",
            "住",
            "所",
            "浙江省临溪市云杉区书院街9",
        ),
        (110, 427, "名"),
        (227, 427, "称 临溪市青屿食品有限公司"),
        (930, 427, "注册资本 500万元人民币"),
        (930, 624, "住"),
        (1030, 624, "所 浙江省临溪市云杉区书院街9"),
    ]
    assert says(merged) == {"kind": "business_licence"} | SAYS


def test_two_columns_in_one_line_are_parted_at_the_gap():
    merged = without("陈雨桐", "营业期限", "法定代表人")
    merged.append((110, 560, "法定代表人 陈雨桐" + " " * 18 + "营业期限"))
    assert says(merged) == {"kind": "business_licence"} | SAYS


def test_a_value_that_ran_into_the_caption_of_the_next_column():
    merged = without("有限责任公司（自然人独资）", "成立日期", "2017年07月26日")
    long = "有限责任公司（非自然人投资或控股的法人独资）"
    for value in (f"{long}成立日期2017年07月26日", f"{long}成立日期        2017年07月26日"):
        said = says([*merged, (930 - 29 * len(long), 493, value)])
        assert said == {"kind": "business_licence"} | SAYS | {"type": long}


def test_a_value_that_ran_into_the_first_character_of_a_spaced_caption():
    merged = without(SCOPE[0], "住")
    scope = SCOPE[0].ljust(24, "；")
    merged.append((930 - 26 * len(scope), 624, f"{scope}住", 26))
    assert says(merged) == {"kind": "business_licence"} | SAYS | {
        "business_scope": scope + SCOPE[1] + SCOPE[2]
    }


def test_a_figure_seen_twice_is_there_once():
    for y in (536, 544):
        twice = [one for one in BACK if not one[2].startswith("有效")]
        twice += [(210, 540, "有效期限"), (358, 540, "2016.10.12-2026.10.12"), (355, y, "2")]
        said = says(twice, size=CARD)
        assert (said["valid_from"], said["valid_to"]) == ("2016-10-12", "2026-10-12")


def test_the_word_of_a_caption_within_a_text_is_none():
    scope = "代办注册资本登记；商务信息咨询"
    assert says(changed(SCOPE[1], scope))["business_scope"] == SCOPE[0] + scope + SCOPE[2]


@pytest.mark.parametrize("lost", ["名", "称", "类", "型", "住", "所"])
def test_one_character_of_a_spaced_caption_was_not_seen(lost):
    assert says(without(lost)) == {"kind": "business_licence"} | SAYS


def test_a_name_whose_caption_was_not_seen_is_offered_for_a_look():
    known = understand(page(without("名", "称")), SIZE)[1]["name"]
    assert known.value == SAYS["name"]
    assert known.confidence < 0.85


def test_widely_spaced_captions():
    """Some certificates set the two characters of a caption at both ends of a wide column."""
    office = [
        (620, 250, "统一社会信用代码证书", 50),
        (110, 340, "统一社会信用代码"),
        (420, 340, code("11339801MA0000001")),
        (110, 430, "名"),
        (420, 430, "称 临溪市云杉区教育局"),
        (110, 500, "地"),
        (420, 500, "址 浙江省临溪市云杉区书院街931号"),
    ]
    said = says(office)
    assert (said["name"], said["address"]) == ("临溪市云杉区教育局", "浙江省临溪市云杉区书院街931号")
    unseen = says([one for one in office if one[2] not in ("名", "地")])
    assert (unseen["name"], unseen["address"]) == (said["name"], said["address"])


@pytest.mark.parametrize("mark", ["仅供办理入驻使用 他用无效", "仅限用于备案审核", "再次复印无效"])
def test_a_level_watermark_is_no_value(mark: str):
    said = says([*LANDSCAPE, (290 + 29 * 13, 427, mark), (1090, 720, mark)])
    assert said == {"kind": "business_licence"} | SAYS


def test_a_scope_may_begin_a_line_with_the_words_of_a_mark():
    scope = ("食品销售（仅销售预包装食品）；", "仅限分支机构经营的普通货运。")
    set_ = [*without(*SCOPE), *((290, 624 + 34 * row, text, 25) for row, text in enumerate(scope))]
    assert says(set_)["business_scope"] == "".join(scope)


def test_specks_at_the_ends_are_no_part_of_a_value():
    assert (
        says(changed("陈雨桐", "☑陈雨桐ì", changed("临溪市青屿", "·临溪市青屿")))
        == {"kind": "business_licence"} | SAYS
    )


def test_a_caption_with_one_wrong_character():
    assert says(changed("法定代表人", "法走代表人")) == {"kind": "business_licence"} | SAYS


def test_brackets_and_stops_are_those_of_papers():
    wrong = changed("（自然人独资）", "(自然人独资)", changed("；", ";", changed("2410-A", "2410－Ａ")))
    assert says(wrong) == {"kind": "business_licence"} | SAYS


def test_a_watermark_aslant_is_no_value():
    mark = line(700, 560, "仅供平台使用他用无效", 34)
    (left, top), (right, _), (_, bottom), _ = mark.corners
    aslant = type(mark)(
        mark.text,
        0.99,
        ((left, top), (right, top - 0.09), (right, bottom - 0.09), (left, bottom)),
        mark.stops,
    )
    _, fields, _ = understand([*page(LANDSCAPE), aslant], SIZE)
    assert {name: read.value for name, read in fields.items()} == SAYS


def test_print_below_the_scope_is_not_of_it():
    assert says([*LANDSCAPE, (290, 800, "仅供平台使用他用无效")])["business_scope"] == "".join(SCOPE)


def test_the_date_of_another_paper_on_the_page_is_not_that_of_this_one():
    cut = [one for one in LANDSCAPE if not one[2].startswith("2021")]
    lower = [(x, y / 2, text, (*em, 29)[0] / 2) for x, y, text, *em in cut]
    assert "issued" not in says([*lower, (175, 900, "1991 年 7 月 19 日", 34)])


def test_the_two_sides_of_a_card_beside_one_another():
    wide = [(x / 2.4, y / 2, text, em / 2) for x, y, text, em in FRONT]
    back = [(500 + x / 2.4, 15 + y / 2, text, em / 2) for x, y, text, em in BACK]
    said = says([*wide, *back], size=CARD)
    assert (said["kind"], said["ethnicity"], said["sex"]) == ("id_both", "回", "男")
    assert said["issuer"] == "泽阳市公安局鹤亭分局"


@pytest.mark.parametrize("stray", [(400, 150, "★★", 30), (960, 158, "照片", 20)])
def test_an_emblem_or_far_print_on_the_line_of_a_caption_is_no_value(stray):
    assert says([*FRONT, stray], size=CARD)["ethnicity"] == "回"
    apart = [one for one in FRONT if one[2] != "民族回"] + [(285, 166, "民族", 34)]
    assert "ethnicity" not in says([*apart, stray], size=CARD)
    assert says([*apart, stray, (395, 168, "回", 34)], size=CARD)["ethnicity"] == "回"


def test_close_lines_of_a_scope_beside_a_tall_caption():
    small = [
        *without(*SCOPE, "经营范围"),
        (106, 629, "经营范围", 34),
        *((290, 624 + 27 * row, text, 22) for row, text in enumerate(SCOPE)),
    ]
    assert says(small)["business_scope"] == SAYS["business_scope"]


def test_the_rest_of_a_mark_beside_a_name_on_the_list_is_no_part_of_it():
    assert says([*FRONT, (402, 166, "田无效", 34)], size=CARD)["ethnicity"] == "回"


def test_a_faint_last_sign_does_not_spoil_a_date():
    spaced = [one for one in LANDSCAPE if not one[2].startswith("2021")]
    faint = [*spaced, (1130, 993, "2021年02月18"), (1322, 993, "日", 29, 0.7)]
    assert says(faint)["issued"] == "2021-02-18"


def test_a_caption_of_two_characters_with_one_misread():
    assert says(changed("住址", "住城", FRONT), size=CARD)["address"].startswith("浙江省临溪市")
