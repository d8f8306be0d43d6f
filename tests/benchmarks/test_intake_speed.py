"""How fast a workbook is read and checked, beside a bare read of the same file. Nothing timed is asserted.

Targets: 1,000 rows read, checked and shown ≤ 3 s, 10,000 ≤ 25 s, and no memory that grows with the rows of
the preview.
"""

import subprocess
import sys
import time
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from wizard.draft import load
from wizard.intake.workbook.read import open_intake, read_book
from wizard.intake.workbook.wording import asked_of_clients, written
from wizard.resource_files import path

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("company", "individual_business", "person", "company_faulty")


def filled(file: Path, rows: int) -> Path:
    """A workbook of the samples, again and again, each row another program."""
    drafts = [load(path("samples", f"{name}.json")) for name in SAMPLES]
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("资料")
    for place, field in enumerate(asked_of_clients()):
        sheet.write_string(0, place, field.heading)
        for row in range(rows):
            text = written(drafts[row % len(drafts)].answers.get(field.id, ""))
            text = f"wx{row:016x}" if field.id == "mini_program.appid" else text
            if text:
                sheet.write_string(row + 1, place, text)
    book.close()
    return file


def seconds(action) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


@pytest.mark.parametrize("rows", [1_000, 10_000])
def test_reading_beside_a_bare_read(tmp_path, rows):
    file = filled(tmp_path / "a.xlsx", rows)
    bare = min(
        seconds(lambda: CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()) for _ in range(3)
    )
    guarded = min(seconds(lambda: read_book(file)) for _ in range(3))
    understood = seconds(lambda: [entry for entry in open_intake(file).entries() if entry.faulty])
    print(
        f"\n{rows} rows: bare {bare:.2f} s, guarded ×{guarded / bare:.1f}, answers ×{understood / bare:.1f}"
    )


@pytest.mark.parametrize("rows", [1_000, 10_000])
def test_the_whole_command(tmp_path, rows):
    file = filled(tmp_path / "a.xlsx", rows)
    bare = seconds(lambda: CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python())
    with (tmp_path / "out.json").open("wb") as out:
        took = seconds(
            lambda: subprocess.run(
                [sys.executable, str(ROOT / "main.py"), "intake", str(file), "--json"], stdout=out, check=True
            )
        )
    print(f"\n{rows} rows read, checked and shown: {took:.1f} s, ×{took / bare:.0f} a bare read")


def test_memory_does_not_grow_with_the_rows_shown(tmp_path):
    """The peak of `check` over rows, less that of reading them: what showing one more row costs."""
    resource = pytest.importorskip("resource")
    probe = (
        "import resource, sys; sys.path.insert(0, sys.argv[1])\n"
        "from datetime import date; from pathlib import Path\n"
        "from wizard.batch.rows import checked, intake_of\n"
        "intake = intake_of(Path(sys.argv[2]))\n"
        "rows = checked(intake, date(2026, 11, 25)); [next(rows) for _ in range(200)]\n"
        "first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "count = sum(1 for _ in rows)\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - first) / count)"
    )
    file = filled(tmp_path / "a.xlsx", 6_000)
    ran = subprocess.run(
        [sys.executable, "-c", probe, str(ROOT), str(file)], capture_output=True, text=True, check=True
    )
    print(f"\none more row shown: {float(ran.stdout):.2f} kB ({resource.__name__})")
