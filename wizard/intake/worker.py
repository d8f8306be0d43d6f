"""The worker: a process that decodes and reads what may be hostile, with little to lose.

It takes frames (`frames`) from its standard input, one errand at a time, and answers on what was its standard
output. It has a limit of memory, opens no socket, and ends when the program that started it does.
"""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from wizard.files import FileProblem
from wizard.intake import frames

MOST_MEMORY = 2_500_000_000
"""Bytes the worker may hold: reading an A4 sheet takes 0.6 GB, decoding 64 megapixels 0.5 GB."""
MOST_ADDRESSES = 8_000_000_000
"""The hard wall where the system has one (RLIMIT_AS): address space, of which threads reserve much."""
NICER = 5
"""How far behind the window the worker stands in the queue for the processor: the window must stay alive."""
TOO_MUCH = 77
"""The exit code of a worker that ended itself for holding too much."""
_LOOK = 0.05
_REFUSED = (
    "socket.__new__",
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.getaddrinfo",
    "socket.gethostbyname",
)


def main() -> None:
    """Serve errands until the program that started this ends."""
    answers = _answers()
    _limit()
    sys.addaudithook(_offline)
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    while True:
        try:
            errand, _ = frames.receive(sys.stdin.buffer)
        except frames.BrokenFrame:
            return
        frames.send(answers, *_done(errand))


def _answers() -> BinaryIO:
    """The pipe back, kept from libraries that print: what they print goes nowhere."""
    own = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return own


def _done(errand: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        return _ERRANDS[errand["do"]](errand)
    except FileProblem as problem:
        return {"problem": str(problem)}, b""
    except MemoryError:
        os._exit(TOO_MUCH)


def _clean(errand: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from wizard.intake import clean

    return clean.clean(Path(errand["path"]), errand["page"])


def _warm(errand: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from wizard.intake import engine

    engine.load()
    return {}, b""


def _read(errand: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from wizard.intake import recognise

    return recognise.read(Path(errand["path"]), errand["as"], errand["page"])


_ERRANDS: dict[str, Callable[[dict[str, Any]], tuple[dict[str, Any], bytes]]] = {
    "clean": _clean,
    "warm": _warm,
    "read": _read,
}


def _offline(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _REFUSED:
        raise PermissionError("the worker opens no connection")


def _limit() -> None:
    if sys.platform == "win32":
        return  # `errand` starts it below the others' priority
    import resource

    with contextlib.suppress(OSError):
        os.nice(NICER)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core dump would hold the picture
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))


def _watch(parent: int) -> None:
    """End this process where it holds too much, or where nobody is left to answer to."""
    while True:
        time.sleep(_LOOK)
        if held() > MOST_MEMORY:
            os._exit(TOO_MUCH)
        if sys.platform != "win32" and os.getppid() != parent:
            os._exit(0)


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


if __name__ == "__main__":
    main()
