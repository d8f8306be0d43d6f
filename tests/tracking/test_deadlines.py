"""Every computed deadline of 2023–2027 against the official tables, typed apart from the program's."""

from datetime import date, timedelta

import pytest

from tests.tracking.cases import NUMBERS, a_draft, at, followed
from tests.tracking.official_days import DAY, NOTICES, is_worked, workdays_after
from wizard.tracking.calendar import Calendar
from wizard.tracking.deadlines import deadlines, next_deadline

CALENDAR = Calendar.load()
OLD_NUMBER = {"service_icp_number": "京ICP备20012345号-1X"}
EVERY_DAY = [
    date(2023, 1, 1) + timedelta(days=n) for n in range((date(2027, 12, 31) - date(2023, 1, 1)).days)
]


def of(draft, today="2026-11-25"):
    return deadlines(draft, CALENDAR, date.fromisoformat(today))


def spans(draft):
    return [
        (one.earliest.isoformat() if one.earliest else "", one.latest.isoformat(), one.certain)
        for one in of(draft)
    ]


@pytest.mark.parametrize("year", NOTICES)
def test_the_bundled_tables_say_what_the_notices_say(year):
    day = date(year, 1, 1)
    while day.year == year:
        found = CALENDAR.is_workday(day)
        assert (found.works, found.official) == (is_worked(day), True), day
        day += DAY


def test_every_day_of_submission_from_2023_to_2027():
    for day in EVERY_DAY:
        draft = followed(("submitted", f"{day} 09:00"))
        first, last = workdays_after(day, 1), workdays_after(day, 2)
        (found,) = of(draft)
        assert (found.earliest, found.latest) == (first, last), day
        assert found.certain == (last.year <= 2026), day
        assert ("预计" in found.span) == (last.year > 2026), day


def test_every_day_of_verification_from_2023_to_2027():
    for day in (one for one in EVERY_DAY if one <= date(2027, 11, 30)):
        draft = followed(("submitted", f"{day} 08:00"), ("sms_done", f"{day} 09:00"))
        first, last = workdays_after(day, 1), workdays_after(day, 20)
        (found,) = of(draft)
        assert (found.earliest, found.latest) == (first, last), day
        assert found.certain == (last.year <= 2026), day
        assert ("预计" in found.span) == (last.year > 2026), day


def test_every_day_of_a_message_and_of_a_number_from_2023_to_2027():
    for day in EVERY_DAY[::3]:
        waiting = followed(("submitted", f"{day} 08:00"), ("sms_received", f"{day} 21:47"))
        (found,) = of(waiting)
        assert found.moment == at(f"{day + DAY} 21:47")
        assert found.latest == day + DAY
        granted = followed(("number_granted", f"{day} 22:00", OLD_NUMBER), draft=waiting)
        (found,) = of(granted)
        assert (found.latest, found.certain) == (day + 30 * DAY, True)


@pytest.mark.parametrize(
    ("submitted", "first", "last"),
    [
        # 元旦 2023: 12.31–1.2 off; Friday 12.30: Tuesday 3, Wednesday 4
        ("2022-12-30", "2023-01-03", "2023-01-04"),
        # 春节 2023: 1.21–27 off, Saturday 28 and Sunday 29 worked; Thursday 19: Friday 20, Saturday 28
        ("2023-01-19", "2023-01-20", "2023-01-28"),
        ("2023-01-20", "2023-01-28", "2023-01-29"),
        # 清明 2023: Wednesday 4.5 off
        ("2023-04-04", "2023-04-06", "2023-04-07"),
        # 劳动节 2023: 4.29–5.3 off, Sunday 4.23 and Saturday 5.6 worked
        ("2023-04-21", "2023-04-23", "2023-04-24"),
        ("2023-04-28", "2023-05-04", "2023-05-05"),
        ("2023-05-04", "2023-05-05", "2023-05-06"),
        # 端午 2023: 6.22–24 off, Sunday 25 worked
        ("2023-06-21", "2023-06-25", "2023-06-26"),
        # 国庆 2023: 9.29–10.6 off, Saturday 7 and Sunday 8 worked
        ("2023-09-28", "2023-10-07", "2023-10-08"),
        # 春节 2024: 2.10–17 off, Sunday 2.4 and Sunday 2.18 worked, 除夕 2.9 worked
        ("2024-02-02", "2024-02-04", "2024-02-05"),
        ("2024-02-08", "2024-02-09", "2024-02-18"),
        ("2024-02-09", "2024-02-18", "2024-02-19"),
        # 清明 2024: 4.4–6 off, Sunday 7 worked
        ("2024-04-03", "2024-04-07", "2024-04-08"),
        # 端午 2024: Monday 6.10 off
        ("2024-06-07", "2024-06-11", "2024-06-12"),
        # 中秋 2024: 9.15–17 off, Saturday 14 worked
        ("2024-09-13", "2024-09-14", "2024-09-18"),
        # 国庆 2024: 10.1–7 off, Sunday 9.29 and Saturday 10.12 worked
        ("2024-09-28", "2024-09-29", "2024-09-30"),
        ("2024-09-30", "2024-10-08", "2024-10-09"),
        ("2024-10-11", "2024-10-12", "2024-10-14"),
        # 春节 2025: 1.28–2.4 off, Sunday 1.26 and Saturday 2.8 worked
        ("2025-01-24", "2025-01-26", "2025-01-27"),
        ("2025-01-27", "2025-02-05", "2025-02-06"),
        ("2025-02-07", "2025-02-08", "2025-02-10"),
        # 劳动节 2025: 5.1–5 off, Sunday 4.27 worked
        ("2025-04-25", "2025-04-27", "2025-04-28"),
        ("2025-04-30", "2025-05-06", "2025-05-07"),
        # 国庆中秋 2025: 10.1–8 off, Sunday 9.28 and Saturday 10.11 worked
        ("2025-09-26", "2025-09-28", "2025-09-29"),
        ("2025-09-30", "2025-10-09", "2025-10-10"),
        ("2025-10-10", "2025-10-11", "2025-10-13"),
        # 元旦 2026: 1.1–3 off, Sunday 4 worked
        ("2025-12-31", "2026-01-04", "2026-01-05"),
        # 春节 2026: 2.15–23 off, Saturday 2.14 and Saturday 2.28 worked
        ("2026-02-13", "2026-02-14", "2026-02-24"),
        ("2026-02-14", "2026-02-24", "2026-02-25"),
        ("2026-02-27", "2026-02-28", "2026-03-02"),
        # 清明 2026: 4.4–6 off
        ("2026-04-03", "2026-04-07", "2026-04-08"),
        # 劳动节 2026: 5.1–5 off, Saturday 9 worked
        ("2026-04-30", "2026-05-06", "2026-05-07"),
        ("2026-05-08", "2026-05-09", "2026-05-11"),
        # 端午 2026: 6.19–21 off
        ("2026-06-18", "2026-06-22", "2026-06-23"),
        # 中秋 and 国庆 2026: 9.25–27 and 10.1–7 off, Sunday 9.20 and Saturday 10.10 worked
        ("2026-09-18", "2026-09-20", "2026-09-21"),
        ("2026-09-24", "2026-09-28", "2026-09-29"),
        ("2026-09-30", "2026-10-08", "2026-10-09"),
        ("2026-10-09", "2026-10-10", "2026-10-12"),
    ],
)
def test_first_review_counted_by_hand(submitted, first, last):
    assert spans(followed(("submitted", submitted))) == [(first, last, True)]


@pytest.mark.parametrize(
    ("verified", "last", "certain"),
    [
        # before 春节 2023: Friday 20=1 28 29=3 30 31 2.1–3=8 6–10=13 13–17=18 20 21=20
        ("2023-01-19", "2023-02-21", True),
        # before 国庆 2023: 10.7 8=2 9–13=7 16–20=12 23–27=17 30 31 11.1=20
        ("2023-09-28", "2023-11-01", True),
        # before 春节 2024: 2.4=1 5–9=6 18=7 19–23=12 26–3.1=17 4 5 6=20
        ("2024-02-02", "2024-03-06", True),
        # before 春节 2025: 1.26 27=2 2.5–7=5 8=6 10–14=11 17–21=16 24–27=20
        ("2025-01-24", "2025-02-27", True),
        # before 国庆 2025: 9.28–30=3 10.9 10=5 11=6 13–17=11 20–24=16 27–30=20
        ("2025-09-26", "2025-10-30", True),
        # before 春节 2026: 2.14=1 24–27=5 28=6 3.2–6=11 9–13=16 16–19=20
        ("2026-02-13", "2026-03-19", True),
        # before 国庆 2026: 9.28 29 30=3 10.8 9=5 10=6 12–16=11 19–23=16 26–29=20
        ("2026-09-24", "2026-10-29", True),
        # the last that ends in the known years: 12.4=1 7–11=6 14–18=11 21–25=16 28–31=20
        ("2026-12-03", "2026-12-31", True),
        # and the first that does not: 7–11=5 14–18=10 21–25=15 28–31=19, 2027: 1.1 off by law, Monday 4=20
        ("2026-12-04", "2027-01-04", False),
    ],
)
def test_the_administrations_review_counted_by_hand(verified, last, certain):
    draft = followed(("submitted", f"{verified} 08:00"), ("sms_done", f"{verified} 09:00"))
    (found,) = of(draft)
    assert (found.latest.isoformat(), found.certain) == (last, certain)


def test_the_message_counts_to_the_minute_and_reminds_in_hours():
    (found,) = of(followed(("submitted", "2026-11-23"), ("sms_received", "2026-11-25 14:31")))
    assert found.moment == at("2026-11-26 14:31")
    assert found.span == "11 月 26 日 14:31 前"
    assert found.before == (12, 3, 1)
    assert not found.is_past(at("2026-11-26 14:31"))
    assert found.is_past(at("2026-11-26 14:32"))


def test_a_message_that_does_not_come():
    (found,) = of(followed(("submitted", "2026-11-23"), ("review_passed", "2026-11-24 10:00")))
    assert found.title == "应当收到 12381 短信"
    assert found.latest == date(2026, 11, 25)


def test_police_filing_until_it_is_done():
    granted = followed(("submitted", "2026-11-23"), ("number_granted", "2026-12-07", NUMBERS))
    assert [(one.id, one.latest.isoformat()) for one in of(granted)] == [("police", "2027-01-06")]
    assert of(followed(("police_filed", "2026-12-08"), draft=granted)) == ()
    assert next_deadline(of(granted), date(2027, 2, 5))
    assert next_deadline(of(granted), date(2027, 2, 6)) is None


def test_papers_that_run_out():
    draft = a_draft(
        principal__certificate_validity_date_end="2027-05-31",
        subject__certificate_validity_date_end="长期",
        contact__certificate_validity_date_end="2030-01-01",
        contact__authorization_letter_date="2026-11-10",
    )
    assert [(one.title, one.latest.isoformat()) for one in of(draft)] == [
        ("小程序负责人·授权书：最晚提交日", "2026-12-10"),
        ("主体负责人证件：最晚提交日", "2027-02-28"),
        ("小程序负责人证件：最晚提交日", "2029-10-01"),
    ]
    after = followed(("submitted", "2026-11-23"), draft=draft)
    assert [(one.title, one.latest.isoformat()) for one in of(after)] == [
        ("平台初审出结果", "2026-11-25"),
        ("主体负责人证件到期", "2027-05-31"),
        ("小程序负责人证件到期", "2030-01-01"),
    ]
    linked = draft.with_answer("contact.same_as_principal", "是")
    assert [one.id for one in of(linked)] == ["paper-principal.certificate_validity_date_end"]


def test_what_is_stopped_has_no_dates_and_what_is_past_is_not_next():
    draft = a_draft(principal__certificate_validity_date_end="2025-05-31")
    assert of(followed(("given_up", "2026-11-23"), draft=draft)) == ()
    assert next_deadline(of(draft), date(2026, 11, 25)) is None
    late = followed(("submitted", "2026-10-12"), draft=draft)
    found = next_deadline(of(late), date(2026, 11, 25))
    assert found
    assert found.title == "平台初审出结果"


def test_a_submission_again_is_another_deadline_of_the_same_kind():
    first = of(followed(("submitted", "2026-11-23")))[0]
    again = followed(
        ("submitted", "2026-11-23"), ("review_rejected", "2026-11-24"), ("submitted", "2026-11-25")
    )
    assert of(again)[0].id != first.id


def test_a_change_of_the_filing_later_is_another_deadline_too():
    granted = followed(("submitted", "2026-11-02"), ("number_granted", "2026-11-09", NUMBERS))
    first = followed(("change_begun", "2026-11-10"), ("submitted", "2026-11-10"), draft=granted)
    done = followed(("change_done", "2026-11-11"), draft=first)
    second = followed(("change_begun", "2026-11-12"), ("submitted", "2026-11-12"), draft=done)
    assert of(first)[0].title == of(second)[0].title == "平台初审出结果"
    assert of(first)[0].id != of(second)[0].id


def test_every_deadline_says_what_to_do_and_who_says_so():
    draft = a_draft(
        principal__certificate_validity_date_end="2027-05-31", contact__authorization_letter_date="2026-11-10"
    )
    steps = (("submitted", "2026-11-23"), ("sms_received", "2026-11-24"), ("sms_done", "2026-11-24 01:00"))
    for count in range(len(steps) + 1):
        for one in of(followed(*steps[:count], draft=draft)):
            assert one.todo
            assert one.sources
