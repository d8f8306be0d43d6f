"""备案统计 on paper and in a workbook, read back."""

import io
from datetime import UTC, datetime

import openpyxl
import pypdfium2
import pytest

from wizard.packet.figures import figures_pdf, figures_workbook
from wizard.tracking.charts import Bar, Chart

PATH = pypdfium2.raw.FPDF_PAGEOBJ_PATH
AT = datetime(2026, 11, 25, 9, 30, tzinfo=UTC)
CHARTS = (
    Chart(
        "各状态的备案",
        "每个备案现在到哪一步。",
        "个",
        (Bar("填写中", 3, "3 个"), Bar("备案成功", 12, "12 个")),
    ),
    Chart("驳回的原因", "还没有驳回。", "次", ()),
    Chart("每个环节用了几天", "中位数。", "工作日", (Bar("=1+1 平台初审" * 6, 0.5, "0.5 天，最长 2 天"),)),
)


def pdf(charts=CHARTS):
    return figures_pdf("15 个备案，统计到 2026-11-25。", "一次通过率 80%", charts, AT, "备案助手")


def test_every_number_is_in_the_pdf_under_its_heading():
    text = pypdfium2.PdfDocument(pdf())[0].get_textpage().get_text_range()
    for words in (
        "备案统计",
        "一次通过率 80%",
        "各状态的备案",
        "填写中",
        "12 个",
        "还没有驳回。",
        "第 1 页 / 共 1 页",
    ):
        assert words in text
    outline = [item.get_title() for item in pypdfium2.PdfDocument(pdf()).get_toc()]
    assert outline == ["备案统计", *(chart.title for chart in CHARTS)]


def test_the_longest_bar_is_as_long_as_its_number_says():
    page = pypdfium2.PdfDocument(pdf(CHARTS[:1]))[0]
    bounds = [obj.get_bounds() for obj in page.get_objects() if obj.type == PATH]
    widths = [right - left for left, bottom, right, top in bounds if 10 < top - bottom < 12]
    longest = max(widths)
    assert sum(abs(width - longest) < 0.1 for width in widths) == 3
    assert min(widths) == pytest.approx(longest * 3 / 12, abs=0.1)


def test_many_bars_go_on_the_next_page():
    long = Chart("驳回的原因", "共 90 次。", "次", tuple(Bar(f"原因 {n}", n, f"{n} 次") for n in range(90)))
    document = pypdfium2.PdfDocument(pdf((long,)))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert len(document) > 1
    assert all(f"原因 {n}" in text for n in range(90))


def test_the_same_numbers_give_the_same_bytes():
    assert pdf() == pdf()
    assert figures_workbook("说明", "率", CHARTS, AT) == figures_workbook("说明", "率", CHARTS, AT)


def test_the_workbook_has_numbers_as_numbers_and_text_as_text():
    book = openpyxl.load_workbook(io.BytesIO(figures_workbook("15 个备案", "一次通过率 80%", CHARTS, AT)))
    assert book.sheetnames == [chart.title for chart in CHARTS]
    sheet = book["各状态的备案"]
    assert sheet["A1"].value == "15 个备案　一次通过率 80%"
    assert [cell.value for cell in sheet[6]][:3] == ["备案成功", 12, "12 个"]
    assert book["每个环节用了几天"]["A5"].data_type == "s"
    assert len(sheet._charts) == 1
