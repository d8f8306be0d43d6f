"""One child process, one errand at a time: started when needed, ended when it hangs, idles or is not wanted.

What goes to the child are plain heads and bytes (`frames`), and so is what comes back: see `child`.
"""

import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Lock, Thread, Timer
from typing import Any, BinaryIO, NamedTuple, cast

from wizard.process import frames
from wizard.process.child import TOO_MUCH
from wizard.process.work import Cancelled, Progress, never, silent

_POLL = 0.05
"""Seconds between two looks at `cancelled`."""
_PIPE = 1 << 20
"""Bytes that a pipe holds, where the system lets us say: a page comes in few pieces, so threads wait less."""
Answer = tuple[dict[str, Any], bytes]


class WorkerDied(Exception):
    """The child ended in the middle of an errand: `slow` took too long, `greedy` held too much memory."""

    def __init__(self, slow: bool = False, greedy: bool = False) -> None:
        super().__init__()
        self.slow, self.greedy = slow, greedy


class WorkFailed(Exception):
    """The child met a fault of the program: the name of the error, and where in our code it came up."""

    def __init__(self, error: str, places: tuple[str, ...]) -> None:
        super().__init__()
        self.error, self.places = error, places


class Program(NamedTuple):
    """What a child runs: a module of ours; `flag` is how a program that is one file starts itself as that.

    `environment` is added to that of the program.
    """

    module: str
    flag: str
    environment: Mapping[str, str] = {}


@dataclass
class _Call:
    """One errand under way. `past` says that it can no longer be called off."""

    number: int
    seconds: float
    grace: float
    told: Progress
    cancelled: Callable[[], bool]
    end: float = field(default=0.0)
    given_up: float = math.inf
    past: bool = False

    def live(self) -> None:
        """It gave a sign of life: its time begins anew."""
        self.end = time.monotonic() + self.seconds


class Errand:
    """Owns the child. Calls from several threads take turns.

    After `idle` seconds without work the child is let go. `pid` is its number, also when it is gone.
    """

    def __init__(self, program: Program, idle: float = math.inf) -> None:
        self._program, self._idle = program, idle
        self._turn, self._lock = Lock(), Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Queue[Answer | None] = Queue()
        self._number = self.pid = 0
        self._timer: Timer | None = None
        self.closed = self._leaving = False

    @property
    def alive(self) -> bool:
        """Whether there is a child."""
        return self._process is not None and self._process.poll() is None

    def run(
        self,
        errand: dict[str, Any],
        seconds: float,
        cancelled: Callable[[], bool] = never,
        body: bytes = b"",
        told: Progress = silent,
        grace: float = 0.0,
    ) -> Answer:
        """Send one errand and wait for its answer; `told` hears what the child says meanwhile.

        `seconds` is how long it may be silent. Where it is called off, the child has `grace` seconds to put
        its things away, then it is ended.

        Raises:
            Cancelled: `cancelled` said so while waiting, or this was closed.
            WorkerDied: it died or took too long; the next errand starts another.
            WorkFailed: the program has a fault; the child lives on.
            OSError: no child can be started.
        """
        while not self._turn.acquire(timeout=_POLL):
            if cancelled() or self.closed:
                raise Cancelled
        try:
            self._rest(math.inf)
            if self.closed or cancelled():
                raise Cancelled
            if not self.alive:
                self._start()
            self._number += 1
            return self._carry(errand, body, _Call(self._number, seconds, grace, told, cancelled))
        finally:
            self._end_turn()

    def let_go(self) -> None:
        """End the child, now or when its errand is done; the next errand starts another."""
        self._leaving = True
        if self._turn.acquire(blocking=False):
            self._end_turn()

    def _end_turn(self) -> None:
        """The child has nothing to do: let it go where it is to leave."""
        try:
            if self._leaving or self.closed:  # closed while it was being started
                self.kill()
                self._leaving = False
            else:
                self._rest(self._idle)
        finally:
            self._turn.release()

    def close(self) -> None:
        """End the child for good, also where it is at work."""
        self.closed = True
        self._rest(math.inf)
        self.kill()

    def kill(self) -> None:
        """End the child now."""
        with self._lock:
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

    def _rest(self, after: float) -> None:
        """Let the child go `after` so many seconds of quiet; never where that is infinite."""
        with self._lock:
            if self._timer:
                self._timer.cancel()
            self._timer = None
            if after < math.inf and not self.closed:
                self._timer = Timer(after, self.let_go)
                self._timer.daemon = True
                self._timer.start()

    def _start(self) -> None:
        self.kill()
        process = subprocess.Popen(
            command(self._program),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(self._program),
            creationflags=_hidden_and_humble(),
            pipesize=_PIPE,
        )
        answers: Queue[Answer | None] = Queue()
        Thread(target=_listen, args=(process.stdout, answers), daemon=True).start()
        self._process, self._answers, self.pid = process, answers, process.pid

    def _carry(self, errand: dict[str, Any], body: bytes, call: _Call) -> Answer:
        process = self._process
        if process is None:
            raise Cancelled
        self._send(process, {**errand, "number": call.number}, body)
        call.live()
        while True:
            self._call_off(process, call)
            try:
                answer = self._answers.get(timeout=_POLL)
            except Empty:
                self._give_up(call)
                continue
            if answer is None:
                raise self._death(process)
            call.live()
            head, _ = answer
            if "told" in head:
                call.told(*head["told"])
            elif "past" in head:
                call.past = True
            else:
                return _meant(answer)

    def _send(self, process: "subprocess.Popen[bytes]", head: dict[str, Any], body: bytes = b"") -> None:
        try:
            frames.send(cast(BinaryIO, process.stdin), head, body)
        except (OSError, ValueError) as error:  # ValueError: it was closed meanwhile
            raise self._death(process) from error

    def _call_off(self, process: "subprocess.Popen[bytes]", call: _Call) -> None:
        """Say that the errand is not wanted any more, once, where it is not too late for that."""
        if self.closed:
            raise Cancelled
        if call.given_up == math.inf and not call.past and call.cancelled():
            call.given_up = time.monotonic() + call.grace
            if call.grace:
                self._send(process, {"cancel": call.number})

    def _give_up(self, call: _Call) -> None:
        """End the child where it took too long: to stop when asked to, or to say anything."""
        now = time.monotonic()
        if now >= call.given_up and not call.past:
            self.kill()
            raise Cancelled
        if now > call.end:
            self.kill()
            raise WorkerDied(slow=True)

    def _death(self, process: "subprocess.Popen[bytes]") -> Exception:
        self.kill()
        return Cancelled() if self.closed else WorkerDied(greedy=process.wait() == TOO_MUCH)


def _meant(answer: Answer) -> Answer:
    """The answer, where it is one and not the news that there is none."""
    head, _ = answer
    if "cancelled" in head:
        raise Cancelled
    if "failed" in head:
        raise WorkFailed(str(head["failed"])[:80], tuple(str(place)[:200] for place in head["places"][:30]))
    return answer


def _hidden_and_humble() -> int:
    """On Windows: no console window, and behind the window in the queue for the processor; elsewhere 0."""
    return getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)


def command(program: Program) -> list[str]:
    """How a child is started: this program again where it is one file, else this Python."""
    if getattr(sys, "frozen", False):
        return [sys.executable, program.flag]
    return [sys.executable, "-m", program.module]


def _environment(program: Program) -> dict[str, str]:
    """The program's own folder first on the path: the child is started from wherever the person is."""
    own = str(Path(__file__).resolve().parents[2])
    before = os.environ.get("PYTHONPATH")
    path = os.pathsep.join([own, before]) if before else own
    settings = {"PYTHONPATH": path, "PYTHONSAFEPATH": "1", "PYTHONWARNINGS": "ignore"}
    return os.environ | settings | dict(program.environment)


def _listen(stream: BinaryIO, answers: "Queue[Answer | None]") -> None:
    """Hand over what the child says, and None when it has ended."""
    while True:
        try:
            answers.put(frames.receive(stream))
        except frames.BrokenFrame:
            answers.put(None)
            return
