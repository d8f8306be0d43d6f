"""The index of many cases: what became of each, as pages of a PDF and as a workbook."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from wizard.finding import SEVERITY_WORDS, Finding
from wizard.packet.alone import pressed
from wizard.packet.cells import LONGEST, PLAIN
from wizard.packet.flow import Flow
from wizard.packet.page import Box, Entry, Text
from wizard.packet.paper import BAND, BODY, LEFT, NOTE, SMALL, SMALL_STRONG, STRONG, WIDTH, Style
from wizard.packet.report import DISCLAIMER
from wizard.packet.table import Cell, Column, Row, Run, Table, cell
from wizard.sections import catalogue

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_COUNT = Style(20, 26, "bold")
_COLUMNS = (
    Column(28, "序"),
    Column(WIDTH - 28 - 72 - 66 - 186, "案件"),
    Column(72, "结果"),
    Column(66, "自检"),
    Column(186, "文件或原因"),
)
_CASES = (
    ("序", 6),
    ("案件", 44),
    ("结果", 20),
    ("错误", 8),
    ("提醒", 8),
    ("说明", 8),
    ("文件", 44),
    ("原因", 60),
)
_FOUND = (("序", 6), ("案件", 44), ("级别", 8), ("栏目", 34), ("问题", 70), ("怎么改", 70))
_SHOWN = 3
"""So many 错误 of a case that was not exported stand on paper; the workbook lists all."""


@dataclass(frozen=True, slots=True)
class IndexRow:
    """One case: what it is called, what became of it in words, whether that was well, counts by severity."""

    called: str
    state: str
    good: bool
    counts: tuple[int, int, int]
    place: str = ""
    reason: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Index:
    """The index of one batch; `tally` is how many there are of each kind, in words."""

    title: str
    tally: Sequence[tuple[str, int]]
    rows: Sequence[IndexRow]
    made_at: datetime
    rules: str
    program: str


def index_pdf(index: Index) -> bytes:
    """The index as the bytes of a PDF."""
    flow = Flow(index.title, "index")
    flow.entries = [Entry(index.title, "index")]
    about = f"{index.made_at:%Y-%m-%d %H:%M}，共 {len(index.rows)} 个案件。规则版本 {index.rules}。"
    flow.heading(f"{about}{DISCLAIMER}。")
    _tally(flow, index.tally)
    Table(flow, _COLUMNS).print(_row(number, row) for number, row in enumerate(index.rows, 1))
    footer = f"{index.title} · {index.made_at:%Y-%m-%d}"
    return pressed(flow, index.title, "微信小程序备案", footer, index.made_at, index.program)


def _tally(flow: Flow, tally: Sequence[tuple[str, int]]) -> None:
    width, height = (WIDTH - 10 * (len(tally) - 1)) / len(tally), 52.0
    flow.need(height)
    for place, (words, count) in enumerate(tally):
        x = LEFT + place * (width + 10)
        flow.put(Box(x, flow.y, width, height, fill=BAND))
        flow.put(Text(x + 12, _COUNT.baseline(flow.y + 4), str(count), _COUNT))
        flow.put(Text(x + 12, NOTE.baseline(flow.y + 33), words, NOTE))
    flow.y += height + 16


def _row(number: int, row: IndexRow) -> Row:
    said = [Run(text, SMALL) for text in (row.place, row.reason) if text]
    if not row.good:
        errors = [one for one in row.findings if one.severity == "error"]
        said += [Run(f"· {headings(one)}：{one.message}", NOTE) for one in errors[:_SHOWN]]
        said += [Run(f"· 另有 {len(errors) - _SHOWN} 处，见目录的表格", NOTE)] if len(errors) > _SHOWN else []
    counts = [
        f"{word} {count}" for word, count in zip(SEVERITY_WORDS.values(), row.counts, strict=True) if count
    ]
    return Row(
        (
            cell(str(number), SMALL),
            cell(row.called[:200], BODY if row.good else STRONG),
            cell(row.state, SMALL if row.good else SMALL_STRONG),
            cell("，".join(counts) or "没有问题" if row.good or any(row.counts) else "", SMALL),
            Cell(tuple(said)),
        )
    )


def index_workbook(index: Index) -> bytes:
    """The index as the bytes of a workbook: a sheet of cases, and one of everything that was found."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    book.set_properties({"title": index.title, "created": index.made_at.replace(tzinfo=None)})
    _sheet(
        book,
        "案件",
        _CASES,
        [
            (number, row.called, row.state, *row.counts, row.place, row.reason)
            for number, row in enumerate(index.rows, 1)
        ],
    )
    _sheet(
        book,
        "问题明细",
        _FOUND,
        [
            (number, row.called, SEVERITY_WORDS[one.severity], headings(one), one.message, one.fix)
            for number, row in enumerate(index.rows, 1)
            for one in row.findings
        ],
    )
    book.close()
    return out.getvalue()


def headings(finding: Finding) -> str:
    """The fields a finding is about, as people know them."""
    return "、".join(known.heading if (known := catalogue().get(one)) else one for one in finding.fields)


def _sheet(
    book: "Workbook", name: str, heads: Sequence[tuple[str, int]], rows: Sequence[Sequence[str | int]]
) -> None:
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top", "border": 7})
    number = book.add_format({"valign": "top", "border": 7})
    head = book.add_format({"bold": True, "bg_color": "#F1F2F3", "border": 7})
    sheet = book.add_worksheet(name)
    for column, (word, width) in enumerate(heads):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, word, head)
    for place, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(place, column, value, number)
            else:
                sheet.write_string(place, column, value[:LONGEST], text)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
