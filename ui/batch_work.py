"""A batch beside the window: told on the GUI thread, paused, stopped, its index written at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ui.jobs import Job
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.batch.lanes import Lanes
    from wizard.batch.task import Line, Task
    from wizard.library.library import Library


class Made(NamedTuple):
    """What a batch came to: in words, how many cases are left, where the index is, and why it is not."""

    said: str
    left: int
    folder: Path | None
    problem: str


class BatchWork(QObject):
    """One batch at a time. `told` has a `wizard.batch.task.Told`."""

    told = Signal(object)
    done = Signal(object)
    failed = Signal(str)

    def __init__(self, library: Library, parent: QObject) -> None:
        super().__init__(parent)
        self._library = library
        self._job: Job | None = None
        self._paused = Event()

    @property
    def paused(self) -> bool:
        """Whether nothing new is begun for now."""
        return self._paused.is_set()

    def start(self, cases: Sequence[int], task: Task, folder: Path) -> None:
        """Begin; the index goes into `folder`."""
        self._paused.clear()
        library, paused, told = self._library, self._paused.is_set, self.told.emit

        def work(_progress: Callable[[int, int, str], None], cancelled: Callable[[], bool]) -> Made:
            from wizard.batch.lanes import Lanes
            from wizard.batch.library_items import library_items
            from wizard.batch.run import Batch

            lanes = Lanes()
            lanes.warm()
            try:
                with library_items(library, cases) as items:
                    lines = Batch(items, task, lanes).run(told, cancelled, paused)
                return _indexed(lines, task, folder, lanes)
            finally:
                lanes.close()

        self._job = Job(work, self)
        self._job.done.connect(self.done)
        self._job.failed.connect(self._failed)
        self._job.start()

    def pause(self, on: bool) -> None:
        """Begin nothing new until it goes on."""
        (self._paused.set if on else self._paused.clear)()

    def cancel(self) -> None:
        """Stop; what is done stays."""
        if self._job is not None:
            self._job.cancel()

    def end(self) -> None:
        """Stop and wait for it; nothing is told any more."""
        job, self._job = self._job, None
        if job is not None:
            self.blockSignals(True)  # noqa: FBT003 - Qt takes no names
            job.cancel()
            job.wait()
            QCoreApplication.sendPostedEvents(job)

    def _failed(self, error: object) -> None:
        if isinstance(error, FileProblem):
            self.failed.emit(str(error))
            return
        from ui.errors import log

        log(error)  # type: ignore[arg-type]
        self.failed.emit("批量处理没有做完，案件没有变。再做一次，做好的会跳过")


def _indexed(lines: Sequence[Line], task: Task, folder: Path, lanes: Lanes) -> Made:
    from wizard.batch import indexing

    counts = [f"{words} {count} 个" for words, count in indexing.tally(lines, task) if count]
    left = sum(line.state == "waiting" for line in lines)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lanes.ask(*indexing.pack(lines, task, folder)).result()
    except (FileProblem, OSError) as problem:
        return Made("，".join(counts), left, folder if task.target else None, str(problem))
    return Made("，".join(counts), left, folder, "")
