"""A case that is followed is exported with what is known of it: the dates of its stages, 送审记录."""

from datetime import date

from tests.tracking.cases import NUMBERS, a_draft, at, followed
from wizard.check.run import self_check
from wizard.freeze import freeze

ON = date(2026, 11, 25)


def frozen(draft):
    return freeze(draft, self_check(draft, ON), at("2026-11-25 10:00"), final=False)


def test_dates_that_are_known_stand_in_the_packet():
    draft = followed(("submitted", "2026-11-20"), ("sms_received", "2026-11-24 10:05"))
    made = frozen(draft)
    assert made.dates["preliminary_review"] == "11 月 24 日"
    assert made.dates["sms_verification"] == "11 月 25 日 10:05 前"
    assert [line[:3] for line in made.record] == [("2026-11-20", "提交平台", "")]


def test_the_record_of_two_rounds():
    draft = followed(
        ("submitted", "2026-11-10"),
        ("review_rejected", "2026-11-11", {"rejection": "通讯地址\n不详"}),
        ("submitted", "2026-11-12"),
        ("remarked", "2026-11-12", {"text": "打过电话"}),
        ("number_granted", "2026-11-24", NUMBERS),
    )
    assert frozen(draft).record == (
        ("2026-11-10", "提交平台", "", ""),
        ("2026-11-11", "平台初审", "驳回", "通讯地址 不详"),
        ("2026-11-12", "提交平台", "", ""),
        ("2026-11-24", "备案号", "取得", NUMBERS["service_icp_number"]),
    )


def test_without_a_record_the_dates_are_planned():
    made = frozen(a_draft())
    assert made.record == ()
    assert made.dates["preliminary_review"] == "11 月 26 日–11 月 27 日"


def test_what_a_change_is_about_is_known_where_it_was_noted():
    granted = [("submitted", "2026-11-10"), ("number_granted", "2026-11-24", NUMBERS)]
    changing = {"change": ["subject.address"]}
    assert frozen(followed(*granted)).changing == ()
    assert frozen(followed(*granted, ("change_begun", "2026-11-25", changing))).changing == (
        "subject.address",
    )
    assert frozen(followed(*granted, ("change_begun", "2026-11-25", {"change": "nothing"}))).changing == ()
