"""The branches of single checks that the two drafts of a rule do not reach."""

from datetime import date

import pytest

from tests.check.drafts import ON, bare, changed, rules_found, said, sample
from wizard.check.dates import months_later
from wizard.check.run import self_check
from wizard.draft import Draft
from wizard.picture import PictureFacts

COMPANY = sample("company")
CONTACT = {
    "contact__same_as_principal": "否",
    "contact__is_legal_person": "否",
    "contact__name": "苏晓岚",
    "contact__certificate_type": "居民身份证",
    "contact__certificate_number": "110108199007259924",
}


def test_the_company_is_good_to_begin_with():
    assert not self_check(COMPANY, ON).blocked


# ───────── places


@pytest.mark.parametrize(
    ("address", "chosen", "message"),
    [
        ("北京市大兴区旧桥路25号", {}, None),
        ("北京大兴区旧桥路25号", {}, None),
        ("大兴区旧桥路25号", {}, None),
        ("北京市朝阳区旧桥路25号", {}, "所选地区是大兴区，证件住所在朝阳区"),
        ("上海市浦东新区世纪大道1号", {}, "所选地区是北京市，证件住所在上海市"),
        ("旧桥路25号", {}, None),
        ("浙江省杭州市下城区体育场路1号", {"subject__district": "拱墅区"}, None),
        (
            "浙江省宁波市海曙区灵桥路8号",
            {"subject__district": "余杭区"},
            "所选地区是杭州市，证件住所在宁波市",
        ),
        ("重庆市丰都县三合街道1号", {"subject__district": "万州区"}, "所选地区是万州区，证件住所在丰都县"),
    ],
)
def test_region_and_certificate(address, chosen, message):
    region = {"subject__district": "大兴区"} | chosen
    if "浙江" in address:
        region |= {"subject__province": "浙江省", "subject__city": "杭州市"}
    if "重庆" in address:
        region |= {"subject__province": "重庆市", "subject__city": "重庆市"}
    report = self_check(changed(COMPANY, subject__certificate_address=address, **region), ON)
    assert said(report, "place.region-matches-certificate") == ([message] if message else [])


@pytest.mark.parametrize(
    ("address", "start"),
    [
        ("北京市大兴区旧桥路25号", "北京市大兴区"),
        ("北京市 大兴区 旧桥路25号", "北京市 大兴区"),
        ("大兴区旧桥路25号", "大兴区"),
        ("北京大兴区旧桥路25号", "北京大兴区"),
        ("北京路25号", None),
        ("大兴路25号", None),
        ("北京西站南路25号", None),
        ("旧桥路25号", None),
    ],
)
def test_address_that_repeats_the_region(address, start):
    report = self_check(changed(COMPANY, subject__address=address), ON)
    expected = [f"通讯地址以“{start}”开头，省市区已单独选择"] if start else []
    assert said(report, "place.address-repeats-region") == expected
    assert not said(report, "place.address-elsewhere")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("广东省深圳市南山区科技路1号", "通讯地址写的是广东省，所选地区是北京市"),
        ("朝阳区建国路1号", "通讯地址写的是朝阳区，所选地区是大兴区"),
        ("北京市朝阳区建国路1号", "通讯地址写的是朝阳区，所选地区是大兴区"),
        ("朝阳路1号", None),
        ("南京东路1号", None),
        ("上海路1号", None),
    ],
)
def test_address_in_another_region(address, message):
    report = self_check(changed(COMPANY, subject__address=address), ON)
    assert said(report, "place.address-elsewhere") == ([message] if message else [])


@pytest.mark.parametrize(
    ("address", "found"),
    [("旧桥路25号", False), ("麦香村三组", False), ("科技大厦B座", False), ("旧桥路中段路东", True)],
)
def test_house_number(address, found):
    assert ("place.address-house-number" in rules_found(bare(subject__address=address))) is found


def test_a_national_code_says_nothing_about_a_province():
    draft = changed(COMPANY, subject__certificate_number="12100000400006821W", subject__type="事业单位")
    assert "place.code-from-elsewhere" not in rules_found(draft)


def test_somebody_from_elsewhere_with_a_permit():
    away = changed(
        sample("person"), subject__province="浙江省", subject__city="杭州市", subject__district="余杭区"
    )
    assert "individual.residence-permit" in rules_found(away) or any(
        rule.startswith("zhejiang.") for rule in rules_found(away)
    )
    attached = away.with_attachments("subject.residence_permit", ("permit.jpg",))
    assert "individual.residence-permit" not in rules_found(attached)


# ───────── dates


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 31), -1, date(2025, 12, 31)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
        (date(9999, 12, 31), 1, date.max),
        (date(1, 1, 1), -1, date.min),
    ],
)
def test_months(day, months, expected):
    assert months_later(day, months) == expected


@pytest.mark.parametrize(
    ("end", "rule"),
    [
        ("2026-11-22", "people.certificate-expired"),
        ("2026-11-23", "people.certificate-ends-soon"),
        ("2027-02-22", "people.certificate-ends-soon"),
        ("2027-02-23", None),
        ("长期", None),
    ],
)
def test_what_is_left_of_a_certificate(end, rule):
    found = rules_found(bare(principal__certificate_validity_date_end=end))
    assert [one for one in found if one.startswith("people.certificate")] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("born", "start", "end", "fits"),
    [
        ("19840312", "2018-05-20", "2038-05-20", True),
        ("19840312", "2018-05-20", "2028-05-20", False),
        ("19840312", "2009-05-20", "2019-05-20", True),
        ("19840312", "2010-03-12", "2030-03-12", True),
        ("19750312", "2021-03-12", "长期", True),
        ("19750312", "2021-03-11", "长期", False),
        ("19750312", "2021-03-12", "2041-03-12", False),
        ("20080312", "2022-03-12", "2027-03-12", True),
    ],
)
def test_span_by_age(born, start, end, fits):
    number = resident_id(f"110115{born}999")
    found = rules_found(
        bare(
            principal__certificate_type="居民身份证",
            principal__certificate_number=number,
            principal__certificate_validity_date_start=start,
            principal__certificate_validity_date_end=end,
        )
    )
    assert ("people.validity-span" not in found) is fits


def resident_id(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return (
        body
        + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11]
    )


@pytest.mark.parametrize(
    ("since", "on", "rule"),
    [
        ("2023-05-01", date(2023, 8, 8), None),
        ("2023-05-01", date(2023, 8, 9), "online.deadline"),
        ("2023-05-01", date(2024, 3, 31), "online.deadline"),
        ("2023-05-01", date(2024, 4, 1), "online.overdue"),
        ("2023-08-31", ON, "online.overdue"),
        ("2023-09-01", ON, "online.before-filing"),
        ("2026-11-24", ON, "online.in-future"),
    ],
)
def test_deadlines_by_when_it_went_online(since, on, rule):
    draft = bare(mini_program__online_status="已上架", mini_program__online_since=since)
    assert [one for one in rules_found(draft, on) if one.startswith("online.")] == ([rule] if rule else [])


def test_not_online_yet():
    assert "online.first-file" in rules_found(bare(mini_program__online_status="未上架"))
    assert not [
        one
        for one in rules_found(bare(mini_program__online_status="未上架"), date(2023, 8, 31))
        if "online" in one
    ]


# ───────── people


def test_two_people_need_two_numbers():
    same = changed(
        COMPANY, **CONTACT, contact__mobile="138 0000 0101", contact__email="lin.zhiyuan@example.com"
    )
    assert {"people.mobile-differs", "people.email-differs"} <= set(rules_found(same))
    own = changed(same, contact__mobile="13800000202", contact__email="su.xiaolan@example.com")
    assert not {"people.mobile-differs", "people.email-differs"} & set(rules_found(own))


def test_nobody_is_another_person_before_it_is_known():
    assert "people.mobile-differs" not in rules_found(
        bare(principal__name="林知远", principal__mobile="13800000101", contact__mobile="13800000101")
    )


def test_one_person_filled_in_twice():
    draft = changed(
        COMPANY,
        **CONTACT
        | {
            "contact__certificate_number": "11011519840312991X",
            "contact__name": "林知远",
            "contact__is_legal_person": "是",
            "contact__mobile": "13800000202",
        },
    )
    found = rules_found(draft)
    assert "people.same-person-twice" in found
    assert "people.mobile-differs" not in found
    assert "contact.second-legal-person" not in found


@pytest.mark.parametrize(
    ("province", "number", "rule"),
    [
        ("北京市", "11011520100601999X", "under"),
        ("", "11011520100601999X", "people.under-18"),
        ("广东省", "440305201206019999", "under-16"),
    ],
)
def test_age_by_province(province, number, rule):
    draft = bare(
        subject__province=province,
        principal__certificate_type="居民身份证",
        principal__certificate_number=number,
    )
    report = self_check(draft, ON)
    errors = [one.message for one in report.findings if one.severity == "error" and "周岁" in one.message]
    assert errors, rule
    assert "ric.under-18" not in [one.rule for one in report.findings]


def test_age_is_known_from_residence_permits_too():
    number = resident_id("81000020120312999")
    draft = bare(principal__certificate_type="港澳台居民居住证", principal__certificate_number=number)
    assert "people.under-18" in rules_found(draft)


# ───────── the program


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("绿柠檬便民工具", None),
        ("绿柠檬365", None),
        ("360365", "program.name-only-digits"),
        ("GreenLemon", "program.name-only-latin"),
        ("GreenLemon.com", "program.name-like-domain"),
        ("柠檬", "program.name-few-characters"),
        ("林知远", "program.name-of-person"),
        ("便民服务", "program.name-too-general"),
        ("便民 服务", "program.name-too-general"),
        ("中华绿柠檬", "program.name-of-state"),
        ("绿柠檬Demo", "program.name-trial"),
        ("Latest 绿柠檬", None),
        ("国家便民工具", "program.name-of-authority"),
        ("爱国家园记事", None),
        ("绿柠檬小程序", "program.name-says-program"),
    ],
)
def test_names(name, rule):
    found = rules_found(changed(COMPANY, mini_program__name=name))
    assert [one for one in found if one.startswith("program.name")] == ([rule] if rule else [])


def test_a_word_in_the_name_of_the_subject_is_its_own():
    draft = changed(COMPANY, subject__name="中国绿柠檬有限公司", mini_program__name="中国绿柠檬")
    assert "program.name-of-state" not in rules_found(draft)


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("供本店顾客查看当日新闻和公告，预约到店自取时间，数据只存在用户手机里。", True),
        ("供本店顾客预约到店自取时间，不发布新闻资讯，不设评论，不涉及前置审批项目。", False),
        ("供本店顾客预约到店自取时间；没有新闻、没有短剧，也没有论坛；数据只存在手机里。", False),
    ],
)
def test_a_denied_word_does_not_count(comment, found):
    assert ("approval.word-in-name" in rules_found(changed(COMPANY, mini_program__comment=comment))) is found


def test_a_chosen_item_answers_its_word():
    draft = changed(
        COMPANY,
        mini_program__name="绿柠檬新闻",
        mini_program__pre_approvals=({"type": "新闻", "code": "第 1 号", "media": ["a.jpg"]},),
    )
    assert "approval.word-in-name" not in rules_found(draft)


def test_pre_approval_needs_number_and_document():
    draft = bare(mini_program__pre_approvals=({"type": "新闻"}, {"type": "出版", "code": "第 1 号"}))
    report = self_check(draft, ON)
    assert said(report, "approval.number") == ["前置审批“新闻”没有填审批号"]
    assert said(report, "approval.document") == [
        "前置审批“新闻”没有附批准文件",
        "前置审批“出版”没有附批准文件",
    ]


# ───────── the subject


@pytest.mark.parametrize(
    ("nature", "count", "over"), [("个人", "5", True), ("企业", "49", False), ("企业", "50", True)]
)
def test_quota(nature, count, over):
    draft = bare(subject__type=nature, subject__filed_count=count)
    assert ("subject.quota" in rules_found(draft)) is over
    assert "subject.quota" not in rules_found(changed(draft, subject__filing_type="变更"))


def test_record_numbers():
    draft = bare(
        subject__filing_type="变更",
        subject__record_number="京ICP备2020012345号-1X",
        subject__province="北京市",
    )
    report = self_check(draft, ON)
    assert said(report, "subject.record-number-kind") == ["主体备案号填的是小程序的备案号，多了“-”后面的一段"]
    assert not said(report, "subject.record-province")
    elsewhere = self_check(changed(draft, subject__province="四川省"), ON)
    assert said(elsewhere, "subject.record-province") == ["主体备案号是北京市发的，备案省选的是四川省"]


# ───────── pictures

LICENCE = Draft(answers={"subject.type": "企业"}, attachments={"subject.certificate_photo": ("a.jpg",)})


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        (PictureFacts("JPEG", 1500, 1100, 150_000), []),
        (PictureFacts("PNG", 1100, 1500, 150_000), []),
        (PictureFacts("JPEG", 1400, 1000, 150_000), ["picture.licence-small"]),
        (PictureFacts("JPEG", 1279, 720, 150_000), ["picture.too-small"]),
        (PictureFacts("JPEG", 600, 400, 50_000), ["picture.too-small"]),
        (PictureFacts("JPEG", 1500, 1100, 50_000), ["picture.under-100k"]),
        (PictureFacts("JPEG", 1500, 1100, 210_000), ["picture.over-200k"]),
        (PictureFacts("JPEG", 1500, 1100, 3_000_000), ["picture.too-heavy"]),
        (PictureFacts("HEIC", 4000, 3000, 3_000_000), ["picture.format", "picture.too-heavy"]),
        (PictureFacts("PDF", 0, 0, 150_000), ["picture.format"]),
        (PictureFacts("", 0, 0, 0), ["picture.unreadable"]),
        (PictureFacts("JPEG", 1500, 1100, 150_000, sideways=True), ["picture.turned"]),
    ],
)
def test_pictures(facts, rules):
    found = rules_found(LICENCE, pictures={"a.jpg": facts})
    assert [rule for rule in found if rule.startswith("picture.")] == rules


def test_a_document_of_pre_approval_is_a_picture_too():
    draft = bare(mini_program__pre_approvals=({"type": "新闻", "code": "第 1 号", "media": ["a.pdf"]},))
    report = self_check(draft, ON, {"a.pdf": PictureFacts("PDF", 0, 0, 100_000)})
    assert said(report, "picture.format") == ["前置审批是 PDF 文件，平台只收 JPG、JPEG、PNG"]


def test_one_person_may_use_a_picture_twice():
    same = {"principal.certificate_photo_front": ("a.jpg",), "contact.certificate_photo_front": ("a.jpg",)}
    one = Draft(answers={"principal.name": "林知远", "contact.name": "林知远"}, attachments=same)
    two = Draft(answers={"principal.name": "林知远", "contact.name": "苏晓岚"}, attachments=same)
    assert "picture.of-another-person" not in rules_found(one)
    assert "picture.of-another-person" in rules_found(two)
