"""备注文本: the remarks as they are to be pasted, each with its length."""

from wizard.packet.answers import EMPTY, shown
from wizard.packet.flow import Flow
from wizard.packet.page import Rule
from wizard.packet.paper import ACCENT, COPY, GROUP, LEFT, NOTE, WIDTH
from wizard.packet.snapshot import Snapshot
from wizard.sections import section_fields
from wizard.types import Line

TARGET = "remarks"


def remarks(snapshot: Snapshot) -> Flow:
    """The page of remarks."""
    flow = Flow("备注文本", TARGET)
    flow.heading("原样填入平台的备注栏。整段复制用“填报文本.txt”，从本页复制会带上换行。")
    for section in ("mini_program", "subject"):
        for each in section_fields(section):
            if each.name == "comment" and each.id in snapshot.reading.asked and isinstance(each.kind, Line):
                _remark(flow, each.label, shown(snapshot, each).value, each.kind)
    return flow


def _remark(flow: Flow, label: str, text: str, kind: Line) -> None:
    flow.need(110)
    flow.line(label, GROUP)
    wanted = f"平台要求 {kind.least}–{kind.most} 字" if kind.least > 1 else f"选填，最多 {kind.most} 字"
    flow.line(f"共 {len(text)} 字（{wanted}）" if text else f"{EMPTY}（{wanted}）", NOTE)
    flow.gap(5)
    start, pages = flow.y, len(flow.pages)
    if text:
        flow.write(text, COPY, LEFT + 14, WIDTH - 28)
    if text and len(flow.pages) == pages:
        flow.put(Rule(LEFT + 2, start, LEFT + 2, flow.y, ACCENT, 1.6))
    flow.gap(26)
