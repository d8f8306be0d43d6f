"""A business licence in the landscape layout of 2019, as a specimen: no real emblem, seal or code."""

import random
from typing import Any

from tests.samples.paper import RED, Sheet, written

SIZE = (1600, 1130)
BROWN, GOLD = (122, 78, 32), (190, 152, 76)
TINT, WAVES = (253, 250, 241), (242, 234, 214)
LEFT, RIGHT = 112, 930


def licence(subject: dict[str, Any], principal: dict[str, Any]) -> Sheet:
    sheet = Sheet(SIZE, TINT, WAVES)
    _frame(sheet)
    _head(sheet, subject["uscc"])
    left, right = _rows(subject, principal["name"])
    for number, (label, value) in enumerate(left):
        sheet.label((LEFT, 412 + 66 * number), label, 29, 148, BROWN)
        sheet.data((LEFT + 180, 410 + 66 * number), value, 29)
    sheet.label((LEFT, 412 + 66 * len(left)), "经营范围", 29, 148, BROWN)
    sheet.data((LEFT + 180, 411 + 66 * len(left)), subject["business_scope"], 25, 560, leading=1.4)
    for number, (label, value) in enumerate(right):
        sheet.label((RIGHT, 412 + 66 * number), label, 29, 130, BROWN)
        sheet.data((RIGHT + 160, 410 + 66 * number), value, 29, 400, leading=1.42)
    _foot(sheet, subject)
    return sheet


def _rows(subject: dict[str, Any], principal: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The captions and values of both columns; a 个体工商户 has other ones."""
    established, place = written(subject["established"]), subject["certificate_address"]
    left = [("名称", subject["name"]), ("类型", subject["type"])]
    if "composition" in subject:
        right = [("组成形式", subject["composition"]), ("注册日期", established), ("经营场所", place)]
        return [*left, ("经营者", principal)], right
    right = [
        ("注册资本", subject["capital"]),
        ("成立日期", established),
        ("营业期限", subject["term"]),
        ("住所", place),
    ]
    return [*left, ("法定代表人", principal)], right


def _frame(sheet: Sheet) -> None:
    width, height = SIZE
    for inset, thick in ((22, 10), (42, 2), (52, 4)):
        sheet.draw.rectangle((inset, inset, width - inset, height - inset), outline=GOLD, width=thick)
    for x in (54, width - 100):
        for y in (54, height - 100):
            sheet.draw.rectangle((x, y, x + 46, y + 46), outline=GOLD, width=4)
            sheet.draw.ellipse((x + 12, y + 12, x + 34, y + 34), outline=GOLD, width=3)


def _head(sheet: Sheet, uscc: str) -> None:
    sheet.text((130, 118), "样本 · 仅供演示", 28, fill=RED, bold=True)
    sheet.text((130, 166), "统一社会信用代码", 28, fill=BROWN)
    sheet.data((130, 208), uscc, 34, bold=True)
    sheet.emblem((800, 138), 72, ("样本", 44))
    sheet.text((800, 222), "营业执照", 76, bold=True, spacing=30, anchor="ma")
    sheet.text((800, 334), "（副本）（1-1）", 28, anchor="ma")
    _dots(sheet, (1300, 116), 21, 7)
    sheet.text((1374, 276), "样本 · 不可扫描", 22, fill=BROWN, anchor="ma")


def _dots(sheet: Sheet, corner: tuple[int, int], cells: int, size: int) -> None:
    """A square that looks like a code and is none: it has no finder patterns to lock on."""
    dice = random.Random("样本")
    x0, y0 = corner
    for row in range(cells):
        for column in range(cells):
            if dice.random() < 0.45:
                x, y = x0 + column * size, y0 + row * size
                sheet.draw.rectangle((x, y, x + size - 1, y + size - 1), fill=(120, 120, 124))
    middle = (x0 + cells * size / 2, y0 + cells * size / 2)
    sheet.draw.rectangle((middle[0] - 42, middle[1] - 26, middle[0] + 42, middle[1] + 26), fill=TINT)
    sheet.text(middle, "样本", 34, fill=RED, bold=True, anchor="mm")


def _foot(sheet: Sheet, subject: dict[str, Any]) -> None:
    sheet.mark((430, 932), 116, strength=80)
    sheet.mark((980, 812), 92, strength=70)
    sheet.text((930, 912), "登记机关", 34, fill=BROWN, spacing=20)
    sheet.seal((1370, 838), 108)
    sheet.data((1180, 986), written(subject["issued"]), 31)
    note = "样本：仅供备案助手演示，人员、日期、资本与经营范围为虚构，不得作任何证明使用"
    sheet.text((800, 1052), note, 22, fill=RED, anchor="mm")
