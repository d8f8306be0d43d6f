"""The case that is open: the draft's only owner. It judges after each edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from ui import clock
from ui.saved_draft import SavedDraft
from wizard.files import FileProblem
from wizard.parts import PACKET

if TYPE_CHECKING:
    from ui.store import Store
    from wizard.check.run import Report
    from wizard.draft import Answer, Draft
    from wizard.finding import Finding
    from wizard.history import Step
    from wizard.packet.entering import Entered
    from wizard.picture import PictureFacts
    from wizard.scan import Scan


class Case(SavedDraft):
    """One draft with its place on disk, its report, its history, and which fields the person has been to.

    `edited` tells of each edit; `put` that it was made elsewhere than in the field itself (taken back, filled
    from a scan or the library), so that pages have to show it.
    """

    edited = Signal(str)
    put = Signal()
    judged = Signal()
    replaced = Signal()
    packed = Signal()
    followed = Signal()

    def __init__(self, draft: Draft, place: Path, store: Store, on: date | None = None) -> None:
        super().__init__(draft, place, store)
        self._fixed_day = on
        self.on = on or clock.today()
        self.report: Report | None = None
        self.also: list[Callable[[Draft], tuple[Finding, ...]]] = []
        self.visited: set[str] = {*draft.answers, *draft.attachments}
        self.opened = 0
        self._facts: dict[tuple[str, int, int], PictureFacts] = {}
        self._by_field: dict[str, tuple[Finding, ...]] = {}
        self._ready = False

    def start(self) -> None:
        """Begin to judge; the checks are loaded here, after the window has been painted.

        So is what only a change or a slip asks for: the first key need not wait for it.
        """
        from wizard.check import effects  # noqa: F401
        from wizard.messages import kind_label

        kind_label("")
        self._ready = True
        self.judge()

    def answer(self, field_id: str, answer: Answer) -> None:
        """Take what the person typed into one field."""
        if self.draft.answers.get(field_id, "") == answer:
            return
        self._edit(self.draft.with_answer(field_id, answer), field_id)

    def attach(self, field_id: str, paths: tuple[str, ...]) -> None:
        """Take what the person attached to one field."""
        self._edit(self.draft.with_attachments(field_id, paths), field_id)

    def keep_scan(self, field_id: str, path: str, scan: Scan) -> None:
        """Keep what was read from an attachment of a field: no step of the person's, so nothing to undo."""
        self._take(self.draft.with_scan(path, scan), field_id)

    def fill(self, draft: Draft, field_id: str, what: str) -> None:
        """Take what was filled in for the person in one go; `what` names it in the menu, to take it back."""
        self._edit(draft, field_id, what)
        self.put.emit()

    def undo(self) -> str:
        """Take the last step back; the field it was made in, empty where there is none."""
        return self._put(self.history.undo(self.draft))

    def redo(self) -> str:
        """Make the step again that was taken back last; the field it was made in, or empty."""
        return self._put(self.history.redo(self.draft))

    def _put(self, found: tuple[Draft, Step] | None) -> str:
        if found is None:
            return ""
        draft, step = found
        self.visit(change.field_id for change in step.changes)
        self._take(draft, step.field_id)
        self.put.emit()
        return step.field_id

    def open(self, draft: Draft, place: Path, store: Store | None = None) -> None:
        """Go on with another draft, kept in `store` from now on."""
        self.opened += 1
        self.stands_in = False
        self._go_on_with(draft, place, store or self.store)
        self.visited = {*draft.answers, *draft.attachments}
        self.judge()
        self.replaced.emit()

    def _edit(self, draft: Draft, field_id: str, what: str = "") -> None:
        self.history.note(self.draft, draft, field_id, monotonic(), what)
        self._take(draft, field_id)

    def _take(self, draft: Draft, field_id: str) -> None:
        self._note(draft)
        self.judge()
        self.edited.emit(field_id)

    def judge(self) -> None:
        """Run the whole self-check."""
        if not self._ready:
            return
        from wizard.check.run import self_check

        self.on = self._fixed_day or clock.today()
        self.report = self_check(self.draft, self.on, self.pictures())
        if more := [finding for others in self.also for finding in others(self.draft)]:
            self.report = replace(self.report, findings=(*self.report.findings, *more))
        self._by_field = self.report.by_field()
        self.judged.emit()

    def pictures(self) -> dict[str, PictureFacts]:
        """What is known of each attached picture; a file is measured once for each state it is in."""
        from wizard.draft import attached
        from wizard.intake.guard import measure
        from wizard.picture import PictureFacts

        known: dict[str, PictureFacts] = {}
        for field_id, path in attached(self.draft):
            file = self.draft.file(path)
            try:
                state = file.stat()
            except (OSError, ValueError):
                continue
            if _is_video(field_id):
                continue
            key = (str(file), state.st_mtime_ns, state.st_size)
            if key not in self._facts:
                try:
                    self._facts[key] = measure(file)
                except FileProblem:
                    self._facts[key] = PictureFacts("", 0, 0, state.st_size)
            known[path] = self._facts[key]
        return known

    def findings(self, field_id: str) -> tuple[Finding, ...]:
        """All that is to be said at one field, the gravest first."""
        return self._by_field.get(field_id, ())

    def shown(self, field_id: str) -> tuple[Finding, ...]:
        """What is said at a field the person has been to."""
        return self.findings(field_id) if field_id in self.visited else ()

    def visit(self, field_ids: Iterable[str]) -> None:
        """Note that the person has been to these fields: from now on they are judged aloud."""
        before = len(self.visited)
        self.visited.update(field_ids)
        if len(self.visited) > before:
            self.judged.emit()

    def go(self, page: str, field_id: str = "") -> None:
        """Note the place to come back to."""
        place = {"page": page, "field": field_id}
        if dict(self.draft.place) != place:
            self.history.pause()
            self._note(replace(self.draft, place=place))

    def _note(self, draft: Draft) -> None:
        """Take a draft in which no answer changed: nothing to undo and nothing to judge, but to be saved."""
        self.draft = draft
        self.changed()

    def exported(self, record: Mapping[str, Any]) -> None:
        """Note the packet that was made of the case: the next one is its next version and says what changed.

        `record` is what `wizard.packet.versions.remembered` gives.
        """
        self._note(PACKET.put(self.draft, record))
        self.begin_saving()
        self.packed.emit()

    def enter(self, so_far: Entered) -> None:
        """Note how far entering the case on the platform has come; nothing to undo, nothing to judge."""
        from wizard.packet.entering import with_entered

        self._note(with_entered(self.draft, so_far))

    def follow(self, draft: Draft) -> bool:
        """Keep a draft to which a line of 办理记录 was added, at once; whether it is on the disk.

        It is no step that could be taken back: such lines are only added.
        """
        self.stands_in = False
        self._take(draft, "progress.submitted_on")
        self.put.emit()
        kept = self.save()
        self.followed.emit()
        return kept


def _is_video(field_id: str) -> bool:
    from wizard.sections import catalogue
    from wizard.types import Papers

    field = catalogue().get(field_id)
    return field is not None and isinstance(field.kind, Papers) and field.kind.video
