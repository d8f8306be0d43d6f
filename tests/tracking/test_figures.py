"""Numbers for the boss: counted from events whose days are known."""

from datetime import date

import pytest

from tests.tracking.cases import NUMBERS, a_draft, followed
from wizard.tracking.calendar import Calendar
from wizard.tracking.charts import MOST_REASONS, charts, rate, whole
from wizard.tracking.events import STATES
from wizard.tracking.figures import NOT_KNOWN, NOT_TOLD, SYSTEM, Counted, Tally
from wizard.tracking.record import record_of

ON = date(2026, 11, 25)


def at_once():
    return followed(
        ("submitted", "2026-10-09"),
        ("sms_received", "2026-10-12 10:00"),
        ("sms_done", "2026-10-12 11:00"),
        ("number_granted", "2026-10-23", NUMBERS),
    )


def rejected(text="通讯地址未填写到门牌号；身份证照片不清晰"):
    return followed(
        ("submitted", "2026-10-12"),
        ("review_rejected", "2026-10-13", {"rejection": text}),
        ("submitted", "2026-10-14"),
        ("sms_received", "2026-10-15 09:00"),
        ("sms_done", "2026-10-15 12:00"),
        ("number_granted", "2026-10-30", NUMBERS),
    )


def missed():
    return followed(
        ("submitted", "2026-11-02"), ("sms_received", "2026-11-03 09:00"), ("sms_missed", "2026-11-04 09:30")
    )


def counted(*drafts, since=None, until=None):
    tally = Tally(Calendar.load(), ON, since, until)
    for draft in drafts:
        record = record_of(draft)
        tally.take(STATES[record.following.state], record)
    return tally.figures()


def test_states_are_counted():
    figures = counted(at_once(), rejected(), missed(), a_draft())
    assert figures.cases == 4
    assert {one.title: one.count for one in figures.states} == {"备案成功": 2, "已驳回": 1, "填写中": 1}


def test_days_are_working_days_with_the_shifted_saturday_counted():
    stages = {one.title: one for one in counted(at_once()).stages}
    assert stages["平台初审"].middle == 2
    assert stages["短信核验"].middle == 0
    assert stages["通管局审核"].longest == 9
    assert counted(at_once()).whole.longest == 11


def test_each_round_of_a_stage_counts_and_the_middle_one_is_told():
    first = {one.title: one for one in counted(rejected()).stages}["平台初审"]
    assert (first.count, first.middle) == (2, 1)
    both = {one.title: one for one in counted(rejected(), at_once()).stages}["平台初审"]
    assert (both.count, both.middle, both.longest) == (3, 1, 2)


def test_the_share_that_passes_at_once_is_of_those_decided():
    figures = counted(at_once(), rejected(), missed(), followed(("submitted", "2026-11-20")))
    assert (figures.at_once, figures.decided) == (1, 3)
    assert rate(figures) == "一次通过率 33%（3 个里 1 个）"
    assert rate(counted(a_draft())) == "一次通过率：还没有结果"


def test_a_change_that_is_rejected_later_leaves_the_first_filing_passed():
    draft = at_once()
    for step in (
        ("change_begun", "2026-11-02", {"change": ["contact.mobile"]}),
        ("submitted", "2026-11-03"),
        ("review_rejected", "2026-11-04", {"rejection": "授权书没有盖章"}),
    ):
        draft = followed(step, draft=draft)
    figures = counted(draft)
    assert (figures.at_once, figures.decided, figures.rejections) == (1, 1, 1)


def test_reasons_are_named_in_the_words_of_the_list():
    figures = counted(rejected(), missed(), rejected(""), rejected("今天天气不错"))
    reasons = {one.title: one.count for one in figures.reasons}
    assert reasons["通讯地址没到门牌号"] == 1
    assert reasons["证件图片不清晰、反光、缺角"] == 1
    assert reasons[SYSTEM] == reasons[NOT_TOLD] == reasons[NOT_KNOWN] == 1


def test_the_same_reason_twice_in_one_rejection_counts_once():
    figures = counted(rejected("主体负责人电话无人接听；小程序负责人电话无人接听"))
    assert figures.reasons == [Counted("电话无人接听", 1)]


@pytest.mark.parametrize(
    ("since", "until", "cases"),
    [
        (date(2026, 10, 12), None, 2),
        (None, date(2026, 10, 12), 2),
        (date(2026, 10, 12), date(2026, 10, 12), 1),
        (date(2027, 1, 1), None, 0),
    ],
)
def test_a_period_takes_what_was_first_handed_in_then(since, until, cases):
    figures = counted(at_once(), rejected(), missed(), a_draft(), since=since, until=until)
    assert figures.cases == cases


def test_what_only_follows_from_the_form_has_a_state_but_no_days():
    draft = a_draft(
        progress__submitted_on="2026-10-09", progress__service_icp_number="京ICP备2026012345号-1X"
    )
    figures = counted(draft)
    assert [one.title for one in figures.states] == ["备案成功"]
    assert not figures.stages
    assert figures.decided == 0


def test_charts_say_so_where_there_is_nothing():
    made = charts(counted(), [])
    assert [chart.bars for chart in made] == [(), (), ()]
    assert all(chart.lead.endswith("。") for chart in made)
    assert whole(counted()).startswith("0 个备案，统计到 2026-11-25")


def test_states_stand_in_their_order_and_rare_reasons_together():
    figures = counted(at_once(), missed(), a_draft())
    made = charts(figures, list(STATES.values()))
    assert [bar.title for bar in made[0].bars] == ["填写中", "已驳回", "备案成功"]
    many = Tally(Calendar.load(), ON)
    many._reasons.update({f"原因 {number:02}": 20 - number for number in range(15)})
    bars = charts(many.figures(), [])[2].bars
    assert len(bars) == MOST_REASONS + 1
    assert bars[-1].title == "其他原因"
    assert bars[-1].value == 8 + 7 + 6
