"""Nothing that was typed or dropped can be read on the disk: while open, locked, closed, or after a kill.

The window is the real one, in a process of its own with a home of its own. Looked through is everything under
that home (library, log, backups, settings, state of windows, logs), its temporary folder, and the memory's
file system; while the case is open its picture is in the process's memory, and only there.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.flows import canaries
from wizard.library.desk import has_memory_files

ROOT = Path(__file__).resolve().parents[2]
SHARED_MEMORY = Path("/dev/shm")
_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "BEIAN_HOME", "TMPDIR", "TEMP", "TMP")
_XDG = ("CONFIG", "DATA", "CACHE", "STATE")


class Person:
    """The process that uses the window."""

    def __init__(self, base: Path, kind: str) -> None:
        self.home, self.control, self.given = (base / name for name in ("home", "control", "given"))
        for folder in (self.home, self.control, self.given):
            folder.mkdir()
        self.picture = self.given / f"{canaries.TYPED['principal.name']}.jpg"
        noise = random.Random(5).randbytes(640 * 480 * 3)
        Image.frombytes("RGB", (640, 480), noise).save(self.picture, quality=95)
        named = {name: str(self.home / name.lower()) for name in _HOMES}
        named |= {f"XDG_{name}_HOME": str(self.home / name.lower()) for name in _XDG}
        for folder in named.values():
            Path(folder).mkdir(exist_ok=True)
        self._log = (base / "said").open("wb")
        self._before = set(SHARED_MEMORY.iterdir()) if SHARED_MEMORY.exists() else set()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.flows.canary_hand", str(self.control), str(self.picture), kind],
            cwd=ROOT,
            env=os.environ | named | {"QT_QPA_PLATFORM": "offscreen"},
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def until(self, stage: str) -> dict[str, str]:
        """Wait until a stage is reached; what is told of it."""
        end = time.monotonic() + 120
        while not (at := self.control / f"{stage}.at").exists():
            assert self.process.poll() is None, Path(self._log.name).read_text(encoding="utf-8")
            assert time.monotonic() < end, stage
            time.sleep(0.02)
        return dict(json.loads(at.read_text()))

    def go_on(self, stage: str) -> None:
        """Let it go on from a stage."""
        (self.control / f"{stage}.go").touch()

    def found(self) -> list[str]:
        """Where something that was planted can be read now."""
        new = set(SHARED_MEMORY.iterdir()) - self._before if SHARED_MEMORY.exists() else set()
        folders = [self.home, *(path for path in new if path.is_dir())]
        return canaries.found(folders, self.picture.read_bytes())

    def end(self) -> None:
        """Make sure that it is gone."""
        self.process.kill()
        self.process.wait()
        self._log.close()


@pytest.fixture
def person(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Person]:
    made = Person(tmp_path, getattr(request, "param", "library"))
    yield made
    made.end()


@pytest.mark.parametrize("person", ["plain"], indirect=True)
def test_the_scan_finds_what_plain_files_hold(person: Person):
    person.until("open")
    hits = {hit.rpartition(": ")[2] for hit in person.found()}
    assert hits >= {*canaries.TYPED, "picture"}


def test_nothing_is_left_to_be_read_while_open_locked_and_closed(person: Person):
    folder = Path(person.until("open")["folder"])
    held = [path for path in folder.rglob("*") if path.is_file()]
    in_memory = {f"{path}: {what}" for path in held for what in ("picture", "principal.name")}
    assert held
    if has_memory_files():
        assert all(path.is_symlink() for path in held), held
    assert set(person.found()) <= in_memory
    for stage, before in (("locked", "open"), ("again", "locked"), ("closed", "again")):
        person.go_on(before)
        person.until(stage)
        hits = [hit for hit in person.found() if stage != "again" or hit not in in_memory]
        assert hits == [], stage
    person.go_on("closed")
    assert person.process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
@pytest.mark.parametrize("stage", ["open", "locked", "again"])
def test_nothing_is_left_to_be_read_after_a_kill(person: Person, stage: str):
    for before in ("open", "locked", "again"):
        person.until(before)
        if before == stage:
            break
        person.go_on(before)
    person.process.kill()
    person.process.wait()
    if has_memory_files():
        assert not [hit for hit in person.found() if not hit.endswith(": principal.name")]
    end = time.monotonic() + 5  # names of files, and elsewhere the files: the caretaker takes a moment
    while (hits := person.found()) and time.monotonic() < end:
        time.sleep(0.05)
    assert hits == []
