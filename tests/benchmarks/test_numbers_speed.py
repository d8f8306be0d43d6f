"""How fast numbers are judged, beside python-stdnum, which checks less. Measured, never asserted."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from stdnum.cn import ric, uscc

from wizard.numbers import KINDS, kind

ON = date(2026, 11, 23)
GOLDEN = Path(__file__).parent.parent / "data" / "golden_ids.jsonl"
ROUNDS = 20


def values(name: str) -> list[str]:
    rows = map(json.loads, GOLDEN.read_text("utf-8").splitlines())
    return [row["value"] for row in rows if row["kind"] == name]


def rate(judge: Callable[[str], object], texts: list[str]) -> float:
    """Judgements a second, the best of three runs."""
    best = 0.0
    for _ in range(3):
        start = perf_counter()
        for _ in range(ROUNDS):
            for text in texts:
                judge(text)
        best = max(best, ROUNDS * len(texts) / (perf_counter() - start))
    return best


def theirs(module: object) -> Callable[[str], object]:
    """Their verdict; `stdnum.cn.ric.is_valid` raises KeyError on some real numbers."""

    def judge(text: str) -> object:
        try:
            return module.is_valid(text)
        except KeyError:
            return None

    return judge


@pytest.mark.benchmark
@pytest.mark.parametrize(("name", "module"), [("uscc", uscc), ("ric", ric)], ids=["uscc", "ric"])
def test_beside_stdnum(name: str, module: object):
    ours = kind(name)
    everything = values(name)
    right = [text for text in everything if ours.is_valid(text, ON)]
    for label, texts in (("all golden", everything), ("well-formed", right)):
        mine, other = rate(lambda text: ours.validate(text, ON), texts), rate(theirs(module), texts)
        print(f"\n{name}, {label}: {mine:,.0f}/s, stdnum {other:,.0f}/s, ratio {mine / other:.2f}")


@pytest.mark.benchmark
def test_every_kind():
    for name in KINDS:
        if texts := values(name):
            print(f"\n{name}: {rate(lambda text: kind(name).validate(text, ON), texts):,.0f}/s")  # noqa: B023
