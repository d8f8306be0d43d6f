"""The bench asked through the worker's process, as the window does it."""

import pytest
from PIL import Image

from wizard.files import FileProblem
from wizard.intake.bench.shape import Shape
from wizard.intake.reader import Reader


@pytest.fixture(scope="module")
def reader():
    reader = Reader()
    yield reader
    reader.close()


def test_a_picture_is_turned_in_the_worker(reader, tmp_path):
    Image.new("RGB", (1600, 1200), "red").save(tmp_path / "a.jpg")
    errand = {"act": "make", "path": str(tmp_path / "a.jpg"), "limits": (2_000_000, 1280, 720)}
    made = reader.bench(errand | {"shape": Shape(turn=90).document()})
    assert made.size == (1200, 1600)
    assert made.data.startswith(b"\xff\xd8")
    assert reader.bench({"act": "corners", "path": str(tmp_path / "a.jpg")}).corners == ()


def test_what_cannot_be_used_is_told_and_the_worker_lives_on(reader, tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"GIF89a")
    with pytest.raises(FileProblem, match=r"a\.jpg"):
        reader.bench({"act": "view", "path": str(tmp_path / "a.jpg")})
