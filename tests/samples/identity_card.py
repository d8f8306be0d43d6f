"""Both sides of a resident identity card, as a specimen: no real emblem, a cartoon for a face."""

from datetime import date
from typing import Any

from PIL import Image, ImageDraw

from tests.samples.paper import FINE, RED, Sheet

SIZE = (1280, 810)
BLUE = (52, 104, 160)
TINT, WAVES = (231, 239, 244), (205, 220, 231)


def front(person: dict[str, Any]) -> Sheet:
    sheet = Sheet(SIZE, TINT, WAVES)
    birth: date = person["birth"]
    sheet.text((92, 30), "样本 · 仅供演示 · 人物虚构", 28, fill=RED, bold=True)
    for y, label in ((104, "姓名"), (194, "性别"), (284, "出生"), (378, "住址")):
        sheet.text((92, y), label, 34, fill=BLUE, spacing=6)
    sheet.data((220, 96), person["name"], 48, spacing=8)
    sheet.data((220, 189), person["sex"], 40)
    sheet.text((360, 194), "民族", 34, fill=BLUE, spacing=6)
    sheet.data((490, 189), person["ethnicity"], 40)
    for x, value, word, word_x in (
        (220, birth.year, "年", 330),
        (398, birth.month, "月", 462),
        (524, birth.day, "日", 586),
    ):
        sheet.data((x, 279), str(value), 40)
        sheet.text((word_x, 284), word, 34, fill=BLUE)
    sheet.data((220, 372), person["address"], 40, 520, leading=1.4)
    sheet.text((92, 692), "公民身份号码", 34, fill=BLUE, spacing=3)
    sheet.data((410, 682), person["id_number"], 48, spacing=7)
    sheet.paste(_portrait(person["sex"]), (840, 96))
    sheet.mark((1010, 330), 150, strength=100)
    sheet.text((1010, 588), "样本 · 非真实证件", 26, fill=RED, bold=True, anchor="ma")
    sheet.mark((560, 592), 62, text="样本 仅供演示", angle=6, strength=70)
    return sheet


def _portrait(sex: str) -> Image.Image:
    """A cartoon bust that could be nobody."""
    width, height = 340 * FINE, 464 * FINE
    face = Image.new("RGB", (width, height), (247, 248, 250))
    draw = ImageDraw.Draw(face)

    def box(left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
        return (width // 2 + left * FINE, top * FINE, width // 2 + right * FINE, bottom * FINE)

    hair, skin = (52, 44, 42), (228, 194, 170)
    if sex == "女":
        draw.rounded_rectangle(box(-104, 56, 104, 334), radius=96 * FINE, fill=hair)
    draw.ellipse(box(-158, 314, 158, 654), fill=(66, 82, 112) if sex == "男" else (112, 74, 92))
    draw.rounded_rectangle(box(-32, 274, 32, 344), radius=20 * FINE, fill=(214, 178, 154))
    draw.ellipse(box(-82, 80, 82, 300), fill=skin)
    draw.pieslice(box(-92, 44, 92, 260), 180, 360, fill=hair)
    for side in (-34, 34):
        draw.ellipse(box(side - 8, 180, side + 8, 196), fill=hair)
    draw.arc(box(-30, 214, 30, 256), 20, 160, fill=(168, 92, 84), width=5 * FINE)
    return face.resize((340, 464), Image.Resampling.LANCZOS)


def back(person: dict[str, Any]) -> Sheet:
    sheet = Sheet(SIZE, TINT, WAVES)
    sheet.emblem((194, 194), 110, ("样本", 62), ("非真实国徽", 24))
    sheet.text((770, 130), "中华人民共和国", 62, spacing=40, anchor="ma", bold=True)
    sheet.text((770, 250), "居民身份证", 92, spacing=54, anchor="ma", bold=True)
    for y, label, value in (
        (584, "签发机关", person["issuer"]),
        (682, "有效期限", f"{person['valid_from']:%Y.%m.%d}-{person['valid_to']:%Y.%m.%d}"),
    ):
        sheet.text((270, y), label, 38, bold=True)
        sheet.data((470, y - 3), value, 42)
    sheet.mark((1090, 610), 116, strength=80)
    sheet.mark((180, 450), 76, angle=20, strength=80)
    sheet.text((770, 446), "样本 · 仅供演示 · 人物虚构", 30, fill=RED, bold=True, anchor="ma")
    return sheet
