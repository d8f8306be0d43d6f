"""What every command does where its output cannot go on: cut off, no room, ^C."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FAULTY = ROOT / "resources" / "samples" / "company_faulty.json"
POSIX = pytest.mark.skipif(os.name != "posix", reason="pipes and signals of POSIX")


def command(*arguments: object) -> list[str]:
    return [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]


@POSIX
@pytest.mark.parametrize("arguments", [("rules",), ("check", *[FAULTY] * 40), ("check", FAULTY, "--json")])
def test_a_reader_that_has_enough_is_no_success_and_no_trouble(arguments):
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(command(*arguments), stdout=writing, stderr=subprocess.PIPE, check=False, timeout=60)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk without room, as Linux plays it")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_disk_without_room_is_a_sentence(more):
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(
            command("check", FAULTY, *more), stdout=full, stderr=subprocess.PIPE, check=False, timeout=60
        )
    assert ran.returncode == 2
    assert ran.stderr.decode() == "结果写不出去：磁盘空间不足，清理后再试，或换个位置\n"


@POSIX
def test_an_interrupt_is_a_word(tmp_path):
    with subprocess.Popen(
        command("check", *[FAULTY] * 4000),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.read(1)
        time.sleep(0.5)
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=60)
    assert (running.returncode, said.decode()) == (130, "停下了\n")
