"""Killed at a random moment of saving, nothing that was said to be saved is lost or torn."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.kills import WAYS

ROOT = Path(__file__).resolve().parents[2]
TIMES = 8


@pytest.mark.skipif(os.name == "nt", reason="the child is forked")
@pytest.mark.parametrize("way", WAYS)
def test_a_kill_loses_nothing_that_was_said_to_be_saved(way: str, tmp_path: Path):
    ran = subprocess.run(
        [sys.executable, "-m", "tests.ui.kills", str(TIMES), way],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert json.loads(ran.stdout)["acknowledged"] > 0
