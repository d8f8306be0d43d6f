"""Where a filing stands after what was noted, and what is refused."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracking.cases import NUMBERS, a_draft, at, followed, stands
from wizard.draft import dump, parse
from wizard.parts import met
from wizard.tracking.events import PHONES, kinds
from wizard.tracking.following import is_open
from wizard.tracking.record import Refused, record_of, with_event

SUBMITTED = ("submitted", "2026-11-23 09:00")
PASSED = ("review_passed", "2026-11-24 10:00")
MESSAGE = ("sms_received", "2026-11-24 10:05", {"phone": "both"})
DONE = ("sms_done", "2026-11-24 11:00", {"phone": "both"})
GRANTED = ("number_granted", "2026-12-07 15:00", NUMBERS)


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((), "filling"),
        ((SUBMITTED,), "preliminary_review"),
        ((SUBMITTED, PASSED), "sms_verification"),
        ((SUBMITTED, MESSAGE), "sms_verification"),
        ((SUBMITTED, PASSED, MESSAGE, DONE), "administration_review"),
        ((SUBMITTED, PASSED, MESSAGE, ("sms_missed", "2026-11-25 12:00")), "rejected"),
        ((SUBMITTED, ("review_rejected", "2026-11-24", {"rejection": "通讯地址不详"})), "rejected"),
        ((SUBMITTED, PASSED, MESSAGE, DONE, ("administration_rejected", "2026-12-01")), "rejected"),
        ((SUBMITTED, PASSED, MESSAGE, DONE, ("administration_passed", "2026-12-01")), "filed"),
        ((SUBMITTED, PASSED, MESSAGE, DONE, GRANTED), "filed"),
        ((SUBMITTED, GRANTED), "filed"),
        ((SUBMITTED, ("withdrawn", "2026-11-23 10:00")), "filling"),
        ((("given_up", "2026-11-23"),), "stopped"),
    ],
)
def test_the_state_follows_from_the_events(steps, state):
    assert stands(followed(*steps)).state == state


def test_submitting_again_is_another_round():
    draft = followed(SUBMITTED, ("review_rejected", "2026-11-24"), ("submitted", "2026-11-26"))
    now = stands(draft)
    assert (now.state, now.round, now.submitted) == ("preliminary_review", 2, at("2026-11-26").date())
    assert now.ended == {}
    assert draft.text("progress.submitted_on") == "2026-11-26"
    assert draft.source("progress.submitted_on") == "computed"


def test_two_phones_are_verified_one_by_one():
    first = ("sms_received", "2026-11-24 10:05", {"phone": "principal"})
    second = ("sms_received", "2026-11-24 10:40", {"phone": "contact"})
    one_done = ("sms_done", "2026-11-24 11:00", {"phone": "principal"})
    draft = followed(SUBMITTED, first, second, one_done)
    now = stands(draft)
    assert (now.state, now.verified) == ("sms_verification", ("principal",))
    assert now.first_message == at("2026-11-24 10:40")
    draft = followed(("sms_done", "2026-11-24 11:30", {"phone": "contact"}), draft=draft)
    assert stands(draft).state == "administration_review"
    assert stands(draft).ended["sms_verification"] == at("2026-11-24").date()


def test_the_24_hours_go_from_the_first_message_and_not_from_the_one_sent_again():
    again = ("sms_received", "2026-11-25 12:00", {"phone": "both"})
    now = stands(followed(SUBMITTED, MESSAGE, ("sms_resent", "2026-11-24 10:30"), again))
    assert now.first_message == at("2026-11-24 10:05")
    assert now.resent == 1


def test_wrong_codes_are_counted_by_phone_and_begin_anew_with_a_new_round():
    wrong = ("sms_failed", "2026-11-24 10:10", {"phone": "principal", "text": "验证码错误"})
    other = ("sms_failed", "2026-11-24 10:11", {"phone": "contact"})
    draft = followed(SUBMITTED, MESSAGE, wrong, wrong, other)
    assert stands(draft).tries == {"principal": 2, "contact": 1}
    draft = followed(("sms_missed", "2026-11-25 12:00"), ("submitted", "2026-11-25 13:00"), draft=draft)
    assert stands(draft).tries == {}
    assert stands(draft).messages == {}


def test_a_line_noted_by_mistake_is_taken_back_and_stays_in_the_record():
    draft = followed(SUBMITTED, PASSED, ("corrected", "2026-11-24 10:01", {"text": "点错了"}))
    assert stands(draft).state == "preliminary_review"
    assert [event.kind.id for event in record_of(draft).events] == ["submitted", "review_passed", "corrected"]


def test_a_change_of_a_granted_filing_ends_in_it_again():
    granted = followed(SUBMITTED, GRANTED)
    begun = followed(("change_begun", "2027-02-01", {"change": ["mini_program.name"]}), draft=granted)
    assert (stands(begun).state, stands(begun).matter, is_open(stands(begun))) == ("filling", "变更", True)
    assert begun.text("subject.filing_type") == "变更"
    assert begun.text("subject.record_number") == NUMBERS["subject_icp_number"]
    done = followed(("submitted", "2027-02-02"), ("change_done", "2027-03-01"), draft=begun)
    assert (stands(done).state, stands(done).matter) == ("filed", "新增")
    assert stands(done).granted == at("2026-12-07").date()
    given_up = followed(("given_up", "2027-02-03"), draft=begun)
    assert (stands(given_up).state, is_open(stands(given_up))) == ("filed", False)


def test_a_cancellation_ends_it():
    begun = followed(SUBMITTED, GRANTED, ("cancel_begun", "2027-02-01", {"cancel": "service"}))
    done = followed(("submitted", "2027-02-02"), ("cancel_done", "2027-02-10"), draft=begun)
    assert stands(done).state == "stopped"
    assert "number_granted" not in {kind.id for kind in stands(begun).expected()}


@pytest.mark.parametrize(
    ("kind", "when", "values", "said"),
    [
        ("number_granted", "2026-11-24", NUMBERS, "填写中"),
        ("submitted", "2026-11-26 10:00", {}, "还没有到"),
        ("remarked", "2026-11-24", {"text": "长" * 20_001}, "文字太长"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(kind, when, values, said):
    with pytest.raises(Refused, match=said):
        with_event(a_draft(), kind, at(when), at("2026-11-25"), values)


def test_an_event_before_the_last_one_is_refused():
    draft = followed(SUBMITTED, PASSED)
    with pytest.raises(Refused, match="早于上一条"):
        with_event(draft, "sms_received", at("2026-11-24 09:59"), at("2026-11-25"))


def test_what_is_offered_next():
    offered = [kind.id for kind in stands(followed(SUBMITTED)).expected()]
    assert offered[:3] == ["review_passed", "review_rejected", "sms_received"]
    others = [kind.id for kind in stands(followed(SUBMITTED)).possible()]
    assert "number_granted" in others
    assert "corrected" in others
    assert "corrected" not in [kind.id for kind in stands(a_draft()).possible()]


def test_a_filing_whose_dates_were_typed_is_followed_from_there():
    draft = a_draft(progress__submitted_on="2026-11-20")
    assert stands(draft).state == "preliminary_review"
    draft = followed(("review_passed", "2026-11-23 10:00"), draft=draft)
    assert [event.kind.id for event in record_of(draft).events] == ["submitted", "review_passed"]
    assert record_of(draft).strange == 0


def test_a_filing_of_which_only_the_number_is_known():
    draft = a_draft(progress__service_icp_number="京ICP备2024012345号-1X")
    now = stands(draft)
    assert (now.state, now.granted) == ("filed", None)
    shown = followed(("number_shown", "2026-11-25"), draft=draft)
    assert (stands(shown).state, stands(shown).granted) == ("filed", None)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(sorted(kinds())), st.sampled_from(sorted(PHONES))), max_size=25))
def test_lines_are_only_added_and_come_back_the_same(steps):
    draft, minute = a_draft(), 0
    for kind, phone in steps:
        minute += 1
        when = at(f"2026-11-25 10:{minute:02}")
        before = draft.rest.get("following", {}).get("events", [])
        values = dict(NUMBERS, phone=phone) if "numbers" in kinds()[kind].asks else {"phone": phone}
        now = stands(draft)
        if not now.could_follow(kinds()[kind]):
            with pytest.raises(Refused):
                with_event(draft, kind, when, when, values)
            continue
        draft = with_event(draft, kind, when, when, values)
        assert draft.rest["following"]["events"][:-1] == before
        assert now.could_follow(kinds()["remarked"])
    again = parse(dump(draft))
    assert record_of(again) == record_of(draft)
    assert record_of(again).strange == 0


@pytest.mark.parametrize(
    "kept",
    [
        "text",
        7,
        [],
        {"events": "text"},
        {"events": [None, 7, "x", [], {}]},
        {"events": [{"kind": "unheard", "at": "2026-11-25T10:00", "noted": "2026-11-25T10:00"}]},
        {"events": [{"kind": "submitted", "at": 5, "noted": ""}]},
        {"events": [{"kind": "submitted", "at": "9999-99-99", "noted": ""}]},
        {"events": [{"kind": "submitted", "at": "0001-01-01T00:00", "noted": ""}]},
        {"events": [{"kind": "submitted", "at": "2026-11-25T10:00", "noted": "", "values": 3}]},
        {"events": [{"kind": ["submitted"], "at": "2026-11-25T10:00", "noted": ""}]},
        {"id": 5, "events": []},
    ],
)
def test_a_damaged_record_is_kept_and_followed_on(kept):
    draft = replace(a_draft(), rest={"following": kept})
    assert stands(draft).state == "filling"
    after = with_event(draft, "submitted", at("2026-11-25"), at("2026-11-25"))
    assert stands(after).state == "preliminary_review"
    text = dump(after).decode()
    if isinstance(kept, dict) and isinstance(kept.get("events"), list):
        assert record_of(after).strange == len(kept["events"])
        assert after.rest["following"]["events"][:-1] == kept["events"]
    elif not isinstance(kept, dict):
        assert '"unread"' in text


def test_lines_noted_in_two_places_are_kept_of_both():
    start = followed(SUBMITTED)
    mine = followed(("remarked", "2026-11-24 09:00", {"text": "我"}), draft=start)
    theirs = followed(("remarked", "2026-11-24 08:00", {"text": "别处"}), PASSED, draft=start)
    both = record_of(met(mine, theirs))
    assert [event.text("text") for event in both.events] == ["", "别处", "我", ""]
    assert both.following.state == "sms_verification"
    assert record_of(met(met(mine, theirs), theirs)) == both
    assert met(mine, start) is mine
    assert record_of(met(a_draft(), mine)) == record_of(mine)


def test_a_file_with_very_many_lines_is_read_in_no_time_and_kept():
    line = {"kind": "remarked", "at": "2026-11-25T10:00+08:00", "noted": "2026-11-25T10:00+08:00"}
    draft = replace(a_draft(), rest={"following": {"events": [line] * 100_000}})
    record = record_of(draft)
    assert (len(record.events), record.strange) == (5_000, 95_000)
    assert (
        len(with_event(draft, "remarked", at("2026-11-26"), at("2026-11-26")).rest["following"]["events"])
        == 100_001
    )
