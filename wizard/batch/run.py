"""A batch at work: every case checked or exported, in all lanes, none stopping another."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from wizard.batch.errand import Errand, Result, pack, result_of
from wizard.batch.fate import called, people
from wizard.batch.fingerprint import fingerprint
from wizard.batch.items import Item
from wizard.batch.journal import Done, Journal
from wizard.batch.lanes import Lanes
from wizard.batch.places import Places
from wizard.batch.task import Line, Task, Told
from wizard.draft import Draft
from wizard.files import FileProblem, why
from wizard.process.work import Cancelled, never

Tell = Callable[[Told], None]
_LOOK: Final = 0.1
_AHEAD: Final = 1
"""How many cases wait for a lane, so that none stands still while what another did is written down."""


@dataclass
class _Work:
    place: int
    item: Item
    draft: Draft
    line: Line
    name: str = ""
    fingerprint: str = ""


class Batch:
    """One run over `items`. `lines` are in their order; those not yet done say so."""

    def __init__(self, items: Sequence[Item], task: Task, lanes: Lanes) -> None:
        self.items, self.task, self._lanes = items, task, lanes
        self.lines = [Line(item.key) for item in items]
        self._journal: Journal | None = None
        self._places: Places | None = None
        self._at_work: dict[Future[Any], _Work] = {}
        self._done = 0
        self._clock = _Clock()

    def run(
        self,
        told: Tell,
        cancelled: Callable[[], bool] = never,
        paused: Callable[[], bool] = never,
    ) -> list[Line]:
        """Do it; when `cancelled`, what is at work is dropped, and left with the rest for another run.

        Raises:
            FileProblem: the target cannot be used.
        """
        if self.task.target is not None:
            self._open(self.task.target)
        try:
            self._go(told, cancelled, paused)
        finally:
            if self._places is not None:
                self._places.close()
            if self._journal is not None:
                self._journal.close()
        return self.lines

    def _open(self, target: Path) -> None:
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileProblem(f"无法使用“{target}”，换一个文件夹") from error
        self._journal = Journal(target)
        try:
            self._places = Places(target, self._journal, as_folders=self.task.as_folders)
        except FileProblem:
            self._journal.close()
            raise

    def _go(self, told: Tell, cancelled: Callable[[], bool], paused: Callable[[], bool]) -> None:
        waiting = self._prepared(told)
        ready: _Work | None = next(waiting, None)
        while ready is not None or self._at_work:
            if cancelled():
                if ready is not None:
                    ready.item.put_away()
                ready, waiting = None, iter(())
            if ready is not None and len(self._at_work) < self._lanes.count + _AHEAD and not paused():
                self._start(ready, cancelled)
                ready = next(waiting, None)
                told(self._told())
                continue
            self._clock.run(bool(self._at_work))
            if not self._at_work:
                time.sleep(_LOOK)
                continue
            ended, _ = wait(self._at_work, timeout=_LOOK, return_when=FIRST_COMPLETED)
            for future in ended:
                self._end(future, told)

    def _prepared(self, told: Tell) -> Iterator[_Work]:
        """The cases that have to be done, read one ahead; those that cannot be read or are done are told."""
        for place, item in enumerate(self.items):
            line = self.lines[place]
            try:
                draft = item.draft()
                line = replace(line, called=called(draft.answers), people=people(draft.answers))
                work = _Work(place, item, draft, line)
                if kept := self._kept(work):
                    self._tell(place, kept, told)
                    continue
                work.draft = item.lay_out(draft)
            except (FileProblem, OSError) as error:
                item.put_away()
                reason = str(error) if isinstance(error, FileProblem) else f"附件读不出来：{why(error)}"
                self._tell(place, replace(line, state="failed", reason=reason), told)
                continue
            yield work

    def _kept(self, work: _Work) -> Line | None:
        """The line of a case that was exported before, has not changed, and is still there as it was."""
        if self._journal is None or self._places is None:
            return None
        versions = self._lanes.versions()
        work.fingerprint = fingerprint(work.draft, work.item, self.task, self._journal.salt, versions)
        done = self._journal.done.get(work.item.key)
        if (
            not done
            or self.task.again
            or done.fingerprint != work.fingerprint
            or not self._places.verified(done)
        ):
            return None
        return replace(
            work.line,
            state="kept",
            counts=done.counts,
            place=done.name,
            reason=f"{done.at[:10]} 导出的",
            final=done.final,
        )

    def _start(self, work: _Work, cancelled: Callable[[], bool]) -> None:
        to = None
        if self._places is not None:
            work.name = self._places.name_for(work.item.key, work.draft)
            to = self._places.unfinished(work.name)
        task = self.task
        errand = Errand(work.draft, task.on, task.made_at, to, task.options, task.draft_too, work.item.found)
        self._at_work[self._lanes.ask(*pack(errand), cancelled)] = work

    def _end(self, future: "Future[Any]", told: Tell) -> None:
        work = self._at_work.pop(future)
        try:
            line = self._line(work, result_of(json.loads(future.result()[1])))
        except FileProblem as problem:
            line = replace(work.line, state="failed", reason=str(problem))
        except Cancelled:
            work.item.put_away()
            self.lines[work.place] = work.line
            return
        work.item.put_away()
        self._clock.count()
        self._tell(work.place, line, told)

    def _line(self, work: _Work, made: Result) -> Line:
        counts = (made.count("error"), made.count("warning"), made.count("note"))
        line = replace(work.line, state=made.state, counts=counts, reason=made.reason, findings=made.findings)
        if made.state != "exported" or self._journal is None or self._places is None:
            return line
        at = self.task.made_at.isoformat()
        done = Done(work.fingerprint, work.name, made.files, made.final, at, counts, made.reason)
        self._journal.note(work.item.key, done)
        self._places.put(work.name)
        line = replace(line, place=work.name, final=made.final)
        try:
            work.item.remember(made.record)
        except FileProblem as problem:
            return replace(line, reason=f"已导出，但案件没有记下这一版：{problem}")
        return line

    def _tell(self, place: int, line: Line, told: Tell) -> None:
        self.lines[place] = line
        self._done += 1
        told(self._told(line))

    def _told(self, last: Line | None = None) -> Told:
        works = list(self._at_work.values())[: self._lanes.count]
        now = tuple(work.line.covered(work.line.called) for work in works)
        return Told(self._done, len(self.items), now, self._clock.rest(len(self.items) - self._done), last)


class _Clock:
    """How long the rest may take, by what was done so far; time spent paused does not count."""

    def __init__(self) -> None:
        self._spent, self._since, self._counted = 0.0, 0.0, 0

    def run(self, on: bool) -> None:
        now = time.monotonic()
        if self._since:
            self._spent += now - self._since
        self._since = now if on else 0.0

    def count(self) -> None:
        self._counted += 1

    def rest(self, left: int) -> float | None:
        return self._spent / self._counted * left if self._counted >= 2 else None
