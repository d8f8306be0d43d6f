"""Faults come out of the whole reading: named on papers drawn with one, none on those without."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.specimens.draw import specimen
from wizard.intake.reader import Reader
from wizard.scan import Scan

pytest.importorskip("rapidocr")

FAULTY = [
    (3, "landscape_2019", "rot90", "rotated"),
    (4, "id_front", "exif6", "exif_orientation"),
    (5, "landscape_2019", "blur_strong", "blurred"),
    (6, "id_front", "glare", "glare"),
    (7, "portrait_old", "noise", "noise"),
    (8, "landscape_2019", "grey_copy", "grey_copy"),
    (9, "individual", "shadow", "shadow"),
]
CLEAN = [(21, "landscape_2019"), (22, "id_front"), (23, "id_back"), (24, "institution")]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.close()


def read(reader: Reader, folder: Path, seed: int, layout: str, *done: str) -> Scan:
    drawn = specimen(seed, layout, done)
    file = folder / f"paper{drawn.ending}"
    file.write_bytes(drawn.data)
    return reader.read(file).scan


@pytest.mark.parametrize(("seed", "layout", "done", "code"), FAULTY, ids=[row[2] for row in FAULTY])
def test_a_fault_is_named(reader: Reader, tmp_path: Path, seed: int, layout: str, done: str, code: str):
    assert code in {fault.code for fault in read(reader, tmp_path, seed, layout, done).faults}


@pytest.mark.parametrize(("seed", "layout"), CLEAN, ids=[row[1] for row in CLEAN])
def test_a_clean_picture_is_left_alone(reader: Reader, tmp_path: Path, seed: int, layout: str):
    scan = read(reader, tmp_path, seed, layout, "clean")
    assert not scan.faults
    assert scan.legible
