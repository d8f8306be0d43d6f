"""The card of a province and the words that point to an approval, as the packet shows them."""

import re
from datetime import date

import pytest

from wizard import districts
from wizard.check.card import card, demanded
from wizard.check.examples import every_rule
from wizard.check.rule import Rule
from wizard.check.run import self_check
from wizard.check.words import pointing_words
from wizard.draft import Draft

ON = date(2026, 11, 23)
PROVINCIAL = [(rule, districts.find(code).name) for code, rule in every_rule() if code]  # type: ignore[union-attr]


@pytest.mark.parametrize(("rule", "province"), PROVINCIAL, ids=[rule.id for rule, _ in PROVINCIAL])
def test_every_rule_of_a_province_can_be_said_without_a_case(rule: Rule, province: str):
    said = demanded(rule, province)
    assert len(said) > 6 or "华苑" in said
    assert not re.search(r"[{}]", said), said
    assert not said.startswith(("，", "；", "是", "不足"))
    assert "“”" not in said


def test_a_demand_names_what_the_rule_was_given():
    said = {rule.id: demanded(rule, province) for rule, province in PROVINCIAL}
    assert said["guangdong.gd-19-age"] == "广东不收未满 16 周岁的负责人"
    assert any("“教育”“培训”“辅导”，江苏要求不做校外培训的附" in text for text in said.values())


def test_only_what_is_in_force_for_the_case():
    def texts(nature: str) -> list[str]:
        draft = Draft(
            {
                "subject.province": "广东省",
                "subject.type": nature,
                "principal.certificate_type": "居民身份证",
            }
        )
        report = self_check(draft, ON)
        found = card(report.reading, ON, report.findings)
        assert found is not None
        assert found.province == "广东省"
        assert found.checked.isoformat() == "2026-11-23"
        return [demand.text for demand in found.demands]

    assert any("要求外省个人附" in text for text in texts("个人"))
    assert not any("要求外省个人附" in text for text in texts("企业"))
    assert card(self_check(Draft(), ON).reading, ON, ()) is None


def test_what_is_broken_comes_first_with_its_finding():
    draft = Draft({"subject.province": "广东省", "subject.type": "企业"})
    report = self_check(draft, ON)
    found = card(report.reading, ON, report.findings)
    assert found is not None
    broken = [demand for demand in found.demands if demand.found]
    assert tuple(broken) == found.demands[: len(broken)]
    messages = {finding.rule: finding.message for finding in report.findings}
    assert {demand.text for demand in broken} <= set(messages.values())


def test_words():
    answers = {
        "subject.type": "企业",
        "mini_program.name": "绿柠檬药品新闻资讯",
        "mini_program.comment": "供本公司用户阅读使用，不发布新闻，提供电子书阅读服务",
        "subject.business_scope": "软件开发；教育咨询服务",
        "mini_program.pre_approvals": ({"type": "出版"},),
    }
    found = {(one.field, one.item): one for one in pointing_words(self_check(Draft(answers), ON).reading)}
    assert set(found) == {
        ("mini_program.name", "新闻"),
        ("mini_program.name", "药品和医疗器械"),
        ("mini_program.comment", "出版"),
        ("subject.business_scope", "校外培训"),
    }
    assert found["mini_program.comment", "出版"].chosen
    assert not found["mini_program.name", "新闻"].chosen
    assert found["subject.business_scope", "校外培训"].words == ("教育咨询",)
