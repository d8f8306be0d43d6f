"""The guard: what a file is by its content, what is refused, and no file that can bring it down."""

import io
import struct
import zlib
from datetime import date
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings
from PIL import Image

from wizard.check.run import self_check
from wizard.draft import Draft
from wizard.files import FileProblem
from wizard.intake import guard
from wizard.intake.guard import measure, measure_all
from wizard.picture import PictureFacts
from wizard.resource_files import path as resource


def picture(format_: str, size: tuple[int, int] = (640, 400), mode: str = "RGB", **settings_) -> bytes:
    memory = io.BytesIO()
    Image.new(mode, size).save(memory, format_, **settings_)
    return memory.getvalue()


def png(width: int, height: int, data: bytes = b"", end: bool = True) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    last = chunk(b"IEND", b"") if end else b""
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(data)) + last


def box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def heic(*sizes: tuple[int, int], turned: int = 0, brand: bytes = b"heic") -> bytes:
    parts = [box(b"ispe", b"\0\0\0\0" + struct.pack(">II", *size)) for size in sizes]
    parts += [box(b"irot", bytes([turned]))] if turned else []
    properties = box(b"iprp", box(b"ipco", b"".join(parts)))
    return box(b"ftyp", brand + b"\0\0\0\0mif1" + brand) + box(
        b"meta", b"\0\0\0\0" + box(b"hdlr", b"x" * 20) + properties
    )


def exif(orientation: int) -> bytes:
    marks = Image.Exif()
    marks[0x0112] = orientation
    return marks.tobytes()


@pytest.fixture
def put(tmp_path):
    def write(data: bytes, name: str = "甲.jpg") -> Path:
        file = tmp_path / name
        file.write_bytes(data)
        return file

    return write


GOOD = {
    "jpeg": (picture("JPEG"), "JPEG"),
    "jpeg, progressive": (picture("JPEG", progressive=True), "JPEG"),
    "jpeg, print colours": (picture("JPEG", mode="CMYK"), "JPEG"),
    "png": (picture("PNG"), "PNG"),
    "png, transparent": (picture("PNG", mode="RGBA"), "PNG"),
    "gif": (picture("GIF", mode="L"), "GIF"),
    "bmp": (picture("BMP"), "BMP"),
    "tiff": (picture("TIFF"), "TIFF"),
    "tiff, deflated": (picture("TIFF", compression="tiff_deflate"), "TIFF"),
    "webp": (picture("WEBP"), "WEBP"),
    "webp, lossless": (picture("WEBP", lossless=True), "WEBP"),
    "webp, extended": (picture("WEBP", mode="RGBA", exif=exif(1)), "WEBP"),
    "heic": (heic((160, 100), (640, 400)), "HEIC"),
    "avif": (heic((640, 400), brand=b"avif"), "AVIF"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_picture_is_known_by_its_content(put, name):
    data, format_ = GOOD[name]
    facts = measure(put(data, "名字不算数.txt"))
    assert facts == PictureFacts(format_, 640, 400, len(data))


def test_a_document_is_known_too(put):
    assert measure(put(b"%PDF-1.7\n%%EOF\n")) == PictureFacts("PDF", 0, 0, 15)


@pytest.mark.parametrize(
    ("orientation", "sideways"), [(1, False), (3, False), (5, True), (6, True), (8, True)]
)
def test_a_turned_camera_leaves_a_mark(put, orientation, sideways):
    assert measure(put(picture("JPEG", exif=exif(orientation)))).sideways is sideways


def test_a_turned_heic(put):
    assert measure(put(heic((640, 400), turned=1))).sideways


def test_a_broken_mark_is_no_fault(put):
    data = picture("JPEG")
    for tiff in (
        b"II*\0\xff\xff\xff\xff",
        b"II*\0\x08\0\0\0\xff\xff" + b"\0" * 30,
        b"XX",
        b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8),
    ):
        segment = b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff
        assert measure(put(data[:2] + segment + data[2:])).sideways is False


def test_what_is_put_behind_a_picture_does_not_matter(put):
    assert measure(put(picture("JPEG") + b"PK\x03\x04" + b"x" * 20_000)).format == "JPEG"
    assert measure(put(png(640, 400) + b"x" * 20_000)).format == "PNG"


REFUSED = {
    "empty": (b"", "空文件"),
    "web page": ("<!doctype html><title>登录</title>".encode(), "不是图片"),
    "program": (b"MZ" + b"\0" * 400, "不是图片"),
    "drawing with a script": (b'<?xml version="1.0"?><svg/>', "不是图片"),
    "two bytes": (b"\xff\xd8", "不是图片"),
    "jpeg, first 100 bytes": (picture("JPEG")[:100], "不完整"),
    "jpeg, first half": (picture("JPEG", (1200, 800))[: len(picture("JPEG", (1200, 800))) // 2], "不完整"),
    "jpeg without a frame": (b"\xff\xd8\xff\xda\x00\x04\0\0\xff\xd9", "不完整"),
    "jpeg of fill bytes": (b"\xff\xd8" + b"\xff" * 20_000, "不完整"),
    "png without its end": (png(640, 400, end=False), "不完整"),
    "png, first 20 bytes": (png(640, 400)[:20], "不完整"),
    "png of no size": (png(0, 0), "是 0"),
    "png of 2.5 thousand million": (png(50_000, 50_000), "6400 万"),
    "png of a strip": (png(1, 60_000), "长条"),
    "heic, brand only": (struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic", "不完整"),
    "film": (box(b"ftyp", b"isom\0\0\0\0mp42") + box(b"moov", b"x" * 40), "不完整"),
    "webp of another kind": (b"RIFF\0\0\0\0WEBPXXXX" + b"\0" * 30, "不完整"),
    "tiff that points outside": (b"II*\0\xff\xff\xff\x7f", "是 0|不完整"),
    "bmp, header only": (b"BM" + b"\0" * 10, "不完整"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_and_why(put, name):
    data, said = REFUSED[name]
    with pytest.raises(FileProblem, match=said) as raised:
        measure(put(data))
    assert "甲.jpg" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_too_large(put, monkeypatch):
    monkeypatch.setattr(guard, "LARGEST", 1000)
    with pytest.raises(FileProblem, match="压缩"):
        measure(put(picture("JPEG")))


def test_what_is_no_file(tmp_path):
    with pytest.raises(FileProblem, match="找不到"):
        measure(tmp_path / "没有.jpg")
    with pytest.raises(FileProblem, match="不是文件"):
        measure(tmp_path)


def test_metadata_of_five_megabytes_is_stepped_over(put):
    data = picture("JPEG")
    segment = b"\xff\xe1" + struct.pack(">H", 8002) + b"Exif\0\0" + b"II*\0\x08\0\0\0\xff\xff" + b"\0" * 7984
    assert measure(put(data[:2] + segment * 600 + data[2:])).width == 640


MAGIC = [
    b"\xff\xd8\xff",
    b"\xff\xd8\xff\xc0",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"BM",
    b"II*\0",
    b"MM\0*",
    b"%PDF-",
]
MAGIC += [b"RIFF\0\0\0\0WEBPVP8X", b"RIFF\0\0\0\0WEBPVP8 ", b"\0\0\0\x18ftypheic", b"\0\0\0\x00ftypavif", b""]


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(MAGIC), rest=st.binary(max_size=400))
def test_no_bytes_bring_it_down(put, start, rest):
    try:
        facts = measure(put(start + rest))
    except FileProblem:
        return
    assert facts.bytes == len(start + rest)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(GOOD)), data=st.data())
def test_no_changed_byte_brings_it_down(put, name, data):
    whole = bytearray(GOOD[name][0])
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, min(len(whole), 200) - 1))] = data.draw(st.integers(0, 255))
    try:
        measure(put(bytes(whole)))
    except FileProblem as problem:
        assert "甲.jpg" in str(problem)  # noqa: PT017


# ───────── all pictures of a draft


def test_every_picture_is_measured_and_a_bad_one_can_be_named(tmp_path):
    (tmp_path / "good.jpg").write_bytes(picture("JPEG", (1600, 1200)))
    (tmp_path / "page.png").write_bytes(b"<html>")
    (tmp_path / "film.mp4").write_bytes(b"\0" * 50)
    (tmp_path / "folder.jpg").mkdir()
    draft = Draft(
        answers={
            "subject.type": "企业",
            "mini_program.pre_approvals": ({"type": "新闻", "code": "第 1 号", "media": ["page.png"]},),
        },
        attachments={
            "subject.certificate_photo": ("good.jpg",),
            "principal.certificate_photo_front": ("gone.jpg",),
            "principal.certificate_photo_back": ("folder.jpg",),
            "materials.promise_video": ("film.mp4",),
            "unknown.field": ("good.jpg",),
        },
        folder=tmp_path,
    )
    measured = measure_all(draft)
    assert set(measured) == {"good.jpg", "page.png"}
    assert measured["good.jpg"].width == 1600
    assert measured["page.png"].format == ""
    findings = self_check(draft, date(2026, 11, 23), measured).findings
    assert [one.fields for one in findings if one.rule == "picture.unreadable"] == [
        ("mini_program.pre_approvals",)
    ]


def test_the_samples_are_measured():
    for file in resource("samples", "pictures").glob("*.jpg"):
        facts = measure(file)
        assert facts.format == "JPEG"
        with Image.open(file) as image:
            assert (facts.width, facts.height) == image.size
