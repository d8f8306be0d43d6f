"""Filings to make packets of: a full, a nearly empty, a hostile one; invented people, drawn pictures."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from wizard.draft import Answer, Draft
from wizard.finding import Citation, Finding
from wizard.packet.book import Book
from wizard.packet.papers import papers
from wizard.packet.pictures import prepare
from wizard.packet.scans import asked, plates
from wizard.packet.snapshot import Snapshot
from wizard.packet.versions import packet_number
from wizard.reading import understand
from wizard.tracking.stages import stages

ON = date(2026, 11, 23)
MADE_AT = datetime(2026, 11, 23, 9, 30, tzinfo=timezone(timedelta(hours=8)))
RARE = "䶮㛃𬍛𫖯𬭎𬱖𫍯𬤇𣲗㙦𠅤𫟹"
RAREST = "𠀀𪚥𪜀𫝀𫠠𬺰𮯠"
REMARK = (
    "本小程序供普通用户记录家庭水果采购的数量和花费，提供记账、统计和提醒功能；不提供交易、支付、论坛和资讯内容。\n"
    "　　名称取自本公司品牌“绿柠檬”（Green Lemon），与经营范围里的“软件开发”一致。"
)

HOSTILE = [
    "<b>粗</b>",
    "</para><para>",
    "&amp;",
    "&#x41;&nosuch;<br>",
    "<img src='file:///etc/passwd' width='10' height='10'/>",
    "<img src='http://127.0.0.1:9/x.png'/>",
    "<a href='file:///etc/passwd'>点</a>",
    "<a href='javascript:alert(1)'>x</a>",
    "<font color=\"[[getattr(pow,Word('__globals__'))['os'].system('touch CANARY')]]\">x</font>",
    "<font name='NoSuchFont' size='99999'>x</font>",
    "{{7*7}} ${7*7} %s%n {0.__class__}",
    r"\ (unbalanced ) > Tj ET Q /S /URI",
    "' OR 1=1 -- \"",
    "买买提·艾山江",
    "O'Neil & Söhne <GmbH>",
    "０１２ ﷺ 🏮😀",
    "a\u200bb \u202e倒写\u202c \ufeff",
    "\x00\x07\x1b[31m",
    "a\nb\r\nc\td",
    "Z" + "\u0301" * 200,
    "\ud83d",
    " " * 50,
    "长" * 10_000,
    "W" * 3_000,
    "，" * 300,
    "（" * 300,
]


def person(section: str, name: str, number: str, mobile: str) -> dict[str, Answer]:
    return {
        f"{section}.is_legal_person": "是",
        f"{section}.name": name,
        f"{section}.certificate_type": "居民身份证",
        f"{section}.certificate_number": number,
        f"{section}.certificate_validity_date_start": "2019.06.06",
        f"{section}.certificate_validity_date_end": "2039.06.06",
        f"{section}.mobile": mobile,
        f"{section}.emergency_contact": "010-88886666",
        f"{section}.email": f"{section}@example.com",
    }


FULL: dict[str, Answer] = {
    "subject.filing_type": "新增备案(首次)",
    "subject.type": "企业",
    "subject.name": "北京绿柠檬科技有限公司",
    "subject.province": "北京市",
    "subject.city": "市辖区",
    "subject.district": "大兴区",
    "subject.certificate_type": "营业执照",
    "subject.certificate_number": "91110115MA01QFMA2Y",
    "subject.certificate_address": "北京市大兴区旧桥路25号院1号楼19层1909",
    "subject.address": "旧桥路25号院1号楼19层1909",
    "subject.certificate_validity_date_end": "2049-06-05",
    "subject.business_scope": "技术开发、技术转让；软件开发；应用软件服务（不含医用软件）；计算机系统服务。"
    * 4,
    "subject.filed_count": "0",
    **person("principal", f"欧阳{RARE}", "110101199003078891", "13800138000"),
    "mini_program.name": "绿柠檬鲜果记账",
    "mini_program.appid": "wx0123456789abcdef",
    "mini_program.online_status": "未上架",
    "mini_program.service_content_types": ("工具",),
    "mini_program.pre_approvals": ({"type": "文化", "code": "京网文〔2026〕0001-001号"},),
    "mini_program.comment": REMARK,
    "contact.is_administrator": "是",
    **person("contact", f"司马{RAREST}", "110101199203078811", "13900139000"),
    "contact.is_legal_person": "否",
    "contact.authorization_letter_date": "2026-11-20",
    "progress.submitted_on": "2026-11-20",
}

PLACES = {
    "subject.certificate_photo": ("licence.jpg", (1600, 1130), "#a51d2d"),
    "principal.certificate_photo_front": ("front.jpg", (1070, 675), "#1a5fb4"),
    "principal.certificate_photo_back": ("back.jpg", (1070, 675), "#26a269"),
    "contact.certificate_photo_front": ("front2.jpg", (1070, 675), "#e5a50a"),
    "contact.certificate_photo_back": ("back2.jpg", (1070, 675), "#613583"),
    "contact.authorization_letter": ("letter.jpg", (1240, 1754), "#63452c"),
}

FINDING = Finding(
    "principal.mobile-used-twice",
    "warning",
    ("principal.mobile", "contact.mobile"),
    "主体负责人和小程序负责人的手机号码只差一位，核对是否抄错",
    "对照本人确认号码",
    Citation(
        "小程序备案常见问题", "微信开放文档", "第 3 条", "https://example.com/faq", "未注明", "2026-11-23"
    ),
)


def jpeg(size: tuple[int, int], colour: str, **options: Any) -> bytes:
    """A drawn picture: one half in a colour, so that its way up can be told."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0], size[1] // 2), fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, **options)
    return out.getvalue()


def pictures(folder: Path) -> dict[str, tuple[str, ...]]:
    """The six pictures of the full filing, put into `folder`."""
    for name, size, colour in PLACES.values():
        (folder / name).write_bytes(jpeg(size, colour))
    return {field: (name,) for field, (name, _, _) in PLACES.items()}


def frozen(draft: Draft, *, final: bool = False, findings: Sequence[Finding] = ()) -> Snapshot:
    reading = understand(draft, ON)
    return Snapshot(
        draft=draft,
        reading=reading,
        findings=(*reading.findings, *findings),
        on=ON,
        made_at=MADE_AT,
        number=packet_number(MADE_AT, draft),
        version=2,
        final=final,
        rules="2026.11",
        program="备案助手",
        stages=stages(),
        dates={"preliminary_review": "11 月 23 日–11 月 24 日"},
    )


def full(folder: Path, *, final: bool = True, **answers: Answer) -> Snapshot:
    changed = {key.replace("__", "."): value for key, value in answers.items()}
    return frozen(
        Draft({**FULL, **changed}, pictures(folder), folder=folder), final=final, findings=[FINDING]
    )


def empty() -> Snapshot:
    return frozen(Draft({"subject.type": "企业"}))


def hostile(folder: Path, text: str) -> Snapshot:
    """Every free answer is `text`, the message of a finding too."""
    free = [key for key, value in FULL.items() if isinstance(value, str)]
    chosen = ("type", "province", "city", "district", "is_legal_person", "status", "administrator")
    answers: dict[str, Answer] = dict.fromkeys((key for key in free if not key.endswith(chosen)), text)
    rows: tuple[Mapping[str, Any], ...] = ({"type": text, "code": text, "media": [text[:20]]},)
    draft = Draft({**FULL, **answers, "mini_program.pre_approvals": rows}, pictures(folder), folder=folder)
    finding = Finding(
        text[:50], "error", ("subject.name", text[:50]), text, text, Citation(text, text, url=text)
    )
    return frozen(draft, findings=[finding])


def linked(folder: Path) -> Snapshot:
    snapshot = full(folder, contact__same_as_principal="是")
    return replace(snapshot, final=True)


def book(snapshot: Snapshot) -> Book:
    """The packet as pages of marks, before it is printed."""
    listed = papers(snapshot)
    shown = plates(listed)
    wishes = {
        sheet.target: wish for plate in shown for sheet, wish in zip(plate.sheets, asked(plate), strict=True)
    }
    found = prepare(list(wishes.values()), lambda done: None, lambda: False)
    return Book(snapshot, listed, shown, dict(zip(wishes, found, strict=True)))
