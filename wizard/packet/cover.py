"""封面: whose packet it is, which, and in what state."""

from collections.abc import Sequence

from wizard.finding import Finding
from wizard.packet.a4 import MM
from wizard.packet.answers import EMPTY, shown
from wizard.packet.flow import Flow
from wizard.packet.history import CHANGES
from wizard.packet.lines import split
from wizard.packet.page import Box, Entry, Rule, Text
from wizard.packet.paper import (
    ACCENT,
    BODY,
    FAINT,
    GROUP,
    LABEL,
    LEAD,
    LEFT,
    NAME,
    NOTE,
    RIGHT,
    STRONG,
    TITLE,
    WIDTH,
    Style,
)
from wizard.packet.snapshot import Snapshot
from wizard.packet.table import Column, Row, Table, cell
from wizard.packet.versions import Changes
from wizard.sections import catalogue

TARGET = "cover"
_STATE = Style(15, 20, "bold", ACCENT)
_STATE_DRAFT = Style(15, 20, "bold")


def cover(
    snapshot: Snapshot,
    title: str,
    pages: int,
    missing: int,
    wrong: Sequence[Finding],
    changes: Changes | None = None,
) -> Flow:
    """The first page. `missing` papers and `wrong` answers are told on a draft's."""
    flow = Flow("封面", TARGET)
    flow.page.cover = True
    flow.entries = [Entry("封面", TARGET)]
    flow.put(Rule(LEFT, 30 * MM, RIGHT, 30 * MM, ACCENT, 2.4))
    _state(flow, snapshot.final)
    flow.y = 46 * MM
    flow.line("微信小程序备案", GROUP)
    flow.y += 4
    flow.line(title, TITLE)
    flow.y = 84 * MM
    _name(flow, snapshot.subject or "主体名称未填写", NAME, 3)
    flow.y += 6
    _name(flow, snapshot.mini_program or "小程序名称未填写", GROUP._replace(size=14, leading=21), 2)
    flow.y = max(flow.y + 26, 136 * MM)
    _facts(flow, snapshot, pages)
    if changes:
        flow.y += 6
        count = f"有 {len(changes.listed)} 处不同" if changes.listed else "内容没有改动"
        flow.line(f"与第 {changes.last.version} 版相比，{count}", BODY, jump=CHANGES)
    if not snapshot.final:
        _unfinished(flow, missing, wrong)
    _hands(flow)
    return flow


def _state(flow: Flow, final: bool) -> None:
    word, style = ("正式", _STATE) if final else ("草稿", _STATE_DRAFT)
    width = style.width(word) + 26
    x, y = RIGHT - width, 37 * MM
    flow.put(
        Box(x, y, width, 28, line=style.colour, thickness=1.2, dashed=not final),
        Text(x + 13, style.baseline(y + 4), word, style),
    )


def _name(flow: Flow, text: str, style: Style, most: int) -> None:
    """A name in large letters; a very long one is cut, it stands whole on its data sheet."""
    lines = split(" ".join(text[:400].split()), WIDTH, style.width)
    for line in lines[: most - 1]:
        flow.line(line, style)
    last = lines[most - 1 : most]
    if last:
        flow.line(last[0] if len(lines) == most and len(text) <= 400 else last[0][:-1] + "…", style)


def _facts(flow: Flow, snapshot: Snapshot, pages: int) -> None:
    def answer(field_id: str) -> str:
        return " ".join(shown(snapshot, catalogue()[field_id]).value.split())[:120] or EMPTY

    facts = {
        "AppID": answer("mini_program.appid"),
        "备案省份": answer("subject.province"),
        "备案类型": answer("subject.filing_type"),
        "材料包编号": f"{snapshot.number}　第 {snapshot.version} 版",
        "编制日期": f"{snapshot.made_at:%Y-%m-%d}",
        "页数": f"共 {pages} 页",
    }
    rows = [Row((cell(label, LABEL), cell(value))) for label, value in facts.items()]
    Table(flow, (Column(84), Column(WIDTH - 84))).print(rows)


def _unfinished(flow: Flow, missing: int, wrong: Sequence[Finding]) -> None:
    flow.y += 12
    errors = sum(finding.severity == "error" for finding in wrong)
    warnings = sum(finding.severity == "warning" for finding in wrong)
    papers = f"还差 {missing} 份材料" if missing else "材料齐全"
    found = [f"{errors} 处错误"] * bool(errors) + [f"{warnings} 处提醒"] * bool(warnings)
    flow.line(f"草稿：{papers}，有 {'、'.join(found) or '0 处错误'}", STRONG, jump="todo")
    flow.line("只用于核对，改好后重新导出正式版", NOTE)


def _hands(flow: Flow) -> None:
    """Lines for the names of those who made and checked it."""
    y = 258 * MM
    for number, label in enumerate(("经办人", "复核人", "日期")):
        x = LEFT + number * WIDTH / 3
        flow.put(Text(x, y, label, BODY))
        start = x + BODY.width(label) + 8
        flow.put(Rule(start, y + 3, x + WIDTH / 3 - 16, y + 3, FAINT))
    note = "由备案助手编制，供核对、打印、盖章和归档；备案以在平台提交的内容为准"
    flow.put(Text(LEFT, 268 * MM, note, LEAD._replace(size=8.4)))
