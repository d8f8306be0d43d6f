"""A signed authorization letter on A4, as a specimen."""

from typing import Any

from tests.samples.paper import RED, Sheet, written

SIZE = (1240, 1754)
MARGIN = 150
INK = (32, 44, 96)
INDENT = "\u3000\u3000"


def letter(subject: dict[str, Any], principal: dict[str, Any], contact: dict[str, Any]) -> Sheet:
    sheet = Sheet(SIZE, (251, 250, 246), (246, 245, 240))
    sheet.text((MARGIN, 90), "样本 · 仅供演示 · 人物虚构", 28, fill=RED, bold=True)
    sheet.text((620, 190), "授权书", 68, bold=True, spacing=36, anchor="ma")
    y = 350.0
    for paragraph in _paragraphs(subject, principal, contact):
        y = sheet.data((MARGIN, y), paragraph, 33, SIZE[0] - 2 * MARGIN, leading=1.75) + 14
    sheet.mark((420, 1060), 170, strength=60)
    _signatures(sheet, subject, principal["name"], contact["name"])
    sheet.text((620, 1668), "样本：仅供备案助手演示，不得作任何证明使用", 24, fill=RED, anchor="mm")
    return sheet


def _paragraphs(subject: dict[str, Any], principal: dict[str, Any], contact: dict[str, Any]) -> list[str]:
    legal_person = f"{principal['name']}（居民身份证号码 {principal['id_number']}）"
    authorized = f"{contact['name']}（居民身份证号码 {contact['id_number']}）"
    unit = f"{subject['name']}（统一社会信用代码 {subject['uscc']}）"
    scope = "办理小程序备案及备案后的变更、注销等事宜"
    promise = "被授权人在上述范围内签署的文件和提交的资料，我单位均予认可，并承担相应责任"
    return [
        f"{INDENT}本人{legal_person}，系{unit}的法定代表人。",
        f"{INDENT}现授权{authorized}担任我单位微信小程序的小程序负责人，{scope}。{promise}。",
        f"{INDENT}授权期限：自签署之日起至我单位书面撤销之日止。",
    ]


def _signatures(sheet: Sheet, subject: dict[str, Any], principal: str, contact: str) -> None:
    for y, caption, name in (
        (1240, "法定代表人（签字）：", principal),
        (1330, "被授权人（签字）：", contact),
    ):
        sheet.text((420, y), caption, 33)
        sheet.data((800, y - 10), name, 44, fill=INK, spacing=4)
    sheet.text((420, 1420), "授权单位（盖章）：", 33)
    sheet.data((420, 1478), subject["name"], 33)
    sheet.data((420, 1556), written(subject["letter_date"]), 33)
    sheet.seal((960, 1520), 110)
