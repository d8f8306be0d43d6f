"""目录: every part and every paper with its page, each a link."""

from collections.abc import Mapping, Sequence

from wizard.packet.flow import Flow
from wizard.packet.page import Entry, Jump, Rule, Text
from wizard.packet.paper import BODY, HAIR, LEFT, NOTE, RIGHT, STRONG, fitted

TARGET = "contents"


def contents(entries: Sequence[Entry], pages: Mapping[str, int]) -> Flow:
    """The list of parts; `pages` tells the page of each target."""
    flow = Flow("目录", TARGET)
    flow.heading()
    for entry in entries:
        style = BODY if entry.level else STRONG
        if not entry.level:
            flow.gap(5)
        flow.need(style.leading + 3)
        number = str(pages.get(entry.target, ""))
        x, y = LEFT + 18 * entry.level, style.baseline(flow.y)
        at = RIGHT - style.width(number)
        title = fitted(entry.title, style, at - x - 30)
        flow.put(Text(x, y, title, style), Text(at, y, number, style))
        start = x + style.width(title) + 8
        flow.put(Rule(start, y - 2.5, at - 8, y - 2.5, HAIR, 0.6, dashed=True))
        flow.put(Jump(LEFT, flow.y, RIGHT - LEFT, style.leading, entry.target))
        flow.y += style.leading + 3
    flow.gap(10)
    if flow.room >= NOTE.leading:  # not worth a page of its own
        flow.write("页码与 PDF 阅读器显示的页码一致，点击可跳转。", NOTE)
    return flow
