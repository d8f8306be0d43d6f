import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.texts import (
    clean,
    clean_lines,
    judge_organisation,
    judge_person,
    judge_program,
    judge_text,
    program_name_length,
)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert clean_lines(clean_lines(text)) == clean_lines(text)


def test_what_cannot_be_seen_is_taken_out():
    assert clean("\u200b 北京\u202d绿柠檬\ufeff  有限\u00a0公司 \u2060") == "北京绿柠檬 有限 公司"


@pytest.mark.parametrize(
    "name", ["欧阳修", "䶮㛃", "𬍛𫖯", "阿凡提·艾力", "Anne-Marie O'Neil", "José", "李〇一"]
)
def test_names_of_people_are_taken_as_they_are(name):
    verdict = judge_person(name)
    assert verdict.valid
    assert not verdict.doubts


@pytest.mark.parametrize(("name", "position"), [("张三1", 3), ("张三（总）", 3), ("张@三", 2), ("张三😀", 3)])
def test_what_no_certificate_has_in_a_name_is_named_with_its_place(name, position):
    verdict = judge_person(name)
    assert verdict.reason == "BAD_NAME_CHAR"
    assert verdict.problems[0].position == position


def test_another_dot_is_doubted_and_the_right_one_offered():
    (doubt,) = judge_person("阿凡提•艾力").doubts
    assert doubt.suggestion == "阿凡提·艾力"
    assert judge_person("阿凡提•艾力").valid


@pytest.mark.parametrize(
    ("name", "reason"), [("91110115", "ONLY_DIGITS"), ("www.example.com", "IS_DOMAIN"), ("甲", "TOO_SHORT")]
)
def test_a_subject_is_called_by_its_whole_name(name, reason):
    assert judge_organisation(name).reason == reason


def test_a_programs_name_is_counted_as_the_platform_does():
    assert program_name_length("绿柠檬App") == 9
    assert judge_program("绿柠").valid
    assert judge_program("绿").reason == "TOO_SHORT"
    assert judge_program("绿" * 15).valid
    assert judge_program("绿" * 16).reason == "TOO_LONG"
    assert judge_program("绿柠檬★").reason == "BAD_NAME_CHAR"
    assert judge_program("绿柠檬-便民 & Co.").valid
    assert judge_program("绿柠檬（便民）").doubts


def test_length_is_judged_in_characters():
    assert judge_text("𠀀" * 20, 20, 200) == ()
    (problem,) = judge_text("字" * 19, 20, 200)
    assert (problem.code, problem.values["now"]) == ("TOO_SHORT", 19)
    (problem,) = judge_text("字" * 201, 20, 200)
    assert (problem.code, problem.values["over"]) == ("TOO_LONG", 1)
    (problem,) = judge_text("好\x00的", 1, 9)
    assert (problem.code, problem.position) == ("BAD_CHAR", 2)
