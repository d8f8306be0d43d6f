"""How far the corners found on the bench are from those drawn, in hundredths of the picture's diagonal.

Beside them the outline they start from, and what happens on papers that fill the picture, where there is
nothing to find. `make benchmark` runs it; nothing here is asserted.
"""

from random import Random

import numpy as np
import pytest

from tests.specimens import draw
from wizard.intake import outline
from wizard.intake.bench import corners

pytestmark = pytest.mark.benchmark
PICTURES, WHOLE = 120, 40
AFTER = ("", "noise_light", "shadow_light", "jpeg_fair", "blur_light", "watermark_clear", "glare_beside")


def off(found, truth, image) -> float:
    return float(np.linalg.norm(found - truth, axis=1).max() / np.hypot(*image.shape[:2]) * 100)


def told(name, errors):
    middle, most = np.percentile(errors, [50, 95])
    figures = f"median {middle:.3f} %, 95 of 100 {most:.3f} %, most {max(errors):.2f} %"
    return f"  {name}: {len(errors)} found, {figures}"


def test_corner_error(capsys):
    fine, coarse, missed = [], [], 0
    for seed in range(PICTURES):
        dice = Random(seed)
        lies = dice.choice(("perspective", "perspective", "skew", "desk"))
        happened = tuple(name for name in (lies, AFTER[seed % len(AFTER)]) if name)
        one = draw.specimen(50_000 + seed, dice.choice(draw.LAYOUTS), happened)
        truth, found = np.array(one.truth["sheet"]), corners.found(one.image)
        if found is None:
            missed += 1
            continue
        fine.append(off(found, truth, one.image))
        coarse.append(min(off(quad, truth, one.image) for quad in outline.outlines(one.image)))
    alarms = sum(
        corners.found(draw.specimen(60_000 + seed, "", (AFTER[seed % 4] or "clean",)).image) is not None
        for seed in range(WHOLE)
    )
    with capsys.disabled():
        print(f"\npapers on desks, {PICTURES} drawn, {missed} not found")
        print(told("corners on the bench", fine), told("the best outline", coarse), sep="\n")
        print(f"  papers that fill the picture: {alarms} of {WHOLE} given corners")
