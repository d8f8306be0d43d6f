"""What a scan offers to the form: which fields, how they stand to what is typed, what follows from them."""

from typing import Any

import pytest

from wizard.draft import Draft
from wizard.intake.suggestion import CARD_SLOTS, PHOTO, suggestions
from wizard.scan import Read, Scan
from wizard.sections import catalogue

FRONT, BACK, *_ = CARD_SLOTS
LICENCE = {
    "uscc": "91110115MA01QFMA2Y",
    "name": "北京绿柠檬科技有限公司",
    "legal_person": "林知远",
    "address": "北京市大兴区旧桥路25号院1号楼",
    "term_to": "2039-06-05",
    "business_scope": "软件开发",
    "registered_capital": "500万元",
}


def scan(kind: str, fields: dict[str, str], confidence: float = 0.95) -> Scan:
    read = {key: Read(value, confidence) for key, value in fields.items()}
    return Scan(kind, read, legible=True, bytes=1000)


def offered(slot: str, found: Scan, **answers: Any) -> dict[str, tuple[str, str, str]]:
    draft = Draft(answers={name.replace("__", "."): text for name, text in answers.items()})
    return {one.field_id: (one.value, one.state, one.source) for one in suggestions(slot, found, draft)}


def test_a_licence_fills_the_subject():
    found = offered(PHOTO, scan("business_licence", LICENCE), subject__type="企业")
    assert found["subject.certificate_number"] == ("91110115MA01QFMA2Y", "empty", "read")
    assert found["subject.type"] == ("企业", "same", "computed")
    assert [found[f"subject.{level}"][0] for level in ("province", "city", "district")] == [
        "北京市",
        "北京市",
        "大兴区",
    ]
    assert found["subject.province"][2] == "computed"
    assert list(found) == [field_id for field_id in catalogue() if field_id in found], "in the form's order"


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("", "empty"),
        ("2039-06-05", "same"),
        ("2039.6.5", "same"),
        ("2039年06月05日", "same"),
        ("长期", "different"),
    ],
)
def test_how_a_day_stands_to_what_is_typed(typed, state):
    answers = {"subject__type": "企业", "subject__certificate_validity_date_end": typed}
    found = offered(PHOTO, scan("business_licence", LICENCE), **answers)
    assert found["subject.certificate_validity_date_end"][1] == state


@pytest.mark.parametrize(("typed", "state"), [("北京", "same"), ("110000", "same"), ("上海市", "different")])
def test_how_a_place_stands_to_what_is_typed(typed, state):
    found = offered(PHOTO, scan("business_licence", LICENCE), subject__type="企业", subject__province=typed)
    assert found["subject.province"][1] == state


def test_width_and_blanks_are_no_difference():
    named = scan("business_licence", {"name": "绿柠檬（北京）科技有限公司"})
    found = offered(PHOTO, named, subject__type="企业", subject__name="绿柠檬(北京) 科技有限公司")
    assert found["subject.name"][1] == "same"


def test_the_legal_person_goes_where_he_is_asked_for():
    found = scan("business_licence", LICENCE)
    same = offered(PHOTO, found, subject__type="企业", principal__is_legal_person="是")
    other = offered(PHOTO, found, subject__type="企业", principal__is_legal_person="否")
    assert same["principal.name"][0] == "林知远"
    assert "subject.legal_person_name" not in same
    assert other["subject.legal_person_name"][0] == "林知远"
    assert "principal.name" not in other


def test_an_individual_licence_without_a_term():
    found = offered(PHOTO, scan("individual_licence", {"name": "柳堤区星槎餐饮店"}), subject__type="企业")
    assert found["subject.type"] == ("个体工商户", "different", "computed")
    assert found["subject.certificate_validity_date_end"] == ("长期", "empty", "computed")


@pytest.mark.parametrize(
    ("code", "nature", "certificate", "sure"),
    [
        ("51110000MJ0123456C", "社会团体", "社会团体法人登记证书", True),
        ("53110000MJ01234566", "基金会", "基金会法人登记证书", True),
        ("31110000MD0123454X", "律师执业机构", "律师事务所执业许可证", True),
        ("11110000MB01234575", "政府机关", "统一社会信用代码证书", True),
        ("52110000MJ01234569", "民办非企业单位", "民办非企业单位登记证书", False),
    ],
)
def test_other_certificates_fill_the_subject(code: str, nature: str, certificate: str, sure: bool):
    paper = scan(
        "other_certificate", {"uscc": code, "name": "北京绿柠檬协会", "address": "北京市大兴区旧桥路25号"}
    )
    found = {one.field_id: one for one in suggestions(PHOTO, paper, Draft(answers={"subject.type": "企业"}))}
    assert (found["subject.type"].value, found["subject.type"].state) == (nature, "different")
    assert found["subject.certificate_type"].value == certificate
    assert found["subject.certificate_type"].sure is sure, "of two papers a person says which it is"
    assert found["subject.certificate_number"].value == code
    assert found["subject.certificate_address"].value == "北京市大兴区旧桥路25号"
    assert found["subject.district"].value == "大兴区"


def test_a_certificate_whose_code_was_not_read_says_nothing_of_the_nature():
    found = offered(PHOTO, scan("other_certificate", {"name": "北京绿柠檬协会"}), subject__type="企业")
    assert set(found) == {"subject.name"}


def test_an_id_card_fills_the_person_whose_slot_it_is_in():
    card = scan("id_both", {"name": "苏晓岚", "id_number": "110108199007259924", "valid_to": "2038-05-20"})
    found = offered(CARD_SLOTS[2], card, subject__type="企业")
    assert found["contact.name"][0] == "苏晓岚"
    assert found["contact.certificate_type"] == ("居民身份证", "empty", "computed")
    assert found["contact.certificate_validity_date_end"][0] == "2038-05-20"
    assert not any(field_id.startswith("principal.") for field_id in found)


def test_a_person_who_files_is_the_subject():
    card = scan("id_front", {"name": "苏晓岚"})
    assert offered(FRONT, card, subject__type="个人")["subject.name"][0] == "苏晓岚"
    assert "subject.name" not in offered(FRONT, card, subject__type="企业")


def test_a_paper_in_the_wrong_slot_offers_nothing():
    assert not offered(FRONT, scan("business_licence", LICENCE), subject__type="企业")
    assert not offered(PHOTO, scan("id_front", {"name": "苏晓岚"}), subject__type="企业")
    assert not offered(PHOTO, Scan(), subject__type="企业")


def test_what_is_not_asked_is_not_offered():
    linked = {"contact__same_as_principal": "是", "subject__type": "企业"}
    assert not offered(CARD_SLOTS[2], scan("id_front", {"name": "苏晓岚"}), **linked)


def test_what_may_be_taken_over_with_others():
    (sure,) = suggestions(BACK, scan("id_back", {"valid_to": "2038-05-20"}), Draft())[1:]
    (unsure,) = suggestions(BACK, scan("id_back", {"valid_to": "2038-05-20"}, 0.8), Draft())[1:]
    assert sure.sure
    assert not unsure.sure


def test_every_mapping_names_a_field_the_reader_knows():
    """The keys of `Ask.ocr` are those of the truth: a slip there would offer nothing, silently."""
    known = {
        "business_licence": {"uscc", "name", "legal_person", "address", "term_to", "business_scope"},
        "identity_card": {"name", "id_number", "valid_from", "valid_to"},
    }
    told = [field.ask.ocr.split(".") for field in catalogue().values() if field.ask.ocr]
    assert told
    assert all(key in known[document] for document, key in told)


def test_an_empty_form_is_offered_all_that_the_paper_says():
    """What is asked for only once the nature and the paper are known is offered beside these."""
    found = offered(PHOTO, scan("business_licence", LICENCE))
    assert {"subject.type", "subject.certificate_type", "subject.certificate_number"} <= set(found)
    assert {"subject.certificate_address", "subject.certificate_validity_date_end"} <= set(found)


@pytest.mark.parametrize(
    ("address", "sure"),
    [
        ("北京市大兴区旧桥路25号院1号楼", True),
        ("浙江省杭州市余杭区旧桥路25号", True),
        ("杭州市余杭区旧桥路25号", False),
        ("浙江省余杭区旧桥路25号", False),
    ],
)
def test_a_region_that_is_named_in_full_is_sure_though_the_address_is_not(address, sure):
    found = scan("business_licence", LICENCE | {"address": address}, 0.85)
    said = {one.field_id: one for one in suggestions(PHOTO, found, Draft(answers={"subject.type": "企业"}))}
    assert said["subject.district"].sure is sure
    assert not said["subject.certificate_address"].sure


def test_the_region_of_a_badly_read_address_is_not_sure():
    found = scan("business_licence", LICENCE, 0.6)
    said = {one.field_id: one for one in suggestions(PHOTO, found, Draft(answers={"subject.type": "企业"}))}
    assert not said["subject.district"].sure
