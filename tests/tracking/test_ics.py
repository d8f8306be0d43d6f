"""Calendar files: read back by a reader of the tests' own, with nothing of a person in them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.tracking.cases import NUMBERS, a_draft, followed
from tests.tracking.ics_reader import read
from wizard.tracking.calendar import Calendar
from wizard.tracking.deadlines import deadlines
from wizard.tracking.ics import calendar_file, escaped, fold

MADE = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
CALENDAR = Calendar.load()


def written(*drafts):
    found = [(draft, deadlines(draft, CALENDAR, date(2026, 11, 25))) for draft in drafts]
    return calendar_file(found, CALENDAR, MADE)


def events(*drafts):
    """The dates that stand; those that fell away are in the file too."""
    return read(written(*drafts)).standing


def test_the_24_hours_as_a_moment_with_alarms():
    (event,) = events(followed(("submitted", "2026-11-23"), ("sms_received", "2026-11-24 14:31")))
    assert event.value("DTSTART") == "20261125T063100Z"
    assert event.value("DTSTAMP") == "20261125T020000Z"
    assert event.value("SUMMARY") == "备案：短信核验截止　绿柠檬便民工具"
    assert [alarm.value("TRIGGER") for alarm in event.children] == ["-PT12H", "-PT3H", "-PT1H"]


def test_a_day_and_its_range():
    (event,) = events(followed(("submitted", "2026-11-23"), ("sms_done", "2026-12-04")))
    assert event.value("DTSTART") == "20270104"
    assert event.value("DTEND") == "20270105"
    assert "（预计）" in event.value("SUMMARY")
    assert "预计 2026 年 12 月 7 日–2027 年 1 月 4 日，未含调休\n" in event.value("DESCRIPTION")
    assert [alarm.value("TRIGGER") for alarm in event.children] == ["PT9H"]


def test_days_before_are_mornings():
    (event,) = events(followed(("submitted", "2026-11-23"), ("number_granted", "2026-12-07", NUMBERS)))
    # 14 and 3 days before at nine in the morning, and the day itself
    assert [alarm.value("TRIGGER") for alarm in event.children] == ["-PT327H", "-PT63H", "PT9H"]


def test_the_same_deadline_keeps_its_uid_and_others_have_their_own():
    first = followed(("submitted", "2026-11-23"))
    later = followed(("remarked", "2026-11-24", {"text": "打过电话"}), draft=first)
    uid, sequence = (events(first)[0].value(name) for name in ("UID", "SEQUENCE"))
    assert events(later)[0].value("UID") == uid
    assert int(events(later)[0].value("SEQUENCE")) > int(sequence)
    other = followed(("submitted", "2026-11-23"))
    assert events(other)[0].value("UID") != uid
    again = followed(("review_rejected", "2026-11-24"), ("submitted", "2026-11-25"), draft=first)
    assert events(again)[0].value("UID") != uid
    assert len({event.value("UID") for event in events(first, other, again)}) == 3


def test_a_case_nobody_has_followed_has_a_steady_uid_too():
    draft = a_draft(principal__certificate_validity_date_end="2027-05-31")
    assert written(draft) == written(draft)


def cancelled(draft):
    return [event for event in read(written(draft)).children if "STATUS" in event.properties]


def test_a_date_that_fell_away_is_cancelled_once_and_for_all():
    waiting = followed(("submitted", "2026-11-25"))
    (was,) = events(waiting)
    assert cancelled(waiting) == []
    rejected = followed(("review_rejected", "2026-11-25 11:00"), draft=waiting)
    (gone,) = cancelled(rejected)
    assert (gone.value("UID"), gone.value("STATUS")) == (was.value("UID"), "CANCELLED")
    assert gone.value("DTSTART") == was.value("DTSTART")
    assert int(gone.value("SEQUENCE")) > int(was.value("SEQUENCE"))
    assert gone.value("SUMMARY") == "不用再等：平台初审出结果　绿柠檬便民工具"
    assert gone.children == []
    again = followed(("submitted", "2026-11-25 12:00"), draft=rejected)
    assert [event.value("UID") for event in cancelled(again)] == [was.value("UID")]
    assert events(again)[0].value("UID") != was.value("UID")


def test_a_line_that_was_a_mistake_is_taken_back_in_calendars_too():
    draft = followed(("submitted", "2026-11-25"))
    (was,) = events(draft)
    mended = followed(("corrected", "2026-11-25 10:00"), draft=draft)
    assert [event.value("UID") for event in cancelled(mended)] == [was.value("UID")]


def test_a_date_that_is_over_needs_no_cancelling():
    assert cancelled(followed(("submitted", "2026-11-16"), ("review_rejected", "2026-11-18"))) == []


def test_a_paper_named_before_the_first_line_does_not_stand_twice():
    draft = a_draft(principal__certificate_validity_date_end="2027-05-31")
    before = {event.value("UID") for event in events(draft)}
    after = followed(("submitted", "2026-11-25"), draft=draft)
    assert before == {event.value("UID") for event in cancelled(after)}


def test_nothing_of_a_person_is_in_it():
    draft = a_draft(
        mini_program__name="张小满13800005678的店",
        principal__name="张小满",
        principal__mobile="13800005678",
        principal__certificate_number="110115199003071234",
        principal__certificate_validity_date_end="2027-05-31",
        subject__name="北京绿柠檬科技有限公司",
        subject__certificate_number="91110115MA01QFMA2Y",
        subject__certificate_address="北京市大兴区某路 1 号",
    )
    text = written(draft).replace(b"\r\n ", b"").decode()
    for secret in ("张小满", "小满", "13800005678", "110115", "91110115MA01QFMA2Y", "大兴", "绿柠檬"):
        assert secret not in text
    assert "张**138****5678的店" in text


@given(st.text(max_size=300))
@example('逗号,分号;反斜杠\\换行\n回车\r\n冒号:引号"制表\t零\0')
@example("𬍛" * 80)
@example("\ud800half")
@example("BEGIN:VALARM\r\nEND:VCALENDAR")
def test_any_name_comes_back_and_breaks_nothing(name):
    (event,) = events(
        followed(("submitted", "2026-11-23"), draft=a_draft().with_answer("mini_program.name", name))
    )
    assert event.value("SUMMARY").startswith("备案：平台初审出结果")


@given(st.text(st.characters(min_codepoint=32, exclude_characters="\x7f", exclude_categories=("Cs",))))
def test_a_folded_line_is_the_same_line(text):
    folded = fold(text)
    assert folded.replace(b"\r\n ", b"")[:-2].decode() == text
    assert all(len(line) <= 75 for line in folded.split(b"\r\n"))


@pytest.mark.parametrize(
    ("text", "value"),
    [("a,b;c\\d", "a\\,b\\;c\\\\d"), ("a\r\nb\rc\nd", "a\\nb\\nc\\nd"), ("a\0b\x1bc", "abc")],
)
def test_escapes(text, value):
    assert escaped(text) == value


def test_no_cases_are_an_empty_calendar():
    assert read(written()).children == []
