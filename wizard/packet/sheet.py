"""信息表: one page for each section of the platform's form, the same labels in the same order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from wizard.draft import SOURCE_WORDS, TYPED
from wizard.fields import Field
from wizard.packet.answers import EMPTY, linked, origin, sheet_fields, shown
from wizard.packet.flow import Flow
from wizard.packet.page import Box, Entry, Text
from wizard.packet.paper import BAND, BODY, FAINT, LABEL, LEFT, LIGHT, SMALL, SMALL_STRONG, STRONG, WIDTH
from wizard.packet.papers import Paper
from wizard.packet.snapshot import Snapshot
from wizard.packet.table import Cell, Column, Row, Run, Table
from wizard.sections import SECTIONS
from wizard.types import Papers

TARGET = "sheets"
_LABELS, _REFERENCES = 130.0, 50.0
_PAD = 6.0
UNSEEN = "read"
_BLANK = BODY._replace(colour=FAINT)


def sheets(
    snapshot: Snapshot,
    papers: Sequence[Paper],
    tasks: Mapping[str, Sequence[int]],
    section: str,
    changed: frozenset[str] = frozenset(),
) -> Flow:
    """The data sheet of one section; `tasks` are numbers in 待办 by field, `changed` fields are marked."""
    title = next(each.title for each in SECTIONS if each.id == section)
    flow = Flow(f"信息表·{title}", f"sheet-{section}")
    flow.entries = [Entry(title, f"sheet-{section}", 1)]
    fields = list(sheet_fields(snapshot, section))
    rows = [
        replace(_row(snapshot, each, papers, tasks.get(each.id, ())), changed=own in changed)
        for each in fields
        for own in [origin(snapshot, each).id]
    ]
    flow.heading(_lead(snapshot, fields))
    if section == "contact" and linked(snapshot):
        _linked_note(flow)
    beside = _REFERENCES if any(tasks.get(each.id) for each in fields) else 0.0
    columns = (Column(_LABELS), Column(WIDTH - _LABELS - beside), Column(beside, right=True))
    Table(flow, columns, _PAD).print(rows)
    return flow


def _lead(snapshot: Snapshot, fields: Sequence[Field]) -> str:
    wanted = [each for each in fields if not each.ask.optional]
    filled = sum(_answered(snapshot, each) for each in wanted)
    count = f"必填 {len(wanted)} 项，已填 {filled} 项"
    unseen = sum(_source(snapshot, each) == UNSEEN for each in fields)
    look = f"有 {unseen} 项是识别出来、还没有核对的，对照原件看一遍。" if unseen else ""
    return f"与平台表单的栏目和顺序一致。{count}。{look}"


def _answered(snapshot: Snapshot, each: Field) -> bool:
    if isinstance(each.kind, Papers):
        return bool(snapshot.draft.attachments.get(origin(snapshot, each).id))
    return bool(shown(snapshot, each).value)


def _source(snapshot: Snapshot, each: Field) -> str:
    """Where an answer comes from that was not typed, as a key of `SOURCE_WORDS`; else empty."""
    source = snapshot.draft.source(origin(snapshot, each).id)
    return "" if source == TYPED or not shown(snapshot, each).value else source


def _linked_note(flow: Flow) -> None:
    flow.put(Box(LEFT, flow.y, WIDTH, 26, fill=BAND))
    flow.put(Text(LEFT + 10, STRONG.baseline(flow.y + 5), "与主体负责人相同", STRONG))
    note = "以下内容取自主体负责人，那里改了这里也跟着改"
    flow.put(Text(LEFT + 10 + STRONG.width("与主体负责人相同　"), STRONG.baseline(flow.y + 5), note, SMALL))
    flow.y += 34


def _row(snapshot: Snapshot, each: Field, papers: Sequence[Paper], tasks: Sequence[int]) -> Row:
    label = each.label + ("（选填）" if each.ask.optional else "")
    references = tuple(Run(f"待办 {number}", LIGHT, f"task-{number}") for number in tasks[:3])
    value = _papers(snapshot, each, papers) if isinstance(each.kind, Papers) else _value(snapshot, each)
    return Row((Cell((Run(label, LABEL),)), value, Cell(references)), target=f"field-{each.id}")


def _value(snapshot: Snapshot, each: Field) -> Cell:
    answer = shown(snapshot, each)
    if not answer.value:
        return Cell((Run(EMPTY, _BLANK),))
    runs = [Run(answer.value)]
    if answer.grouped:
        runs.append(Run(answer.grouped, LIGHT, aside=True))
    if answer.typed:
        runs.append(Run(f"录入时写作 {answer.typed}", LIGHT))
    if source := _source(snapshot, each):
        runs.append(Run(f"来源：{SOURCE_WORDS[source]}", SMALL_STRONG if source == UNSEEN else LIGHT))
    return Cell(tuple(runs))


def _papers(snapshot: Snapshot, each: Field, papers: Sequence[Paper]) -> Cell:
    own = origin(snapshot, each).id
    attached = [sheet for paper in papers if paper.field.id == own for sheet in paper.sheets]
    if not attached:
        return Cell((Run("未附", _BLANK),), check=False)
    runs = [Run(sheet.file.name, BODY, sheet.target) for sheet in attached]
    return Cell(tuple(runs), check=True)
