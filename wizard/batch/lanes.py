"""Processes at work beside this one, an errand each: as many as there are processors.

One that dies takes its one errand along and no other; the next errand starts another.
"""

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import Queue
from typing import Any, Final

from wizard.files import FileProblem, why
from wizard.process.errand import Answer, Errand, Program, WorkerDied, WorkFailed
from wizard.process.work import never

WORKER: Final = Program("wizard.batch.worker", "--batch-worker")
MOST: Final = 8
"""More lanes than this only wait for the disk, and each holds some 200 MB at a packet of photos."""
_IDLE: Final = 60.0
_GRACE: Final = 0.5
_SILENT: Final = 600.0
"""Seconds a process may say nothing: a large video is copied in one step, to a slow disk."""


class Lanes:
    """The processes, each started when it is first needed. May be used from several threads."""

    def __init__(self, most: int = MOST) -> None:
        self.count = max(1, min(most, os.cpu_count() or 1))
        self._errands = [Errand(WORKER, _IDLE) for _ in range(self.count)]
        self._free: Queue[Errand] = Queue()
        for errand in reversed(self._errands):
            self._free.put(errand)
        self._warm: Future[Answer] | None = None
        self._threads = ThreadPoolExecutor(self.count, "lane")

    def warm(self) -> None:
        """Start all of them, so that the first cases do not wait; what fails is told by the first errand."""
        asked = [self.ask({"do": "warm"}) for _ in range(self.count)]
        self._warm = self._warm or asked[0]

    def versions(self) -> tuple[str, str]:
        """The versions of the rules and of the program, by which the lanes check.

        Raises:
            FileProblem: no process could be started.
        """
        if self._warm is None:
            self.warm()
        assert self._warm is not None
        rules, program = self._warm.result()[0]["versions"]
        return rules, program

    def ask(
        self, head: dict[str, Any], body: bytes = b"", cancelled: Callable[[], bool] = never
    ) -> "Future[Answer]":
        """Begin one errand of `worker`, or wait for a free lane.

        The future raises:
            FileProblem: the process did not survive it, or met a fault of the program.
            Cancelled: `cancelled` said so, or this was closed.
        """
        return self._threads.submit(self._carry, head, body, cancelled)

    def close(self) -> None:
        """End the processes for good, also those at work."""
        for errand in self._errands:
            errand.close()
        self._threads.shutdown(cancel_futures=True)
        for errand in self._errands:
            errand.kill()  # one that was just being started

    def _carry(self, head: dict[str, Any], body: bytes, cancelled: Callable[[], bool]) -> Answer:
        errand = self._free.get()
        try:
            answer, data = errand.run(head, _SILENT, cancelled, body, grace=_GRACE)
        except WorkerDied as death:
            raise FileProblem(_told(death)) from death
        except WorkFailed as fault:
            raise FileProblem(
                f"程序出错（{fault.error} {' '.join(fault.places[:1])}），其余的不受影响"
            ) from fault
        except OSError as error:
            raise FileProblem(f"没能启动处理程序（{why(error)}），关掉一些别的程序再试") from error
        finally:
            self._free.put(errand)
        if "problem" in answer:
            raise FileProblem(str(answer["problem"])[:2000])
        return answer, data


def _told(death: WorkerDied) -> str:
    if death.greedy:
        return "图片太大，占用的内存超过了上限，已经停下；把大图片缩小后再试"
    if death.slow:
        return "太久没有动静，已经停下；换到本机硬盘上的文件夹再试"
    return "处理的程序意外结束，其余的不受影响；单独打开它看看，或去掉最近加的图片再试"
