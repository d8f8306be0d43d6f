"""The types of answers work wherever pydantic does, and a city without districts needs none."""

from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError

from wizard import types as t
from wizard.draft import Draft
from wizard.kind import Judging
from wizard.reading import understand

ON = date(2026, 11, 23)


def test_pydantic_judges_by_the_same_marks():
    judging = Judging(ON)
    assert TypeAdapter(t.Mobile).validate_python(" 138 0000 0101", context=judging) == "13800000101"
    with pytest.raises(ValidationError, match="BAD_LENGTH"):
        TypeAdapter(t.Mobile).validate_python("138", context=judging)
    assert judging.verdict.reason == "BAD_LENGTH"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("13800000101", "mobile"),
        ("010-60000101", "landline"),
        ("02160000101", "landline"),
        ("138 0000", "mobile"),
    ],
)
def test_an_emergency_number_is_judged_as_what_it_is(text, kind):
    assert t.Telephone().chosen(text).name == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("11011519840312991X", "ric"),
        ("810000195602180201", "hmt_residence"),
        ("911392199703289083", "foreign_pr"),
        ("E12345678", "personal_number"),
    ],
)
def test_a_certificate_number_is_recognised_by_its_form(text, kind):
    assert t.PersonalNumber().chosen(text).name == kind


def found(draft, field_id):
    return [f.rule for f in understand(draft, ON).findings if field_id in f.fields]


def test_a_city_without_districts_needs_none():
    draft = Draft({"subject.province": "广东", "subject.city": "东莞市"})
    assert found(draft, "subject.district") == []
    assert found(draft.with_answer("subject.district", "东莞市"), "subject.district") == []
    assert found(draft.with_answer("subject.city", "深圳市"), "subject.district") == ["required.choose"]


@pytest.mark.parametrize(("typed", "code"), [("北京", "110000"), ("110000", "110000"), ("内蒙古", "150000")])
def test_a_place_is_taken_by_name_or_code(typed, code):
    assert understand(Draft({"subject.province": typed}), ON).filing.subject.province == code


def test_places_are_looked_for_within_each_other():
    draft = Draft({"subject.province": "浙江省", "subject.city": "深圳市"})
    assert found(draft, "subject.city") == ["place.not-within"]
    assert found(Draft({"subject.province": "火星省"}), "subject.province") == ["place.not-listed"]


def test_answers_that_are_not_asked_are_kept_and_not_judged():
    draft = Draft({"subject.type": "个人", "subject.certificate_number": "123"})
    assert found(draft, "subject.certificate_number") == []
    again = draft.with_answer("subject.type", "企业")
    assert found(again, "subject.certificate_number") == ["uscc.bad-length"]
