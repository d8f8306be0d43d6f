"""From draft to filing: what is asked, what is missing, what is unfit, and what it all means."""

from datetime import date
from typing import Annotated, Any

import hypothesis.strategies as st
import pytest
from hypothesis import given
from pydantic import TypeAdapter, ValidationError

from wizard.draft import Draft
from wizard.kind import Judging
from wizard.reading import choices_of, understand
from wizard.sections import catalogue
from wizard.sections.natures import ORGANISATIONS
from wizard.types import Choice, NumberBy, Papers, Rows, Several

ON = date(2026, 11, 23)


def read(*, attachments: dict[str, tuple[str, ...]] | None = None, **answers: Any):
    return understand(
        Draft({name.replace("__", "."): answer for name, answer in answers.items()}, attachments or {}), ON
    )


def rules_at(reading, field_id: str) -> list[str]:
    return [one.rule for one in reading.findings if field_id in one.fields]


# ───────── what is asked


@pytest.mark.parametrize("nature", ORGANISATIONS)
def test_an_organisation_proves_itself(nature):
    asked = read(subject__type=nature).asked
    assert {"subject.certificate_type", "subject.certificate_number", "principal.is_legal_person"} <= asked
    assert "subject.residence_permit" not in asked
    assert ("subject.has_seal" in asked) is (nature == "个体工商户")


def test_a_person_is_the_subject():
    asked = read(subject__type="个人").asked
    assert "subject.residence_permit" in asked
    assert (
        not {"subject.certificate_number", "principal.is_legal_person", "principal.authorization_letter"}
        & asked
    )


def test_somebody_else_needs_the_letter_and_names_the_legal_person():
    asked = read(subject__type="企业", principal__is_legal_person="否").asked
    letter = {"principal.authorization_letter", "principal.authorization_letter_date"}
    legal = {"subject.legal_person_name", "subject.legal_person_certificate_number"}
    assert letter | legal <= asked
    assert not (letter | legal) & read(subject__type="企业", principal__is_legal_person="是").asked


def test_what_is_asked_and_empty_is_required():
    reading = read(subject__type="企业", principal__is_legal_person="否")
    assert rules_at(reading, "principal.authorization_letter") == ["required.attach"]
    assert rules_at(reading, "subject.legal_person_name") == ["required.fill-in"]
    assert rules_at(reading, "subject.province") == ["required.choose"]
    assert rules_at(reading, "subject.comment") == []


def test_blanks_are_no_answer():
    assert rules_at(read(subject__name="  "), "subject.name") == ["required.fill-in"]
    assert rules_at(read(mini_program__service_content_types=()), "mini_program.service_content_types")


def test_the_linked_person_is_the_other_one():
    reading = read(
        contact__same_as_principal="是",
        principal__name="林知远",
        principal__mobile="13800000101",
        contact__name="苏晓岚",
    )
    assert reading.filing.contact.name == "林知远"
    assert reading.filing.contact.mobile == "13800000101"
    assert reading.filing.contact.same_as_principal == "是"
    assert not [id_ for id_ in reading.asked if id_ in ("contact.name", "contact.mobile")]


def test_hidden_answers_return():
    answers = {"subject__type": "企业", "subject__certificate_number": "91110115MA01QFMA2Y"}
    assert read(**answers | {"subject__type": "个人"}).filing.subject.certificate_number is None
    assert read(**answers).filing.subject.certificate_number == "91110115MA01QFMA2Y"


# ───────── single answers


def test_a_choice_is_known_by_its_other_names():
    reading = read(subject__type="公司", subject__filing_type="首次")
    assert reading.filing.subject.type == "企业"
    assert reading.filing.subject.filing_type == "新增备案(首次)"
    assert choices_of(Draft({"subject.type": "公司"}))["subject.type"] == "企业"


def test_a_region_lies_within_the_one_above():
    reading = read(subject__province="浙江省", subject__city="宁波", subject__district="330110")
    assert reading.filing.subject.province == "330000"
    assert reading.filing.subject.city == "330200"
    assert rules_at(reading, "subject.district") == ["place.not-within"]


def test_a_wrong_answer_says_so_and_means_nothing():
    reading = read(subject__type="企业", subject__certificate_number="91110115MA01QFMA2X")
    assert reading.filing.subject.certificate_number is None
    assert rules_at(reading, "subject.certificate_number") == ["uscc.check-digit"]


def test_a_doubt_is_a_warning_and_keeps_the_value():
    reading = read(principal__name="买买提•艾山江")
    (finding,) = [one for one in reading.findings if one.rule == "person-name.dot"]
    assert finding.severity == "warning"
    assert reading.filing.principal.name == "买买提•艾山江"


def test_the_kind_of_number_hangs_on_the_certificate():
    permit = read(
        principal__certificate_type="港澳居民来往内地通行证", principal__certificate_number="H12345678"
    )
    assert permit.filing.principal.certificate_number == "H12345678"
    card = read(principal__certificate_type="居民身份证", principal__certificate_number="H12345678")
    assert rules_at(card, "principal.certificate_number")


def test_numbers_are_cleaned_for_the_filing_only():
    draft = Draft({"principal.mobile": "138 0000-0101"})
    reading = understand(draft, ON)
    assert reading.filing.principal.mobile == "13800000101"
    assert draft.text("principal.mobile") == "138 0000-0101"


def test_rows_of_pre_approval():
    reading = read(
        mini_program__pre_approvals=({"type": "新闻", "code": "第 1 号", "media": "a.jpg"}, {"code": "2"})
    )
    first, second = reading.filing.mini_program.pre_approvals
    assert (first.type, first.code, first.media) == ("新闻", "第 1 号", ("a.jpg",))
    assert second.type is None
    assert [
        one.message for one in reading.findings if one.rule == "required.choose" and "第 2 行" in one.message
    ]


def test_a_list_may_be_written_as_text():
    reading = read(
        mini_program__service_content_types="工具，招聘", mini_program__pre_approvals="以上都不涉及"
    )
    assert reading.filing.mini_program.service_content_types == ("工具", "招聘")
    assert [row.type for row in reading.filing.mini_program.pre_approvals] == ["以上都不涉及"]


def test_at_most_five_service_content_types():
    reading = read(mini_program__service_content_types=tuple("甲乙丙丁戊己"))
    assert rules_at(reading, "mini_program.service_content_types") == ["several.too-many"]


def test_attachments_that_are_not_there():
    reading = read(attachments={"principal.certificate_photo_front": ("gone.jpg",)})
    assert rules_at(reading, "principal.certificate_photo_front") == ["papers.missing-file"]


def test_an_unknown_field_is_a_note():
    reading = understand(Draft({"subject.nickname": "柠檬"}, {"subject.selfie": ("a.jpg",)}), ON)
    notes = [one for one in reading.findings if one.rule == "unknown.field"]
    assert [one.severity for one in notes] == ["note", "note"]
    assert {one.fields[0] for one in notes} == {"subject.nickname", "subject.selfie"}


def test_the_same_question_to_two_people_names_them():
    reading = read(contact__same_as_principal="否")
    assert "填写主体负责人的手机号码" in [one.message for one in reading.findings]
    assert "填写小程序负责人的手机号码" in [one.message for one in reading.findings]


# ───────── properties

TYPED = [
    field for field in catalogue().values() if not isinstance(field.kind, (Papers, Rows, Several, NumberBy))
]
TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["长期", "2026-11-23", "是", "企业", "北京市", "13800000101", "a@example.com", "李", "110000"]
    ),
)


@given(field=st.sampled_from(TYPED), text=TEXTS)
def test_pydantic_judges_as_the_type_does(field, text):
    kind = field.kind.chosen(text)
    verdict, value = kind.judge(text, ON)
    judging = Judging(ON)
    try:
        through = TypeAdapter(Annotated[Any, kind]).validate_python(text, context=judging)
    except ValidationError:
        assert not verdict.valid
    else:
        assert verdict.valid
        assert through == value
    assert judging.verdict == verdict


@given(field=st.sampled_from(TYPED), text=TEXTS)
def test_judging_what_was_normalised_changes_nothing(field, text):
    verdict, value = field.kind.judge(text, ON)
    if verdict.valid and not isinstance(field.kind, Choice):
        again, same = field.kind.judge(verdict.normalised, ON)
        assert again.valid
        assert same == value
        assert again.normalised == verdict.normalised
