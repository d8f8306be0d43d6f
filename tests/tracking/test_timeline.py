"""The five stages as dates, counted by hand; and what must hold for any filing."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.resource_files import toml
from wizard.tracking.calendar import Calendar
from wizard.tracking.stages import stages
from wizard.tracking.timeline import (
    BEIJING,
    StageDates,
    face_check_from,
    sms_deadline,
    timeline,
    words,
)

CALENDAR = Calendar.load()
IDS = ["filling", "preliminary_review", "sms_verification", "administration_review", "filed"]
near = st.dates(date(2019, 1, 1), date(2035, 12, 31))


def spans(line: tuple[StageDates, ...]) -> list[tuple[str, str]]:
    return [(str(dates.earliest), str(dates.latest)) for dates in line]


def test_the_stages_are_those_of_the_data():
    assert [stage.id for stage in stages()] == IDS
    assert [dates.stage_id for dates in timeline(CALENDAR, date(2026, 11, 23))] == IDS


def test_the_numbers_are_those_the_words_say():
    """`stages.toml` says it in words, `durations.toml` counts with it."""
    rules, told = toml("tracking", "durations.toml"), {stage.id: stage for stage in stages()}
    sms = told["sms_verification"]
    assert f"{rules['sms_verification']['hours']} 小时" in sms.duration
    assert any(f"输错 {rules['sms_verification']['tries']} 次" in hint for hint in sms.hints)
    assert any(f"{rules['face_check']['days']} 天内有效" in hint for hint in told["filling"].hints)
    own = rules["source"]
    known = {source["id"] for source in (*toml("stages.toml")["source"], *own)}
    assert all(set(rule["sources"]) <= known for name, rule in rules.items() if name != "source")


@pytest.mark.parametrize(
    ("submitted", "expected"),
    [
        # Monday, no holiday near: 24 or 25; 24–26; 25 to 20 after 26: 27=1 30–12.4=6 7–11=11 14–18=16 24=20
        (
            "2026-11-23",
            [
                ("2026-11-24", "2026-11-25"),
                ("2026-11-24", "2026-11-26"),
                ("2026-11-25", "2026-12-24"),
            ],
        ),
        # Friday before 国庆 2025, Sunday 9.28 worked: 28 or 29; 28–30; 29 to 20 after 30: 9 10 11=3 13–17=8
        # 20–24=13 27–31=18 11.3=19 11.4=20
        (
            "2025-09-26",
            [
                ("2025-09-28", "2025-09-29"),
                ("2025-09-28", "2025-09-30"),
                ("2025-09-29", "2025-11-04"),
            ],
        ),
        # Thursday before 春节 2026: 13 or Saturday 14; 13–15; 14 to 20 after 15: 24–27=4 28=5 3.2–6=10
        # 9–13=15 16–20=20
        (
            "2026-02-12",
            [
                ("2026-02-13", "2026-02-14"),
                ("2026-02-13", "2026-02-15"),
                ("2026-02-14", "2026-03-20"),
            ],
        ),
        # handed in on a day off (劳动节 2026): 5.6 or 5.7; 6–8; 7 to 20 after 8: 9=1 11–15=6 18–22=11
        # 25–29=16 6.1–4=20
        (
            "2026-05-02",
            [
                ("2026-05-06", "2026-05-07"),
                ("2026-05-06", "2026-05-08"),
                ("2026-05-07", "2026-06-04"),
            ],
        ),
    ],
)
def test_counted_by_hand(submitted: str, expected: list[tuple[str, str]]):
    line = timeline(CALENDAR, date.fromisoformat(submitted))
    assert spans(line) == [(submitted, submitted), *expected, expected[-1]]
    assert all(dates.certain for dates in line)
    assert not any(dates.done for dates in line)


def test_over_the_end_of_the_known_years():
    line = timeline(CALENDAR, date(2026, 12, 24))
    assert [dates.certain for dates in line] == [True, True, True, False, False]
    # 20 after Tuesday 12.29: 30 31=2 1.4–8=7 11–15=12 18–22=17 25 26 27=20
    assert words(line[3]) == "预计 2026 年 12 月 28 日–2027 年 1 月 27 日，未含调休"
    assert words(line[2]) == "12 月 25 日–12 月 29 日"


def test_the_message_came():
    at = datetime(2026, 11, 24, 10, 5, 30, tzinfo=BEIJING)
    line = timeline(CALENDAR, date(2026, 11, 20), sms_received_at=at)
    assert spans(line)[1:3] == [("2026-11-24", "2026-11-24"), ("2026-11-24", "2026-11-25")]
    assert [dates.done for dates in line] == [True, True, False, False, False]
    assert line[2].deadline == at + timedelta(hours=24)
    assert words(line[2]) == "11 月 25 日 10:05 前"
    assert words(line[2], today=date(2027, 1, 3)) == "2026 年 11 月 25 日 10:05 前"
    assert "24 小时" in line[2].note
    assert "5 次" in line[2].note
    # 管局: 1 after 24, to 20 after 25: 26 27=2 30–12.4=7 11=12 18=17 21 22 23=20
    assert spans(line)[3:] == [("2026-11-25", "2026-12-23")] * 2


def test_the_message_is_counted_in_beijing_time():
    night = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert sms_deadline(night) == datetime(2026, 11, 26, 1, 30, tzinfo=BEIJING)
    assert sms_deadline(night).date() == date(2026, 11, 26)
    plain = night.astimezone(BEIJING).replace(tzinfo=None)
    assert sms_deadline(plain) == sms_deadline(night)
    assert timeline(CALENDAR, date(2026, 11, 20), sms_received_at=plain) == timeline(
        CALENDAR, date(2026, 11, 20), sms_received_at=night
    )


def test_what_has_ended_is_taken_as_it_was():
    ended = {"preliminary_review": date(2026, 11, 26), "sms_verification": date(2026, 11, 27)}
    line = timeline(CALENDAR, date(2026, 11, 23), ended=ended)
    assert spans(line)[1:3] == [("2026-11-26", "2026-11-26"), ("2026-11-27", "2026-11-27")]
    # 11.30 to 20 after 27: 30–12.4=5 11=10 18=15 25=20
    assert spans(line)[3] == ("2026-11-30", "2026-12-25")
    assert [dates.done for dates in line] == [True, True, True, False, False]


def test_a_later_end_bounds_what_is_not_known():
    line = timeline(CALENDAR, date(2026, 11, 20), ended={"filed": date(2026, 12, 9)})
    assert spans(line) == [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-23", "2026-12-09"),
        ("2026-11-23", "2026-12-09"),
        ("2026-12-09", "2026-12-09"),
        ("2026-12-09", "2026-12-09"),
    ]
    assert all(dates.done and dates.certain for dates in line)


def test_a_day_before_its_time_is_told_not_mended():
    line = timeline(CALENDAR, date(2026, 11, 20), ended={"preliminary_review": date(2026, 11, 19)})
    assert line[1].note == "早于前面的环节，核对日期"
    assert line[1].latest == date(2026, 11, 19)
    with pytest.raises(ValueError, match="no such stage"):
        timeline(CALENDAR, date(2026, 11, 20), ended={"review": date(2026, 11, 24)})


def test_the_face_check_holds_three_days():
    assert face_check_from(date(2026, 12, 1)) == date(2026, 11, 29)
    assert timeline(CALENDAR, date(2026, 12, 1))[0].note == "人脸核身结果 3 天内有效，11 月 29 日起做"
    assert timeline(CALENDAR, date(2026, 12, 1), ended={"filed": date(2026, 12, 9)})[0].note == ""


@pytest.mark.parametrize(
    ("dates", "today", "text"),
    [
        (StageDates("x", date(2026, 12, 1), date(2026, 12, 28)), None, "12 月 1 日–12 月 28 日"),
        (StageDates("x", date(2026, 12, 1), date(2026, 12, 1)), None, "12 月 1 日"),
        (StageDates("x", date(2026, 12, 1), date(2026, 12, 1)), date(2026, 5, 1), "12 月 1 日"),
        (StageDates("x", date(2027, 1, 4), date(2027, 1, 4)), date(2026, 12, 1), "2027 年 1 月 4 日"),
        (
            StageDates("x", date(2027, 1, 4), date(2027, 1, 8), certain=False),
            None,
            "预计 1 月 4 日–1 月 8 日，未含调休",
        ),
    ],
)
def test_words(dates: StageDates, today: date | None, text: str):
    assert words(dates, today) == text


@given(near)
def test_one_stage_follows_another(submitted: date):
    line = timeline(CALENDAR, submitted)
    assert all(dates.earliest <= dates.latest for dates in line)
    for before, after in pairwise(line):
        assert before.earliest <= after.earliest
        assert before.latest <= after.latest
        assert before.certain or not after.certain
    assert CALENDAR.workdays_between(line[0].latest, line[1].latest).days == 2
    assert CALENDAR.workdays_between(line[2].latest, line[3].latest).days == 20
    assert CALENDAR.workdays_between(line[2].earliest, line[3].earliest).days == 1


@given(near, near)
def test_who_hands_in_later_is_not_done_sooner(one: date, other: date):
    early, late = (timeline(CALENDAR, day) for day in sorted((one, other)))
    for before, after in zip(early, late, strict=True):
        assert before.earliest <= after.earliest
        assert before.latest <= after.latest


@given(
    st.dates(),
    st.none() | st.datetimes(timezones=st.none() | st.just(UTC)),
    st.dictionaries(st.sampled_from(IDS), st.dates()),
)
def test_never_raises(submitted: date, at: datetime | None, ended: dict[str, date]):
    line = timeline(CALENDAR, submitted, sms_received_at=at, ended=ended)
    assert all(words(dates) and dates.earliest <= dates.latest for dates in line)
