"""Which way up a picture stands, and how its size is written."""

import io
from typing import Any

import pytest
from PIL import Image

from wizard.picture import ORIENTATION, orientation, upright, upright_size, weight

BACK = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""What a camera held so does to the picture, as Pillow's `Transpose`."""


def held(mark: Any, kind: str, **options: Any) -> Image.Image:
    """A picture of 64 × 48 with a black corner top left, as a camera with this mark stores it."""
    picture = Image.new("RGB", (64, 48), "white")
    picture.paste("black", (0, 0, 16, 16))
    way = BACK.get(mark)
    stored = picture if way is None else picture.transpose(Image.Transpose(way))
    notes = Image.Exif()
    notes[ORIENTATION] = mark
    out = io.BytesIO()
    stored.save(out, kind, exif=notes, **options)
    return Image.open(out)


@pytest.mark.parametrize("mark", range(1, 9))
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("JPEG", {"quality": 95}),
        ("PNG", {}),
        ("WEBP", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
    ],
)
def test_a_picture_stands_upright(kind: str, options: dict[str, Any], mark: int):
    with held(mark, kind, **options) as image:
        assert orientation(image) == mark
        assert upright_size(image) == (64, 48)
        turned = upright(image).convert("L")
    assert turned.size == (64, 48)
    assert turned.getpixel((4, 4)) < 60  # type: ignore[operator]
    assert min(turned.getpixel(place) for place in ((60, 4), (4, 44), (60, 44))) > 200  # type: ignore[type-var]


@pytest.mark.parametrize("mark", [0, 9, 60_000])
def test_a_mark_that_means_nothing_turns_nothing(mark: int):
    with held(mark, "JPEG") as image:
        assert orientation(image) == 1
        assert upright(image) is image


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_broken_mark_turns_nothing(kind: str):
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, kind, exif=b"MM")
    with Image.open(out) as image:
        assert orientation(image) == 1
        assert upright(image).size == (64, 48)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "1 KB"),
        (1536, "2 KB"),
        (204_800, "200 KB"),
        (1_023_487, "999 KB"),
        (1_024_000, "1.0 MB"),
        (2_097_152, "2.0 MB"),
        (52_428_800, "50.0 MB"),
    ],
)
def test_a_size_is_written(count: int, said: str):
    assert weight(count) == said
