"""Invented licences: the landscape one of 2019, the older portrait one, and that of a 个体工商户."""

from datetime import date
from random import Random
from typing import Any

from tests.specimens.paper import BROWN, GOLD, OURS, RED, Paper

BOLD = str(OURS / "NotoSansSC-Bold.ttf")
PAPERS = ((252, 250, 243), (250, 246, 232), (249, 250, 246), (244, 240, 226))
LINK = "https://licence.specimen.example/qr?uniscid="


def written(day: date | str, gap: str = "") -> str:
    """A day as a licence prints it; 长期 stays."""
    return (
        day
        if isinstance(day, str)
        else f"{day.year}{gap}年{gap}{day.month:02}{gap}月{gap}{day.day:02}{gap}日"
    )


def paper(dice: Random, size: tuple[float, float], unit: float, font: str) -> Paper:
    tint = dice.choice(PAPERS)
    sheet = Paper(size, unit, tint, font)
    shade = dice.randint(6, 22)
    sheet.waves(dice, tuple(max(0, part - shade) for part in tint), dice.uniform(13, 30))
    return sheet


def landscape(dice: Random, facts: dict[str, Any], unit: float, font: str) -> Paper:
    """1600 × 1130 units; two columns."""
    sheet = paper(dice, (1600, 1130), unit, font)
    sheet.frame(GOLD, ((16, 10), (34, 2), (42, 5)))
    for x, y in ((44, 44), (1500, 44), (44, 1030), (1500, 1030)):
        sheet.draw.rectangle(sheet.px(x, y, x + 56, y + 56), outline=GOLD, width=max(2, round(4 * unit)))
    sheet.text((130, 90), "样本 SPECIMEN", 27, fill=RED, font=BOLD)
    sheet.text((130, 130), "统一社会信用代码", 28, fill=BROWN)
    sheet.text((130, 174), facts["uscc"], 33, font=BOLD, field="uscc")
    sheet.text((130, 222), f"编号 No. {dice.randint(10_000_000, 99_999_999)}", 20, fill=(90, 90, 90))
    sheet.emblem((800, 120), 66)
    sheet.text((800, 200), "营业执照", 88, font=BOLD, spacing=26, anchor="ma")
    sheet.text((800, 318), dice.choice(("（副　本）", "（副 本）(1-1)", "（正　本）")), 30, anchor="ma")
    sheet.code((1290, 110), 168, LINK + facts["uscc"])
    for number, line in enumerate(("扫描二维码登录“样本", "公示系统”了解更多登", "记、备案、许可信息")):
        sheet.text((1282, 292 + 25 * number), line, 18, fill=(80, 80, 80))
    columns(sheet, dice, facts)
    sheet.text((950, 880), "登记机关", 34, fill=BROWN, spacing=22)
    sheet.text((1130, 975), written(facts["issued"], " "), 31, field="issued")
    sheet.seal((1310 + dice.randint(-10, 50), 925), 115, facts["authority"], field="authority")
    sheet.text((120, 1050), "样本公示系统网址：http://www.specimen.example", 19, fill=(70, 70, 70))
    sheet.text((1190, 1048), "国家市场监督管理总局监制", 22, fill=(70, 70, 70))
    return sheet


def columns(sheet: Paper, dice: Random, facts: dict[str, Any]) -> None:
    """The captions with their values; a 个体工商户 has other ones."""
    person = "经营者" if "composition" in facts else "法定代表人"
    size = dice.choice((27, 29, 31))
    y = 410.0
    for label, field in (
        ("名称", "name"),
        ("类型", "type"),
        (person, "legal_person"),
        ("经营范围", "business_scope"),
    ):
        sheet.label((110, y), label, 29, 150, fill=BROWN)
        small = 25 if field == "business_scope" else size
        y = sheet.value((290, y), facts[field], small, 560, field=field, leading=1.32) + 24
    y = 410.0
    for label, field, value in right(facts):
        sheet.label((930, y), label, 29, 130, fill=BROWN)
        y = (
            sheet.value((1090, y), value, 25 if field == "term" else size, 405, field=field, leading=1.32)
            + 24
        )


def right(facts: dict[str, Any]) -> list[tuple[str, str, str]]:
    started = written(facts["established"])
    if "composition" in facts:
        return [
            ("组成形式", "composition", facts["composition"]),
            ("注册日期", "established", started),
            ("经营场所", "address", facts["address"]),
        ]
    return [
        ("注册资本", "registered_capital", facts["registered_capital"]),
        ("成立日期", "established", started),
        ("营业期限", "term", f"{written(facts['term_from'])}至{written(facts['term_to'])}"),
        ("住所", "address", facts["address"]),
    ]


def portrait(dice: Random, facts: dict[str, Any], unit: float, font: str) -> Paper:
    """1130 × 1600 units; one column, as before 2019."""
    sheet = paper(dice, (1130, 1600), unit, font)
    sheet.frame((150, 150, 90), ((14, 9), (32, 2)))
    sheet.text((80, 80), "样本 SPECIMEN", 27, fill=RED, font=BOLD)
    sheet.emblem((565, 120), 74)
    sheet.text((565, 220), "营业执照", 96, font=BOLD, spacing=24, anchor="ma")
    sheet.text((565, 346), dice.choice(("（副　本）", "（副 本）(1-1)")), 28, anchor="ma")
    wide = sheet.text((480, 410), "统一社会信用代码", 28)
    sheet.text((494 + wide, 408), facts["uscc"], 30, font=BOLD, field="uscc")
    y = 490.0
    person = "经营者" if "composition" in facts else "法定代表人"
    rest = [one for one in right(facts) if one[1] != "address"]
    place = "经营场所" if "composition" in facts else "住所"
    rows = [
        ("名称", "name", facts["name"]),
        ("类型", "type", facts["type"]),
        (place, "address", facts["address"]),
    ]
    rows += [(person, "legal_person", facts["legal_person"]), *rest]
    for label, field, value in [*rows, ("经营范围", "business_scope", facts["business_scope"])]:
        sheet.label((110, y), label, 28, 170)
        y = sheet.value((320, y), value, 29, 700, field=field, leading=1.4) + 22
    sheet.code((120, 1300), 160, LINK + facts["uscc"])
    sheet.text((560, 1300), "登记机关", 32, spacing=24)
    sheet.text((680, 1410), written(facts["issued"], " "), 30, field="issued")
    sheet.seal((890 + dice.randint(-40, 30), 1340), 120, facts["authority"], field="authority")
    sheet.text((80, 1510), "样本公示系统网址：http://www.specimen.example", 19, fill=(70, 70, 70))
    sheet.text((620, 1540), "中华人民共和国国家工商行政管理总局监制", 21, fill=(70, 70, 70))
    return sheet
