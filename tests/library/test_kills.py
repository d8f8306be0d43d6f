"""Killed at a random moment, nothing acknowledged is lost or torn; `kills` does it 200 times each."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.library.kills import WAYS

ROOT = Path(__file__).resolve().parent.parent.parent
TIMES = 12


@pytest.mark.skipif(os.name == "nt", reason="the child is forked")
@pytest.mark.parametrize("way", WAYS)
def test_a_kill_loses_nothing_that_was_acknowledged(way: str, tmp_path: Path):
    memory = Path("/dev/shm")  # what a kill leaves does not depend on the disk, only the time does
    place = memory if os.access(memory, os.W_OK) else tmp_path
    ran = subprocess.run(
        [sys.executable, "-m", "tests.library.kills", str(TIMES), way],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(place)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert json.loads(ran.stdout)["times"] == TIMES
