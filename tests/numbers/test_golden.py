"""The golden rows: what each number is, and why, as a reference judged it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wizard.numbers import KINDS, kind

ROWS: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "golden_ids.jsonl").read_text("utf-8").splitlines()
]


def judged(row: dict[str, Any]) -> dict[str, Any]:
    verdict = kind(row["kind"]).validate(row["value"], date.fromisoformat(row["as_of"]))
    return {
        "normalised": verdict.normalised,
        "valid": verdict.valid,
        "reason": verdict.reason,
        "reasons": [problem.code for problem in verdict.problems],
        "warnings": [doubt.code for doubt in verdict.doubts],
    }


def test_there_are_rows():
    assert len(ROWS) == 805
    assert {row["kind"] for row in ROWS} <= set(KINDS)


@pytest.mark.parametrize("name", sorted({row["kind"] for row in ROWS}))
def test_golden(name: str):
    wrong = []
    for row in ROWS:
        if row["kind"] == name:
            got = judged(row)
            if any(got[field] != row[field] for field in got):
                wrong.append((row["value"], row["note"], {field: (row[field], got[field]) for field in got}))
    assert not wrong, f"{len(wrong)} rows differ (wanted, got): {wrong[:5]}"


@pytest.mark.parametrize("name", KINDS)
def test_golden_survives_format_and_compact(name: str):
    module = kind(name)
    for row in ROWS:
        if row["kind"] == name:
            plain = module.compact(row["value"])
            assert module.compact(plain) == plain
            if row["valid"]:
                assert module.compact(module.format(plain)) == plain
                assert module.is_valid(plain, date.fromisoformat(row["as_of"]))


@pytest.mark.parametrize("name", KINDS)
def test_what_passes_is_described_and_what_fails_is_not(name: str):
    module = kind(name)
    for row in ROWS:
        if row["kind"] == name:
            known = module.describe(row["value"], date.fromisoformat(row["as_of"]))
            assert row["valid"] or not known, row["value"]
            assert not row["valid"] or known or name == "passport", row["value"]
