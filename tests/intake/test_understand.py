"""Which paper it is and what it says, from lines as the engine gives them, in many layouts."""

from tests.intake.papers import BACK, CARD, CODE, FRONT, LANDSCAPE, NUMBER, SAYS, changed, code, says, sure
from tests.intake.print_ import SIZE, page
from wizard.intake.understand import understand


def test_a_licence_of_2019():
    assert says(LANDSCAPE) == {"kind": "business_licence"} | SAYS
    assert understand(page(LANDSCAPE), SIZE)[2]


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
