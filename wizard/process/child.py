"""The child's side: errands come in on its standard input, one at a time, and answers go out on the other.

It may not make a socket, holds a bounded amount of memory, and ends when the program that started it does.
What it answers is plain: it may have touched hostile files, so nothing of it is unpickled on the other side.
"""

import contextlib
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Queue
from typing import Any, BinaryIO, NoReturn

from wizard.files import FileProblem
from wizard.process import frames
from wizard.process.work import Cancelled

NICER = 5
"""How far behind the window the child stands in the queue for the processor: the window must stay alive."""
TOO_MUCH = 77
"""The exit code of a child that ended itself for holding too much."""
_LOOK = 0.05
_LAST = 2.0
"""Seconds in which an errand has to put its things away when the program has ended."""
_OWN = Path(__file__).resolve().parents[2]
_REFUSED = (
    "socket.__new__",
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.getaddrinfo",
    "socket.gethostbyname",
)

Answer = tuple[dict[str, Any], bytes | memoryview]


class Line:
    """The line to the program: what an errand may say while it is at work, and whether it is still wanted."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self._lock = out, threading.Lock()
        self._at, self._off = 0, False
        self._called_off: set[int] = set()

    def tell(self, done: int, total: int, what: str) -> None:
        """Say how far the work is (see `work.Progress`)."""
        self.send({"told": [done, total, what]})

    def past(self) -> None:
        """From here on it can no longer be called off.

        Raises:
            Cancelled: it was, before.
        """
        if self.cancelled():
            raise Cancelled
        self.send({"past": True})

    def cancelled(self) -> bool:
        """Whether the errand at work is not wanted any more."""
        return self._off or self._at in self._called_off

    def send(self, head: dict[str, Any], body: bytes | memoryview = b"") -> None:
        """Write one frame; nobody is there any more: then there is nobody to answer to."""
        with self._lock:
            try:
                frames.send(self._out, head, body)
            except OSError:
                self._off = True

    def begin(self, number: int) -> None:
        """What is asked and said from now on concerns the errand of that number."""
        self._at = number

    def call_off(self, number: int | None) -> None:
        """The errand of that number is not wanted, or (None) nothing is."""
        if number is None:
            self._off = True
        else:
            self._called_off.add(number)


Do = Callable[[dict[str, Any], bytes, Line], Answer]


def serve(errands: Mapping[str, Do], most_memory: int, most_addresses: int) -> NoReturn:
    """Do errands by their names until the program that started this ends; does not return.

    The two limits are in bytes: what it may hold, and the wall of address space where the system has one.
    """
    line, waiting = Line(_answers()), Queue[tuple[dict[str, Any], bytes] | None]()
    _limit(most_addresses)
    sys.addaudithook(_offline)
    asked = os.fdopen(os.dup(0), "rb")
    threading.Thread(target=_hear, args=(asked, waiting, line), daemon=True).start()
    threading.Thread(target=_watch, args=(most_memory,), daemon=True).start()
    while (errand := waiting.get()) is not None:
        head, body = errand
        line.begin(head.get("number", 0))
        line.send(*_done(errands[head["do"]], head, body, line))
    os._exit(0)


def _answers() -> BinaryIO:
    """The pipe back, kept from libraries that print: what they print goes nowhere."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return own


def _hear(asked: BinaryIO, waiting: "Queue[tuple[dict[str, Any], bytes] | None]", line: Line) -> None:
    """Take errands in, and hear at once of one that is called off; end when the program has ended."""
    while True:
        try:
            head, body = frames.receive(asked)
        except frames.BrokenFrame:
            break
        if "cancel" in head:
            line.call_off(head["cancel"])
        else:
            waiting.put((head, body))
    line.call_off(None)
    waiting.put(None)
    time.sleep(_LAST)
    os._exit(0)


def _done(do: Do, head: dict[str, Any], body: bytes, line: Line) -> Answer:
    try:
        return do(head, body, line)
    except FileProblem as problem:
        return {"problem": str(problem)}, b""
    except Cancelled:
        return {"cancelled": True}, b""
    except MemoryError:
        os._exit(TOO_MUCH)
    except Exception as error:  # noqa: BLE001 - the program is told, and lives on
        return {"failed": type(error).__name__, "places": _places(error)}, b""


def _places(error: Exception) -> list[str]:
    """Where in our own code an error came up, the innermost first; no message and no value."""
    return [
        f"{Path(frame.filename).resolve().relative_to(_OWN)}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__))
        if Path(frame.filename).resolve().is_relative_to(_OWN)
    ]


def _offline(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _REFUSED:
        raise PermissionError("the child opens no connection")


def _limit(most_addresses: int) -> None:
    if sys.platform == "win32":
        return  # `errand` starts it below the others' priority
    import resource

    with contextlib.suppress(OSError):
        os.nice(NICER)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the picture
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (most_addresses, most_addresses))


def _watch(most_memory: int) -> None:
    """End this process where it holds too much."""
    while True:
        time.sleep(_LOOK)
        if held() > most_memory:
            os._exit(TOO_MUCH)


def held() -> int:
    """Bytes this process holds (on macOS the most it ever held); 0 where the system does not tell."""
    told = Path("/proc/self/statm")
    if told.exists():
        return int(told.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    if os.name == "nt":
        return _held_on_windows()
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _held_on_windows() -> int:
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = [("size", wintypes.DWORD), ("faults", wintypes.DWORD)] + [
            (name, ctypes.c_size_t) for name in ("peak", "held", "a", "b", "c", "d", "page_file", "page_peak")
        ]

    counters = Counters()
    counters.size = ctypes.sizeof(counters)
    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = [wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD]
    asked = kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size)
    return int(counters.held) if asked else 0
