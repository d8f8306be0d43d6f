"""What is said to be done next, and how much time is left."""

import pytest

from tests.tracking.cases import NUMBERS, a_draft, at, followed, stands
from wizard.resource_files import ResourceError, toml
from wizard.tracking.advice import left, next_steps, one_phone, tries_left
from wizard.tracking.freezing import frozen
from wizard.tracking.record import with_event
from wizard.tracking.sentences import sentence
from wizard.tracking.sources import named

MESSAGE = (("submitted", "2026-11-23"), ("sms_received", "2026-11-24 10:05", {"phone": "both"}))


def said(*steps, now="2026-11-24 12:00"):
    draft = followed(*steps)
    return "\n".join(next_steps(stands(draft), at(now), draft))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-11-24 10:05", "还有 1 天"),
        ("2026-11-24 12:00", "还有 22 小时 5 分"),
        ("2026-11-25 09:05", "还有 1 小时"),
        ("2026-11-25 10:04", "还有 1 分"),
        ("2026-11-25 10:05", "只剩不到 1 分钟"),
        ("2026-11-25 10:06", "已过 1 分"),
        ("2026-11-26 11:07", "已过 1 天 1 小时 2 分"),
    ],
)
def test_time_left_to_the_minute(now, words):
    assert left(at("2026-11-25 10:05"), at(now)) == words


def test_while_the_24_hours_run():
    text = said(*MESSAGE)
    assert "11-25 10:05 前核验，还有 22 小时 5 分；主体负责人、小程序负责人的手机都要核验" in text
    assert "可以输错 5 次，第 6 次会退回" in text


def test_one_telephone_for_both_roles():
    apart = a_draft(principal__mobile="13800005678", contact__mobile="13900005678")
    assert not one_phone(apart)
    assert not one_phone(a_draft())
    for draft in (
        a_draft(contact__same_as_principal="是"),
        a_draft(principal__mobile="138 0000 5678", contact__mobile="13800005678"),
    ):
        assert one_phone(draft)
        here = followed(*MESSAGE, draft=draft)
        text = "\n".join(next_steps(stands(here), at("2026-11-24 12:00"), here))
        assert "；主体负责人的手机要核验" in text


def test_a_wrong_code_and_the_one_that_is_sent_again():
    wrong = ("sms_failed", "2026-11-24 10:10", {"phone": "principal", "text": "验证码错误"})
    text = said(*MESSAGE, wrong)
    assert "还可以输错 4 次" in text
    assert "重发一次" in text
    text = said(*MESSAGE, wrong, ("sms_resent", "2026-11-24 10:12"))
    assert "已经重发过" in text
    five = stands(followed(*MESSAGE, *[wrong] * 5))
    assert tries_left(five) == 0
    assert "再错一次就退回" in said(*MESSAGE, *[wrong] * 5)


def test_when_the_time_is_over():
    text = said(*MESSAGE, now="2026-11-25 10:05")
    assert "24 小时已到" in text
    assert "被系统驳回了" in text
    assert "小程序备案-去完善" in said(*MESSAGE, ("sms_missed", "2026-11-25 11:00"))


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"contact__same_as_principal": "是"}, "短信发到主体负责人的手机（138****5678），应急"),
        (
            {},
            "首次备案一般发到主体负责人的手机（138****5678）；有的来源说小程序负责人（139****1234）也会收到",
        ),
        (
            {"subject__filing_type": "变更"},
            "主体负责人（138****5678）和小程序负责人（139****1234）都可能收到",
        ),
    ],
)
def test_while_no_message_came(answers, words):
    phones = {"principal__mobile": "13800005678", "contact__mobile": "13900001234"}
    draft = followed(
        ("submitted", "2026-11-23"), ("review_passed", "2026-11-24"), draft=a_draft(**phones | answers)
    )
    text = "\n".join(next_steps(stands(draft), at("2026-11-24 12:00"), draft))
    assert words in text
    assert "12381" in text


def test_after_the_number_only_what_is_left_to_do():
    granted = (("submitted", "2026-11-23"), ("number_granted", "2026-12-07", NUMBERS))
    assert "公安" in said(*granted)
    assert "显著位置" in said(*granted)
    text = said(*granted, ("number_shown", "2026-12-08"), ("police_filed", "2026-12-09"))
    assert "公安" not in text
    assert "显著位置" not in text


def test_every_sentence_is_ours_and_has_a_source():
    for name, entry in toml("tracking", "sentences.toml").items():
        assert named(entry["sources"], name)
        assert not any(word in entry["text"] for word in ("请勿", "无效", "非法", "！", "!", "您"))
        assert not entry["text"].endswith("。")
    with pytest.raises(ResourceError, match="nothing"):
        sentence("nothing")
    with pytest.raises(ResourceError, match="police"):
        sentence("police")


def test_what_a_change_or_a_cancellation_asks_for():
    granted = (("submitted", "2026-11-23"), ("number_granted", "2026-12-07", NUMBERS))
    text = said(*granted, ("change_begun", "2026-12-08", {"change": ["subject.name", "contact.mobile"]}))
    assert "备案类型已改成“变更”" in text
    assert "主体更名（代码不变）：先在登记机关完成更名" in text
    assert "更名函" in text
    assert "小程序负责人的手机" in text
    text = said(*granted, ("cancel_begun", "2026-12-08", {"cancel": "access"}))
    assert "取消接入不用短信核验" in text
    assert said(*granted, ("change_begun", "2026-12-08", {"change": "nothing"})).count("\n") == 0


def test_after_a_rejection_it_is_told_whether_anything_was_changed():
    draft = a_draft()
    draft = with_event(draft, "submitted", at("2026-11-23"), at("2026-11-23"), frozen=frozen(draft, "1"))
    draft = followed(("review_rejected", "2026-11-24"), draft=draft)
    assert "还没有改动" in "\n".join(next_steps(stands(draft), at("2026-11-24"), draft))
    changed = draft.with_answer("mini_program.name", "另一个")
    assert "改了 1 处" in "\n".join(next_steps(stands(changed), at("2026-11-24"), changed))
