"""What to do now, in sentences: for the state a filing is in, with what is left of time and tries."""

from collections.abc import Iterator
from datetime import datetime

from wizard.draft import Draft
from wizard.masking import masked
from wizard.numbers import kind as numbers_kind
from wizard.sections import CONTACT_LINK
from wizard.tracking.changes import to_do
from wizard.tracking.events import CHANGE, NEW, PHONES
from wizard.tracking.following import Following
from wizard.tracking.freezing import differences
from wizard.tracking.sentences import sentence, times
from wizard.tracking.stages import stages
from wizard.tracking.timeline import SMS, sms_deadline


def next_steps(now: Following, at: datetime, draft: Draft) -> tuple[str, ...]:
    """What is to be done in the present state, the most pressing first; numbers of people are covered."""
    return tuple(_steps(now, at, draft))


def one_phone(draft: Draft) -> bool:
    """Whether both roles have one and the same telephone, so that one message is verified for both."""
    numbers = {
        numbers_kind("mobile").format(draft.text(f"{role}.mobile")) for role in PHONES if role != "both"
    }
    return draft.text(CONTACT_LINK) == "是" or (len(numbers) == 1 and numbers != {""})


def left(until: datetime, at: datetime) -> str:
    """How much time is left, exact to the minute: “还有 3 小时 20 分”, “已过 15 分”."""
    minutes = int((until - at).total_seconds() // 60)
    if minutes == 0 and until >= at:
        return "只剩不到 1 分钟"
    over, minutes = minutes < 0, abs(minutes)
    days, rest = divmod(minutes, 24 * 60)
    parts = [f"{days} 天"] if days else []
    hours, minutes = divmod(rest, 60)
    parts += [f"{hours} 小时"] if hours else []
    parts += [f"{minutes} 分"] if minutes or not parts else []
    return f"{'已过' if over else '还有'} {' '.join(parts)}"


def number(now: Following) -> str:
    """The 小程序备案号 that was noted, empty where none was."""
    event = now.seen("number_granted")
    return event.text("service_icp_number") if event else ""


def tries_left(now: Following) -> int:
    """How often a wrong code may still be entered, on the phone where it went wrong most."""
    return max(0, int(times("sms_verification")["tries"]) - max(now.tries.values(), default=0))


def receivers(now: Following, *, one: bool = False) -> str:
    """Whose phones are still to be verified, in words; `one` as `one_phone` tells."""
    if one:
        return PHONES["principal"]
    waiting = [PHONES[phone] for phone in now.messages if phone not in now.verified]
    return "、".join(waiting)


def _steps(now: Following, at: datetime, draft: Draft) -> Iterator[str]:
    if now.state == SMS:
        yield from _verification(now, at, draft)
    elif now.state == "rejected":
        missed = bool(now.events) and now.events[-1].kind.id == "sms_missed"
        yield sentence("missed" if missed else "rejected")
        yield from _changed(now, draft)
        yield sentence("submit_again")
    elif now.state == "filed":
        yield from _filed(now)
    elif now.state == "stopped":
        yield sentence("over")
    elif now.state == "filling" and now.matter != NEW:
        yield sentence("matter_begun", matter=now.matter)
        begun = now.seen("change_begun" if now.matter == CHANGE else "cancel_begun")
        yield from to_do(begun) if begun else ()
    else:
        yield from next(stage.steps for stage in stages() if stage.id == now.state)


def _changed(now: Following, draft: Draft) -> Iterator[str]:
    """Whether anything was changed since it was handed in, where that was frozen."""
    submitted = now.seen("submitted")
    if submitted is None or not submitted.frozen:
        return
    count = len({one.field_id for one in differences(submitted.frozen, draft)})
    yield sentence("changed_since", count=count) if count else sentence("unchanged_since")


def _verification(now: Following, at: datetime, draft: Draft) -> Iterator[str]:
    rule, first, one = times("sms_verification"), now.first_message, one_phone(draft)
    if first is None:
        yield sentence("message_waited_for", hours=rule["hours"])
        yield _who(draft, one)
        yield sentence("message_missing")
        return
    until = sms_deadline(first)
    if at >= until:
        yield sentence("time_is_up", hours=rule["hours"], until=f"{until:%m-%d %H:%M}")
        return
    whose, every = receivers(now, one=one), "" if one else "都"
    yield sentence("verify_by", until=f"{until:%m-%d %H:%M}", left=left(until, at), whose=whose, every=every)
    yield sentence("verify_how")
    if not now.tries:
        yield sentence("tries", tries=rule["tries"], returned=rule["tries"] + 1)
        return
    remaining = tries_left(now)
    yield sentence("tries_left" if remaining else "no_tries_left", left=remaining, tries=rule["tries"])
    yield sentence("look_again")
    yield sentence("resend_once" if now.resent < rule["resends"] else "resent_already")


def _who(draft: Draft, one: bool) -> str:
    """Whose phone the message comes to. The sources differ, so both are to be at hand."""
    ends = {role: f"（{masked(text)}）" if (text := draft.text(f"{role}.mobile")) else "" for role in PHONES}
    if one:
        return sentence("message_to_one", principal=ends["principal"])
    first = draft.text("subject.filing_type") in ("", "新增备案(首次)")
    name = "message_to_first" if first else "message_to_either"
    return sentence(name, principal=ends["principal"], contact=ends["contact"])


def _filed(now: Following) -> Iterator[str]:
    if not now.seen("number_granted"):
        yield sentence("register_number")
    if not now.seen("number_shown"):
        yield sentence("show_number", number=number(now) or "备案号")
    if not now.seen("police_filed"):
        yield sentence("police", days=times("police_filing")["days"])
    yield sentence("later")
