"""How long reading a page takes and how much memory, beside a bare call of the engine on the same picture.

Run with `make benchmark`; nothing here asserts a time. Each of the two has a process of its own; they read in
turns, so that whatever else the machine does falls on both.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.specimens.draw import specimen
from wizard.intake.reader import Reader

pytestmark = pytest.mark.benchmark
PAGES = (
    (1, "landscape_2019", ("clean",)),
    (2, "portrait_old", ("rot90",)),
    (3, "individual", ("desk",)),
    (4, "institution", ("perspective",)),
    (5, "id_front", ("exif6",)),
    (6, "a4_both_sides", ("noise_light",)),
    (7, "landscape_2019", ("watermark_over",)),
)
ROUNDS = 3
BARE = """
import json, resource, sys, time
from rapidocr import RapidOCR
engine = RapidOCR(params={"Global.log_level": "critical"})
print("ready", flush=True)
for path in sys.stdin:
    start = time.perf_counter()
    engine(path.strip())
    print(json.dumps(time.perf_counter() - start), flush=True)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
"""


@pytest.fixture
def pages(tmp_path) -> list[Path]:
    files = []
    for seed, layout, degradations in PAGES:
        one = specimen(seed, layout, degradations)
        files.append(tmp_path / f"{layout}-{'-'.join(degradations)}{one.ending}")
        files[-1].write_bytes(one.data)
    return files


class Bare:
    """The engine as its makers start it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", BARE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout.readline() == "ready\n"

    def read(self, file: Path) -> float:
        self.process.stdin.write(f"{file}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def megabytes(self) -> float:
        told, _ = self.process.communicate()
        return float(told)


def most_held(process: int) -> float:
    """The most a process ever held, in megabytes."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory of a process is read from /proc")
def test_a_page_beside_a_bare_call(pages, capsys):
    reader, bare = Reader(), Bare()
    start = time.perf_counter()
    reader.warm()
    warm = time.perf_counter() - start
    ours: dict[str, list[float]] = {}
    theirs: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for file in pages:
            theirs.setdefault(file.stem, []).append(bare.read(file))
            start = time.perf_counter()
            reader.read(file)
            ours.setdefault(file.stem, []).append(time.perf_counter() - start)
    held = most_held(reader._errand._process.pid)
    reader.close()
    bare_held = bare.megabytes()
    with capsys.disabled():
        print(f"\nreading a page on {os.cpu_count()} processors; warming up took {warm:.1f} s")
        for name in ours:
            mine, bares = statistics.median(ours[name]), statistics.median(theirs[name])
            print(f"  {name:32} {mine:5.2f} s  bare {bares:5.2f} s  {mine / bares:4.2f} ×")
        mine, bares = (statistics.median(map(statistics.median, times.values())) for times in (ours, theirs))
        print(f"  median page                      {mine:5.2f} s  bare {bares:5.2f} s  {mine / bares:4.2f} ×")
        print(f"  most memory {held:24.0f} MB bare {bare_held:5.0f} MB {held / bare_held:4.2f} ×")
