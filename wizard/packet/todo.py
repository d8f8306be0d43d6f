"""待办: what is missing or wrong, whose turn it is, in the order of the sections, errors first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wizard.finding import Finding
from wizard.packet.flow import Flow
from wizard.packet.paper import BODY, NOTE, SMALL, STRONG, WIDTH
from wizard.packet.papers import Paper
from wizard.packet.pictures import Picture
from wizard.packet.snapshot import Snapshot
from wizard.packet.table import Cell, Column, Row, Run, Table, cell
from wizard.sections import SECTIONS, catalogue

TARGET = "todo"
_CLERK = "经办人"
_WHO = {"principal": "主体负责人", "contact": "小程序负责人", "mini_program": "小程序管理员"}
_ORDER = {section.id: number for number, section in enumerate(SECTIONS)}
_COLUMNS = (
    Column(40, "序"),
    Column(WIDTH - 40 - 116 - 72, "要做的事"),
    Column(116, "在哪里"),
    Column(72, "谁来办"),
)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to be done, with its number on the page."""

    number: int
    finding: Finding


def tasks(findings: Sequence[Finding]) -> tuple[Task, ...]:
    """Errors, then warnings, each in the order of the sections; notes ask for nothing."""
    grave = [
        each for severity in ("error", "warning") for each in in_order(findings) if each.severity == severity
    ]
    return tuple(Task(number, finding) for number, finding in enumerate(grave, 1))


def in_order(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in the order of the sections they belong to."""
    return sorted(findings, key=lambda finding: _ORDER.get(section_of(finding), len(_ORDER)))


def section_of(finding: Finding) -> str:
    """The section of the first field concerned."""
    return finding.fields[0].partition(".")[0] if finding.fields else ""


def unreadable(
    snapshot: Snapshot, papers: Sequence[Paper], pictures: Mapping[str, Picture]
) -> Iterator[Finding]:
    """An error for each picture that cannot be printed, unless one about its field stands already."""
    known = {
        field for finding in snapshot.findings if finding.severity == "error" for field in finding.fields
    }
    for paper in papers:
        for sheet in paper.sheets:
            picture = pictures.get(sheet.target)
            if picture and picture.problem and paper.field.id not in known:
                yield Finding(
                    "packet.picture", "error", (paper.field.id,), f"{sheet.name}：{picture.problem}"
                )


def by_field(listed: Sequence[Task]) -> dict[str, list[int]]:
    """The numbers of the tasks that concern each field."""
    numbers: dict[str, list[int]] = {}
    for task in listed:
        for field_id in task.finding.fields:
            numbers.setdefault(field_id, []).append(task.number)
    return numbers


def todo(listed: Sequence[Task]) -> Flow:
    """The page of things to do."""
    flow = Flow("待办", TARGET)
    errors = [task for task in listed if task.finding.severity == "error"]
    warnings = [task for task in listed if task.finding.severity == "warning"]
    if not listed:
        flow.heading("没有待办：材料齐全，自检没有发现错误和提醒。")
        return flow
    leads = [f"{len(errors)} 处错误，改好才能导出正式版"] * bool(errors)
    leads += [f"{len(warnings)} 处提醒，看过后由经办人决定"] * bool(warnings)
    flow.heading("；".join(leads) + "。")
    for title, group in (("错误", errors), ("提醒", warnings)):
        if group:
            Table(flow, _COLUMNS).titled(f"{title}（{len(group)}）", map(_row, group))
            flow.gap(16)
    return flow


def _row(task: Task) -> Row:
    finding = task.finding
    runs = [Run(finding.message, STRONG if finding.severity == "error" else BODY)]
    if finding.fix:
        runs.append(Run(finding.fix, NOTE))
    where = Cell(tuple(Run(label, SMALL, f"field-{field}") for field, label in _places(finding)))
    number = Cell((Run(str(task.number), SMALL),), check=False)
    return Row((number, Cell(tuple(runs)), where, cell(who(finding), SMALL)), target=f"task-{task.number}")


def _places(finding: Finding) -> Iterator[tuple[str, str]]:
    for field_id in finding.fields[:3]:
        known = catalogue().get(field_id)
        yield field_id, known.heading if known else "未知的栏目"


def who(finding: Finding) -> str:
    """Whose turn it is: the person a field is about, each once."""
    return "、".join(dict.fromkeys(_person(field_id) for field_id in finding.fields[:3])) or _CLERK


def _person(field_id: str) -> str:
    if "authorization_letter" in field_id or "legal_person_" in field_id:
        return "法定代表人"
    return _WHO.get(field_id.partition(".")[0], _CLERK)
