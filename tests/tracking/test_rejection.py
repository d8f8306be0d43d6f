"""驳回 understood: real wordings, wordings written after the patterns, and that nothing is guessed."""

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.sections import catalogue
from wizard.tracking.rejection import understand_rejection
from wizard.tracking.rejection_fields import of_the_interface
from wizard.tracking.rejection_patterns import codes, reasons, table
from wizard.tracking.rejection_text import items, sentences

HERE = Path(__file__).parent
HELD_OUT = (
    "held_out",
    "held_out_second",
    "held_out_third",
    "held_out_fourth",
    "held_out_fifth",
    "held_out_sixth",
)
EXAMPLES = [(reason.id, example) for reason in reasons() for example in reason.examples]


def said(name: str) -> list[dict]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["say"]


def right(entry: dict) -> bool:
    """Whether the reasons and the field are those a person would name."""
    found = understand_rejection(entry["text"]).reasons
    ids = [one.reason for one in found]
    if not entry["reasons"]:
        return not ids
    if entry.get("all"):
        fields = {field for one in found for field in one.fields}
        return set(ids) >= set(entry["reasons"]) and entry["field"] in fields
    return bool(ids) and ids[0] in entry["reasons"] and entry.get("field", "") in (*found[0].fields, "")


def confident_and_wrong(entry: dict) -> list[str]:
    found = understand_rejection(entry["text"]).reasons
    return [one.reason for one in found if one.sure and one.reason not in entry["reasons"]]


@pytest.mark.parametrize("name", ["real_wordings", *HELD_OUT])
def test_nine_of_ten_are_right_and_none_is_wrong_for_sure(name):
    entries = said(name)
    wrong = {entry["text"]: found for entry in entries if (found := confident_and_wrong(entry))}
    assert not wrong
    missed = [entry["text"] for entry in entries if not right(entry)]
    assert len(missed) <= len(entries) * 0.1, missed


def test_there_are_enough_real_wordings():
    assert sum(bool(entry["reasons"]) for entry in said("real_wordings")) >= 40


@pytest.mark.parametrize(("id_", "example"), EXAMPLES)
def test_every_example_is_recognised_first(id_, example):
    reason = next(one for one in reasons() if one.id == id_)
    found = understand_rejection(example).reasons
    assert found[0].reason == reason.reason
    assert all(one.reason == reason.reason or not one.sure for one in found)


def test_every_known_reason_has_patterns_and_known_fields():
    assert {reason.reason for reason in reasons()} == set(table())
    for _, example in EXAMPLES:
        for one in understand_rejection(example).reasons:
            assert set(one.fields) <= set(catalogue())
            assert one.change
            assert "请勿" not in one.change


def test_several_reasons_in_one_text_are_all_named():
    found = understand_rejection(
        "1. 通讯地址未填写到门牌号 2. 授权书没有盖章；3、今天有雨。请修改后重新提交，谢谢"
    )
    assert {one.reason for one in found.reasons} == {"R08", "R62"}
    assert found.unknown == ("今天有雨",)


def test_the_person_named_decides_the_field():
    def fields(text: str) -> set[str]:
        return {field for one in understand_rejection(text).reasons for field in one.fields}

    assert fields("主体负责人电话无人接听") == {"principal.mobile"}
    assert fields("网站负责人电话无人接听") == {"contact.mobile"}
    assert fields("电话无人接听") == {"principal.mobile", "contact.mobile"}


@pytest.mark.parametrize(
    "text", ["域名未实名认证", "今天天气不错", "请修改后重新提交", "？？？", "小程序头像侵权", "\n"]
)
def test_what_is_not_known_is_not_guessed(text):
    assert not understand_rejection(text).reasons


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("icp_subject.base_info.name", "subject.name"),
        ("icp_subject.organize_info.certificate_photo", "subject.certificate_photo"),
        ("icp_subject.personal_info.residence_permit", "subject.residence_permit"),
        ("icp_subject.principal_info.certificate_photo_front", "principal.certificate_photo_front"),
        ("icp_subject.legal_person_info.name", "subject.legal_person_name"),
        ("icp_applets.base_info.nrlx_details", "mini_program.pre_approvals"),
        ("icp_applets.base_info.service_content_types[1]", "mini_program.service_content_types"),
        ("icp_applets.principal_info.mobile", "contact.mobile"),
        ("icp_materials.commitment_letter", "materials.commitment_letter"),
        ("subject.address", "subject.address"),
        ("no.such.field", ""),
    ],
)
def test_names_of_the_interface(name, field):
    assert of_the_interface(name) == field


def test_an_answer_of_the_interface_is_read_entry_by_entry():
    answer = {
        "errcode": 86202,
        "errmsg": "apply icp filing fail",
        "hints": [
            {
                "errcode": 86355,
                "err_field": "icp_subject.base_info.name",
                "errmsg": "主办者与小程序主体不一致",
            },
            {"errcode": 86324, "err_field": "icp_applets.principal_info.mobile", "errmsg": "something new"},
        ],
    }
    found = understand_rejection("响应结果 " + json.dumps(answer))
    assert [one.code for one in found.codes] == [86202, 86355, 86324]
    assert [code.known for code in found.codes] == [True, True, False]
    name, mobile = found.reasons
    assert (name.reason, name.fields, name.sure) == ("R12", ("subject.name",), True)
    assert (mobile.reason, mobile.fields, mobile.sure) == ("", ("contact.mobile",), False)


def test_the_advice_is_asked_only_where_the_reason_says_nothing_known():
    entry = {"key_name": "小程序备注", "error": "不合格", "suggest": "请填写不少于20字的备注"}
    assert understand_rejection(json.dumps({"audit_data": [entry]})).reasons[0].reason in ("R80", "R81")
    text = "驳回原因：身份证照片模糊\n修改建议：请上传授权书"
    assert [one.reason for one in understand_rejection(text).reasons] == ["R54"]


def test_codes_say_whether_they_are_known():
    assert all(entry["says"] for entry in codes().values())
    assert codes()[86324]["known"] is False


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_any_text_has_an_answer(text):
    found = understand_rejection(text)
    for one in found.reasons:
        assert one.quote or one.fields
    assert all(sentence.strip() for sentence in found.unknown)
    assert items(text) is not None
    assert all(sentences(text))
