"""The second opinion on a rejection: like which known wordings it is."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.resource_files import toml
from wizard.tracking.rejection import understand_rejection
from wizard.tracking.rejection_likeness import UNKNOWN, likenesses
from wizard.tracking.rejection_patterns import table

SAID = toml("rejections", "wordings.toml")["say"]


def test_a_known_wording_is_likest_to_itself():
    for entry in SAID:
        first = likenesses(entry["text"])[0]
        assert first.reason in (entry["reasons"] or [UNKNOWN]), entry["text"]


def test_every_wording_stands_once_and_every_reason_has_one():
    texts = [entry["text"] for entry in SAID]
    assert len(set(texts)) == len(texts)
    told = {reason for entry in SAID for reason in entry["reasons"]}
    rare = {"R21", "R25", "R38", "R40", "R67", "R76"}
    assert set(table()) - rare <= told


def test_a_sentence_that_no_pattern_knows_is_named_as_a_possibility_only():
    found = understand_rejection("多次致电均无人应，负责人未接").reasons
    assert found[0].reason == "R52"
    by_likeness = understand_rejection("身份证号少了一位").reasons
    assert by_likeness[0].reason == "R37"


def test_what_is_about_something_else_is_not_taken_for_a_field():
    for text in ("小程序体验版打不开", "订阅消息模板被驳回", "用户隐私保护指引没有填写"):
        assert not any(one.sure for one in understand_rejection(text).reasons), text


def test_words_of_no_known_piece_are_like_nothing():
    assert likenesses("") == ()
    assert likenesses("zq") == ()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_scores_in_order(text):
    scores = [one.score for one in likenesses(text)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 2 for score in scores)
