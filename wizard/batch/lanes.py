"""Processes at work beside this one, a case each: as many as there are processors, each ended by itself.

A process that dies takes its one case along and no other. They end when this program does.
"""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final

MOST: Final = 8
"""More lanes than this only wait for the disk, and each holds some 200 MB at a packet of photos."""


class LaneDied(Exception):
    """The process ended in the middle of a case."""


class Lane:
    """One process. It is started with its first piece of work."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def start(self, act: Callable[..., Any], *given: Any) -> "Future[Any]":
        """Begin one piece of work; what `act` gives or raises stands in the future."""
        import multiprocessing

        if self._pool is None:
            context = multiprocessing.get_context("spawn")  # a fork of a program with threads may hang
            self._pool = ProcessPoolExecutor(1, context, _begin)
        try:
            return self._pool.submit(act, *given)
        except BrokenProcessPool:
            self._pool = None
            return self.start(act, *given)

    def close(self) -> None:
        """End the process once it has done what it is at."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def lanes(most: int = MOST) -> list[Lane]:
    """A lane for each processor."""
    return [Lane() for _ in range(max(1, min(most, os.cpu_count() or 1)))]


def result(future: "Future[Any]") -> Any:
    """What a finished piece of work gave.

    Raises:
        LaneDied: its process is gone.
        Exception: what the work raised.
    """
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise LaneDied from error


def _begin() -> None:
    """In the process: leave ^C to the program that started it, and end with it."""
    import multiprocessing

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(2)
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
