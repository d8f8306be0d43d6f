"""What was learnt from rejections: kept by case, offered to the next case of the same province and nature.

A lesson names a reason of `resources/rules/reasons.toml`, never what was typed or rejected word by word.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from wizard.draft import Draft
from wizard.finding import Finding
from wizard.tracking.record import record_of
from wizard.tracking.rejection import understand_rejection
from wizard.tracking.rejection_fields import fields_for
from wizard.tracking.rejection_patterns import reasons

MOST: Final = 500
"""Lessons that are kept; the oldest go first."""
TOLD: Final = 3
"""Lessons that a case is told of, those that came most often."""
_PLACE, _NATURE = "subject.province", "subject.type"
_BEFORE: Final = ("filling", "rejected")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One reason for which a case (its number in the library) was rejected on a day, and where."""

    reason: str
    province: str
    nature: str
    case: int
    on: date


def lessons_of(draft: Draft, case: int) -> tuple[Lesson, ...]:
    """What the record of a case teaches; each reason once, of the last time."""
    found: dict[str, Lesson] = {}
    for event in record_of(draft).following.events:
        for one in understand_rejection(event.text("rejection")).reasons:
            if one.reason and one.sure:
                day = event.at.date()
                found[one.reason] = Lesson(one.reason, draft.text(_PLACE), draft.text(_NATURE), case, day)
    return tuple(found.values())


def with_lessons(kept: Iterable[Lesson], draft: Draft, case: int) -> tuple[Lesson, ...]:
    """All lessons, with those of `case` as its record teaches them now."""
    others = [lesson for lesson in kept if lesson.case != case]
    return tuple(sorted([*others, *lessons_of(draft, case)], key=lambda lesson: lesson.on))[-MOST:]


def plain(lessons: Iterable[Lesson]) -> list[list[Any]]:
    """The lessons as they are kept."""
    return [[one.reason, one.province, one.nature, one.case, one.on.isoformat()] for one in lessons]


def lessons(kept: Any) -> tuple[Lesson, ...]:
    """The lessons that were kept; what cannot be read is left out."""
    return tuple(_read(kept)) if isinstance(kept, list) else ()


def _read(kept: list[Any]) -> Iterator[Lesson]:
    known = {reason.reason for reason in reasons()}
    for entry in kept:
        try:
            reason, province, nature, case, on = entry
            lesson = Lesson(str(reason), str(province), str(nature), int(case), date.fromisoformat(on))
        except (TypeError, ValueError):
            continue
        if lesson.reason in known:
            yield lesson


def told(kept: Iterable[Lesson], draft: Draft, case: int) -> tuple[Finding, ...]:
    """What a case that is not handed in yet should know of others of its province and nature."""
    province, nature = draft.text(_PLACE), draft.text(_NATURE)
    if not province or not nature or record_of(draft).following.state not in _BEFORE:
        return ()
    others = {
        (lesson.reason, lesson.case)
        for lesson in kept
        if (lesson.province, lesson.nature) == (province, nature) and lesson.case != case
    }
    often = Counter(reason for reason, _ in sorted(others))
    return tuple(_told(reason, count, province, nature) for reason, count in often.most_common(TOLD))


def _told(reason: str, count: int, province: str, nature: str) -> Finding:
    known = next(one for one in reasons() if one.reason == reason)
    return Finding(
        rule="library.lesson",
        severity="note",
        fields=fields_for(known.fields, "", ""),
        message=f"客户库里有 {count} 个{province}的{nature}案件曾因“{known.text}”被驳回",
        fix=f"提交前看一眼这一处：{known.change}",
    )
