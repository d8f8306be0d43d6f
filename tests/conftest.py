"""What every test runs under: no screen, no network, no file of the person who runs it."""

import atexit
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

# Before anything is imported that reads them, and inherited by every program a test starts.
_HOME = Path(tempfile.mkdtemp(prefix="beian-test-"))
_HOME.chmod(0o700)
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ.update(
    {name: str(_HOME) for name in ("HOME", "USERPROFILE", "XDG_RUNTIME_DIR")}
    | {f"XDG_{kind}_HOME": str(_HOME / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE", "STATE")}
    | {name: str(_HOME / name.lower()) for name in ("APPDATA", "LOCALAPPDATA")}
)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("PYTEST_QT_API", "pyside6")

hypothesis.settings.register_profile("default", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "default")

_NETWORK_EVENTS = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"}
_attempts: list[str] = []


class NetworkUsed(RuntimeError):
    """The program works offline: nothing in it may reach for another machine."""


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook, so that C code is caught as well; local sockets between our own processes pass."""
    if event not in _NETWORK_EVENTS or not arguments:
        return
    family = getattr(arguments[0], "family", None)
    if family is not None and family.name == "AF_UNIX":
        return
    _attempts.append(f"{event} {arguments[-1] if event == 'socket.connect' else arguments[:2]}")
    raise NetworkUsed(_attempts[-1])


sys.addaudithook(_refuse)


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """A test fails that tried the network, also where the program swallowed the refusal."""
    _attempts.clear()
    yield
    assert not _attempts, f"the program is offline, but this test reached for the network: {_attempts}"
