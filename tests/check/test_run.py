"""The self-check as a whole: order, no doubles, what is replaced, what is not asked, any text anywhere."""

from dataclasses import replace
from datetime import date

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from tests.check.drafts import ON, bare, changed, rules_found, said, sample
from wizard.check.run import rules_version, self_check
from wizard.draft import Draft, dump
from wizard.finding import SEVERITIES
from wizard.picture import PictureFacts
from wizard.sections import SECTIONS, catalogue
from wizard.types import Choice, Papers

TWO = {
    "contact__same_as_principal": "否",
    "contact__name": "苏晓岚",
    "contact__certificate_type": "居民身份证",
    "contact__certificate_number": "110108199007259924",
}


def test_findings_stand_in_the_order_of_the_form():
    for name in ("company_faulty", "individual_business_faulty", "person_faulty"):
        report = self_check(sample(name), ON)
        place = {field_id: position for position, field_id in enumerate(catalogue())}
        keys = [(place[one.fields[0]], SEVERITIES.index(one.severity)) for one in report.findings]
        assert keys == sorted(keys)


def test_nothing_is_said_twice():
    for name in ("company_faulty", "individual_business_faulty", "person_faulty"):
        findings = self_check(sample(name), ON).findings
        assert len(findings) == len(set(findings))


def test_a_linked_person_is_not_judged_twice():
    draft = changed(
        sample("company"),
        principal__certificate_validity_date_end="2026-12-01",
        principal__emergency_contact="13800000101",
    )
    report = self_check(draft, ON)
    assert len(said(report, "people.certificate-ends-soon")) == 1
    assert len(said(report, "people.emergency-differs")) == 1
    assert not [one for one in report.findings if "contact.mobile" in one.fields]


def test_two_fields_concerned_have_the_same_words():
    draft = changed(sample("company"), **TWO, contact__mobile="13800000101")
    by_field = self_check(draft, ON).by_field()
    (at_principal,) = [one for one in by_field["principal.mobile"] if one.rule == "people.mobile-differs"]
    (at_contact,) = [one for one in by_field["contact.mobile"] if one.rule == "people.mobile-differs"]
    assert at_principal is at_contact


def test_the_gravest_comes_first_at_a_field():
    for name in ("company_faulty", "individual_business_faulty", "person_faulty"):
        for found in self_check(sample(name), ON).by_field().values():
            order = [SEVERITIES.index(one.severity) for one in found]
            assert order == sorted(order)


def test_each_finding_belongs_to_one_section():
    report = self_check(sample("company_faulty"), ON)
    grouped = report.by_section()
    assert set(grouped) <= {section.id for section in SECTIONS}
    assert sum(map(len, grouped.values())) == len(report.findings)


def test_counts_and_version():
    report = self_check(sample("company_faulty"), ON)
    assert report.errors + report.warnings + report.notes == len(report.findings)
    assert report.blocked
    assert not self_check(sample("company"), ON).blocked
    assert report.rules == rules_version()
    assert report.on == ON


def test_a_finding_says_how_sure_its_rule_is_and_names_the_source_that_disagrees():
    draft = bare(subject__province="安徽省", subject__type="企业", principal__is_legal_person="否", **TWO)
    draft = changed(draft, principal__name="林知远", principal__certificate_type="居民身份证")
    found = {one.rule: one for one in self_check(draft, ON).findings}
    doubt = found["anhui.ah-09-same"]
    assert doubt.severity == "warning"
    assert doubt.sure == "来源说法不一"
    assert doubt.cite2 is not None
    assert doubt.cite2 != doubt.cite
    single = next(one for one in found.values() if one.confidence == "single")
    assert single.sure == "只有一个来源"


def test_an_answer_that_is_not_asked_for_does_not_count():
    """主体性质 was changed to 个人: what was answered as a company stays in the draft and says nothing."""
    draft = changed(bare(), subject__type="企业", principal__is_legal_person="否", subject__province="广东省")
    assert "principal.legal-person-expected" in rules_found(draft)
    assert "principal.legal-person-expected" not in rules_found(changed(draft, subject__type="个人"))


def test_a_graver_finding_replaces_the_lighter_one():
    number = "11011520100601999X"
    draft = bare(
        subject__province="北京市",
        principal__certificate_type="居民身份证",
        principal__certificate_number=number,
    )
    found = rules_found(draft)
    assert "people.under-18" in found or any(rule.startswith("beijing") for rule in found)
    assert "ric.under-18" not in found


def test_a_word_the_province_names_is_not_named_again_but_another_is():
    """浙江 asks for a paper for 金融; that 出版 needs an approval is still the nation's to say."""
    draft = bare(
        subject__province="浙江省",
        subject__type="企业",
        subject__business_scope="金融信息咨询，出版物零售",
        mini_program__pre_approvals=({"type": "以上都不涉及"},),
    )
    found = {one.rule: one for one in self_check(draft, ON).findings if "business_scope" in one.fields[0]}
    assert "金融" in found["zhejiang.zj-08-finance"].message
    national = found["approval.word-in-scope"].message
    assert "出版物" in national
    assert "金融" not in national


def test_words_are_named_together_and_only_the_longer_of_two():
    draft = bare(subject__type="企业", mini_program__name="中国测试新闻资讯")
    said = [one.message for one in self_check(draft, ON).findings if "mini_program.name" in one.fields]
    assert not any("“新闻”" in one and "“新闻资讯”" in one for one in said)


@pytest.mark.parametrize(("nature", "found"), [("个人", False), ("企业", True)])
def test_a_proof_of_work_helps_who_files_as_a_person(nature: str, found: bool):
    """江西 takes who is 16 with a proof; an organisation is still told that it is hardly accepted."""
    draft = bare(
        subject__province="江西省",
        subject__type=nature,
        principal__certificate_type="居民身份证",
        principal__certificate_number="360103201006019990",
    ).with_attachments("materials.subject_other_materials", ("proof.jpg",))
    rules = rules_found(draft)
    assert ("people.under-18-with-proof" in rules) is found
    assert "ric.under-18" not in rules


def test_a_picture_that_is_too_heavy_is_told_once():
    draft = bare(subject__type="企业").with_attachments("subject.certificate_photo", ("a.jpg",))
    heavy = {"a.jpg": PictureFacts("JPEG", 3000, 2000, 3 * 1024 * 1024)}
    found = rules_found(draft, pictures=heavy)
    assert "picture.too-heavy" in found
    assert "picture.over-200k" not in found


def test_one_finding_names_all_pictures_with_the_same_fault():
    draft = Draft(
        attachments={
            "principal.certificate_photo_front": ("f.jpg",),
            "principal.certificate_photo_back": ("b.jpg",),
        }
    )
    small = {name: PictureFacts("JPEG", 600, 400, 150_000) for name in ("f.jpg", "b.jpg")}
    (one,) = [one for one in self_check(draft, ON, small).findings if one.rule == "picture.too-small"]
    assert one.fields == ("principal.certificate_photo_front", "principal.certificate_photo_back")
    assert one.message.startswith("主体负责人的证件正面、主体负责人的证件反面是 600×400 像素")


def test_a_good_draft_has_few_notes():
    for name in ("company", "individual_business", "person"):
        assert self_check(sample(name), ON).notes <= 6


def test_private_numbers_are_masked_in_sentences():
    draft = changed(
        sample("company"), **TWO, contact__mobile="13800000101", contact__email="lin.zhiyuan@example.com"
    )
    draft = changed(draft, contact__certificate_number="11011519840312991X")
    for finding in self_check(draft, ON).findings:
        for private in ("13800000101", "lin.zhiyuan@example.com", "11011519840312991X"):
            assert private not in finding.message + finding.fix


def test_a_filing_that_was_handed_in_is_judged_by_that_day():
    letter = {"materials__commitment_letter_date": "2026-08-20"}
    assert "letters.too-old" in rules_found(bare(**letter))
    assert "letters.too-old" not in rules_found(bare(**letter, progress__submitted_on="2026-09-01"))
    assert "letters.signed-later" in rules_found(
        bare(materials__commitment_letter_date="2026-09-02", progress__submitted_on="2026-09-01")
    )


def test_an_empty_draft_is_asked_for_everything_and_nothing_else():
    report = self_check(Draft(), ON)
    assert report.findings
    assert all(one.rule.startswith("required.") for one in report.findings)


def test_the_draft_is_not_changed():
    draft = sample("company_faulty")
    before = dump(draft)
    self_check(draft, ON)
    assert dump(draft) == before


@pytest.mark.parametrize(
    "day", [date(2021, 1, 1), date(2023, 9, 1), date(2024, 3, 31), date(2030, 2, 28), date.max]
)
def test_any_day_will_do(day):
    for name in ("company", "company_faulty", "person_faulty"):
        assert self_check(sample(name), day).on == day


# ───────── any text in any field

SEEDS = [
    *("长期", "2026-11-23", "2019.06.06", "9999-12-31", "1900-01-01"),
    *("北京市", "余杭区", "市辖区", "广东省深圳市", "是", "否", "以上都不涉及", "新闻", "工具", "生活服务"),
    *("91110115MA01QFMA2Y", "92330110MA2NQHBK3X", "11011519840312991X", "11011520100601999X"),
    *("13800000101", "010-60000101", "a@example.com", "wx3f9a6c21d7e8b045", "gh_7c1e5a90b3d2"),
    *(
        "京ICP备2020012345号-1X",
        "粤B2-20090059-1626X",
        "测试 小程序.com",
        "(（",
        "0" * 40,
        "１２３４５",
        "＝1+1",
    ),
    *("", " ", "\u200b", "\x00", "\ud83d", "{0.__class__}", "{who}", "%s%n", "长" * 3000),
    *("买买提·艾山江", "O'Neil & Söhne <GmbH>", "𠮷㐂䶮㛃", "Z" + "\u0301" * 200),
]
CHOICES = sorted(
    {
        item.label
        for field in catalogue().values()
        if isinstance(field.kind, Choice)
        for item in field.kind.items()
    }
)
TEXTS = st.one_of(st.sampled_from(SEEDS), st.sampled_from(CHOICES), st.text(max_size=60))
ANSWERS = st.one_of(
    TEXTS,
    st.lists(TEXTS, max_size=7).map(tuple),
    st.lists(
        st.dictionaries(st.sampled_from(["type", "code", "media", "else"]), TEXTS, max_size=4), max_size=4
    ).map(tuple),
)
DRAFTS = st.builds(
    Draft,
    answers=st.dictionaries(st.sampled_from([*catalogue(), "unknown.field"]), ANSWERS, max_size=60),
    attachments=st.dictionaries(
        st.sampled_from([id_ for id_, field in catalogue().items() if isinstance(field.kind, Papers)]),
        st.lists(st.sampled_from(["a.jpg", "b.jpg", "c.png", "长.jpg"]), max_size=12).map(tuple),
    ),
)
FACTS = st.builds(
    PictureFacts,
    format=st.sampled_from(["", "JPEG", "PNG", "HEIC", "PDF"]),
    width=st.integers(0, 60_000),
    height=st.integers(0, 60_000),
    bytes=st.integers(0, 60_000_000),
    sideways=st.booleans(),
)
PICTURES = st.dictionaries(st.sampled_from(["a.jpg", "b.jpg", "c.png", "长.jpg"]), FACTS)


@settings(max_examples=300)
@given(draft=DRAFTS, on=st.dates(), pictures=PICTURES)
def test_any_text_in_any_field(draft, on, pictures):
    report = self_check(draft, on, pictures)
    assert all(one.message and one.fields for one in report.findings)
    assert len(report.findings) == len(set(report.findings))


@settings(max_examples=150)
@given(data=st.data(), on=st.dates(date(2015, 1, 1), date(2045, 1, 1)))
def test_one_changed_answer_of_a_good_draft(data, on):
    name = data.draw(st.sampled_from(["company", "individual_business", "person"]))
    field_id = data.draw(st.sampled_from(list(catalogue())))
    draft = replace(sample(name))
    report = self_check(draft.with_answer(field_id, data.draw(ANSWERS)), on)
    assert report.on == on
