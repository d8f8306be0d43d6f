"""Changed answers are marked and listed, where answers come from is told, 送审记录 is a page to fill."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.packet import cases
from tests.packet.test_build import Read, plain
from wizard.draft import Draft, load
from wizard.packet.build import build_packet
from wizard.packet.flow import Flow
from wizard.packet.history import changed, record
from wizard.packet.output import export
from wizard.packet.page import Rule, Text
from wizard.packet.snapshot import Snapshot
from wizard.packet.table import CHANGED
from wizard.packet.versions import Changes, changes, hashes, last, remembered, with_packet

TITLE = "与上一版的不同"


def book(snapshot: Snapshot) -> tuple[list[Flow], Changes | None]:
    made = cases.book(snapshot)
    return made.flows(), made.changes


def exported_before(snapshot: Snapshot) -> Draft:
    """The draft as it is after an export: it remembers what was in that packet."""
    made = cases.book(snapshot)
    return with_packet(snapshot.draft, remembered(snapshot, hashes(made.papers, made.pictures)))


def marked(flows: list[Flow]) -> list[str]:
    """The labels of the rows that bear the mark."""
    found = []
    for flow in flows:
        for page in flow.pages:
            heights = [mark.y for mark in page.marks if isinstance(mark, Text) and mark.text == CHANGED]
            for mark in page.marks:
                beside = isinstance(mark, Text) and any(abs(mark.y - y) < 6 for y in heights)
                if beside and isinstance(mark, Text) and mark.x > 70 and mark.x < 90:
                    found.append(mark.text)
    return found


def test_the_first_packet_has_nothing_to_compare_with(tmp_path: Path):
    flows, found = book(cases.full(tmp_path))
    assert found is None
    assert TITLE not in [flow.part for flow in flows]
    assert not marked(flows)


def test_what_changed_is_listed_and_marked(tmp_path: Path):
    before = exported_before(cases.full(tmp_path))
    (tmp_path / "licence.jpg").write_bytes(cases.jpeg((1600, 1130), "#000000"))
    draft = before.with_answer("principal.mobile", "13700137000").with_answer("subject.comment", "新写的备注")
    draft = draft.with_attachments("contact.authorization_letter", ())
    flows, found = book(cases.frozen(draft, final=True))
    assert found is not None
    assert found.fields == {
        "principal.mobile",
        "subject.comment",
        "subject.certificate_photo",
        "contact.authorization_letter",
    }
    listed = {change.field: (change.before, change.now) for change in found.listed}
    assert listed["principal.mobile"] == ("13800138000", "13700137000")
    assert listed["subject.comment"] == ("", "新写的备注")
    assert listed["subject.certificate_photo"] == ("1 份附件", "1 份附件，换过")
    assert listed["contact.authorization_letter"] == ("1 份附件", "")
    assert {"手机号码", "主体备注（选填）", "主体证件照片", "授权书"} == set(marked(flows))
    read = Read(build_packet(cases.frozen(draft, final=True)))
    page = next(text for text in read.pages if "改过的栏目在信息表" in text)
    assert "13800138000" in page
    assert "13700137000" in page
    assert "有 4 处不同" in read.pages[0]
    assert (0, TITLE) in [(level, title) for level, title, _ in read.outline]


def test_a_bar_in_the_margin_reads_in_black_and_white(tmp_path: Path):
    draft = exported_before(cases.full(tmp_path)).with_answer("principal.name", "另一个人")
    flows, _ = book(cases.frozen(draft))
    bars = [
        m
        for flow in flows
        for page in flow.pages
        for m in page.marks
        if isinstance(m, Rule) and m.thickness == 2
    ]
    assert len(bars) == 1
    assert max(bars[0].colour) < 0.2
    assert bars[0].x < flows[0].pages[0].marks[0].x  # type: ignore[union-attr]


def test_nothing_changed(tmp_path: Path):
    draft = exported_before(cases.full(tmp_path))
    flows, found = book(cases.frozen(draft, final=True))
    assert found is not None
    assert not found.listed
    assert not marked(flows)
    assert "内容没有改动" in Read(build_packet(cases.frozen(draft))).text


def test_newer_rules_are_told(tmp_path: Path):
    draft = exported_before(cases.full(tmp_path))
    newer = replace(cases.frozen(draft), rules="2027.1")
    found = changes(newer, {})
    assert found is not None
    assert found.rules
    assert "规则从 2026.11 换成了新的版本" in plain_text(changed(found))


def plain_text(flow: Flow | None) -> str:
    assert flow is not None
    return "".join(mark.text for page in flow.pages for mark in page.marks if isinstance(mark, Text))


def test_an_exported_case_is_compared_with_itself(tmp_path: Path):
    """The case file goes on where the export ended: pictures under other names are not changed."""
    (tmp_path / "case").mkdir()
    first = cases.full(tmp_path / "case")
    again = load(export(first, tmp_path / "out").paths[3])
    found = cases.book(cases.frozen(again)).changes
    assert found is not None
    assert found.last.version == 2
    assert not found.listed


@pytest.mark.parametrize(
    "odd",
    [
        {"version": 1},
        {"version": "1", "answers": {}, "files": {}},
        {"version": 1, "answers": [], "files": {}},
        {"version": 1, "answers": {}, "files": "x"},
        "text",
        None,
    ],
)
def test_a_memory_that_cannot_be_read_is_none(odd: object):
    assert last(Draft(rest={"packet": odd})) is None


def test_odd_things_in_a_memory_are_passed_over():
    kept = {
        "version": 3,
        "on": "soon",
        "answers": {"subject.name": 7, "no.such": "x"},
        "files": {"a": [1, None], "b": 2},
    }
    found = last(Draft(rest={"packet": kept}))
    assert found is not None
    assert (found.on, found.answers, found.files) == ("", {"no.such": "x"}, {"a": ("1", "None")})


def test_sources_stand_beside_answers_that_were_not_typed(tmp_path: Path):
    draft = cases.full(tmp_path).draft
    for field, source in (
        ("subject.name", "read"),
        ("principal.name", "read_checked"),
        ("principal.mobile", "library"),
        ("subject.city", "computed"),
    ):
        draft = draft.with_answer(field, draft.answers[field], source)
    read = Read(build_packet(cases.frozen(draft, final=True)))
    sheets = [text for text in read.pages if "与平台表单的栏目和顺序一致" in text]
    assert "来源：识别（未核对）" in sheets[0]
    assert "有1项是识别出来、还没有核对的" in plain(sheets[0])
    assert "来源：自动算出" in sheets[0]
    assert "来源：识别（已核对）" in sheets[1]
    assert "来源：取自客户库" in sheets[1]
    assert "来源" not in sheets[2]


def test_the_record_holds_what_was_noted_and_leaves_room(tmp_path: Path):
    noted = [(f"2026-11-{day:02}", "平台初审", "驳回", "证件照片不清晰，" * 40) for day in range(1, 12)]
    flow = record(replace(cases.full(tmp_path), record=tuple(noted)))
    assert len(flow.pages) == 1
    said = plain_text(flow)
    assert "2026-11-11" in said
    assert "2026-11-05" not in said
    assert "更早的 5 行" in said
    assert said.count("驳回") == 6
    rules = [mark for mark in flow.pages[0].marks if isinstance(mark, Rule) and mark.y == mark.to_y]
    assert len(rules) >= 10


def test_the_record_is_a_page_to_write_on(tmp_path: Path):
    flow = record(cases.full(tmp_path))
    assert len(flow.pages) == 1
    said = plain_text(flow)
    for head in ("日期", "做了什么", "结果", "退回的原因", "怎么改的", "签名"):
        assert head in said
    assert "2026-11-20" in said
    rules = [mark for mark in flow.pages[0].marks if isinstance(mark, Rule) and mark.y == mark.to_y]
    assert len(rules) > 8
    assert len(record(cases.empty()).pages) == 1
