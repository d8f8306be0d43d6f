"""The faults of a picture, beside decoding it: what judging adds to every page that is read."""

import time
from collections.abc import Callable

import pytest

from tests.intake.seen import facts, lines, page, pixels
from tests.specimens.draw import specimen
from wizard.intake.faults import faults


def median(work: Callable[[], object], times: int = 9) -> float:
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2]


@pytest.mark.benchmark
@pytest.mark.parametrize("layout", ["landscape_2019", "id_front", "a4_both_sides"])
def test_faults_beside_a_bare_decode(layout: str):
    one = specimen(2, layout, ("jpeg_fair",))
    image, lay, known, seen = pixels(one), page(one), facts(one), lines(one)
    floor = median(lambda: pixels(one))
    judged = median(lambda: faults(image, lay, known, seen))
    print(f"\n{layout}: decode {floor * 1000:.0f} ms, faults {judged * 1000:.0f} ms: {judged / floor:.2f} ×")
    assert faults(image, lay, known, seen) == ()
