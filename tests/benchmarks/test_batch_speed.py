"""Fifty packets at once beside fifty one after the other; the goal is 1.7 on two cores. No time is asserted.

Two comparisons: with fifty exports in one process that is warm (the hard one: no start is saved), and with
fifty runs of `main.py export` (the weak one; five are run and taken ten times). The batch is the command as a
person runs it: its start, its own processes' starts and the index are in it.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.benchmarks.test_packet_speed import photo
from wizard.batch.errand import Errand, carry_out
from wizard.draft import load, save
from wizard.resource_files import path

pytestmark = pytest.mark.benchmark
ROOT = Path(__file__).resolve().parents[2]
MAIN = [sys.executable, str(ROOT / "main.py")]
CASES, SINGLE = 50, 5
PHOTOS = (
    "subject.certificate_photo",
    "principal.certificate_photo_front",
    "principal.certificate_photo_back",
    "principal.authorization_letter",
)


def processor() -> float:
    """Seconds of processor time of this process and those it waited for: a busy machine adds none."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def seconds(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def samples(folder: Path) -> None:
    """The good samples with their small pictures, each another program."""
    shutil.copytree(path("samples", "pictures"), folder / "pictures")
    for number in range(CASES):
        name = ("company", "individual_business", "person")[number % 3]
        draft = load(path("samples", f"{name}.json"))
        save(draft.with_answer("mini_program.name", f"示例程序{number}"), folder / f"{number}.json")


def photographed(folder: Path) -> None:
    """The same case with four photographs of 12 megapixels."""
    for number in range(len(PHOTOS)):
        (folder / f"{number}.jpg").write_bytes(photo(number))
    attachments = {field: (f"{number}.jpg",) for number, field in enumerate(PHOTOS)}
    for number in range(CASES):
        draft = replace(load(path("samples", "company.json")), attachments=attachments)
        save(draft.with_answer("mini_program.name", f"示例程序{number}"), folder / f"{number}.json")


@pytest.mark.parametrize("kind", [samples, photographed])
@pytest.mark.parametrize("ending", [".pdf", ""], ids=["packets", "sets"])
def test_fifty_at_once(tmp_path, kind, ending):
    sources = tmp_path / "drafts"
    sources.mkdir()
    kind(sources)
    drafts = [load(sources / f"{number}.json") for number in range(CASES)]
    day, now = date(2026, 11, 25), datetime(2026, 11, 25, 9).astimezone()

    def one_by_one() -> None:
        for number, draft in enumerate(drafts):
            made = carry_out(Errand(draft, day, now, tmp_path / f"warm{number}{ending}", draft_too=True))
            assert made.state == "exported", made.reason

    def single() -> None:
        for number in range(SINGLE):
            out = tmp_path / f"single{number}{ending}"
            command = [*MAIN, "export", str(sources / f"{number}.json"), "-o", str(out), "--draft"]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

    def batch() -> None:
        more = ["--packets"] if ending else []
        command = [*MAIN, "batch", "export", str(sources), "-o", str(tmp_path / "batch"), "--draft", *more]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=False)

    carry_out(Errand(drafts[0], day, now, tmp_path / f"first{ending}", draft_too=True))
    began = processor()
    at_once = seconds(batch)
    between = processor()
    warm = seconds(one_by_one)
    used, used_warm = between - began, processor() - between
    runs = seconds(single) * CASES / SINGLE
    print(
        f"\n{CASES} {kind.__name__} {ending or 'sets'}: at once {at_once:.1f} s on {os.cpu_count()} cores; "
        f"one after the other in a warm process {warm:.1f} s, ×{warm / at_once:.2f}; "
        f"{CASES} runs of the command {runs:.0f} s, ×{runs / at_once:.1f}; "
        f"processor time {used:.1f} s against {used_warm:.1f} s: with all cores free ×"
        f"{used_warm / used * (os.cpu_count() or 1):.2f}, where one packet uses one core"
    )
