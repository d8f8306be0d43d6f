"""流程与时间: the stages of a filing from top to bottom, with this case's dates where they are known."""

from collections.abc import Iterator

from wizard.days import written
from wizard.packet.flow import Flow
from wizard.packet.lines import split
from wizard.packet.page import Disc, Rule, Text
from wizard.packet.paper import (
    ACCENT,
    BOTTOM,
    GROUP,
    HAIR,
    ITEM,
    ITEM_STRONG,
    LEFT,
    LIGHT,
    NOTE,
    RIGHT,
    STRONG,
    WIDTH,
    Style,
)
from wizard.packet.protocols import Stage
from wizard.packet.snapshot import Snapshot

TARGET = "schedule"
_INDENT = 34.0
_NUMBER = Style(10, 14, "bold", (1.0, 1.0, 1.0))


def schedule(snapshot: Snapshot) -> Flow | None:
    """The stages; None where none were handed in."""
    if not snapshot.stages:
        return None
    flow = Flow("流程与时间", TARGET)
    flow.heading("五个环节依次进行，短信核验通过后通管局才开始审核。")
    _known(flow, snapshot)
    for number, stage in enumerate(snapshot.stages, 1):
        when = snapshot.dates.get(stage.id, "")
        _stage(flow, stage, number, when, last=number == len(snapshot.stages))
    _sources(flow, snapshot)
    return flow


def _known(flow: Flow, snapshot: Snapshot) -> None:
    """What is known of this very case."""
    facts = list(_facts(snapshot))
    for fact in facts:
        flow.write(fact, STRONG)
    if facts:
        flow.gap(12)


def _facts(snapshot: Snapshot) -> Iterator[str]:
    progress = snapshot.reading.filing.progress
    if progress.submitted_on:
        yield f"已于 {written(progress.submitted_on)} 提交平台"
    elif snapshot.dates:
        yield f"右侧日期按 {written(snapshot.on)} 提交推算，晚一天提交就顺延一天"
    if progress.subject_icp_number:
        yield f"主体备案号 {progress.subject_icp_number}"
    if progress.service_icp_number:
        yield f"小程序备案号 {progress.service_icp_number}"


def _stage(flow: Flow, stage: Stage, number: int, when: str, last: bool) -> None:
    x, width = LEFT + _INDENT, WIDTH - _INDENT
    lines = [(line, style) for text, style in _texts(stage) for line in split(text, width - 12, style.width)]
    height = GROUP.leading + sum(style.leading for _, style in lines) + 12
    flow.need(height)
    top = flow.y
    middle = top + GROUP.leading / 2
    label = str(number)
    if not last:
        flow.put(Rule(LEFT + 9, middle + 12, LEFT + 9, min(top + height + 4, BOTTOM), HAIR, 1.2))
    flow.put(Disc(LEFT + 9, middle, 9, ACCENT))
    flow.put(Text(LEFT + 9 - _NUMBER.width(label) / 2, middle + 3.6, label, _NUMBER))
    duration = STRONG.width(stage.duration)
    flow.put(Text(RIGHT - duration, GROUP.baseline(top), stage.duration, STRONG))
    flow.line(stage.title, GROUP, x)
    if when:
        flow.put(Text(RIGHT - ITEM_STRONG.width(when), NOTE.baseline(flow.y), when, ITEM_STRONG))
    for line, style in lines:
        flow.line(line, style, x)
    flow.y = top + height


def _texts(stage: Stage) -> Iterator[tuple[str, Style]]:
    yield f"办理人：{stage.who}", NOTE
    for step in stage.steps:
        yield f"· {step}", ITEM
    for hint in stage.hints:
        yield f"提示：{hint}", NOTE


def _sources(flow: Flow, snapshot: Snapshot) -> None:
    """Who says so, once each, those of one issuer together."""
    titles: dict[str, dict[str, None]] = {}
    checked: dict[str, None] = {}
    for stage in snapshot.stages:
        for source in stage.sources:
            titles.setdefault(source.issuer, {}).setdefault(f"《{source.title}》")
            checked.setdefault(source.checked)
    texts = [issuer + "".join(cited) for issuer, cited in titles.items()]
    flow.gap(2)
    flow.write(f"依据：{'；'.join(texts)}。查阅于 {'、'.join(checked)}。", LIGHT)
