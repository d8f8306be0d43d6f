"""A workbook read, checked and taken in beside the window, one piece of work at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ui.jobs import Job, Work
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.batch.book_reader import BookReader, Facts, How, Judged
    from wizard.batch.fate import Target

Told = Callable[[int, int, str], None]


class BookWork(QObject):
    """`read` has the facts and what was agreed on, `judged` the rows, `taken` how many came in.

    `looked` has a row's number and what was found in it, `failed` a sentence, empty where the person stopped
    it.
    """

    progress = Signal(int, int, str)
    read = Signal(object, object)
    judged = Signal(object)
    taken = Signal(object)
    looked = Signal(int, object)
    failed = Signal(str)

    def __init__(self, target: Callable[[], Target], parent: QObject) -> None:
        super().__init__(parent)
        self._target = target
        self._reader: BookReader | None = None
        self._lanes: Any = None
        self._job: Job | None = None
        self._look: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self._job is not None

    def open(self, path: Path, recall: Callable[[Facts], Mapping[str, str]]) -> None:
        """Read a book, its columns as they were read the last time."""

        def work(_told: Told, cancelled: Callable[[], bool]) -> tuple[Facts, Mapping[str, str]]:
            from wizard.batch.book_reader import BookReader
            from wizard.batch.lanes import Lanes

            self._lanes = self._lanes or Lanes(4)
            self._reader = BookReader(self._lanes, path, {})
            facts = self._reader.facts(cancelled)
            agreed = recall(facts)
            return facts, agreed

        self._begin(work, lambda made: self.read.emit(*made))

    def judge(self, agreed: Mapping[str, str], on: date, leave_out: bool) -> None:
        """Check all rows, and see what becomes of each."""

        def work(told: Told, cancelled: Callable[[], bool]) -> Judged:
            from wizard.batch.book_reader import BookReader

            assert self._reader is not None
            self._reader = BookReader(self._lanes, self._reader.path, agreed)
            told(0, 0, "正在读表格…")
            facts = self._reader.facts(cancelled)
            if facts.problem:
                raise FileProblem("读入的列太少，认不出表头；至少选两列“读入为”")
            return self._reader.judge(on, self._target(), leave_out, told, cancelled)

        self._begin(work, self.judged.emit)

    def take(self, how: How) -> None:
        """Take all rows in, or none."""

        def work(told: Told, cancelled: Callable[[], bool]) -> Any:
            assert self._reader is not None
            return self._reader.take(self._target(), how, told, cancelled)

        self._begin(work, self.taken.emit)

    def look(self, number: int, on: date) -> None:
        """Fetch what was found in one row; while one is being fetched, the next waits for the person."""
        reader = self._reader
        if reader is None or self._look is not None:
            return
        look = self._look = Job(lambda _told, _cancelled: reader.row(number, on), self)

        def ended(value: object) -> None:
            self._look = None
            look.deleteLater()
            self.looked.emit(number, value)

        look.done.connect(ended)
        look.failed.connect(lambda _: ended(None))
        look.start()

    def cancel(self) -> None:
        """Stop what is under way."""
        if self._job is not None:
            self._job.cancel()

    def end(self) -> None:
        """Stop everything and let the processes go; nothing is told any more."""
        self.blockSignals(True)  # noqa: FBT003 - Qt takes no names
        for job in (self._job, self._look):
            if job is not None:
                job.cancel()
        if self._lanes is not None:
            self._lanes.close()
        for job in (self._job, self._look):
            if job is not None:
                job.wait()
                QCoreApplication.sendPostedEvents(job)

    def _begin(self, work: Work, then: Callable[[Any], None]) -> None:
        job = self._job = Job(work, self)
        job.progress.connect(self.progress)
        job.done.connect(lambda value: self._ended(job, then, value))
        job.failed.connect(lambda error: self._ended(job, self._told, error))
        job.start()

    def _ended(self, job: Job, then: Callable[[Any], None], value: object) -> None:
        self._job = None
        job.deleteLater()
        then(value)

    def _told(self, error: object) -> None:
        from wizard.process.work import Cancelled

        if isinstance(error, Cancelled):
            self.failed.emit("")
        elif isinstance(error, FileProblem):
            self.failed.emit(str(error))
        else:
            from ui.errors import log

            log(error)  # type: ignore[arg-type]
            self.failed.emit("没有读完，什么也没有导入。再试一次；还不行就另存为 .xlsx 再试")
