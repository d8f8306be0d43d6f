"""A change of a base fact tells first what goes and what comes."""

from datetime import date

from wizard.check.effects import Effects, effects
from wizard.draft import Draft

ON = date(2026, 11, 23)
COMPANY = Draft(
    {
        "subject.filing_type": "新增备案(首次)",
        "subject.type": "企业",
        "subject.province": "北京市",
        "subject.certificate_number": "91110115MA01QFMA2Y",
    }
)


def told(field, answer, draft=COMPANY):
    return effects(draft, draft.with_answer(field, answer), ON)


def test_another_nature_asks_for_other_things_and_keeps_what_was_typed():
    found = told("subject.type", "个人")
    assert "主体证件号码" in found.gone
    assert "主体证件照片" in found.gone
    assert found.kept
    assert "改回来就会回来" in found.words()


def test_an_individual_business_is_asked_for_name_and_seal():
    found = told("subject.type", "个体工商户")
    assert found.new == ("有无字号", "有无公章")
    assert found.gone == ()
    assert found.words() == "新增有无字号、有无公章"


def test_a_subject_that_is_filed_already_has_a_number():
    assert "主体备案号" in told("subject.filing_type", "新增小程序(主体已备案)").new
    assert {"服务内容类型", "前置审批"} <= set(told("subject.filing_type", "注销").gone)


def test_another_province_wants_other_papers():
    assert "承诺视频" in told("subject.province", "江苏省").new
    back = effects(COMPANY.with_answer("subject.province", "江苏省"), COMPANY, ON)
    assert "承诺视频" in back.gone


def test_what_changes_nothing_says_nothing():
    assert told("subject.name", "甲公司").words() == ""
    assert Effects().words() == ""


def test_many_are_counted():
    assert "等 7 项" in Effects(gone=tuple("甲乙丙丁戊己庚")).words()
