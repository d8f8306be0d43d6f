"""What was typed against what the scans say: the branches that the two drafts of a rule do not reach."""

from datetime import date
from typing import Any

import pytest

from tests.check.drafts import ON, changed, sample
from wizard.alike import difference, plain, same, same_address, width_difference
from wizard.check.examples import check_example
from wizard.check.run import Report, self_check
from wizard.draft import Draft
from wizard.finding import Finding
from wizard.messages import fault_text, fault_texts
from wizard.picture import PictureFacts
from wizard.scan import Fault, Read, Scan

COMPANY = sample("company")
PHOTO, FRONT, BACK = (
    "subject.certificate_photo",
    "principal.certificate_photo_front",
    "principal.certificate_photo_back",
)
FILES = {field: COMPANY.attachments[field][0] for field in (PHOTO, FRONT, BACK)}
FACTS = {file: PictureFacts("JPEG", 2000, 1500, 150_000) for file in FILES.values()}

LICENCE = {
    "uscc": "91110115MA01QFMA2Y",
    "name": "北京绿柠檬科技有限公司",
    "legal_person": "林知远",
    "address": "北京市大兴区旧桥路25号院1号楼19层1909",
    "term_to": "长期",
}
FACE = {"name": "林知远", "id_number": "11011519840312991X", "address": "北京市大兴区旧桥路25号"}
EMBLEM = {"issuer": "北京市公安局大兴分局", "valid_from": "2018-05-20", "valid_to": "2038-05-20"}


def scan(kind: str, fields: dict[str, Any], confidence: float = 0.95, **more: Any) -> Scan:
    read = {key: Read(value, confidence) for key, value in fields.items()}
    return Scan(kind, read, **{"legible": True, "bytes": 150_000, **more})


def checked(draft: Draft = COMPANY, on: date = ON, **scans: Scan) -> Report:
    for slot, found in scans.items():
        draft = draft.with_scan(FILES[{"photo": PHOTO, "front": FRONT, "back": BACK}[slot]], found)
    return self_check(draft, on, FACTS)


def of_scans(report: Report) -> list[Finding]:
    return [one for one in report.findings if one.rule.startswith("scan.")]


ALL = {
    "photo": scan("business_licence", LICENCE),
    "front": scan("id_front", FACE),
    "back": scan("id_back", EMBLEM),
}


def test_nothing_is_said_where_all_agrees():
    assert not of_scans(checked(**ALL))


def test_a_code_that_differs_blocks_only_where_the_scan_is_sure():
    other = {**LICENCE, "uscc": "91110108551385082Q"}
    (sure,) = of_scans(checked(photo=scan("business_licence", other)))
    (unsure,) = of_scans(checked(photo=scan("business_licence", other, 0.8)))
    assert (sure.severity, unsure.severity) == ("error", "warning")
    assert sure.fields == ("subject.certificate_number", PHOTO)
    assert "91110108551385082Q" in sure.message
    assert "第 7 位起" in sure.message


def test_a_code_read_wrong_is_no_witness():
    assert not of_scans(checked(photo=scan("business_licence", {"uscc": "91110108551385082X"})))


def test_a_typed_code_that_is_not_well_formed_is_told_what_the_paper_says():
    draft = changed(COMPANY, subject__certificate_number="91110115MA01QFMA2X")
    (found,) = of_scans(checked(draft, photo=scan("business_licence", LICENCE)))
    assert "图片上是 91110115MA01QFMA2Y，从第 18 位起" in found.message


def test_an_id_number_is_masked_in_the_sentence():
    other = {"id_number": "510107199109169936"}
    (found,) = of_scans(checked(front=scan("id_front", other)))
    assert found.severity == "error"
    assert "510107********9936" in found.message
    assert "510107199109169936" not in found.message


def test_a_picture_changed_since_says_nothing():
    other = scan("business_licence", {**LICENCE, "uscc": "91110108551385082Q"}, bytes=150_001)
    assert not of_scans(checked(photo=other))
    gone = self_check(COMPANY.with_scan(FILES[PHOTO], ALL["photo"]), ON, {})
    assert not of_scans(gone)


def test_a_value_hardly_read_is_set_against_nothing():
    assert not of_scans(checked(photo=scan("business_licence", {"name": "北京某某"}, 0.4)))


@pytest.mark.parametrize(
    ("typed", "read", "rule", "told"),
    [
        ("绿柠檬（北京）科技有限公司", "绿柠檬（北京）科技有限公司", None, ""),
        ("绿柠檬(北京)科技有限公司", "绿柠檬（北京）科技有限公司", "scan.name-width", "第 4 个字填的是“(”"),
        ("绿柠檬 （北京）科技有限公司", "绿柠檬（北京）科技有限公司", None, ""),
        ("绿柠檬（北京）科技公司", "绿柠檬（北京）科技有限公司", "scan.name-differs", "第 10 个字填的是“公”"),
        ("绿柠檬（北京）科技", "绿柠檬（北京）科技有限公司", "scan.name-differs", "“（没有字）”"),
    ],
)
def test_names(typed, read, rule, told):
    report = checked(changed(COMPANY, subject__name=typed), photo=scan("business_licence", {"name": read}))
    found = of_scans(report)
    assert [one.rule for one in found] == ([rule] if rule else [])
    assert all(told in one.message and one.severity == "warning" for one in found)


def test_a_name_alone_never_blocks():
    """Letters that were read carry no proof: who typed the right name must be able to go on."""
    report = checked(photo=scan("business_licence", {**LICENCE, "name": "北京绿拧檬科技有限公司"}, 1.0))
    assert [one.severity for one in of_scans(report)] == ["warning"]
    assert not report.blocked


@pytest.mark.parametrize(
    ("typed", "read", "alike"),
    [
        ("北京市大兴区旧桥路25号", "大兴区旧桥路25号", True),
        ("大兴区旧桥路25号", "北京市大兴区旧桥路25号", True),
        ("旧桥路25号-A室", "旧桥路25号—Ａ室", True),
        ("北京市大兴区旧桥路25号", "北京市大兴区旧桥路26号", False),
        ("北京市大兴区旧桥路125号", "25号", False),
    ],
)
def test_addresses(typed, read, alike):
    assert same_address(typed, read) is alike


def test_where_texts_part():
    assert difference("甲 乙", "甲乙") is None
    assert difference("甲乙", "甲乙丙") == (3, "", "丙")
    assert width_difference("甲(乙)", "甲（乙）") == (2, "(", "（")
    assert same("Ａ·b", "a•B")
    assert plain(" 甲—乙 ") == "甲-乙"


def test_the_legal_person_is_asked_for_by_the_role():
    licence = scan("business_licence", {**LICENCE, "legal_person": "苏晓岚"})
    (found,) = of_scans(checked(photo=licence))
    assert found.rule == "scan.principal-not-legal-person"
    other = changed(COMPANY, principal__is_legal_person="否", subject__legal_person_name="林知远")
    assert [one.rule for one in of_scans(checked(other, photo=licence))] == ["scan.legal-person-differs"]


def test_another_certificate_is_not_set_against_an_id():
    draft = changed(COMPANY, principal__certificate_type="护照", principal__certificate_number="E12345678")
    assert not of_scans(checked(draft, front=scan("id_front", FACE), back=scan("id_back", EMBLEM)))


def test_the_last_day_counts_where_it_is_not_typed():
    over = scan("id_back", {**EMBLEM, "valid_from": "2006-11-22", "valid_to": "2026-11-22"})
    open_ = changed(COMPANY, principal__certificate_validity_date_end="")
    assert "scan.id-expired" in [one.rule for one in of_scans(checked(open_, back=over))]
    assert "scan.id-expired" not in [one.rule for one in of_scans(checked(back=over))]
    assert "scan.id-end-differs" in [one.rule for one in of_scans(checked(back=over))]


def test_both_sides_on_one_sheet_serve_for_both_slots():
    sheet = scan("id_both", {**FACE, **EMBLEM})
    assert not of_scans(checked(front=sheet, back=sheet))


def test_sides():
    face, emblem = ALL["front"], ALL["back"]
    assert [one.rule for one in of_scans(checked(front=emblem, back=face))] == ["scan.sides-swapped"]
    assert [one.rule for one in of_scans(checked(front=face, back=face))] == ["scan.same-side"]
    (wrong,) = of_scans(checked(front=emblem))
    assert wrong.message == "主体负责人的证件正面里放的是有国徽的一面"
    assert wrong.fields == (FRONT,)


def test_a_paper_in_the_wrong_slot():
    (found,) = of_scans(checked(front=scan("business_licence", LICENCE)))
    assert found.message == "主体负责人的证件正面里放的是营业执照"
    (found,) = of_scans(checked(photo=scan("id_front", FACE)))
    assert found.message == "主体证件照片里放的是身份证"


ASSOCIATION = {
    "uscc": "51110000MJ0123456C",
    "name": "北京绿柠檬协会",
    "legal_person": "林知远",
    "address": "北京市大兴区旧桥路25号",
    "term_to": "2030-08-02",
}


def test_a_certificate_of_an_association_is_set_against_the_form():
    draft = changed(
        COMPANY,
        subject__type="社会团体",
        subject__certificate_type="社会团体法人登记证书",
        subject__name="北京绿拧檬协会",
        subject__certificate_number="51110000MJ01234647",
        subject__certificate_address="北京市大兴区旧桥路26号",
        subject__certificate_validity_date_end="2031-08-02",
        principal__name="苏晓岚",
    )
    found = of_scans(checked(draft, photo=scan("other_certificate", ASSOCIATION)))
    assert {one.rule for one in found} == {
        "scan.name-differs",
        "scan.code-differs",
        "scan.address-differs",
        "scan.licence-ends-differs",
        "scan.principal-not-legal-person",
    }
    assert all("登记证书图片上" in one.message for one in found)


def test_a_certificate_in_a_persons_slot():
    (found,) = of_scans(checked(front=scan("other_certificate", ASSOCIATION)))
    assert (found.rule, found.severity) == ("scan.other-document", "error")
    assert found.message == "主体负责人的证件正面里放的是登记证书"


@pytest.mark.parametrize(
    ("nature", "kind", "fields", "told"),
    [
        ("企业", "other_certificate", {"uscc": ASSOCIATION["uscc"]}, "“社会团体法人登记证书”"),
        ("社会团体", "other_certificate", {"uscc": ASSOCIATION["uscc"]}, ""),
        ("企业", "other_certificate", {}, ""),
        ("社会团体", "business_licence", {}, "“企业”"),
        ("个体工商户", "business_licence", {}, "“企业”"),
        ("企业", "individual_licence", {}, "“个体工商户”"),
        ("事业单位", "institution_certificate", {}, ""),
    ],
)
def test_a_certificate_of_another_nature(nature: str, kind: str, fields: dict[str, str], told: str):
    found = checked(changed(COMPANY, subject__type=nature), photo=scan(kind, fields)).findings
    said = [one.message for one in found if one.rule == "scan.licence-nature"]
    assert len(said) == bool(told)
    assert all(told in message for message in said)


def test_two_sides_that_are_not_one_card():
    young = scan("id_back", {**EMBLEM, "valid_to": "2028-05-20"})
    rules = [one.rule for one in of_scans(checked(front=ALL["front"], back=young))]
    assert "scan.sides-of-two-ages" in rules
    far = scan("id_back", {**EMBLEM, "issuer": "成都市公安局武侯分局"})
    (found,) = of_scans(checked(front=ALL["front"], back=far))
    assert (found.rule, found.severity) == ("scan.sides-of-two-places", "warning")


def test_an_address_in_the_province_answers_for_a_number_of_another():
    base = {
        "subject.type": "个人",
        "subject.province": "北京市",
        "principal.certificate_type": "居民身份证",
        "principal.certificate_number": "510107199109169936",
        FRONT: ["f.jpg"],
    }
    home = {"f.jpg": {"kind": "id_front", "fields": {"address": "北京市大兴区旧桥路25号"}}}
    unread = [one.rule for one in check_example(base).findings]
    read = [one.rule for one in check_example({**base, "scans": home}).findings]
    assert "individual.residence-permit" in unread
    assert "individual.residence-permit" not in read
    assert "scan.lives-here" in read


def test_unchecked_answers_are_named_once():
    draft = COMPANY.with_answer("subject.name", "北京绿柠檬科技有限公司", "read")
    draft = draft.with_answer("principal.name", "林知远", "read")
    (found,) = of_scans(checked(draft))
    assert found.message == "有 2 栏是从图片识别的，还没有人核对：主体名称、主体负责人的姓名"
    assert found.fields == ("subject.name", "principal.name")
    done = draft.with_answer("subject.name", "北京绿柠檬科技有限公司", "read_checked")
    done = done.with_answer("principal.name", "林知远")
    assert not of_scans(checked(done))


def test_rules_about_scans_are_loaded_for_drafts_that_have_any():
    from wizard.check import rulebook

    rulebook.scanned.cache_clear()
    rulebook.in_force.cache_clear()
    rulebook.rules_for.cache_clear()
    checked()
    assert not rulebook.scanned.cache_info().currsize
    checked(**ALL)
    assert rulebook.scanned.cache_info().currsize


def test_a_fault_of_a_picture_is_named_once_with_its_cure():
    blurred = scan("id_front", FACE, faults=(Fault("blurred"),), legible=False)
    (found,) = of_scans(checked(front=blurred))
    assert (found.rule, found.severity) == ("scan.fault", "warning")
    assert found.message.startswith("主体负责人的证件正面：图片模糊")
    assert found.fix
    doubted = scan("id_front", FACE, faults=(Fault("glare", doubtful=True), Fault("rotated", mended=True)))
    told = {one.rule: one.severity for one in of_scans(checked(front=doubted))}
    assert told == {"scan.fault-doubtful": "warning", "scan.fault-mended": "note"}


def test_what_another_rule_says_and_what_nobody_knows_is_no_fault_here():
    codes = ("wrong_side", "too_large", "invented_since")
    assert not of_scans(checked(front=scan("id_front", FACE, faults=tuple(map(Fault, codes)))))


def test_every_fault_has_its_sentences():
    assert len(fault_texts()) >= 15
    for code in fault_texts():
        assert all(fault_text(code))
