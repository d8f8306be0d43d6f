"""Pictures for upload: within the limits by force, never enlarged, and whatever was done is said."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from tests.packet import cases
from wizard.check.rulebook import national
from wizard.draft import Draft, load
from wizard.intake.guard import measure
from wizard.packet.build import Cancelled
from wizard.packet.fit import LARGEST, LEAST_LONG, LEAST_SHORT, fit, fit_all
from wizard.packet.names import LONGEST, UPLOADS
from wizard.packet.output import export
from wizard.packet.purpose import purpose

SAMPLES = Path(__file__).resolve().parents[2] / "resources" / "samples"


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def noise(width: int, height: int, spread: int = 60) -> Image.Image:
    """A picture that packs badly, half red so that its way up can be told."""
    image = Image.effect_noise((width // 2, height // 2), spread).resize((width, height)).convert("RGB")
    image.paste((200, 20, 20), (0, 0, width, height // 10))
    return image


def turned(image: Image.Image, way: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = way
    return saved(image, "JPEG", quality=90, exif=exif)


MADE: dict[str, Callable[[], bytes]] = {
    "photograph": lambda: saved(noise(4000, 3000), "JPEG", quality=95),
    "photograph turned": lambda: turned(noise(4000, 3000), 6),
    "heavy PNG": lambda: saved(noise(3000, 2200), "PNG", compress_level=1),
    "transparent PNG": lambda: saved(noise(2600, 2000).convert("RGBA"), "PNG", compress_level=1),
    "CMYK": lambda: saved(noise(2000, 1500).convert("CMYK"), "JPEG", quality=95),
    "WEBP": lambda: saved(noise(2000, 1500), "WEBP", quality=90),
    "BMP": lambda: saved(noise(1600, 1200), "BMP"),
    "GIF": lambda: saved(noise(1600, 1200).convert("P"), "GIF"),
    "TIFF": lambda: saved(noise(1600, 1200), "TIFF"),
    "16 bits": lambda: saved(Image.effect_noise((1600, 1200), 60).convert("I;16"), "PNG"),
    "pure noise": lambda: saved(Image.effect_noise((4000, 3000), 250).convert("RGB"), "JPEG", quality=98),
    "thin": lambda: saved(noise(720, 9000), "BMP"),
}


@pytest.mark.parametrize("name", MADE)
def test_every_limit_is_obeyed(name: str, tmp_path: Path):
    data = MADE[name]()
    with Image.open(io.BytesIO(data)) as image:
        before = sorted(image.size)
    found = fit(data)
    (tmp_path / f"a{found.ending}").write_bytes(found.data)
    facts = measure(tmp_path / f"a{found.ending}")
    assert {"JPEG": ".jpg", "PNG": ".png"}[facts.format] == found.ending
    assert facts.bytes <= LARGEST
    assert facts.long_side >= LEAST_LONG
    assert facts.short_side >= LEAST_SHORT
    assert not facts.sideways
    assert sorted((facts.width, facts.height)) <= before, "enlarged"
    assert ("已缩到" in found.note) == (sorted((facts.width, facts.height)) != before)
    with Image.open(tmp_path / f"a{found.ending}") as image:
        assert image.mode in ("RGB", "L", "I;16")
        assert not image.getexif()
        image.load()


def test_upright_after_all():
    with Image.open(io.BytesIO(fit(turned(noise(4000, 3000), 6)).data)) as image:
        assert image.height > image.width
        red, green, _ = image.getpixel((image.width - 30, image.height // 2))  # type: ignore[misc]
        assert red > 150 > 90 > green


def noted(kind: str, *, fits: bool) -> bytes:
    """A picture with a person's words beside the pixels, in each place that its kind has for them."""
    image = noise(1600, 1200) if fits else noise(3000, 2200)
    image.paste("white", (0, image.height // 2, *image.size))
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", "CANARY")
        return saved(image, kind, pnginfo=words, compress_level=1)
    notes = Image.Exif()
    notes[0x0112], notes[0x010E] = 1 if fits else 6, "CANARY"
    return saved(image, kind, exif=notes, comment=b"CANARY", quality=90)


@pytest.mark.parametrize("fits", [True, False])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF"])
def test_what_stands_beside_the_pixels_stays_here(kind: str, fits: bool):
    data = noted(kind, fits=fits)
    assert b"CANARY" in data
    assert b"CANARY" not in fit(data).data
    assert b"CANARY" not in fit(data, purpose(cases.empty())).data


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_is_fit_stays_as_it_is(kind: str):
    data = saved(Image.new("RGB", (1600, 1130), "#a51d2d"), kind)
    found = fit(data)
    assert (found.data, found.note) == (data, "")


@pytest.mark.parametrize("size", [(600, 378), (1280, 719), (1279, 900)])
def test_a_small_picture_is_never_enlarged_and_that_is_said(size: tuple[int, int]):
    for data in (saved(noise(*size), "JPEG"), saved(noise(*size), "WEBP")):
        found = fit(data)
        with Image.open(io.BytesIO(found.data)) as image:
            assert image.size == size
        assert f"只有 {size[0]}×{size[1]} 像素" in found.note
        assert "没有放大" in found.note


@pytest.mark.parametrize(
    "data",
    [
        *(
            b"",
            b"text",
            b"%PDF-1.4 ...",
            b"\x00\x00\x00\x18ftypheic....",
            b"\xff\xd8\xff cut",
            b"\x89PNG\r\n\x1a\n",
        ),
        saved(Image.new("RGB", (2000, 1400), "red"), "JPEG", quality=95)[:-4000],
        saved(Image.new("L", (30, 20)), "GIF", save_all=True, append_images=[Image.new("L", (30, 20), 200)]),
    ],
    ids=["empty", "text", "pdf", "heic", "jpeg", "png", "cut", "frames"],
)
def test_what_is_no_picture_stays_and_is_told(data: bytes):
    found = fit(data)
    assert (found.data, found.ending) == (data, "")
    assert found.note.startswith("没有转换")


def test_the_limits_are_those_of_the_rules():
    given = {rule.id: rule.given for rule in national().rules if rule.id.startswith("picture.")}
    assert given["picture.too-heavy"]["kilobytes"] * 1024 == LARGEST
    assert given["picture.too-small"] == {"long": LEAST_LONG, "short": LEAST_SHORT}
    assert list(given["picture.format"]["formats"]) == ["JPEG", "PNG"]


@pytest.mark.parametrize("name", ["company", "individual_business", "person"])
def test_the_upload_set_of_every_good_sample_passes_the_guard(name: str, tmp_path: Path):
    exported = export(cases.frozen(load(SAMPLES / f"{name}.json"), final=True), tmp_path / "out")
    files = sorted((tmp_path / "out" / UPLOADS).iterdir())
    assert len(files) >= 2
    assert not exported.notes
    for number, file in enumerate(files, 1):
        facts = measure(file)
        assert file.name.startswith(f"{number:02}_")
        assert len(file.name) <= LONGEST
        assert facts.format == {".jpg": "JPEG", ".png": "PNG"}[file.suffix]
        assert facts.bytes <= LARGEST
        assert facts.long_side >= LEAST_LONG
        assert facts.short_side >= LEAST_SHORT


def test_names_follow_what_the_files_became(tmp_path: Path):
    (tmp_path / "a.webp").write_bytes(saved(noise(1600, 1200), "WEBP"))
    (tmp_path / "b").write_bytes(saved(noise(3000, 2200), "PNG", compress_level=1))
    (tmp_path / "c.jpg").write_bytes(saved(noise(1400, 900), "PNG"))
    (tmp_path / "d.HEIC").write_bytes(b"\x00\x00\x00\x18ftypheic....")
    attachments = {
        "subject.certificate_photo": ("a.webp", "b"),
        "principal.certificate_photo_front": ("c.jpg",),
        "principal.certificate_photo_back": ("d.HEIC",),
    }
    draft = Draft({**cases.FULL, "subject.name": "长" * 200}, attachments, folder=tmp_path)
    exported = export(cases.frozen(draft), tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out" / UPLOADS).iterdir())
    assert [name[-4:] for name in names] == [".jpg", ".jpg", ".png", "heic"]
    assert all(len(name) <= LONGEST for name in names)
    assert len(exported.notes) == 2
    assert any("另存为 JPG" in note and "主体负责人证件反面" in note for note in exported.notes)
    again = load(exported.paths[3])
    for field, given in attachments.items():
        assert len(again.attachments[field]) == len(given)
        assert all(again.file(name).is_file() for name in again.attachments[field])


def test_cancelled_while_pictures_are_made_fit(tmp_path: Path):
    for number in range(4):
        (tmp_path / f"{number}.jpg").write_bytes(saved(noise(4000, 3000), "JPEG", quality=95))
    files = [tmp_path / f"{number}.jpg" for number in range(4)]
    told: list[int] = []
    with pytest.raises(Cancelled):
        fit_all([(file, None) for file in files], told.append, lambda: True)
    assert not told
    made = fit_all([(file, None) for file in (*files, tmp_path / "gone.jpg")], told.append, lambda: False)
    assert (told, told[-1], len(told)) == (sorted(told), 5, 5)
    assert [found is not None for found in made] == [True] * 4 + [False]
