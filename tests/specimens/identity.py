"""Invented identity cards: front, back, and both on a sheet of A4."""

from random import Random
from typing import Any

from PIL import Image, ImageFilter

from tests.specimens.paper import OURS, RED, Paper

REGULAR, BOLD = (str(OURS / f"NotoSansSC-{weight}.ttf") for weight in ("Regular", "Bold"))
BLUE = (44, 96, 158)
FRONT = ("name", "sex", "ethnicity", "birth", "address", "id_number")
BACK = ("issuer", "valid_from", "valid_to")


def card(dice: Random, unit: float, font: str) -> Paper:
    tint = dice.choice(((232, 239, 247), (226, 236, 240), (238, 240, 246)))
    sheet = Paper((1000, 630), unit, tint, font)
    sheet.waves(dice, tuple(part - dice.randint(10, 24) for part in tint), dice.uniform(13, 24))
    sheet.text((70, 22), "样本 SPECIMEN", 25, fill=RED, font=BOLD)
    return sheet


def front(dice: Random, facts: dict[str, Any], unit: float, font: str) -> Paper:
    """1000 × 630 units."""
    sheet = card(dice, unit, font)
    birth = facts["birth"]
    for y, label in ((76, "姓名"), (146, "性别"), (218, "出生"), (292, "住址")):
        sheet.label((70, y), label, 28, 66, fill=BLUE)
    sheet.text((175, 68), facts["name"], 38, spacing=2, field="name")
    sheet.text((175, 142), facts["sex"], 35, field="sex")
    sheet.text((290, 146), "民 族", 28, fill=BLUE)
    sheet.text((395, 142), facts["ethnicity"], 35, field="ethnicity")
    for x, value, mark in ((175, birth.year, "年"), (318, birth.month, "月"), (410, birth.day, "日")):
        wide = sheet.text((x, 214), str(value), 35, field="birth")
        sheet.text((max(x + wide + 12, x + 50), 219), mark, 28, fill=BLUE)
    sheet.value((175, 288), facts["address"], 34, 410, field="address", leading=1.36)
    sheet.text((70, 528), "公民身份号码", 28, fill=BLUE)
    sheet.text((330, 520), facts["id_number"], 44, font=REGULAR, spacing=2.5, field="id_number")
    portrait(sheet, dice)
    return sheet


def portrait(sheet: Paper, dice: Random) -> None:
    """Somebody who does not exist, in a few shapes."""
    skin = dice.choice(((226, 188, 160), (214, 172, 142), (234, 204, 182)))
    cloth = dice.choice(((58, 74, 98), (90, 40, 44), (40, 42, 46), (196, 198, 204)))
    face = Paper((270, 350), sheet.unit, (246, 248, 251), sheet.font)
    for shape, fill in (
        ((10, 240, 260, 520), cloth),
        ((110, 190, 160, 260), skin),
        ((68, 60, 202, 232), skin),
        ((58, 20, 212, 124), (44, 36, 32)),
        ((74, 88, 196, 200), skin),
    ):
        face.draw.ellipse(face.px(*shape), fill=fill)
    soft = face.image.filter(ImageFilter.GaussianBlur(1.2 * sheet.unit))
    sheet.image.paste(soft, (round(660 * sheet.unit), round(92 * sheet.unit)))


def back(dice: Random, facts: dict[str, Any], unit: float, font: str) -> Paper:
    """1000 × 630 units."""
    sheet = card(dice, unit, font)
    sheet.emblem((138, 150), 92)
    sheet.text((590, 96), "中华人民共和国", 54, font=BOLD, spacing=26, anchor="ma")
    sheet.text((590, 210), "居民身份证", 74, font=BOLD, spacing=46, anchor="ma")
    sheet.text((210, 440), "签发机关", 30, font=BOLD)
    sheet.text((370, 437), facts["issuer"], 34, field="issuer")
    sheet.text((210, 520), "有效期限", 30, font=BOLD)
    end = facts["valid_to"]
    sheet.text(
        (370, 517),
        f"{facts['valid_from']:%Y.%m.%d}-{end if isinstance(end, str) else f'{end:%Y.%m.%d}'}",
        36,
        field="valid",
    )
    return sheet


def both(dice: Random, facts: dict[str, Any], unit: float, font: str) -> Paper:
    """A4, 1240 × 1754 units, with the two sides one above the other as a copier lays them."""
    white = dice.choice(((255, 255, 255), (247, 247, 246), (243, 244, 245)))
    sheet = Paper((1240, 1754), unit, white, font)
    sheet.text((620, 150), "样本 SPECIMEN 居民身份证复印件", 26, fill=RED, font=BOLD, anchor="ma")
    scale = dice.uniform(0.55, 0.68)
    for draw, top in ((front, 260), (back, 900)):
        side = draw(dice, facts, unit * scale, font)
        left = dice.randint(200, 1240 - 200 - round(1000 * scale))
        lay(sheet, side, round(left * unit), round((top + dice.randint(0, 120)) * unit))
    return sheet


def lay(sheet: Paper, side: Paper, x: int, y: int) -> None:
    """A card with round corners on the sheet, its values with it."""
    mask = Image.new("L", side.image.size, 0)
    shape = Paper((1000, 630), side.unit, (0, 0, 0), side.font)
    shape.draw.rounded_rectangle(
        (0, 0, side.image.width - 1, side.image.height - 1), 32 * side.unit, fill=(255,) * 3
    )
    mask = shape.image.convert("L")
    sheet.image.paste(side.image, (x, y), mask)
    for field, boxes in side.boxes.items():
        sheet.boxes[field] = [(a + x, b + y, c + x, d + y) for a, b, c, d in boxes]
    sheet.lines += [(text, (a + x, b + y, c + x, d + y)) for text, (a, b, c, d) in side.lines]
