"""Keys are overwritten in memory once a library is closed."""

import subprocess
import sys
from pathlib import Path

import pytest

from wizard.library.wipe import copy_of, wipe


def test_what_is_wiped_is_zero_and_a_copy_of_before_is_not():
    held, text = bytes(range(1, 33)), "".join(map(chr, range(65, 91)))
    copy = copy_of(held)
    wipe(held, text)
    assert held == bytes(32)
    assert text == "\0" * 26
    assert copy == bytes(range(1, 33))


def found(folder: Path, state: str) -> list[int]:
    command = [sys.executable, "-m", "tests.library.memory", str(folder), state]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return [int(one) for one in done.stdout.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="looks into the memory of a process as Linux shows it")
def test_after_closing_the_key_is_nowhere_in_memory(tmp_path: Path):
    assert found(tmp_path / "open", "open")[0] > 0  # the search for it can find it
    assert found(tmp_path / "closed", "closed") == [0, 0]
