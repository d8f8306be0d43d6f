"""The pages before they are printed: nothing outside the margins, nothing over anything else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.packet import cases
from wizard.draft import Draft
from wizard.packet.a4 import MM, PAGE_WIDTH
from wizard.packet.contents import contents
from wizard.packet.flow import Flow
from wizard.packet.page import Box, Entry, Image, Jump, Page, Text
from wizard.packet.paper import BOTTOM, LEFT, RIGHT, TOP
from wizard.packet.report import report
from wizard.packet.snapshot import Snapshot
from wizard.packet.table import Column, Row, Table, cell
from wizard.sections import catalogue


def flows(snapshot: Snapshot) -> list[Flow]:
    return [*cases.book(snapshot).flows(), report(snapshot)]


def box(text: Text) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the letters, a little inside them."""
    size = text.style.size
    width = text.style.width(text.text.rstrip())
    return text.x + 0.5, text.y - 0.7 * size, text.x + width - 0.5, text.y + 0.05 * size


def texts(page: Page) -> list[Text]:
    return [mark for mark in page.marks if isinstance(mark, Text)]


def outside(page: Page) -> Iterator[object]:
    for mark in page.marks:
        if isinstance(mark, Text):
            left, top, right, bottom = box(mark)
        elif isinstance(mark, Box | Image):
            left, top, right, bottom = mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
        else:
            continue
        if left < LEFT - 0.01 or right > RIGHT + 0.01 or bottom > BOTTOM + 1 or top < TOP - 1:
            yield mark


def overlapping(page: Page) -> Iterator[tuple[str, str]]:
    boxes = sorted((box(text), text.text) for text in texts(page))
    for number, (first, words) in enumerate(boxes):
        for second, others in boxes[number + 1 :]:
            if second[0] >= first[2]:
                break
            if first[1] < second[3] and second[1] < first[3]:
                yield words, others


def assert_tidy(snapshot: Snapshot) -> None:
    for flow in flows(snapshot):
        for number, page in enumerate(flow.pages, 1):
            where = f"{flow.part} {number}"
            assert not list(outside(page)), where
            assert not list(overlapping(page)), where
            assert page.marks, f"{where} is empty"


def test_margins():
    assert LEFT >= 25 * MM
    assert PAGE_WIDTH - RIGHT >= 15 * MM


@pytest.mark.parametrize("final", [True, False])
def test_full(tmp_path: Path, final: bool):
    assert_tidy(cases.full(tmp_path, final=final))


def test_empty():
    assert_tidy(cases.empty())


def test_linked(tmp_path: Path):
    assert_tidy(cases.linked(tmp_path))


@pytest.mark.parametrize("text", cases.HOSTILE, ids=range(len(cases.HOSTILE)))
def test_hostile(tmp_path: Path, text: str):
    assert_tidy(cases.hostile(tmp_path, text))


@pytest.mark.parametrize("nature", ["个体工商户", "个人", "政府机关", "社会团体", "国防机构"])
def test_other_natures(tmp_path: Path, nature: str):
    assert_tidy(cases.full(tmp_path, final=False, subject__type=nature))


ANSWERS = st.dictionaries(
    st.sampled_from([each.id for each in catalogue().values() if each.section.id != "materials"]),
    st.text(max_size=80) | st.sampled_from(["企业", "个人", "是", "否", "2026-01-01", "长期", "110000"]),
)


@given(ANSWERS)
@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_any_draft(answers: dict[str, str]):
    assert_tidy(cases.frozen(Draft({key: text for key, text in answers.items() if text})))


def test_long_tables_repeat_their_head():
    listed = next(flow for flow in flows(cases.empty()) if flow.part == "待办")
    assert len(listed.pages) > 1
    for page in listed.pages:
        assert any(text.text == "谁来办" for text in texts(page))


def test_the_last_row_of_a_table_does_not_stand_alone():
    for count in range(2, 90):
        for lines in (1, 4):
            flow = Flow("表", "table")
            flow.gap(37)
            rows = [Row((cell(f"第 {row} 行\n" * lines),)) for row in range(count)]
            Table(flow, (Column(300, "栏"),)).print(rows)
            firsts = [text.text for text in texts(flow.pages[-1]) if text.text.startswith("第")]
            assert len(set(firsts)) >= 2 or len(flow.pages) == 1, (count, lines)
            said = [text.text for page in flow.pages for text in texts(page) if text.text.startswith("第")]
            assert said == [f"第 {row} 行" for row in range(count) for _ in range(lines)]


def test_a_heading_does_not_stand_without_its_first_row():
    for start in range(0, 700, 23):
        for lines in (1, 9, 70):
            flow = Flow("表", "table")
            flow.y += start
            Table(flow, (Column(300, "栏"),)).titled("标题", [Row((cell("长\n" * lines),))])
            (at,) = [page for page in flow.pages if any(text.text == "标题" for text in texts(page))]
            assert any(text.text == "长" for text in texts(at)), (start, lines)


def test_two_rows_too_tall_for_one_page_are_set_all_the_same():
    flow = Flow("表", "table")
    rows = [Row((cell("长\n" * lines),)) for lines in (10, 30, 40)]
    Table(flow, (Column(300, "栏"),)).print(rows)
    assert sum(text.text == "长" for page in flow.pages for text in texts(page)) == 80


def test_every_link_leads_somewhere(tmp_path: Path):
    for snapshot in (cases.full(tmp_path), cases.empty(), cases.linked(tmp_path)):
        pages = [page for flow in cases.book(snapshot).flows() for page in flow.pages]
        targets = {name for page in pages for name in page.targets}
        jumps = [mark for page in pages for mark in page.marks if isinstance(mark, Jump)]
        assert len(jumps) > 15
        lost = {jump.target for jump in jumps} - targets
        assert not {name for name in lost if not name.startswith("field-materials.")}, lost


def test_one_page_for_each_sheet(tmp_path: Path):
    for snapshot in (cases.full(tmp_path), cases.full(tmp_path, final=False), cases.linked(tmp_path)):
        parts = {flow.part: len(flow.pages) for flow in flows(snapshot)}
        singles = ["封面", "目录", "材料清单", "待办", "备注文本", "流程与时间"]
        singles += [part for part in parts if part.startswith("信息表")]
        assert {part: parts[part] for part in singles} == dict.fromkeys(singles, 1)
        assert len([part for part in parts if part.startswith("信息表")]) == 4


def test_a_full_list_of_parts_leaves_no_page_with_its_note_alone():
    for count in range(20, 60):
        entries = [Entry(f"第 {number} 份", f"t{number}", 1) for number in range(count)]
        for page in contents(entries, {}).pages:
            assert len([mark for mark in page.marks if isinstance(mark, Text)]) > 1
