"""JPEG files without unpacking them: what is left out, what stays to the bit."""

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from tests.packet.cases import jpeg as drawn
from wizard.packet import jpeg

PLAIN = drawn((320, 200), "#1a5fb4")
CANARY = b"CANARY 110101199003078891"


def saved(mode: str = "RGB", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "JPEG", **options)
    return out.getvalue()


def exif(**tags: Any) -> bytes:
    notes = Image.Exif()
    notes[0x010E] = CANARY.decode()
    for tag, value in tags.items():
        notes[int(tag, 16)] = value
    return notes.tobytes()


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.tobytes()


@pytest.mark.parametrize("progressive", [False, True])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_plain_picture_stays_to_the_bit(mode: str, progressive: bool):
    data = saved(mode, progressive=progressive)
    found = jpeg.read(data)
    assert found is not None
    assert found.data is data
    assert found.plain
    assert (found.width, found.height, found.grey) == (64, 48, mode == "L")


@pytest.mark.parametrize(
    "noted",
    [
        saved(exif=exif()),
        saved(comment=CANARY),
        saved(xmp=b"<x>" + CANARY + b"</x>"),
        saved() + b"PK\x03\x04" + CANARY,
        saved()[:2] + b"\xff\xed\x00\x1b" + CANARY + saved()[2:],
        saved() + saved(comment=CANARY),
    ],
    ids=["exif", "comment", "xmp", "archive behind", "iptc", "second picture"],
)
def test_notes_are_left_out_and_pixels_stay(noted: bytes):
    found = jpeg.read(noted)
    assert found is not None
    assert CANARY in noted
    assert CANARY not in found.data
    assert pixels(found.data) == pixels(noted)
    assert found.data.endswith(b"\xff\xd9")


def test_the_colour_profile_stays():
    found = jpeg.read(saved(icc_profile=b"profile" * 20))
    assert found is not None
    assert b"profile" in found.data


def test_restart_marks_and_fill_bytes():
    data = saved(size=(640, 480), restart_marker_rows=1)
    filled = data[:2] + b"\xff\xff" + data[2:]
    assert jpeg.read(data) is not None
    found = jpeg.read(filled)
    assert found is not None
    assert pixels(found.data) == pixels(data)


@pytest.mark.parametrize(
    "data",
    [saved("CMYK"), PLAIN.replace(b"\xff\xc0", b"\xff\xc9", 1)],
    ids=["cmyk", "arithmetic"],
)
def test_what_a_reader_may_show_otherwise_is_not_plain(data: bytes):
    found = jpeg.read(data)
    assert found is not None
    assert not found.plain


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\x89PNG", PLAIN[:200], PLAIN[: len(PLAIN) // 2]])
def test_what_is_cut_off_is_not_read(data: bytes):
    assert jpeg.read(data) is None


@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=6))
def test_damage_raises_nothing(place: int, damage: bytes):
    jpeg.read(PLAIN[:place] + damage + PLAIN[place + len(damage) :])
