"""Reading on the page of papers: what is said under each picture, and the windows opened from there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from ui.reading_strip import ReadingStrip
from wizard.intake.suggestion import PHOTO, READ_SLOTS, Suggestion, suggestions

if TYPE_CHECKING:
    from ui.bench_dialog import BenchDialog
    from ui.bench_work import Made
    from ui.intake import Taken
    from ui.papers_page import PapersPage

NOT_INSTALLED = "这台电脑没有装识别图片文字的组件，证件内容手工填写即可，其他功能不受影响。"


class Source(NamedTuple):
    """Where an attachment comes from: the file as given, which of its pages, and how many it has."""

    file: Path
    page: int
    pages: int


class PaperReading(QObject):
    """Ties the desk to the slots of a page whose papers can be read."""

    def __init__(self, page: PapersPage) -> None:
        super().__init__(page)
        self._page, self.case, self.desk = page, page.case, page.desk
        self.strips: dict[str, ReadingStrip] = {}
        self._sources: dict[str, Source] = {}
        self.bench: BenchDialog | None = None
        for field_id in READ_SLOTS:
            self._add(field_id)
        for field_id, slot in page.slots.items():
            slot.bench_wanted.connect(lambda path, at=field_id: self.adjust(at, path))
        self.desk.told.connect(self.refresh)

    def _add(self, field_id: str) -> None:
        slot = self._page.slots[field_id]
        strip = self.strips[field_id] = ReadingStrip(slot.field.label)
        slot.below(strip)
        slot.look_wanted.connect(lambda: self.look(field_id))
        strip.look_wanted.connect(lambda: self.look(field_id))
        strip.read_wanted.connect(lambda: self.read(field_id))
        strip.cancelled.connect(lambda: self.desk.cancel(field_id))
        strip.page_wanted.connect(lambda: self._another_page(field_id))

    def begin(self) -> None:
        """The page is in sight: have the reader ready, or say once that there is none."""
        from ui.told_once import first_time

        if self.desk.open:
            self.desk.warm()
        elif first_time("reading-not-installed"):
            self._page.problem.emit(NOT_INSTALLED)

    def arrived(self, taken: Taken) -> None:
        """Files were brought in: read them where their slot is read."""
        if taken.instead in self._sources:
            self._sources.update({one.path: self._sources[taken.instead] for one in taken.kept})
            self._read_new(taken)
            return
        for one in taken.kept:
            self._sources[one.path] = Source(one.original, taken.page, one.pages)
        self._read_new(taken)

    def _read_new(self, taken: Taken) -> None:
        if taken.kept and taken.field_id in self.strips:
            self.read(taken.field_id)

    def read(self, field_id: str) -> None:
        """Read the picture of a slot."""
        if path := self._path(field_id):
            self.desk.read(field_id, path)

    def _path(self, field_id: str) -> str:
        return next(iter(self.case.draft.attachments.get(field_id, ())), "")

    def refresh_all(self) -> None:
        """Say under each picture how things stand."""
        for field_id in self.strips:
            self.refresh(field_id)

    def refresh(self, field_id: str) -> None:
        """Say under one picture how things stand."""
        strip, path = self.strips[field_id], self._path(field_id)
        busy, said = self.desk.state(field_id)
        if not path or not self.desk.open:
            strip.hide()
            return
        if busy:
            strip.busy(said)
        elif said:
            strip.failed(said)
        elif not self._is_read(path):
            strip.unread()
        elif offered := self.offered(field_id):
            strip.found(len(offered), sum(one.state != "same" for one in offered))
        else:
            strip.nothing()
        source = self._sources.get(path)
        strip.pages(source.page if source else 1, source.pages if source else 1)

    def _is_read(self, path: str) -> bool:
        scan, facts = self.case.draft.scans.get(path), self.case.pictures().get(path)
        return bool(scan and facts and scan.bytes == facts.bytes)

    def offered(self, field_id: str) -> tuple[Suggestion, ...]:
        """What the picture of a slot offers to the form."""
        path = self._path(field_id)
        if not path or not self._is_read(path):
            return ()
        return suggestions(field_id, self.case.draft.scans[path], self.case.draft)

    def look(self, field_id: str) -> None:
        """Show what was read beside the picture."""
        from ui.suggestions_dialog import SuggestionsDialog

        offered = self.offered(field_id)
        if not offered:
            return
        slot, file = self._page.slots[field_id], self.case.draft.file(self._path(field_id))
        dialog = SuggestionsDialog(slot.field.label, file, offered, self._page.window())
        dialog.taken.connect(lambda answers: self._take(field_id, answers))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take(self, field_id: str, answers: dict[str, tuple[str, str]]) -> None:
        draft = self.case.draft
        for answered, (value, source) in answers.items():
            draft = draft.with_answer(answered, value, source)
        self.case.visit(answers)
        self.case.fill(draft, field_id, f"采用识别结果 {len(answers)} 项")
        self._page.slots[field_id].setFocus()

    def adjust(self, field_id: str, path: str) -> None:
        """Open the image bench on an attachment."""
        from ui import bench_work
        from ui.bench_dialog import BenchDialog

        slot, limits = self._page.slots[field_id], bench_work.limits()
        work = bench_work.Bench(self.desk, self.case.draft.file(path), self._kind(field_id, path), limits)
        self.bench = dialog = BenchDialog(slot.field.label, work, limits, self._page.window())
        dialog.made.connect(lambda made: self._adjusted(field_id, path, made))
        dialog.finished.connect(self._put_away)
        dialog.open()

    def _put_away(self) -> None:
        if self.bench:
            self.bench.deleteLater()
        self.bench = None

    def _kind(self, field_id: str, path: str) -> str:
        """Which paper is in a picture, by what was read, else by its place; empty where unknown."""
        scan = self.case.draft.scans.get(path)
        if scan and scan.kind:
            return scan.kind
        licensed = self.case.draft.text("subject.type") in ("企业", "个体工商户")
        return "business_licence" if field_id == PHOTO and licensed else ""

    def close_down(self) -> None:
        """End what the bench is at (when the window closes)."""
        if self.bench:
            self.bench.give_up()

    def _adjusted(self, field_id: str, path: str, made: Made) -> None:
        """A picture came off the bench: it takes the place of the one that was laid on it."""
        slot = self._page.slots[field_id]
        slot.wait_for(1)
        self._page.intake.made(slot.field, made.data, made.format, path)

    def _another_page(self, field_id: str) -> None:
        from ui.page_choice import PageChoice

        path = self._path(field_id)
        if source := self._sources.get(path):
            dialog = PageChoice(source.file, source.page, source.pages, self.desk, self._page.window())
            dialog.chosen.connect(lambda page: self._bring(field_id, source.file, page))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _bring(self, field_id: str, file: Path, page: int) -> None:
        slot = self._page.slots[field_id]
        slot.wait_for(1)
        self._page.intake.files(slot.field, [file], 1, page)
