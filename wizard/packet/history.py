"""送审记录: an empty table for what becomes of the filing; and what is not as it was in the last packet."""

from collections.abc import Iterator
from itertools import accumulate

from wizard.days import written
from wizard.packet.answers import EMPTY
from wizard.packet.flow import Flow
from wizard.packet.page import Rule
from wizard.packet.paper import BODY, BOTTOM, GROUP, HAIR, LEFT, NOTE, SMALL, WIDTH
from wizard.packet.snapshot import Snapshot
from wizard.packet.table import Column, Row, Table, cell
from wizard.packet.versions import Change, Changes
from wizard.sections import catalogue

RECORD, CHANGES = "record", "changes"
_LONGEST = 300
_MOST = 6
"""So many lines of what is known are printed, the latest, so that there is room to write."""
_REASON = 34
_MORE = 10
"""Points by which a line that is known is higher than one to write on."""
"""Characters of the platform's words: the whole of them is kept with the case."""
_ROOM = BODY._replace(leading=46)
_ACTS = (
    Column(62, "日期"),
    Column(74, "做了什么"),
    Column(50, "结果"),
    Column(WIDTH - 62 - 74 - 50 - 96 - 50, "退回的原因（照抄）"),
    Column(96, "怎么改的"),
    Column(50, "签名"),
)
_CHANGED = (Column(124, "栏目"), Column((WIDTH - 124) / 2, "上一版"), Column((WIDTH - 124) / 2, "这一版"))


def record(snapshot: Snapshot) -> Flow:
    """The page to write on, with what is known already."""
    flow = Flow("送审记录", RECORD)
    flow.heading("每次提交、补正、退回、通过都记一行；退回的原因照抄平台的原话。")
    known = list(_known(snapshot))
    if len(known) > _MOST:
        flow.write(f"更早的 {len(known) - _MOST} 行在程序的“办理进度”里。", NOTE)
    rows = [Row((*(cell(text, SMALL) for text in line), *(cell("", _ROOM),) * 2)) for line in known[-_MOST:]]
    blank = Row((cell("", _ROOM),) * 6)
    table = Table(flow, _ACTS)
    height = _ROOM.leading + 2 * table.pad
    room = int((BOTTOM - flow.y - 60 - _MORE * len(rows)) / height) - len(rows)
    top = flow.y
    table.print([*rows, *[blank] * max(3, room)])
    for edge in accumulate(column.width for column in _ACTS[:-1]):
        flow.put(Rule(LEFT + edge, top, LEFT + edge, flow.y, HAIR))
    return flow


def _known(snapshot: Snapshot) -> Iterator[tuple[str, str, str, str]]:
    """What was noted of the case, or the day of submission that was typed."""
    submitted = snapshot.reading.filing.progress.submitted_on
    if snapshot.record:
        yield from ((day, act, result, _short(why, _REASON)) for day, act, result, why in snapshot.record)
    elif submitted:
        yield written(submitted), "提交平台", "", ""


def changed(found: Changes | None) -> Flow | None:
    """What is different from the last packet; None where there is nothing to compare with."""
    if found is None:
        return None
    flow = Flow("与上一版的不同", CHANGES)
    day = f"（{found.last.on}）" if found.last.on else ""
    count = f"有 {len(found.listed)} 处不同" if found.listed else "内容没有改动"
    flow.heading(f"与第 {found.last.version} 版{day}相比，{count}。改过的栏目在信息表左边有竖线和“改”字。")
    if found.rules:
        flow.write(f"规则从 {found.last.rules or '未注明'} 换成了新的版本，自检结果可能不同。", BODY)
        flow.gap(6)
    if found.listed:
        flow.line("改过的栏目", GROUP)
        flow.gap(3)
        Table(flow, _CHANGED).print(_change(change) for change in found.listed)
        flow.gap(6)
        flow.write("很长的内容这里只印开头，整段在信息表和备注文本里。", NOTE)
    return flow


def _change(change: Change) -> Row:
    heading = catalogue()[change.field].heading
    return Row(
        (
            cell(heading, SMALL, f"field-{change.field}"),
            cell(_short(change.before) or EMPTY, SMALL),
            cell(_short(change.now) or EMPTY, SMALL),
        )
    )


def _short(text: str, longest: int = _LONGEST) -> str:
    text = text.strip()
    return text[:longest] + "…" if len(text) > longest else text
