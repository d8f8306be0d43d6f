"""What only some provinces ask for: each check at its limits, and the provinces' rules as they stand."""

import re
from datetime import date

import pytest

from wizard.check import program
from wizard.check import province_people as people
from wizard.check import province_words as words
from wizard.check.case import Case, Hit
from wizard.check.examples import check_example, draft_of, every_rule
from wizard.check.province_checks import PROVINCE_CHECKS
from wizard.districts import provinces
from wizard.reading import understand

TODAY = date(2026, 11, 23)
OTHER = "materials.applets_other_materials"
COMMENT, NAME = "mini_program.comment", "mini_program.name"


def case(**answers: object) -> Case:
    """A case from answers whose field ids are written with two underscores: subject__type."""
    draft = draft_of({field.replace("__", "."): value for field, value in answers.items()})
    return Case(draft, understand(draft, TODAY), TODAY, {})


def person(role: str = "principal", **answers: object) -> dict[str, object]:
    return {f"{role}__{name}": value for name, value in answers.items()}


def holder(birth: str, sequence: str = "001", area: str = "110108") -> dict[str, object]:
    """The answers of someone with a resident ID: a number with its check digit."""
    digits = f"{area}{birth}{sequence}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return {"certificate_type": "居民身份证", "certificate_number": digits + "10X98765432"[total % 11]}


PRINCIPAL, CONTACT = "principal.certificate_number", "contact.certificate_number"


@pytest.mark.parametrize(
    ("birth", "paper", "found"),
    [
        ("20081123", None, False),  # 18 today
        ("20081124", None, True),  # 18 tomorrow
        ("20101123", None, True),  # 16 today
        ("20101124", None, False),  # 16 tomorrow: below the band
        ("20081124", "a.jpg", False),
    ],
)
def test_a_young_person_needs_a_paper(birth: str, paper: str | None, found: bool):
    papers = {"materials__applets_other_materials": [paper]} if paper else {}
    hits = list(
        people.young_without_paper(
            case(**person(**holder(birth)), **papers), (PRINCIPAL,), years=18, least=16, papers=(OTHER,)
        )
    )
    assert bool(hits) is found
    assert all(hit.fields == (PRINCIPAL, OTHER) for hit in hits)


@pytest.mark.parametrize(
    ("birth", "sequence", "found"),
    [
        ("19651124", "001", False),  # a man of 60 until tomorrow
        ("19651123", "001", True),  # 61
        ("19701124", "002", False),  # a woman of 55 until tomorrow
        ("19701123", "002", True),
    ],
)
def test_retirement_differs_for_men_and_women(birth: str, sequence: str, found: bool):
    contact = person("contact", same_as_principal="否", **holder(birth, sequence))
    assert bool(list(people.past_retirement(case(**contact), (CONTACT,), men=60, women=55))) is found


def test_retirement_is_told_at_the_principal_who_does_both():
    both = case(contact__same_as_principal="是", **person(**holder("19500101")))
    (hit,) = people.past_retirement(both, (CONTACT,), men=60, women=55)
    assert hit.fields == (PRINCIPAL,)
    assert hit.values["who"] == "主体负责人"


@pytest.mark.parametrize(
    ("legal", "contact", "found"),
    [
        ("否", {"contact__name": "林知远"}, True),
        ("否", {"contact__name": "苏晓岚"}, False),
        ("否", {"contact__same_as_principal": "是"}, False),
        ("否", {}, False),
        ("是", {"contact__name": "林知远"}, False),
    ],
)
def test_who_stands_in_for_the_legal_person_does_both(legal: str, contact: dict[str, str], found: bool):
    given = case(subject__type="企业", principal__is_legal_person=legal, principal__name="苏晓岚", **contact)
    assert bool(list(people.same_person_unless_legal(given, ()))) is found


PHONES = ("principal.mobile", "principal.emergency_contact", "contact.mobile", "contact.emergency_contact")


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (("13800000101", "13800000102", "13800000102", "13800000101"), True),
        (("13800000101", "13800000103", "13800000102", "138 0000 0103"), False),
        (("13800000101", "13800000102", "13800000102", ""), False),
    ],
)
def test_two_people_have_several_numbers(numbers: tuple[str, ...], found: bool):
    answers = {field.replace(".", "__"): number for field, number in zip(PHONES, numbers, strict=True)}
    two = case(principal__name="林知远", contact__name="苏晓岚", **answers)
    assert bool(list(people.phones_distinct(two, PHONES, least=3))) is found
    one = case(principal__name="林知远", contact__name="林知远", **answers)
    assert not list(people.phones_distinct(one, PHONES, least=3))


def test_an_id_of_another_province_is_only_a_resident_id():
    fields = (PRINCIPAL, "subject.province", "subject.residence_permit")
    there = {"subject__province": "山西省", "subject__type": "个人", "subject__residence_permit": ["a.jpg"]}
    (hit,) = people.id_of_province(case(**there, **person(**holder("19840312"))), fields)
    assert (hit.values["found"], hit.values["chosen"]) == ("北京市", "山西省")
    here = person(**holder("19840312", area="140105"))
    assert not list(people.id_of_province(case(**there, **here), fields))
    permit = person(certificate_type="港澳居民来往内地通行证", certificate_number="H12345678")
    assert not list(people.id_of_province(case(**there, **permit), fields))
    assert not list(people.id_of_province(case(**person(**holder("19840312"))), fields))


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2026-11-02", "2027-02-02", True),
        ("2026-11-02", "2027-02-03", False),
        ("2026-11-02", "长期", False),
        ("2027-02-02", "2026-11-02", False),
    ],
)
def test_a_temporary_id_is_valid_for_three_months(start: str, end: str, found: bool):
    fields = ("principal.certificate_validity_date_start", "principal.certificate_validity_date_end")
    given = case(
        principal__certificate_type="居民身份证",
        principal__certificate_validity_date_start=start,
        principal__certificate_validity_date_end=end,
    )
    assert bool(list(people.valid_no_longer(given, fields, months=3))) is found


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("2027-02-22", False),
        ("2027-02-23", True),
        ("2027-11-22", True),
        ("2027-11-23", False),
        ("长期", False),
    ],
)
def test_what_the_nation_refuses_is_not_said_again(end: str, found: bool):
    given = case(subject__type="企业", subject__certificate_validity_date_end=end)
    field = ("subject.certificate_validity_date_end",)
    assert bool(list(people.ends_between(given, field, least=3, months=12))) is found


def test_a_name_inside_a_name():
    given = case(mini_program__name="林知远记账本", principal__name="苏晓岚", contact__name="林知远")
    (hit,) = people.contains_answer(given, (NAME, "principal.name", "contact.name"))
    assert hit == Hit({"label": "小程序名称", "other": "林知远"}, (NAME, "contact.name"))


def test_words_are_found_in_any_capitals():
    (hit,) = words.has_word(case(mini_program__name="青芽Blog站"), (NAME,), words=("论坛", "BLOG"))
    assert hit.words == ("BLOG",)


def test_a_school_needs_its_class():
    given = {"words": ("大学",), "needs": ("班",)}
    field = ("subject.address",)
    assert list(words.word_without(case(subject__address="卫津路 94 号大学 6 号宿舍"), field, **given))
    assert not list(words.word_without(case(subject__address="大学计算机系 2 班"), field, **given))
    assert not list(words.word_without(case(subject__address="卫津路 8 号"), field, **given))


STATEMENT = ("个人", "不含企业|不含单位", "黑名单")


def test_what_a_remark_does_not_state_is_named():
    given = case(mini_program__comment="此小程序属个人，不含单位信息，只供朋友查看和使用。")
    (hit,) = words.remark_contains(given, (COMMENT,), all_of=STATEMENT)
    assert hit.values["missing"] == "黑名单"
    given = case(mini_program__comment="记录读书笔记，只供本人和朋友查看，没有别的用途。")
    (hit,) = words.remark_contains(given, (COMMENT,), all_of=STATEMENT)
    assert hit.values["missing"] == "个人”“不含企业”“黑名单"


def test_a_statement_may_stand_in_the_other_remark():
    fields = (COMMENT, "subject.comment")
    given = case(
        mini_program__comment="记录读书笔记，只供本人和朋友查看，没有别的用途。",
        subject__comment="应急电话归家人",
    )
    assert not list(words.remark_contains(given, fields, all_of=("应急",)))
    assert not list(words.remark_contains(case(subject__comment="无"), fields, all_of=("应急",)))
    assert list(words.remark_contains(case(), fields, all_of=("应急",), also_empty=True))


@pytest.mark.parametrize(("length", "found"), [(29, True), (30, False)])
def test_a_remark_is_counted_in_characters(length: int, found: bool):
    given = case(mini_program__comment="记" * length)
    assert bool(list(words.remark_at_least(given, (COMMENT,), chars=30))) is found


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        (COMMENT, "给会员讲解理财知识，每周更新一次，附有例子和练习题。", True),
        (COMMENT, "记录家庭日常开支，不涉及理财、保险等金融业务。", False),
        (COMMENT, "不发布新闻；给会员讲解理财知识，每周更新一次。", True),
        ("subject.business_scope", "投资咨询（证券、理财除外）；软件开发", False),
        ("subject.business_scope", "软件开发；理财咨询（不含许可项目）", True),
        ("subject.name", "无锡青芽理财咨询有限公司", True),
    ],
)
def test_a_word_that_is_denied_needs_no_paper(field: str, text: str, found: bool):
    draft = draft_of({"subject.type": "企业", field: text})
    given = Case(draft, understand(draft, TODAY), TODAY, {})
    assert bool(list(words.words_need_paper(given, (field,), words=("理财",), papers=(OTHER,)))) is found


def test_a_paper_or_an_approval_answers_the_word():
    name = {"mini_program__name": "青芽理财"}
    rows = {"mini_program__pre_approvals": [{"type": "互联网金融"}]}
    none = {"mini_program__pre_approvals": [{"type": "以上都不涉及"}]}

    def found(unless: bool = True, **answers: object) -> list[Hit]:
        return list(
            words.words_need_paper(
                case(**name, **answers), (NAME,), words=("理财",), papers=(OTHER,), unless_pre_approval=unless
            )
        )

    assert found()[0].fields == (NAME, "mini_program.pre_approvals", OTHER)
    assert found(**none)
    assert not found(**rows)
    assert found(unless=False, **rows)[0].fields == (NAME, OTHER)
    assert not found(unless=False, materials__applets_other_materials=["a.jpg"])


def test_papers_are_missed_together_or_each():
    two = ("materials.authenticity_responsibility_letter", "materials.authenticity_commitment_letter")
    given = case(materials__authenticity_commitment_letter=["a.jpg"])
    (hit,) = words.paper_present(given, two, each=True)
    assert hit == Hit({"papers": "真实性责任告知书"}, two[:1])
    assert not list(words.paper_present(given, two))
    assert len(list(words.paper_present(case(), two))) == 1


def test_a_paper_that_is_not_asked_for_is_not_missed():
    field = ("materials.business_name_change_letter",)
    assert not list(words.paper_present(case(subject__type="个人"), field))
    assert list(words.paper_present(case(subject__type="企业"), field))


@pytest.mark.parametrize(
    ("certificate", "address", "city", "found"),
    [
        ("河北省石家庄市长安区中山东路 8 号", "新华道 8 号 301 室", "唐山市", True),
        ("河北省石家庄市长安区中山东路 8 号", "唐山市路北区新华道 8 号", "石家庄市", True),
        ("河北省石家庄市长安区中山东路 8 号", "中山东路 8 号 301 室", "石家庄市", False),
        (
            "北京市海淀区知春路 8 号",
            "新华道 8 号 301 室",
            "唐山市",
            False,
        ),  # another province: said elsewhere
        ("中山东路 8 号", "新华道 8 号 301 室", "唐山市", False),
    ],
)
def test_both_addresses_lie_in_one_city(certificate: str, address: str, city: str, found: bool):
    given = case(
        subject__type="企业",
        subject__province="河北省",
        subject__city=city,
        subject__certificate_address=certificate,
        subject__address=address,
    )
    fields = ("subject.certificate_address", "subject.address", "subject.city")
    assert bool(list(words.address_same_city(given, fields))) is found


@pytest.mark.parametrize(("district", "found"), [("东丽区", True), ("滨海新区", False), ("", False)])
def test_a_zone_belongs_to_a_district(district: str, found: bool):
    given = case(
        subject__province="天津市",
        subject__city="天津市",
        subject__district=district,
        subject__address="空港经济区西三道 8 号 301 室",
    )
    fields = ("subject.district", "subject.address")
    hits = words.zone_elsewhere(given, fields, words=("空港经济区",), allowed=("滨海新区",))
    assert bool(list(hits)) is found


@pytest.mark.parametrize(
    ("name", "remark", "found"),
    [
        ("青芽记账本", "", False),
        ("拾光随手账", "", True),
        ("ABCD", "", True),
        ("拾光随手账", "拾光是本公司的品牌，用于记录家庭日常开支，不涉及经营。", False),
    ],
)
def test_a_name_that_the_subject_does_not_explain(name: str, remark: str, found: bool):
    given = case(
        subject__type="企业",
        subject__name="青芽（北京）科技有限公司",
        mini_program__name=name,
        mini_program__comment=remark,
    )
    fields = (NAME, "subject.name", COMMENT)
    assert bool(list(program.unrelated_name(given, fields, explained=("本公司",)))) is found


def test_an_empty_draft_has_nothing_wrong():
    given = {
        "years": 18,
        "men": 60,
        "women": 55,
        "least": 3,
        "months": 3,
        "papers": (OTHER,),
        "words": ("理财",),
        "needs": ("班",),
        "chars": 30,
        "all_of": ("个人",),
        "allowed": (),
        "explained": (),
    }
    for check in PROVINCE_CHECKS:
        if check is words.paper_present:
            continue
        code = check.__code__
        takes = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
        wanted = {name: given[name] for name in takes if name in given}
        fields = (NAME, "subject.name", COMMENT)[: 2 if check is people.valid_no_longer else 3]
        assert not list(check(case(), fields, **wanted)), check.__name__


# The rules as they stand


@pytest.fixture(scope="module")
def provincial():
    rules = [(code, rule) for code, rule in every_rule() if code]
    assert rules
    return rules


def test_every_draft_of_a_rule_is_of_its_province(provincial):
    names = {row.code: row.name for row in provinces()}
    wrong = [
        rule.id
        for code, rule in provincial
        for example in (rule.ok, rule.bad)
        if example.get("subject.province") != names[code]
    ]
    assert not wrong


def test_every_rule_of_a_province_finds_its_bad_draft_only(provincial):
    for _, rule in provincial:
        for example, expected in ((rule.ok, False), (rule.bad, True)):
            found = any(finding.rule == rule.id for finding in check_example(example).findings)
            assert found is expected, rule.id


def test_ids_are_unique_and_name_their_province(provincial):
    ids = [rule.id for _, rule in every_rule()]
    assert len(ids) == len(set(ids))
    heads: dict[str, set[str]] = {}
    for code, rule in provincial:
        heads.setdefault(code, set()).add(rule.id.partition(".")[0])
    assert all(len(found) == 1 for found in heads.values())


def test_one_source_alone_is_never_an_error(provincial):
    errors = [rule for _, rule in provincial if rule.severity == "error"]
    assert [rule.id for rule in errors if rule.confidence not in ("several", "official")] == []
    assert [
        rule.id for _, rule in provincial if rule.confidence in ("several", "conflict") and not rule.cite2
    ] == []
    assert [
        rule.id for _, rule in provincial if rule.confidence == "conflict" and rule.severity != "warning"
    ] == []


def test_what_a_rule_replaces_exists(provincial):
    known = {rule.id for _, rule in every_rule()}
    answers = ("ric.under-18", "hmt-residence.under-18", "foreign-pr.under-18")
    unknown = [
        (rule.id, other)
        for _, rule in provincial
        for other in (*rule.replaces, *rule.settles)
        if other not in known
    ]
    assert [(id_, other) for id_, other in unknown if other not in answers] == []


FORBIDDEN = re.compile("请勿|不能|不要|非法|无效|错误的输入|抱歉|您|!|！|其它|网站备案")
TIGHT = re.compile(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]")


def test_sentences_are_plain(provincial):
    for _, rule in provincial:
        for text in (rule.message, rule.fix):
            assert not FORBIDDEN.search(text), rule.id
            assert not TIGHT.search(text), rule.id
            assert not text.endswith("。"), rule.id
