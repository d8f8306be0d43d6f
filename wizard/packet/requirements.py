"""前置审批与省份要求: words that point to an approval, what answers them; the rules of 备案省."""

from collections.abc import Iterator

from wizard.finding import SEVERITY_WORDS, Citation
from wizard.packet.conditions import NOT_INVOLVED
from wizard.packet.flow import Flow
from wizard.packet.paper import BODY, GROUP, LEAD, LIGHT, NOTE, SMALL, SMALL_STRONG, STRONG, WIDTH
from wizard.packet.protocols import Card, Demand, Pointing
from wizard.packet.snapshot import Snapshot
from wizard.packet.table import Cell, Column, Row, Run, Table, cell
from wizard.sections import catalogue

TARGET = "requirements"
APPROVALS, STATEMENTS = "mini_program.pre_approvals", "materials.applets_other_materials"
_WORDS = (
    Column(96, "在哪里"),
    Column(150, "文字"),
    Column(86, "指向的项目"),
    Column(WIDTH - 332, "怎么答的"),
)
_ROWS = (Column(150, "项目"), Column(150, "批准文件上的编号"), Column(WIDTH - 300, "批准文件"))
_RULES = (Column(62, "结果"), Column(WIDTH - 62, "要求和出处"))


def requirements(snapshot: Snapshot) -> Flow:
    """The pages of the part."""
    flow = Flow("前置审批与省份要求", TARGET)
    flow.heading("文字里有没有指向前置审批的词，用什么回答；备案省自己的要求，各有出处。")
    flow.line("前置审批", GROUP)
    flow.gap(3)
    _answered(flow, snapshot)
    _words(flow, snapshot)
    flow.gap(16)
    _province(flow, snapshot.card)
    return flow


def _answered(flow: Flow, snapshot: Snapshot) -> None:
    """What was answered: that none is involved, or each item with its document."""
    rows = [row for row in snapshot.reading.filing.mini_program.pre_approvals or () if row.type]
    chosen = [row for row in rows if row.type != NOT_INVOLVED]
    if chosen:
        Table(flow, _ROWS).print(
            Row(
                (
                    cell(row.type or ""),
                    cell(row.code or "缺，批准文件上的编号没有填"),
                    Cell((Run(f"已附 {len(row.media)} 份" if row.media else "缺"),), check=bool(row.media)),
                )
            )
            for row in chosen
        )
        flow.gap(8)
    elif rows:
        flow.write(f"填的是“{NOT_INVOLVED}”。", BODY)
    elif APPROVALS in snapshot.reading.asked:
        flow.write("前置审批还没有填。不涉及也要选“以上都不涉及”。", STRONG)
    else:
        flow.write("这种备案类型不问前置审批。", BODY)
    flow.gap(6)


def _words(flow: Flow, snapshot: Snapshot) -> None:
    if not snapshot.words:
        flow.write("小程序名称、小程序备注和经营范围里没有找到指向前置审批的词。", BODY)
        return
    flow.need(90)
    Table(flow, _WORDS).print(_word(snapshot, found) for found in snapshot.words)


def _word(snapshot: Snapshot, found: Pointing) -> Row:
    return Row(
        (
            cell(found.label, SMALL, f"field-{found.field}"),
            cell("、".join(f"“{word}”" for word in found.words), SMALL_STRONG),
            cell(found.item, SMALL),
            _answer(snapshot, found),
        )
    )


def _answer(snapshot: Snapshot, found: Pointing) -> Cell:
    """Approval or statement: which it is, and whether it is there."""
    if found.chosen:
        rows = snapshot.reading.filing.mini_program.pre_approvals or ()
        there = any(row.type == found.item and row.media for row in rows)
        return Cell((Run("已选这一项，批准文件已附" if there else "已选这一项，缺批准文件", SMALL),), there)
    if snapshot.draft.attachments.get(STATEMENTS):
        return Cell((Run("没有选；小程序其他附件已附文件，核对是否是不涉及承诺书", SMALL),), check=True)
    said = Run("没有选；没有附不涉及承诺书，见“声明与授权”", SMALL, "letter-no-pre-approval")
    return Cell((said,), check=False)


def _province(flow: Flow, card: Card | None) -> None:
    flow.need(120)
    if card is None:
        flow.line("省份要求", GROUP)
        flow.gap(3)
        flow.write("备案省没有选，或者没有收录这个省自己的要求。", BODY)
        return
    flow.entry(f"{card.province}的要求", "requirements-province")
    flow.line(f"{card.province}的要求", GROUP)
    flow.gap(3)
    flow.write(
        f"对这一份适用的有 {len(card.demands)} 条，规则 {card.version}，查阅 {card.checked.isoformat()}。"
        "多数出自网站备案的口径，用在小程序上是推得的，拿不准时以平台提示为准。",
        LEAD,
    )
    flow.gap(6)
    if card.demands:
        Table(flow, _RULES).print(_demand(demand) for demand in card.demands)


def _demand(demand: Demand) -> Row:
    grave = demand.found in ("error", "warning")
    word = SEVERITY_WORDS[demand.found] if demand.found else "没有发现"
    runs = [Run(demand.text, STRONG if demand.found == "error" else BODY)]
    if demand.fix:
        runs.append(Run(demand.fix, NOTE))
    runs.append(Run("；".join(_sources(demand)), LIGHT))
    return Row((cell(word, SMALL_STRONG if grave else SMALL), Cell(tuple(runs))))


def _sources(demand: Demand) -> Iterator[str]:
    labels = [catalogue()[field].label for field in demand.fields if field in catalogue()]
    yield f"栏目：{'、'.join(dict.fromkeys(labels))}"
    for word, cite in (("依据", demand.cite), ("另见", demand.cite2)):
        if cite:
            yield f"{word}：{_cited(cite)}"
    yield f"把握：{demand.sure}"


def _cited(cite: Citation) -> str:
    return (
        f"{cite.issuer}《{cite.title}》{cite.article}，发布 {cite.published or '未注明'}，查阅 {cite.checked}"
    )
