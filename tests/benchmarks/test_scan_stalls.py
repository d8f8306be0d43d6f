"""How long the window stands still while scans are dropped, read, looked at and put on the bench.

Each scene is a first time and runs with the real reader, in a process of its own; printed beside two floors:
the heartbeat while a thread sleeps, and while two are at work that hold nothing of ours.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.benchmark
ROOT = Path(__file__).resolve().parents[2]


def test_the_window_lives_while_scans_are_worked_on(tmp_path, capsys):
    for compiled in (False, True):
        env = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path / "pyc"), "QT_QPA_PLATFORM": "offscreen"}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        folder = tmp_path / f"{compiled}"
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.scan_scenes", str(folder)],
            cwd=ROOT,
            env=env,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        with capsys.disabled():
            print(f"\nscans in the window, {'' if compiled else 'not yet '}compiled:", done.stdout, sep="\n")
