"""One child process, one errand at a time: started when needed, ended when it hangs or is not wanted."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from threading import Lock, Thread
from typing import Any, BinaryIO, cast

from wizard.intake import frames

_POLL = 0.05
"""Seconds between two looks at `cancelled`."""
Answer = tuple[dict[str, Any], bytes]


class Cancelled(Exception):
    """The errand was called off."""


class WorkerDied(Exception):
    """The worker ended in the middle of an errand, or took too long for it; `slow` says which."""

    def __init__(self, slow: bool = False) -> None:
        super().__init__()
        self.slow = slow


class Errand:
    """Owns the worker. Calls from several threads take turns."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Queue[Answer | None] = Queue()

    @property
    def alive(self) -> bool:
        """Whether there is a worker."""
        return self._process is not None and self._process.poll() is None

    def run(self, errand: dict[str, Any], seconds: float, cancelled: Callable[[], bool]) -> Answer:
        """Send one errand and wait for its answer, at most so many `seconds`.

        Raises:
            Cancelled: `cancelled` said so while waiting.
            WorkerDied: it died or took too long; the next errand starts another.
            OSError: no worker can be started.
        """
        while not self._turn.acquire(timeout=_POLL):
            if cancelled():
                raise Cancelled
        try:
            if not self.alive:
                self._start()
            return self._wait(errand, time.monotonic() + seconds, cancelled)
        finally:
            self._turn.release()

    def let_go(self) -> None:
        """End the worker if it is not at work."""
        if self._turn.acquire(blocking=False):
            try:
                self.kill()
            finally:
                self._turn.release()

    def kill(self) -> None:
        """End the worker now."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                try:
                    stream.close()
                except OSError:
                    continue  # what was still to be written has nowhere to go

    def _start(self) -> None:
        self.kill()
        process = subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            creationflags=_hidden_and_humble(),
        )
        answers: Queue[Answer | None] = Queue()
        Thread(target=_listen, args=(process.stdout, answers), daemon=True).start()
        self._process, self._answers = process, answers

    def _wait(self, errand: dict[str, Any], end: float, cancelled: Callable[[], bool]) -> Answer:
        process = self._process
        assert process is not None
        try:
            frames.send(cast(BinaryIO, process.stdin), errand)
        except OSError as error:
            self.kill()
            raise WorkerDied from error
        while True:
            try:
                answer = self._answers.get(timeout=_POLL)
            except Empty:
                self._give_up(time.monotonic() > end, cancelled())
                continue
            if answer is None:
                self.kill()
                raise WorkerDied
            return answer

    def _give_up(self, late: bool, cancelled: bool) -> None:
        if late or cancelled:
            self.kill()
            raise Cancelled if cancelled else WorkerDied(slow=True)


def _hidden_and_humble() -> int:
    """On Windows: no console window, and behind the window in the queue for the processor; elsewhere 0."""
    return getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)


def command() -> list[str]:
    """How the worker is started: this program again where it is one file, else this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--read-worker"]
    return [sys.executable, "-m", "wizard.intake.worker"]


def _environment() -> dict[str, str]:
    """The program's own folder first on the path: the worker is started from wherever the person is.

    onnxruntime would send how it is used, and keep an id of the computer in the person's home; it is told not
    to before it is loaded.
    """
    own = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([own, before]) if before else own
    return os.environ | {
        "PYTHONPATH": path,
        "PYTHONSAFEPATH": "1",
        "PYTHONWARNINGS": "ignore",
        "ORT_DISABLE_TELEMETRY": "1",
    }


def _listen(stream: BinaryIO, answers: "Queue[Answer | None]") -> None:
    """Hand over what the worker says, and None when it has ended."""
    while True:
        try:
            answers.put(frames.receive(stream))
        except frames.BrokenFrame:
            answers.put(None)
            return
