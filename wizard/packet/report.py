"""自检报告: what the check found, by section, each with what to do and who says so. A file of its own."""

from collections.abc import Iterator, Sequence

from wizard.finding import SEVERITIES, SEVERITY_WORDS, Citation, Finding, Severity
from wizard.packet.flow import Flow
from wizard.packet.page import Box, Entry, Text
from wizard.packet.paper import (
    BAND,
    BODY,
    LABEL,
    LEFT,
    LIGHT,
    NOTE,
    SMALL,
    SMALL_STRONG,
    STRONG,
    WIDTH,
    Style,
)
from wizard.packet.snapshot import Snapshot
from wizard.packet.table import Cell, Column, Row, Run, Table, cell
from wizard.packet.todo import in_order, section_of
from wizard.sections import SECTIONS, catalogue

TITLE = "自检报告"
DISCLAIMER = "自检是初筛，不代表审核结果"
_COUNT = Style(22, 28, "bold")
_MEANING: dict[Severity, str] = {
    "error": "会被退回或写不进平台，改好才能导出正式版",
    "warning": "常被退回，或各省要求不同，看过后由经办人决定",
    "note": "供参考",
}


def report(snapshot: Snapshot) -> Flow:
    """The pages of the report."""
    flow = Flow(TITLE, "report")
    flow.entries = [Entry(TITLE, "report")]
    flow.heading(f"{DISCLAIMER}。规则版本 {snapshot.rules}，按 {snapshot.on.isoformat()} 的规则检查。")
    _whose(flow, snapshot)
    _counts(flow, snapshot.findings)
    by_section: dict[str, list[Finding]] = {}
    for finding in in_order(snapshot.findings):
        by_section.setdefault(section_of(finding), []).append(finding)
    titles = {section.id: section.title for section in SECTIONS}
    for section, found in by_section.items():
        _section(flow, section, titles.get(section, "其他"), found)
    if not snapshot.findings:
        flow.write("没有发现错误、提醒或需要说明的地方。", BODY)
    return flow


def _whose(flow: Flow, snapshot: Snapshot) -> None:
    facts = {
        "主体": snapshot.subject or "未填写",
        "小程序": snapshot.mini_program or "未填写",
        "材料包编号": f"{snapshot.number}　第 {snapshot.version} 版",
        "检查日期": f"{snapshot.made_at:%Y-%m-%d %H:%M}",
    }
    rows = [Row((cell(label, LABEL), cell(value[:400]))) for label, value in facts.items()]
    Table(flow, (Column(84), Column(WIDTH - 84))).print(rows)
    flow.gap(14)


def _counts(flow: Flow, findings: Sequence[Finding]) -> None:
    width, height = (WIDTH - 20) / 3, 62.0
    flow.need(height)
    for place, severity in enumerate(SEVERITIES):
        x = LEFT + place * (width + 10)
        count = str(sum(finding.severity == severity for finding in findings))
        flow.put(Box(x, flow.y, width, height, fill=BAND))
        flow.put(Text(x + 12, _COUNT.baseline(flow.y + 5), count, _COUNT))
        word = x + 18 + _COUNT.width(count)
        flow.put(Text(word, _COUNT.baseline(flow.y + 5), SEVERITY_WORDS[severity], STRONG))
        flow.put(Text(x + 12, NOTE.baseline(flow.y + 38), _MEANING[severity].split("，")[0], NOTE))
    flow.y += height + 18


def _section(flow: Flow, section: str, title: str, findings: Sequence[Finding]) -> None:
    ordered = [each for severity in SEVERITIES for each in findings if each.severity == severity]
    table = Table(flow, (Column(58), Column(WIDTH - 58)))
    table.titled(title, map(_row, ordered), f"report-{section or 'other'}")
    flow.gap(16)


def _row(finding: Finding) -> Row:
    error = finding.severity == "error"
    tag = Run(SEVERITY_WORDS[finding.severity], SMALL_STRONG if error else SMALL)
    runs = [Run(finding.message, STRONG if error else BODY)]
    if finding.fix:
        runs.append(Run(f"怎么改：{finding.fix}", BODY))
    runs.append(Run("栏目：" + "、".join(_headings(finding)), NOTE))
    if finding.cite:
        sure = f"；{finding.sure}" if finding.sure else ""
        runs.append(Run(f"依据：{basis(finding.cite)}{sure}", LIGHT))
    if finding.cite2:
        runs.append(Run(f"另见：{basis(finding.cite2)}", LIGHT))
    return Row((Cell((tag,)), Cell(tuple(runs))))


def _headings(finding: Finding) -> Iterator[str]:
    for field_id in finding.fields:
        known = catalogue().get(field_id)
        yield known.heading if known else field_id[:60]


def basis(cite: Citation) -> str:
    """A citation on one line: what, by whom, where in it, from when, when it was looked up."""
    parts = [f"{cite.issuer}《{cite.title}》{cite.article}"]
    if cite.published:
        parts.append(f"发布 {cite.published}")
    if cite.checked:
        parts.append(f"查阅 {cite.checked}")
    if cite.url:
        parts.append(cite.url)
    return "，".join(parts)
