"""How fast the self-check is, beside floors measured in the same run. Nothing timed is asserted.

Targets: `main.py check` of one draft ≤ 2.5 × `python -c "import pydantic"` (processor time of the whole
process), the whole self-check of a draft < 5 ms, a thousand drafts a second on two cores.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tests.check.drafts import sample
from wizard.check.run import self_check
from wizard.draft import load
from wizard.intake.guard import measure, measure_all
from wizard.kind import Judging
from wizard.reading import understand
from wizard.resource_files import path
from wizard.sections import catalogue
from wizard.types import Choice, Count, Day, Line, Name, Number, Telephone

pytestmark = pytest.mark.benchmark

ROOT = Path(__file__).resolve().parents[2]
ON = date(2026, 11, 23)
ROUNDS = 15
FAULTY = ("company_faulty", "individual_business_faulty", "person_faulty", "company")
ALONE = (Choice, Count, Day, Line, Name, Number, Telephone)


def process(*arguments: str) -> float:
    """Processor time of a whole process, in ms; the clock on the wall is used where there is none."""
    try:
        from resource import RUSAGE_CHILDREN, getrusage
    except ImportError:
        began = time.perf_counter()
        subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=False)
        return (time.perf_counter() - began) * 1000
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=False)
    after = getrusage(RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000


def each(action: Callable[[], Any], times: int) -> float:
    """Milliseconds one call takes, the best of three runs of `times`."""
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        for _ in range(times):
            action()
        best = min(best, (time.perf_counter() - began) * 1000 / times)
    return best


def test_one_draft_from_the_command_line():
    draft = str(path("samples", "company.json"))
    floor, bare, whole, ratios = [], [], [], []
    for _ in range(ROUNDS):
        bare.append(process("-c", "pass"))
        floor.append(process("-c", "import pydantic"))
        whole.append(process("main.py", "check", draft))
        ratios.append(whole[-1] / floor[-1])
    print(
        f"\ncheck of one draft {median(whole):.0f} ms; import pydantic {median(floor):.0f} ms,"
        f" bare python {median(bare):.0f} ms; ratio {median(ratios):.2f}"
        f" (of the best runs {min(whole) / min(floor):.2f}), target ≤ 2.5"
    )


@pytest.mark.parametrize("name", ["company", "company_faulty", "individual_business", "person_faulty"])
def test_one_draft_in_the_window(name):
    draft = sample(name)
    pictures = measure_all(draft)
    self_check(draft, ON, pictures)
    whole = each(lambda: self_check(draft, ON, pictures), 200)
    reading = each(lambda: understand(draft, ON), 200)
    measuring = each(lambda: measure_all(draft), 50)
    print(
        f"\n{name}: self-check {whole:.2f} ms (reading {reading:.2f} ms of it), target < 5;"
        f" {1000 / whole:.0f} drafts/s on one core; measuring {len(pictures)} pictures {measuring:.2f} ms"
    )


def test_beside_a_bare_validation():
    """The whole self-check beside pydantic judging those of its answers that are judged alone."""
    draft = sample("company")
    judged = [
        (TypeAdapter(Annotated[Any, field.kind.chosen(draft.text(field.id))]), draft.text(field.id))
        for field in catalogue().values()
        if isinstance(field.kind, ALONE) and draft.text(field.id)
    ]

    def validate() -> None:
        for adapter, text in judged:
            adapter.validate_python(text, context=Judging(ON))

    floor, whole = each(validate, 200), each(lambda: self_check(draft, ON), 200)
    print(
        f"\n{len(judged)} answers validated by pydantic {floor:.2f} ms,"
        f" the whole self-check {whole:.2f} ms; ratio {whole / floor:.1f}"
    )


def _check_samples(times: int) -> int:
    drafts = [(draft, measure_all(draft)) for draft in map(sample, FAULTY)]
    for number in range(times):
        draft, pictures = drafts[number % len(drafts)]
        self_check(draft, ON, pictures)
    return times


def test_the_self_check_alone_on_two_cores():
    """A thousand drafts that are read already, half of them in each of two processes."""
    _check_samples(len(FAULTY))
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_check_samples, [1, 1]))
        began = time.perf_counter()
        done = sum(pool.map(_check_samples, [500, 500]))
        seconds = time.perf_counter() - began
    print(f"\nself-check of {done} drafts in two processes: {done / seconds:.0f} drafts/s, target ≥ 1,000")


def test_a_thousand_drafts(tmp_path: Path):
    """`main.py check --json` of a thousand faulty drafts, beside pydantic judging the same answers alone."""
    texts = [path("samples", f"{name}.json").read_text(encoding="utf-8") for name in FAULTY]
    (tmp_path / "pictures").symlink_to(path("samples", "pictures"))
    for number in range(1000):
        (tmp_path / f"{number:04}.json").write_text(texts[number % 4], encoding="utf-8")
    files = sorted(map(str, tmp_path.glob("*.json")))
    drafts = [load(Path(file)) for file in files]
    judged = [
        (TypeAdapter(Annotated[Any, field.kind.chosen(draft.text(field.id))]), draft.text(field.id))
        for draft in drafts[:4]
        for field in catalogue().values()
        if isinstance(field.kind, ALONE) and draft.text(field.id)
    ]

    def validate() -> None:
        for adapter, text in judged:
            with suppress(ValidationError):
                adapter.validate_python(text, context=Judging(ON))

    floor = each(validate, 100) * 250
    walls = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "main.py", "check", "--json", *files], cwd=ROOT, capture_output=True, check=False
        )
        walls.append((time.perf_counter() - began) * 1000)
    print(
        f"\n1,000 drafts from the command line {median(walls):.0f} ms, best {min(walls):.0f} ms:"
        f" {1e6 / median(walls):.0f} drafts/s, target ≥ 1,000; pydantic judging their answers in one"
        f" process {floor:.0f} ms; ratio {median(walls) / floor:.1f}"
    )


def test_what_a_picture_costs():
    file = path("samples", "pictures", "licence-company.jpg")
    print(f"\nmeasuring one picture {each(lambda: measure(file), 200):.3f} ms, target < 1")
