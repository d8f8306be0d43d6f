"""What the worker does to a picture on the bench, and what comes off it."""

import io
import os
from random import Random

import numpy as np
import pytest
from PIL import Image

from tests.specimens import draw, geometry
from tests.specimens.shot import shot
from wizard.files import FileProblem
from wizard.intake.bench.shape import Limits, Shape
from wizard.intake.bench.work import bench

LIMITS = (2 * 1024 * 1024, 1280, 720)


def made(path, shape=Shape(), kind="", limits=LIMITS):  # noqa: B008 - it is frozen
    head, data = bench(
        {"act": "make", "path": str(path), "shape": shape.document(), "limits": limits, "kind": kind}
    )
    image = Image.open(io.BytesIO(data))
    assert image.size == tuple(head["size"])
    assert image.format == head["format"]
    return image, data


def quarters(width=1600, height=1200) -> Image.Image:
    """Red, green, blue and white quarters, clockwise from the upper left."""
    pixels = np.zeros((height, width, 3), np.uint8)
    half = height // 2, width // 2
    pixels[: half[0], : half[1]] = 255, 0, 0
    pixels[: half[0], half[1] :] = 0, 255, 0
    pixels[half[0] :, half[1] :] = 0, 0, 255
    pixels[half[0] :, : half[1]] = 255, 255, 255
    return Image.fromarray(pixels)


def colour(image: Image.Image, x: float, y: float) -> str:
    red, green, blue = image.getpixel((int(x * image.width), int(y * image.height)))
    return {(1, 0, 0): "red", (0, 1, 0): "green", (0, 0, 1): "blue", (1, 1, 1): "white"}[
        (int(red > 128), int(green > 128), int(blue > 128))
    ]


@pytest.fixture
def file(tmp_path):
    quarters().save(tmp_path / "a.jpg", quality=95)
    return tmp_path / "a.jpg"


def test_what_is_within_the_limits_and_untouched_stays_byte_for_byte(file):
    assert made(file)[1] == file.read_bytes()


@pytest.mark.parametrize(("turn", "first"), [(90, "white"), (180, "blue"), (270, "green")])
def test_it_is_turned_clockwise(file, turn, first):
    image, _ = made(file, Shape(turn=turn))
    assert colour(image, 0.25, 0.25) == first
    assert image.size == ((1600, 1200) if turn == 180 else (1200, 1600))


def test_it_is_cropped_after_it_was_turned(file):
    image, _ = made(file, Shape(turn=90, crop=(0.0, 0.0, 0.5, 0.5)))
    assert image.size == (600, 800)
    assert colour(image, 0.5, 0.5) == "white"


def test_a_mark_of_the_camera_is_carried_out(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    quarters().save(tmp_path / "a.jpg", exif=exif)
    image, data = made(tmp_path / "a.jpg")
    assert image.size == (1200, 1600)
    assert colour(image, 0.25, 0.25) == "white"
    assert b"Exif" not in data[:64]


@pytest.mark.parametrize(
    ("layout", "kind", "ratio"),
    [("id_front", "id_front", 85.6 / 54), ("landscape_2019", "business_licence", 297 / 210)],
)
def test_put_straight_it_has_the_proportion_of_the_paper(tmp_path, layout, kind, ratio):
    dice = Random(4)
    picture = shot(draw.drawn(dice, layout)[0])
    geometry.perspective(picture, dice)
    Image.fromarray(picture.image).save(tmp_path / "a.jpg", quality=92)
    errand = {"act": "corners", "path": str(tmp_path / "a.jpg")}
    corners = tuple(map(tuple, bench(errand)[0]["corners"]))
    image, _ = made(tmp_path / "a.jpg", Shape(corners), kind)
    assert image.width / image.height == pytest.approx(ratio, abs=0.002)
    # it shows what was drawn, and nothing of the desk: as near as a second saving lets it be
    flat = Image.fromarray(np.asarray(draw.drawn(Random(4), layout)[0].image)).resize((300, 200))
    gap = np.abs(np.asarray(image.resize((300, 200)), float) - np.asarray(flat, float))
    assert np.median(gap) < 8
    assert gap[2:-2, 2:-2].mean() < 12


def test_corners_of_no_paper_are_told(file):
    crossed = ((0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9))
    with pytest.raises(FileProblem, match="四个角挨得太近或拉得太斜"):
        made(file, Shape(crossed))


def test_what_is_gone_is_told(tmp_path):
    with pytest.raises(FileProblem, match="可能被移走"):
        made(tmp_path / "none.jpg")


def test_a_changed_file_is_looked_at_again(file):
    assert colour(made(file, Shape(turn=180))[0], 0.25, 0.25) == "blue"
    quarters().transpose(Image.Transpose.FLIP_LEFT_RIGHT).save(file, quality=95)
    os.utime(file, (1, 1))
    assert colour(made(file, Shape(turn=180))[0], 0.25, 0.25) == "white"


def noise(size, path):
    dice = np.random.default_rng(1)
    Image.fromarray(dice.integers(0, 255, (size[1], size[0], 3), np.uint8)).save(path)


def test_a_heavy_picture_comes_under_the_limit_and_keeps_pixels_enough(tmp_path):
    noise((2400, 1800), tmp_path / "a.png")
    image, data = made(tmp_path / "a.png")
    assert len(data) <= LIMITS[0]
    assert image.format == "JPEG"
    assert Limits(*LIMITS).large(image.size)


def test_it_is_never_made_smaller_than_the_platform_wants(tmp_path):
    """Nothing but noise, and a limit that cannot be met: the pixels are kept, the window says so."""
    noise((1280, 720), tmp_path / "a.png")
    image, data = made(tmp_path / "a.png", limits=(100_000, 1280, 720))
    assert image.size == (1280, 720)
    assert len(data) > 100_000


def test_a_png_that_fits_stays_a_png(tmp_path):
    quarters().save(tmp_path / "a.png")
    image, _ = made(tmp_path / "a.png", Shape(turn=90))
    assert image.format == "PNG"


def test_a_copy_to_look_at_is_small(tmp_path):
    quarters(4000, 3000).save(tmp_path / "a.jpg")
    head, _ = bench({"act": "view", "path": str(tmp_path / "a.jpg"), "shape": Shape(turn=90).document()})
    assert head["size"] == [1200, 1600]
