"""备注助手 says only what was answered, leaves the rest to fill in, and never overwrites."""

import re
from datetime import date

import pytest

from wizard.check.run import self_check
from wizard.draft import Draft
from wizard.reading import understand
from wizard.remark import added, remark

ON = date(2026, 11, 23)
COMPANY = {
    "subject.type": "企业",
    "subject.name": "北京绿柠檬科技有限公司",
    "subject.province": "北京市",
    "mini_program.name": "绿柠檬便民工具",
    "mini_program.service_content_types": ("工具",),
    "mini_program.pre_approvals": ({"type": "以上都不涉及"},),
}


def drafted(**answers):
    draft = Draft({**COMPANY, **{key.replace("__", "."): value for key, value in answers.items()}})
    return remark(draft, understand(draft, ON))


def test_names_and_their_relation_are_told():
    text = drafted()
    assert text.startswith("“绿柠檬便民工具”是北京绿柠檬科技有限公司的自有小程序，名称取自主体名称")
    assert "工具" in text
    assert "不涉及新闻" in text


def test_a_name_of_another_word_is_a_product_and_a_shared_place_is_no_relation():
    assert "产品名称" in drafted(mini_program__name="青禾记账")
    assert "产品名称" in drafted(mini_program__name="北京记账")


def test_what_was_not_answered_is_left_to_fill_in_and_found_by_the_check():
    text = drafted()
    assert re.findall(r"【[^】]*】", text) == ["【谁】", "【两三项具体功能】"]
    found = self_check(Draft({**COMPANY, "mini_program.comment": text}), ON).findings
    assert "program.comment-unfilled" in [f.rule for f in found]


def test_nothing_is_claimed_of_approvals_that_were_not_answered():
    assert "不涉及" not in drafted(mini_program__pre_approvals=())
    chosen = drafted(mini_program__pre_approvals=({"type": "出版", "code": "1"},))
    assert "涉及出版，已取得批准文件" in chosen
    assert "不涉及" not in chosen


def test_a_person_declares_where_the_province_wants_it():
    person = {"subject__type": "个人", "subject__name": "白若川"}
    assert "不含企业、单位信息" in drafted(**person, subject__province="山东省")
    assert "不含企业、单位信息" not in drafted(**person, subject__province="四川省")
    assert "本人的个人小程序" in drafted(**person)


def test_the_owner_of_the_emergency_number_is_named_where_the_province_wants_it():
    assert "应急联系电话的使用人是【姓名】" in drafted(subject__province="天津市")
    assert "应急联系电话" not in drafted()


@pytest.mark.parametrize("missing", ["subject.name", "mini_program.name"])
def test_without_both_names_there_is_nothing_to_say(missing):
    draft = Draft({key: value for key, value in COMPANY.items() if key != missing})
    assert remark(draft, understand(draft, ON)) == ""


def test_what_was_typed_stays():
    assert added("我写的", "补充") == "我写的\n补充"
    assert added("  ", "补充") == "补充"
