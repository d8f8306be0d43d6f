"""Which paper it is and what it says, from lines as the engine gives them, in many layouts."""

from datetime import date

import pytest

from tests.intake.print_ import SIZE, line, page
from wizard.intake.understand import understand
from wizard.numbers import check_digits


def code(body: str = "91339801MA0000001") -> str:
    body = body[:16] + check_digits.organisation(body[8:16])
    return body + check_digits.uscc(body)


def number(body: str = "33980119910719235") -> str:
    return body + check_digits.resident(body)


CODE, NUMBER = code(), number()
SCOPE = (
    "食品销售（仅销售预包装食品）；食用农产品批发；",
    "食用农产品零售；日用百货销售；互联网销售（除销",
    "售需要许可的商品）；货物进出口。",
)
LANDSCAPE = [
    (127, 146, "统一社会信用代码"),
    (127, 199, CODE, 33),
    (580, 250, "营业执照", 100),
    (110, 427, "名"),
    (227, 427, "称"),
    (290, 427, "临溪市青屿食品有限公司"),
    (930, 427, "注册资本"),
    (1090, 427, "500万元人民币"),
    (110, 493, "类"),
    (227, 493, "型"),
    (290, 493, "有限责任公司（自然人独资）"),
    (930, 493, "成立日期"),
    (1090, 493, "2017年07月26日"),
    (110, 560, "法定代表人"),
    (290, 560, "陈雨桐"),
    (930, 560, "营业期限"),
    (1090, 560, "2017年07月26日至长期", 25),
    (110, 624, "经营范围"),
    *((290, 624 + 34 * row, text, 25) for row, text in enumerate(SCOPE)),
    (930, 624, "住"),
    (1030, 624, "所"),
    (1090, 624, "浙江省临溪市云杉区书院街9"),
    (1090, 668, "31号5栋1楼2410-A室"),
    (955, 900, "登 记 机 关", 34),
    (1130, 993, "2021 年 02 月 18 日"),
    (120, 1045, "国家企业信用信息公示系统网址：http://example", 20),
    (720, 1055, "市场主体应当于每年1月1日至6月30日报送公示年度报告。", 18),
]
SAYS = {
    "uscc": CODE,
    "name": "临溪市青屿食品有限公司",
    "type": "有限责任公司（自然人独资）",
    "legal_person": "陈雨桐",
    "registered_capital": "500万元人民币",
    "established": "2017-07-26",
    "term_from": "2017-07-26",
    "term_to": "长期",
    "address": "浙江省临溪市云杉区书院街931号5栋1楼2410-A室",
    "business_scope": "".join(SCOPE),
    "issued": "2021-02-18",
}


def says(set_, *shown: str, size=SIZE) -> dict[str, str]:
    kind, fields, _ = understand(page(set_, size), size, shown)
    return {"kind": kind} | {name: read.value for name, read in fields.items()}


def sure(set_, *shown: str, size=SIZE) -> dict[str, float]:
    return {name: read.confidence for name, read in understand(page(set_, size), size, shown)[1].items()}


def without(*texts: str, set_=LANDSCAPE):
    return [one for one in set_ if one[2] not in texts]


def changed(old: str, new: str, set_=LANDSCAPE):
    return [(*one[:2], one[2].replace(old, new), *one[3:]) for one in set_]


def test_a_licence_of_2019():
    assert says(LANDSCAPE) == {"kind": "business_licence"} | SAYS
    assert understand(page(LANDSCAPE), SIZE)[2]


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


PORTRAIT = (1130, 1600)
OLD = [
    (340, 270, "营业执照", 110),
    (475, 414, f"统一社会信用代码 {CODE}"),
    *(
        (x, 490 + 62 * row, text)
        for row, texts in enumerate(
            (
                ("名", "称", "临溪市鲸落湾食品贸易有限公司"),
                ("类", "型", "有限责任公司（自然人投资或控股）"),
                ("住", "所", "浙江省临溪市云杉区旧桥路6号19号楼24层707室"),
                ("法定代表人", "", "周佳怡"),
                ("注册资本", "", "伍佰万圆整"),
                ("成立日期", "", "2009年07月14日"),
                ("营业期限", "", "2009年07月14日至2039年07月13日"),
                ("经营范围", "", "食品销售；食用农产品批发。"),
            )
        )
        for x, text in zip((112, 250, 330), texts, strict=True)
        if text
    ),
    (550, 1310, "登记机关", 34),
    (690, 1420, "2009年07月14"),
    (90, 1515, "企业信用信息公示系统网址：http://example", 20),
]


def test_an_older_licence():
    assert says(OLD, size=PORTRAIT) == {
        "kind": "business_licence",
        "uscc": CODE,
        "name": "临溪市鲸落湾食品贸易有限公司",
        "type": "有限责任公司（自然人投资或控股）",
        "address": "浙江省临溪市云杉区旧桥路6号19号楼24层707室",
        "legal_person": "周佳怡",
        "registered_capital": "伍佰万圆整",
        "established": "2009-07-14",
        "term_from": "2009-07-14",
        "term_to": "2039-07-13",
        "business_scope": "食品销售；食用农产品批发。",
        "issued": "2009-07-14",
    }


SHOP = code("92110199MAQRR0M9X")
INDIVIDUAL = [
    (127, 199, SHOP, 33),
    (580, 250, "营业执照", 100),
    (110, 427, "名"),
    (227, 427, "称柳堤区星槎餐饮店"),
    (930, 427, "组成形式 家庭经营"),
    (110, 493, "类"),
    (227, 493, "型 个体工商户"),
    (930, 493, "注册日期 2012年02月12日"),
    (110, 560, "经 营 者"),
    (290, 560, "褚佳怡"),
    (930, 560, "经营场所 北京市柳堤区机杼路646号"),
    (110, 624, "经营范围 餐饮服务；外卖递送服务。"),
]


def test_a_licence_of_one_person():
    assert says(INDIVIDUAL) == {
        "kind": "individual_licence",
        "uscc": SHOP,
        "name": "柳堤区星槎餐饮店",
        "type": "个体工商户",
        "legal_person": "褚佳怡",
        "composition": "家庭经营",
        "established": "2012-02-12",
        "address": "北京市柳堤区机杼路646号",
        "business_scope": "餐饮服务；外卖递送服务。",
    }
    assert sure(INDIVIDUAL)["type"] >= 0.9


HOSPITAL = code("12339801MAQ7EKHMX")
INSTITUTION = [
    (500, 225, "事业单位法人证书", 66),
    (108, 350, f"统一社会信用代码 {HOSPITAL}"),
    (108, 420, "名"),
    (270, 420, "称"),
    (330, 420, "临溪市云杉区第三人民医院"),
    (868, 420, "法定代表人"),
    (1070, 420, "陈建国"),
    (108, 490, "宗旨和业务范围", 25),
    (330, 490, "为人民群众提供公共服务。承担本辖"),
    (330, 532, "区相关业务指导、人员培训。"),
    (868, 497, "经 费 来 源"),
    (1070, 497, "非财政补助(自收自支)"),
    (868, 573, "开 办 资 金"),
    (1070, 573, "4334万元"),
    (868, 650, "举 办 单 位"),
    (1070, 650, "临溪市云杉区卫生健康局"),
    (108, 682, "住"),
    (270, 682, "所"),
    (330, 682, "浙江省临溪市云杉区望江大道818号"),
    (868, 800, "登记管理机关"),
    (108, 980, "有效期 自2021年04月01日至2026年03月31日"),
]


def test_a_certificate_of_an_institution():
    assert says(INSTITUTION) == {
        "kind": "institution_certificate",
        "uscc": HOSPITAL,
        "name": "临溪市云杉区第三人民医院",
        "business_scope": "为人民群众提供公共服务。承担本辖区相关业务指导、人员培训。",
        "address": "浙江省临溪市云杉区望江大道818号",
        "legal_person": "陈建国",
        "funding": "非财政补助（自收自支）",
        "registered_capital": "4334万元",
        "sponsor": "临溪市云杉区卫生健康局",
        "term_from": "2021-04-01",
        "term_to": "2026-03-31",
    }


def test_a_certificate_of_an_association():
    club = code("51330000MJ8734567")
    said = says(
        [
            (420, 225, "社会团体法人登记证书", 60),
            (108, 350, f"统一社会信用代码 {club}"),
            (108, 420, "名称：临溪市书画协会"),
            (108, 480, "业务范围：学术交流；培训。"),
            (108, 540, "住所：浙江省临溪市云杉区长堤路6号"),
            (108, 600, "法定代表人：卫若志"),
            (108, 660, "注册资金：叁万元整"),
            (108, 720, "业务主管单位：临溪市文化和旅游局"),
            (108, 980, "有效期限：2021年4月1日至2026年3月31日"),
        ]
    )
    assert said == {
        "kind": "other_certificate",
        "uscc": club,
        "name": "临溪市书画协会",
        "business_scope": "学术交流；培训。",
        "address": "浙江省临溪市云杉区长堤路6号",
        "legal_person": "卫若志",
        "registered_capital": "叁万元整",
        "sponsor": "临溪市文化和旅游局",
        "term_from": "2021-04-01",
        "term_to": "2026-03-31",
    }


CARD = (1000, 630)
FRONT = [
    (66, 95, "姓名", 36),
    (172, 95, "周子墨", 40),
    (66, 166, "性别男", 34),
    (285, 166, "民族回", 34),
    (66, 240, "出生", 34),
    (172, 240, "1991 年 7 月 19 日", 34),
    (66, 315, "住址", 34),
    (172, 315, "浙江省临溪市云杉区机杼", 34),
    (172, 365, "路283号院14号楼2单元19", 34),
    (172, 412, "38", 34),
    (66, 548, "公民身份号码", 28),
    (330, 548, NUMBER, 44),
]
BACK = [
    (280, 120, "中华人民共和国", 54),
    (290, 250, "居民身份证", 74),
    (210, 457, "签发机关 泽阳市公安局鹤亭分局", 34),
    (210, 540, "有效期限 2016.10.12-2026.10.12", 34),
]


def test_the_front_of_a_card():
    assert says(FRONT, size=CARD) == {
        "kind": "id_front",
        "name": "周子墨",
        "sex": "男",
        "ethnicity": "回",
        "birth": "1991-07-19",
        "address": "浙江省临溪市云杉区机杼路283号院14号楼2单元1938",
        "id_number": NUMBER,
    }


def test_the_back_of_a_card():
    assert says(BACK, size=CARD) == {
        "kind": "id_back",
        "issuer": "泽阳市公安局鹤亭分局",
        "valid_from": "2016-10-12",
        "valid_to": "2026-10-12",
    }
    assert sure(BACK, size=CARD)["valid_to"] >= 0.9
    assert says(changed("2026.10.12", "长期", BACK), size=CARD)["valid_to"] == "长期"


def test_both_sides_on_one_sheet():
    sheet = [*FRONT, *((x, y + 700, *rest) for x, y, *rest in BACK)]
    said = says(sheet, size=(1000, 1400))
    assert (said["kind"], said["name"], said["issuer"]) == ("id_both", "周子墨", "泽阳市公安局鹤亭分局")
    assert said["id_number"] == NUMBER


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
