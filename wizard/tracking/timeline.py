"""When a filing's five stages (五个环节) end: dates and ranges, from the day it is handed in.

The ends of one stage are the starts of the next, so ranges add up: earliest to earliest, latest to latest.
The stages and their working days come from `resources/stages.toml`. Nothing here reads the clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from wizard.resource_files import toml
from wizard.tracking.calendar import Calendar
from wizard.tracking.stages import Stage, stages

BEIJING = timezone(timedelta(hours=8), "北京时间")
FILLING = "filling"
REVIEW = "preliminary_review"
SMS = "sms_verification"
ADMINISTRATION = "administration_review"
FILED = "filed"


@dataclass(frozen=True, slots=True)
class StageDates:
    """When a stage ends: on a day from `earliest` to `latest`, or by the minute of `deadline`.

    `certain` is whether every working day counted is official; `done` whether the stage is known to be over.
    """

    stage_id: str
    earliest: date
    latest: date
    certain: bool = True
    note: str = ""
    deadline: datetime | None = None
    done: bool = False


def timeline(
    calendar: Calendar,
    submitted: date,
    *,
    sms_received_at: datetime | None = None,
    ended: Mapping[str, date] | None = None,
) -> tuple[StageDates, ...]:
    """The stages of a filing that is handed in, or planned to be, on `submitted`.

    Args:
        calendar: the working days.
        submitted: the day of 提交. Working days are counted from the next day.
        sms_received_at: when the 12381 message came, Beijing time if no zone is named; 初审 is over then.
        ended: by stage id, the day on which a stage ended.

    Raises:
        ValueError: `ended` names a stage that does not exist.
    """
    known = _known(submitted, sms_received_at, ended or {})
    line: list[StageDates] = []
    for number, stage in enumerate(stages()):
        earlier = [known[one.id] for one in stages()[:number] if one.id in known]
        later = [known[one.id] for one in stages()[number + 1 :] if one.id in known]
        if stage.id not in known:
            made = _reckoned(calendar, stage, line[-1], sms_received_at)
            line.append(_over(made, later[0]) if later else made)
            continue
        day = known[stage.id]
        note = "早于前面的环节，核对日期" if earlier and day < max(earlier) else ""
        done = stage.id != FILLING or bool(later)
        if not done:
            note = f"人脸核身结果 {_face_days()} 天内有效，{_written(face_check_from(day))}起做"
        line.append(StageDates(stage.id, day, day, note=note, done=done))
    return tuple(line)


def sms_deadline(received_at: datetime) -> datetime:
    """Until when 短信核验 can be done, in Beijing time: 24 hours after the 12381 message came."""
    received_at = _beijing(received_at)
    try:
        return received_at + timedelta(hours=_sms()["hours"])
    except OverflowError:
        return received_at


def face_check_from(submitted: date) -> date:
    """The first day whose 人脸核身 still holds on `submitted`, the day of the check counted as the first."""
    return _shifted(submitted, 1 - _face_days())


def words(dates: StageDates, today: date | None = None) -> str:
    """`dates` in Chinese: “12 月 1 日–12 月 28 日”, “预计 …，未含调休”, “12 月 2 日 09:30 前”.

    The year is written where there are two of them, or where it is not that of `today`.
    """
    span = [dates.deadline] if dates.deadline else sorted({dates.earliest, dates.latest})
    years = {day.year for day in span} | ({today.year} if today else set())
    text = "–".join(_written(day, year=len(years) > 1) for day in span)
    if dates.deadline:
        text += f" {dates.deadline:%H:%M} 前"
    return text if dates.certain else f"预计 {text}，未含调休"


def _known(submitted: date, sms_received_at: datetime | None, ended: Mapping[str, date]) -> dict[str, date]:
    """The days that are facts, by stage: 初审 ends before the message comes, 管局审核 with the number."""
    if strange := set(ended) - {stage.id for stage in stages()}:
        raise ValueError(f"no such stage: {sorted(strange)}")
    known = {FILLING: submitted, **ended}
    if sms_received_at is not None:
        known.setdefault(REVIEW, _beijing(sms_received_at).date())
    if FILED in known:
        known.setdefault(ADMINISTRATION, known[FILED])
    return known


def _reckoned(calendar: Calendar, stage: Stage, start: StageDates, sms_at: datetime | None) -> StageDates:
    """The end of a stage that began with the end of another."""
    if stage.workdays:
        first = calendar.add_workdays(start.earliest, stage.workdays[0])
        last = calendar.add_workdays(start.latest, stage.workdays[1])
        certain = start.certain and first.certain and last.certain
        note = f"{stage.duration}，从上一环节结束的次日起算"
        return StageDates(stage.id, first.day, last.day, certain, note)
    if stage.id == SMS:
        hours, tries = _sms()["hours"], _sms()["tries"]
        note = f"收到 12381 短信后 {hours} 小时内核验，验证码可以输错 {tries} 次"
        if sms_at is None:
            last_day = _shifted(start.latest, hours // 24)
            return StageDates(stage.id, start.earliest, last_day, start.certain, note)
        until = sms_deadline(sms_at)
        return StageDates(stage.id, _beijing(sms_at).date(), until.date(), note=note, deadline=until)
    return replace(start, stage_id=stage.id, note="", deadline=None)


def _over(dates: StageDates, by: date) -> StageDates:
    """`dates` of a stage that must have ended, as a later one ended on the day `by`."""
    return replace(
        dates, earliest=min(dates.earliest, by), latest=by, certain=True, note="", deadline=None, done=True
    )


def _sms() -> dict[str, Any]:
    rule: dict[str, Any] = toml("tracking", "durations.toml")["sms_verification"]
    return rule


def _face_days() -> int:
    return int(toml("tracking", "durations.toml")["face_check"]["days"])


def _beijing(moment: datetime) -> datetime:
    try:
        return moment.astimezone(BEIJING) if moment.tzinfo else moment.replace(tzinfo=BEIJING)
    except OverflowError:
        return moment.replace(tzinfo=BEIJING)


def _shifted(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _written(day: date, *, year: bool = False) -> str:
    return f"{day.year} 年 {day.month} 月 {day.day} 日" if year else f"{day.month} 月 {day.day} 日"
