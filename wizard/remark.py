"""备注助手: drafts the remark of a mini-program from what is already answered.

It states only what the answers say. What they do not say — what the program really does — stands in 【】 for
the person to fill in; the rule `program.comment-unfilled` finds what was left. Why each sentence: the
platform asks for the real business and the relation of the two names (applyIcpFiling; 驳回情形
«名称与经营范围无关»), and some provinces for a declaration or for the owner of the emergency number.
"""

from wizard import districts
from wizard.draft import Draft
from wizard.reading import Filing, Reading
from wizard.sections.natures import PERSON
from wizard.texts import clean, is_han

NOT_INVOLVED = "以上都不涉及"
DECLARING = ("天津", "内蒙古", "山东", "广西", "甘肃")
"""Provinces whose rules want a person's declaration that nothing of a company is in it."""
NAMING_EMERGENCY = ("天津", "甘肃", "重庆")
"""Provinces whose rules want the owner of the emergency number named."""


def remark(draft: Draft, reading: Reading) -> str:
    """A remark drawn from the answers, empty while neither name is known."""
    filing = reading.filing
    program, subject = clean(draft.text("mini_program.name")), clean(draft.text("subject.name"))
    if not program or not subject:
        return ""
    parts = [_relation(program, subject, filing), _service(filing), _approvals(filing), *_provincial(filing)]
    return "".join(part for part in parts if part)


def added(text: str, more: str) -> str:
    """`more` behind what is there already; nothing that was typed is lost."""
    return f"{text.rstrip()}\n{more}" if text.strip() else more


def _relation(program: str, subject: str, filing: Filing) -> str:
    if filing.subject.type in PERSON:
        return f"“{program}”是本人的个人小程序，"
    source = "名称取自主体名称" if _shared(program, subject) else "名称是本主体的产品名称"
    return f"“{program}”是{subject}的自有小程序，{source}，"


def _shared(program: str, subject: str) -> bool:
    """Whether two Chinese characters in a row stand in both names, the place aside."""
    bare = subject
    while place := next((bare[:n] for n in (5, 4, 3, 2) if districts.all_named(bare[:n])), ""):
        bare = bare[len(place) :].removeprefix("省").removeprefix("市")
    pairs = (program[i : i + 2] for i in range(len(program) - 1))
    return any(all(is_han(char) for char in pair) and pair in bare for pair in pairs)


def _service(filing: Filing) -> str:
    kinds = "、".join(filing.mini_program.service_content_types or ())
    return f"为【谁】提供【两三项具体功能】{f'（服务内容：{kinds}）' if kinds else ''}。"


def _approvals(filing: Filing) -> str:
    rows = filing.mini_program.pre_approvals or ()
    chosen = [row.type for row in rows if row.type and row.type != NOT_INVOLVED]
    if chosen:
        return f"涉及{'、'.join(chosen)}，已取得批准文件。"
    return "不涉及新闻、出版、医疗、药品、金融、校外培训等前置审批内容。" if rows else ""


def _provincial(filing: Filing) -> list[str]:
    province = districts.full_name(filing.subject.province or "")
    sentences = []
    if filing.subject.type in PERSON and province.startswith(DECLARING):
        sentences.append("内容仅限个人，不含企业、单位信息，如有不符接受注销。")
    if province.startswith(NAMING_EMERGENCY):
        sentences.append("应急联系电话的使用人是【姓名】，是负责人的【关系】。")
    return sentences
