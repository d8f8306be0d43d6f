"""Invented certificates of institutions, associations and offices."""

from random import Random
from typing import Any

from tests.specimens.licence import paper, written
from tests.specimens.paper import OURS, RED, Paper

BOLD = str(OURS / "NotoSansSC-Bold.ttf")
WINE = (150, 24, 28)
# title, caption of the purpose, caption of the money, caption of the sponsor
LOOKS = {
    "institution": ("事业单位法人证书", "宗旨和业务范围", "开办资金", "举办单位"),
    "association": ("社会团体法人登记证书", "业务范围", "注册资金", "业务主管单位"),
    "private_unit": ("民办非企业单位登记证书", "业务范围", "开办资金", "业务主管单位"),
    "office": ("统一社会信用代码证书", "", "", ""),
}


def certificate(dice: Random, layout: str, facts: dict[str, Any], unit: float, font: str) -> Paper:
    """1600 × 1130 units; two columns under a red title."""
    title, purpose, money, sponsor = LOOKS[layout]
    sheet = paper(dice, (1600, 1130), unit, font)
    sheet.frame((178, 52, 48), ((28, 8), (44, 3)))
    sheet.text((110, 90), "样本 SPECIMEN", 26, fill=RED, font=BOLD)
    sheet.emblem((800, 118), 58)
    sheet.text((800, 186), title, 66, fill=WINE, font=BOLD, anchor="ma")
    sheet.text((800, 276), "（副本）", 28, anchor="ma")
    wide = sheet.text((110, 329), "统一社会信用代码", 29)
    sheet.text((124 + wide, 328), facts["uscc"], 32, font=BOLD, field="uscc")
    y = 400.0
    for label, field in (
        ("名称", "name"),
        (purpose, "business_scope"),
        ("住所" if purpose else "地址", "address"),
    ):
        if field in facts and label:
            sheet.label((110, y), label, 29 if len(label) < 6 else 25, 190)
            y = sheet.value((330, y), facts[field], 29, 470, field=field, leading=1.36) + 30
    y = 400.0
    person = "法定代表人" if purpose else "负责人"
    for label, field in (
        (person, "legal_person"),
        ("经费来源", "funding"),
        (money, "registered_capital"),
        (sponsor, "sponsor"),
    ):
        if field in facts and label:
            sheet.label((870, y), label, 29, 170)
            y = sheet.value((1070, y), facts[field], 29, 440, field=field, leading=1.36) + 34
    sheet.text((870, 780), "登记管理机关" if purpose else "颁发机关", 29)
    sheet.seal((1290, 850), 112, facts["authority"], field="authority")
    ends = f"自{written(facts['term_from'])}至{written(facts['term_to'])}"
    sheet.text((110, 960), f"有效期 {ends}", 29, field="term")
    sheet.text(
        (900, 1030), "国家事业单位登记管理局监制" if layout == "institution" else "中华人民共和国民政部制", 22
    )
    return sheet


def trimmed(layout: str, facts: dict[str, Any]) -> dict[str, Any]:
    """What of `facts` stands on that certificate."""
    if layout != "office":
        return facts
    return {
        field: facts[field]
        for field in ("uscc", "name", "address", "legal_person", "authority", "term_from", "term_to")
    }
