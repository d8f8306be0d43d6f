"""备案统计 as a PDF of its own and as a workbook: the same numbers that the window draws."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

import xlsxwriter

from wizard.packet.alone import pressed
from wizard.packet.cells import PLAIN
from wizard.packet.flow import Flow
from wizard.packet.page import Box, Text
from wizard.packet.paper import ACCENT, BAND, BODY, GROUP, LEFT, NOTE, STRONG, WIDTH, Style, fitted

TITLE = "备案统计"
_LABEL, _NUMBER = 150.0, 110.0
_BAR, _STEP = 11.0, 19.0
_RATE = Style(30, 36, "bold", ACCENT)


class Bar(Protocol):
    """One bar: what it stands for, how long it is, and what is written beside it."""

    @property
    def title(self) -> str:
        """What it stands for."""

    @property
    def value(self) -> float:
        """How long it is."""

    @property
    def said(self) -> str:
        """The number in words."""


class Chart(Protocol):
    """Some bars under a heading, with a line that says how they were counted."""

    @property
    def title(self) -> str:
        """The heading."""

    @property
    def lead(self) -> str:
        """How they were counted, or that there is nothing to count yet."""

    @property
    def unit(self) -> str:
        """What the numbers are: 个, 次, 工作日."""

    @property
    def bars(self) -> Sequence[Bar]:
        """The bars, in their order."""


def figures_pdf(lead: str, rate: str, charts: Sequence[Chart], made_at: datetime, program: str) -> bytes:
    """The charts on pages of A4; `rate` is the one number that stands large above them."""
    flow = Flow(TITLE, "figures")
    flow.heading(lead)
    flow.line(rate, _RATE)
    flow.gap(14)
    for number, chart in enumerate(charts):
        _chart(flow, chart, f"chart-{number}")
    title, footer = f"{TITLE}（{made_at:%Y-%m-%d}）", f"{TITLE}　{made_at:%Y-%m-%d %H:%M}"
    return pressed(flow, title, TITLE, footer, made_at, program)


def _chart(flow: Flow, chart: Chart, target: str) -> None:
    flow.need(70 + _STEP * min(len(chart.bars), 6))
    flow.entry(chart.title, target)
    flow.line(chart.title, GROUP)
    flow.write(chart.lead, NOTE)
    flow.gap(6)
    longest = max((bar.value for bar in chart.bars), default=0) or 1
    room = WIDTH - _LABEL - _NUMBER
    for bar in chart.bars:
        flow.need(_STEP)
        base = BODY.baseline(flow.y)
        flow.put(Text(LEFT, base, fitted(bar.title, BODY, _LABEL - 10), BODY))
        flow.put(Box(LEFT + _LABEL, flow.y + 3, room, _BAR, fill=BAND))
        if bar.value:
            flow.put(Box(LEFT + _LABEL, flow.y + 3, max(1.5, room * bar.value / longest), _BAR, fill=ACCENT))
        flow.put(Text(LEFT + _LABEL + room + 8, base, fitted(bar.said, STRONG, _NUMBER - 8), STRONG))
        flow.y += _STEP
    flow.gap(18)


def figures_workbook(lead: str, rate: str, charts: Sequence[Chart], made_at: datetime) -> bytes:
    """A sheet for each chart, with the numbers as numbers and a chart of the workbook's own beside them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, PLAIN)
    book.set_properties({"title": TITLE, "created": made_at.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "bg_color": "#F1F2F3", "border": 7})
    for chart in charts:
        sheet = book.add_worksheet(chart.title)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 2, 16)
        sheet.write_string(0, 0, f"{lead}　{rate}")
        sheet.write_string(1, 0, chart.lead)
        for column, word in enumerate((chart.title, chart.unit, "说明")):
            sheet.write_string(3, column, word, head)
        for row, bar in enumerate(chart.bars, 4):
            sheet.write_string(row, 0, bar.title)
            sheet.write_number(row, 1, bar.value)
            sheet.write_string(row, 2, bar.said)
        if chart.bars:
            sheet.insert_chart(3, 4, _drawn(book, chart))
    book.close()
    return out.getvalue()


def _drawn(book: Any, chart: Chart) -> Any:
    made = book.add_chart({"type": "bar"})
    last = 3 + len(chart.bars)
    made.add_series(
        {
            "categories": [chart.title, 4, 0, last, 0],
            "values": [chart.title, 4, 1, last, 1],
            "data_labels": {"value": True},
            "fill": {"color": "#173859"},
        }
    )
    made.set_title({"name": chart.title})
    made.set_legend({"none": True})
    made.set_y_axis({"reverse": True})
    made.set_size({"width": 560, "height": 120 + 26 * len(chart.bars)})
    return made
