"""Pictures made fit for print: passed on to the bit where they may be, upright, white behind, never fatal."""

import io
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from tests.packet.cases import jpeg
from wizard.packet.pictures import LARGEST_PASSED_ON, Asked, Cancelled, Picture, prepare

RED = (165, 29, 45)


def one(file: Path, width: float = 480, height: float = 600) -> Picture:
    return prepare([Asked(file, width, height)], lambda done: None, lambda: False)[0]


def written(folder: Path, name: str, data: bytes) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def shown(picture: Picture) -> Image.Image:
    assert picture.printed is not None, picture.problem
    return Image.open(io.BytesIO(picture.printed.data))


def near(colour: Any, wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(colour, wanted, strict=True))


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_fit_picture_is_passed_on_to_the_bit(tmp_path: Path, options: dict[str, Any]):
    data = jpeg((1600, 1130), "#a51d2d", **options)
    picture = one(written(tmp_path, "a.jpg", data))
    assert picture.printed is not None
    assert picture.printed.data == data
    assert (picture.width, picture.height, picture.bytes) == (1600, 1130, len(data))


def test_a_grey_one_too(tmp_path: Path):
    data = saved(Image.new("L", (900, 700), 90), "JPEG")
    picture = one(written(tmp_path, "a.jpg", data))
    assert picture.printed is not None
    assert picture.printed.data == data
    assert picture.printed.grey


def test_more_pixels_than_paper_shows_are_taken_out(tmp_path: Path):
    picture = one(written(tmp_path, "a.jpg", jpeg((4000, 3000), "#a51d2d")))
    assert picture.printed is not None
    assert (picture.width, picture.height) == (4000, 3000)
    assert 1900 <= picture.printed.width <= 2500
    assert picture.printed.width / picture.printed.height == pytest.approx(4 / 3, rel=0.01)


def test_a_heavy_file_is_packed_again(tmp_path: Path):
    noise = Image.frombytes("RGB", (1400, 1400), os.urandom(1400 * 1400 * 3))
    data = saved(noise, "JPEG", quality=100, subsampling=0)
    assert len(data) > LARGEST_PASSED_ON
    picture = one(written(tmp_path, "a.jpg", data))
    assert picture.printed is not None
    assert len(picture.printed.data) < len(data)


@pytest.mark.parametrize("turned", range(2, 9))
@pytest.mark.parametrize("size", [(800, 500), (4000, 2400)])
def test_pictures_stand_upright(tmp_path: Path, turned: int, size: tuple[int, int]):
    upright = Image.open(io.BytesIO(jpeg(size, "#a51d2d")))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[turned]
    notes = Image.Exif()
    notes[0x0112] = turned
    data = saved(upright.transpose(Image.Transpose(back)), "JPEG", quality=90, exif=notes)
    picture = one(written(tmp_path, "a.jpg", data))
    assert (picture.width, picture.height) == size
    image = shown(picture)
    assert image.width > image.height
    assert near(image.getpixel((image.width // 2, image.height // 4)), RED)
    assert near(image.getpixel((image.width // 2, image.height * 3 // 4)), (255, 255, 255))
    assert picture.printed is not None
    assert b"Exif" not in picture.printed.data


def test_what_is_transparent_is_white(tmp_path: Path):
    image = Image.new("RGBA", (300, 200), (0, 0, 0, 0))
    image.paste((165, 29, 45, 255), (0, 0, 150, 200))
    seen = shown(one(written(tmp_path, "a.png", saved(image, "PNG"))))
    assert near(seen.getpixel((250, 100)), (255, 255, 255))
    assert near(seen.getpixel((50, 100)), RED)
    palette = image.convert("P")
    palette.info["transparency"] = palette.getpixel((250, 100))
    data = saved(palette, "PNG", transparency=palette.getpixel((250, 100)))
    assert near(shown(one(written(tmp_path, "b.png", data))).getpixel((250, 100)), (255, 255, 255))


@pytest.mark.parametrize("profile", [False, True])
def test_cmyk_keeps_its_colours(tmp_path: Path, profile: bool):
    image = Image.new("CMYK", (300, 200), (0, 255, 255, 0))
    options = {"icc_profile": b"broken"} if profile else {}
    seen = shown(one(written(tmp_path, "a.jpg", saved(image, "JPEG", **options))))
    assert seen.mode == "RGB"
    red, green, blue = seen.getpixel((10, 10))
    assert red > 200
    assert green < 60
    assert blue < 60


def test_sixteen_bits_become_eight(tmp_path: Path):
    image = Image.new("I;16", (200, 100))
    image.putdata([65535] * 10_000 + [0] * 10_000)
    seen = shown(one(written(tmp_path, "a.png", saved(image, "PNG"))))
    assert seen.getpixel((100, 10)) > 250
    assert seen.getpixel((100, 90)) < 5


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "BMP", "TIFF", "GIF"])
def test_other_formats(tmp_path: Path, kind: str):
    image = Image.open(io.BytesIO(jpeg((640, 480), "#a51d2d")))
    seen = shown(one(written(tmp_path, "a.bin", saved(image, kind))))
    assert near(seen.convert("RGB").getpixel((300, 100)), RED)


def frames(kind: str) -> bytes:
    first, second = Image.new("RGB", (60, 40), "red"), Image.new("RGB", (60, 40), "blue")
    return saved(first, kind, save_all=True, append_images=[second])


WHOLE = jpeg((1200, 900), "#a51d2d")
BROKEN = {
    "empty": b"",
    "text": "这不是图片".encode(),
    "half": WHOLE[: len(WHOLE) // 2],
    "pdf": b"%PDF-1.4\n%%EOF",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>",
    "pages": frames("TIFF"),
    "film": frames("GIF"),
    "bomb": saved(Image.new("1", (30_000, 30_000)), "PNG"),
    "large": saved(Image.new("1", (9_000, 9_000)), "PNG"),
    "long": saved(Image.new("1", (1, 20_000)), "PNG"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_shown_is_said(tmp_path: Path, name: str):
    picture = one(written(tmp_path, "a.jpg", BROKEN[name]))
    assert picture.printed is None
    assert len(picture.problem) > 8
    assert picture.problem.isascii() is False
    assert str(tmp_path) not in picture.problem


def test_what_is_not_a_file(tmp_path: Path):
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.jpg")
    (tmp_path / "folder.jpg").mkdir()
    for name in ("pipe.jpg", "folder.jpg", "nowhere.jpg"):
        assert "找不到" in one(tmp_path / name).problem


def test_a_file_beyond_all_measure(tmp_path: Path):
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    assert "20 MB" in one(tmp_path / "a.jpg").problem


@pytest.mark.parametrize("size", [(800, 600), (4000, 3000)])
def test_where_it_was_taken_stays_here(tmp_path: Path, size: tuple[int, int]):
    notes = Image.Exif()
    notes.get_ifd(0x8825)[1] = "N"
    notes[0x010E] = "CANARY"
    data = jpeg(size, "#a51d2d", exif=notes, comment=b"CANARY") + b"CANARY"
    picture = one(written(tmp_path, "a.jpg", data))
    assert picture.printed is not None
    assert b"CANARY" not in picture.printed.data
    assert b"Exif" not in picture.printed.data


def test_colour_profiles_are_not_needed_to_be_right(tmp_path: Path):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.new("CMYK", (60, 40), (0, 255, 255, 0))
    assert shown(one(written(tmp_path, "a.jpg", saved(image, "JPEG", icc_profile=profile)))).mode == "RGB"


def test_progress_counts_and_order_holds(tmp_path: Path):
    files = [written(tmp_path, f"{n}.jpg", jpeg((400 + n, 300), "#a51d2d")) for n in range(6)]
    told: list[int] = []
    found = prepare([Asked(file, 100, 100) for file in files], told.append, lambda: False)
    assert [picture.width for picture in found] == [400 + n for n in range(6)]
    assert told[-1] == 6
    assert told == sorted(told)


def test_cancelled_while_pictures_are_at_work(tmp_path: Path):
    file = written(tmp_path, "a.jpg", jpeg((4000, 3000), "#a51d2d"))
    with pytest.raises(Cancelled):
        prepare([Asked(file, 480, 600)] * 40, lambda done: None, lambda: True)
    for thread in threading.enumerate():
        if thread.name.startswith("packet-picture"):
            thread.join(10)
    assert not [t for t in threading.enumerate() if t.name.startswith("packet-picture")]
