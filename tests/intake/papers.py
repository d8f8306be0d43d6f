"""Papers as the engine gives their lines, and what they say: for the tests of `wizard.intake.understand`."""

from tests.intake.print_ import SIZE, page
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
