"""The field catalogue holds together: every contract id is declared, and what a declaration names exists."""

import pytest

from wizard.catalogue import code_set
from wizard.resource_files import toml
from wizard.sections import SECTIONS, catalogue
from wizard.sections.natures import ORGANISATIONS, PERSON
from wizard.types import Choice, NumberBy, Papers
from wizard.when import holds

PERSON_FIELDS = [
    "is_legal_person",
    "name",
    "certificate_type",
    "certificate_number",
    "certificate_validity_date_start",
    "certificate_validity_date_end",
    "mobile",
    "emergency_contact",
    "email",
    "certificate_photo_front",
    "certificate_photo_back",
    "authorization_letter",
    "authorization_letter_date",
]
CONTRACT = {
    "subject": [
        "filing_type",
        "record_number",
        "type",
        "name",
        "province",
        "city",
        "district",
        "certificate_type",
        "certificate_number",
        "certificate_address",
        "address",
        "certificate_validity_date_end",
        "business_scope",
        "has_trade_name",
        "has_seal",
        "filed_count",
        "comment",
        "legal_person_name",
        "legal_person_certificate_number",
        "certificate_photo",
        "residence_permit",
    ],
    "principal": PERSON_FIELDS,
    "contact": ["same_as_principal", "is_administrator", *PERSON_FIELDS],
    "mini_program": [
        "name",
        "appid",
        "original_id",
        "online_status",
        "online_since",
        "service_content_types",
        "pre_approvals",
        "comment",
    ],
    "materials": [
        "commitment_letter",
        "commitment_letter_date",
        "business_name_change_letter",
        "party_building_confirmation_letter",
        "promise_video",
        "authenticity_responsibility_letter",
        "authenticity_commitment_letter",
        "website_construction_proposal",
        "subject_other_materials",
        "applets_other_materials",
        "holding_certificate_photo",
    ],
}


@pytest.mark.parametrize("section", CONTRACT)
def test_every_field_of_the_contract_is_declared_in_its_section(section):
    declared = {field.name for field in catalogue().values() if field.section.id == section}
    assert declared == set(CONTRACT[section])


def test_sections_stand_in_the_order_of_the_form():
    titles = [section.title for section in SECTIONS]
    assert titles == ["主体", "主体负责人", "小程序", "小程序负责人", "补充材料", "办理进度"]


def test_every_field_has_words_for_a_stranger():
    for field in catalogue().values():
        assert field.label.strip() == field.label != ""
        assert field.ask.help, field.id
        assert not set("!！;") & set(field.ask.help), field.id


def test_headings_are_unique():
    headings = [field.heading for field in catalogue().values()]
    assert len(headings) == len(set(headings))


def test_conditions_name_fields_and_answers_that_exist():
    for field in catalogue().values():
        for other, texts in field.when.items():
            kind = catalogue()[other].kind
            assert isinstance(kind, Choice), (field.id, other)
            assert set(texts) - {""} <= set(code_set(kind.code_set).labels()), (field.id, other)


def test_every_nature_has_certificate_types_that_can_be_chosen():
    for item in code_set("subject_types").items:
        known = code_set("person_certificate_types" if item.label in PERSON else "certificate_types")
        assert item.facts["certificate_types"], item.label
        for label in item.facts["certificate_types"]:
            assert known.find(label), (item.label, label)


@pytest.mark.parametrize("nature", [*ORGANISATIONS, *PERSON])
def test_what_is_asked_follows_the_nature(nature):
    choices = {"subject.type": nature, "subject.filing_type": "新增备案(首次)"}
    asked = {f.id for f in catalogue().values() if holds(f.when, choices)}
    assert ("subject.certificate_number" in asked) == (nature != "个人")
    assert ("subject.residence_permit" in asked) == (nature == "个人")
    assert ("subject.has_seal" in asked) == (nature == "个体工商户")
    assert "subject.record_number" not in asked
    assert "principal.authorization_letter" not in asked


def test_numbers_on_certificates_name_kinds_that_exist():
    from wizard.numbers import KINDS

    for field in catalogue().values():
        if isinstance(field.kind, NumberBy):
            for item in code_set(field.kind.code_set).items:
                assert item.facts["number"] == "" or item.facts["number"] in KINDS, item.label


def test_every_paper_of_the_checklist_has_a_field_to_hold_it():
    papers = {field.id for field in catalogue().values() if isinstance(field.kind, Papers)}
    needed = {entry["field"] for entry in toml("materials.toml")["material"] if "field" in entry}
    assert needed <= papers | {"mini_program.pre_approvals"}
    assert "subject.certificate_photo" in needed
