"""前置审批与省份要求: which words were found, what answers them; each rule of the province."""

from dataclasses import replace
from pathlib import Path

from tests.packet import cases
from wizard.check.card import card
from wizard.check.run import self_check
from wizard.check.words import pointing_words
from wizard.draft import Answer, Draft
from wizard.packet.page import Check, Jump, Text
from wizard.packet.requirements import requirements
from wizard.packet.snapshot import Snapshot

NONE = ({"type": "以上都不涉及"},)


def case(
    folder: Path = Path(), attachments: dict[str, tuple[str, ...]] | None = None, **answers: Answer
) -> Snapshot:
    changed = {key.replace("__", "."): value for key, value in answers.items()}
    draft = Draft({**cases.FULL, **changed}, attachments or {}, folder=folder)
    snapshot = cases.frozen(draft)
    found = self_check(draft, cases.ON)
    return replace(
        snapshot,
        findings=found.findings,
        words=pointing_words(snapshot.reading),
        card=card(snapshot.reading, cases.ON, found.findings),
    )


def said(snapshot: Snapshot) -> str:
    marks = [mark for page in requirements(snapshot).pages for mark in page.marks]
    return "".join(mark.text for mark in marks if isinstance(mark, Text))


def ticks(snapshot: Snapshot) -> list[bool]:
    marks = [mark for page in requirements(snapshot).pages for mark in page.marks]
    return [mark.ticked for mark in marks if isinstance(mark, Check)]


def test_words_without_a_statement():
    snapshot = case(mini_program__pre_approvals=NONE, subject__business_scope="教育咨询服务")
    text = said(snapshot)
    assert "“教育咨询”" in text
    assert "校外培训" in text
    assert "没有附不涉及承诺书" in text
    assert ticks(snapshot) == [False]
    jumps = [
        mark.target for page in requirements(snapshot).pages for mark in page.marks if isinstance(mark, Jump)
    ]
    assert "letter-no-pre-approval" in jumps


def test_words_with_a_statement():
    held = {"materials.applets_other_materials": ("promise.jpg",)}
    snapshot = case(
        attachments=held, mini_program__pre_approvals=NONE, subject__business_scope="教育咨询服务"
    )
    assert "已附文件，核对是否是不涉及承诺书" in said(snapshot)
    assert ticks(snapshot) == [True]


def test_an_approval_that_is_chosen():
    row = {"type": "校外培训", "code": "教审〔2026〕1号", "media": ["a.jpg"]}
    there = case(mini_program__pre_approvals=(row,), subject__business_scope="教育咨询服务")
    assert "教审〔2026〕1号" in said(there)
    assert ticks(there) == [True, True]
    missing = case(mini_program__pre_approvals=({"type": "校外培训"},), subject__business_scope="教育咨询")
    assert "缺批准文件" in said(missing)
    assert ticks(missing) == [False, False]


def test_words_that_are_denied_point_to_nothing():
    text = "供本公司用户记账使用，不发布新闻资讯，不提供药品销售，不设论坛"
    snapshot = case(
        mini_program__pre_approvals=NONE, mini_program__comment=text, subject__business_scope="软件"
    )
    assert not snapshot.words
    assert "没有找到指向前置审批的词" in said(snapshot)


def test_nothing_is_answered_yet():
    assert "前置审批还没有填" in said(cases.empty())
    assert "备案省没有选" in said(cases.empty())


def test_the_card_of_a_province():
    snapshot = case(subject__province="广东省", subject__city="", subject__district="")
    assert snapshot.card is not None
    text = said(snapshot)
    assert "广东省的要求" in text
    assert f"对这一份适用的有 {len(snapshot.card.demands)} 条" in text
    assert "《互联网信息服务备案承诺书》" in text
    assert text.count("把握：") == len(snapshot.card.demands) == text.count("依据：")
    assert "查阅 2026-11-23" in text
    found = [demand.found for demand in snapshot.card.demands]
    assert found[0] in ("error", "warning")
    assert found[-1] is None


def test_every_rule_that_was_found_broken_stands_on_the_card():
    snapshot = case(subject__province="广东省", principal__is_legal_person="否")
    assert snapshot.card is not None
    texts = [demand.text for demand in snapshot.card.demands]
    own = [finding for finding in snapshot.findings if finding.rule.startswith("guangdong.")]
    assert own
    for finding in own:
        assert any(finding.message == text for text in texts) or finding.rule in {
            f.rule for f in own if f is not finding
        }


def test_odd_answers_stand_as_they_are(tmp_path: Path):
    for hostile in cases.HOSTILE:
        rows = ({"type": "校外培训", "code": hostile, "media": [hostile[:20]]},)
        assert requirements(case(mini_program__pre_approvals=rows, subject__business_scope=hostile)).pages
