"""What was changed in a case, step by step, so that each step can be taken back and made again.

A step holds only the fields it changed: what else the case knows (the place, packets made of it, what was
read from scans) is never taken back with it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final

from wizard.draft import TYPED, Answer, Draft

MOST_STEPS: Final = 500
"""Older steps are forgotten."""
ONE_GO: Final = 2.0
"""Seconds within which typing in one field goes on being one step."""

Value = tuple[Answer, str] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after: its answer with its source, or (`files`) its attachments."""

    field_id: str
    files: bool
    before: Value
    after: Value

    def reversed(self) -> "Change":
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Step:
    """What one act of the person changed.

    `field_id` is where they did it, `what` names an act that is not plain typing, `at` is the moment in
    seconds on any clock that only goes forward.
    """

    field_id: str
    changes: tuple[Change, ...]
    what: str = ""
    at: float = 0.0


class History:
    """The steps of one case: those made (`past`, the last one last) and those taken back (`future`)."""

    def __init__(self, past: Iterable[Step] = (), future: Iterable[Step] = ()) -> None:
        self.past, self.future = list(past), list(future)
        self._going = self._retracing = False

    def note(self, before: Draft, after: Draft, field_id: str, at: float, what: str = "") -> None:
        """Take down a step that was made at `field_id`; what made no difference is none."""
        changes = changes_between(before, after)
        if not changes:
            return
        back = tuple(change.reversed() for change in changes)
        if self._retracing and self.past and self.past[-1].changes == back:
            self.future.append(self.past.pop())
        elif self._retracing and self.future and self.future[-1].changes == changes:
            self.past.append(self.future.pop())
        else:
            self._add(Step(field_id, changes, what, at))
            return
        self._going = False

    def _add(self, step: Step) -> None:
        last = self.past[-1] if self.past else None
        self.future.clear()
        if last and self._going and _one_go(last, step):
            (first,), (now,) = last.changes, step.changes
            self.past.pop()
            if first.before == now.after:
                return
            step = replace(step, changes=(replace(now, before=first.before),))
        self.past.append(step)
        self._going = True
        del self.past[:-MOST_STEPS]

    @contextmanager
    def retracing(self) -> Iterator[None]:
        """While a text field takes back by itself: where it comes to an end of a step, that is taken back."""
        self._retracing = True
        try:
            yield
        finally:
            self._retracing = False

    def pause(self) -> None:
        """What is typed from now on is another step."""
        self._going = False

    def undo(self, draft: Draft) -> tuple[Draft, Step] | None:
        """The draft without the last step, and that step; None where there is none."""
        if not self.past:
            return None
        self._going = False
        step = self.past.pop()
        self.future.append(step)
        return apply(draft, tuple(change.reversed() for change in step.changes)), step

    def redo(self, draft: Draft) -> tuple[Draft, Step] | None:
        """The draft with the step that was taken back last, and that step; None where there is none."""
        if not self.future:
            return None
        self._going = False
        step = self.future.pop()
        self.past.append(step)
        return apply(draft, step.changes), step

    def forget_files(self) -> None:
        """The attachments lie elsewhere now: what reaches back to the old ones cannot be taken back."""
        last = max((n for n, step in enumerate(self.past, 1) if _has_files(step)), default=0)
        del self.past[:last]
        if any(map(_has_files, self.future)):
            self.future.clear()


def changes_between(before: Draft, after: Draft) -> tuple[Change, ...]:
    """Which fields differ between two drafts, in the order of their ids."""
    found = []
    for field_id in sorted({*before.answers, *after.answers}):
        old, new = _answer(before, field_id), _answer(after, field_id)
        if old != new:
            found.append(Change(field_id, files=False, before=old, after=new))
    for field_id in sorted({*before.attachments, *after.attachments}):
        was, now = before.attachments.get(field_id, ()), after.attachments.get(field_id, ())
        if was != now:
            found.append(Change(field_id, files=True, before=was, after=now))
    return tuple(found)


def apply(draft: Draft, changes: Iterable[Change]) -> Draft:
    """The draft with `changes` made."""
    for change in changes:
        if change.files:
            draft = draft.with_attachments(change.field_id, change.after)  # type: ignore[arg-type]
        else:
            answer, source = change.after
            draft = draft.with_answer(change.field_id, answer, str(source))
    return draft


def _answer(draft: Draft, field_id: str) -> Value:
    return draft.answers.get(field_id, ""), draft.source(field_id)


def _one_go(last: Step, step: Step) -> bool:
    """Whether both are typing in one and the same field, one soon after the other."""
    if last.what or step.what or not 0 <= step.at - last.at <= ONE_GO:
        return False
    if len(last.changes) != 1 or len(step.changes) != 1:
        return False
    first, now = last.changes[0], step.changes[0]
    same = (first.field_id, first.files) == (now.field_id, now.files) and not now.files
    return same and all(isinstance(value[0], str) for value in (first.after, now.after))


def _has_files(step: Step) -> bool:
    return any(change.files or _media(change.before) or _media(change.after) for change in step.changes)


def _media(value: Value) -> bool:
    rows = value[0] if value and not isinstance(value[0], str) else ()
    return any(isinstance(row, Mapping) and row.get("media") for row in rows)


def document(history: History) -> dict[str, Any]:
    """The same as plain values for a JSON file; moments are not kept."""
    return {name: [_plain(step) for step in getattr(history, name)] for name in ("past", "future")}


def history_of(raw: object) -> History:
    """The history that `document` made; an empty one where it is anything else."""
    try:
        return History(*([_step(one) for one in raw[name]] for name in ("past", "future")))  # type: ignore[index]
    except (KeyError, TypeError, ValueError, IndexError):
        return History()


def _plain(step: Step) -> dict[str, Any]:
    changes = [[each.field_id, each.files, each.before, each.after] for each in step.changes]
    return {"field": step.field_id, "what": step.what, "changes": changes}


def _step(raw: Mapping[str, Any]) -> Step:
    return Step(str(raw["field"]), tuple(_change(*one) for one in raw["changes"]), str(raw["what"]))


def _change(field_id: str, files: bool, before: Any, after: Any) -> Change:
    return Change(str(field_id), bool(files), _value(before, files), _value(after, files))


def _value(raw: Any, files: bool) -> Value:
    if files:
        return tuple(str(path) for path in raw)
    answer, source = raw
    if isinstance(answer, str):
        return answer, str(source or TYPED)
    return tuple(dict(row) if isinstance(row, Mapping) else str(row) for row in answer), str(source)  # type: ignore[return-value]
