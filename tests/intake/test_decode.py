"""What is decoded and what is refused: pictures and documents made to hurt, or hurt on their way."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from wizard.files import FileProblem
from wizard.intake import pdf_page, png_check, tiff_pages
from wizard.intake.decode import decode


def chunk(kind: bytes, body: bytes, wrong: int = 0) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body) ^ wrong)


def png(width=64, height=48, rows=None, extra=b"", wrong=0, interlaced=0) -> bytes:
    data = zlib.compress((b"\0" + b"\x80" * width * 3) * (height if rows is None else rows))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, interlaced)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            extra,
            chunk(b"IDAT", data, wrong),
            chunk(b"IEND", b""),
        )
    )


def zeros(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(megabytes)) + packer.flush()


def saved(format_: str, mode="RGB", size=(64, 48), colour=0, **settings) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, format_, **settings)
    return out.getvalue()


def many(format_: str, count: int, **settings) -> bytes:
    out = io.BytesIO()
    first, *rest = [Image.new("L", (64, 48), 5 * at) for at in range(count)]
    first.save(out, format_, save_all=True, append_images=rest, **settings)
    return out.getvalue()


def exif(orientation: int) -> bytes:
    marks = Image.Exif()
    marks[0x0112] = orientation
    return marks.tobytes()


def pdf(pages: int = 1, **settings) -> bytes:
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    out = io.BytesIO()
    document.save(out, **settings)
    return out.getvalue()


def raw_pdf(content: bytes = b"", box: bytes = b"0 0 595 842", kids: bytes = b"3 0 R") -> bytes:
    """A document written by hand, as nobody's program would write it."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(content) + content + b"\nendstream",
    ]
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return (
        out
        + b"xref\n0 5\n0000000000 65535 f \n"
        + table
        + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % start
    )


@pytest.fixture
def put(tmp_path):
    def write(data: bytes, name: str = "甲.jpg") -> Path:
        (tmp_path / name).write_bytes(data)
        return tmp_path / name

    return write


BROKEN = r"“甲\.jpg”不完整或已损坏，重新"
REFUSED = {
    "png, wrong check sum": (png(wrong=1), BROKEN),
    "png, a tenth of its rows": (png(rows=5), BROKEN),
    "png, interlaced, rows missing": (png(rows=5, interlaced=1), BROKEN),
    "png, packed text of 40 MB": (png(extra=chunk(b"zTXt", b"Comment\0\0" + zeros(40))), BROKEN),
    "png, packed colours of 40 MB": (png(extra=chunk(b"iCCP", b"x\0\0" + zeros(40))), BROKEN),
    "png, packed other text of 40 MB": (png(extra=chunk(b"iTXt", b"x\0\1\0\0\0" + zeros(40))), BROKEN),
    "png, moving": (png(extra=chunk(b"acTL", bytes(8))), BROKEN),
    "jpeg, its second half not sent": (saved("JPEG", size=(900, 700))[:4000], BROKEN),
    "gif, moving": (many("GIF", 5), "动画"),
    "webp, moving": (many("WEBP", 5), "动画"),
    "tiff, more pages than anybody scans": (many("TIFF", 51), "51 页，超过 50 页"),
    "tiff, its chain of pages a loop": (
        b"II*\0\x08\0\0\0\x02\0"
        + struct.pack("<HHII", 256, 3, 1, 8)
        + struct.pack("<HHII", 257, 3, 1, 8)
        + struct.pack("<I", 8)
        + bytes(200),
        BROKEN,
    ),
    "pdf, with a password": (
        pdf(encryption=pikepdf.Encryption(user="1", owner="2")),
        "要密码才能打开",
    ),
    "pdf, too many pages": (pdf(51), "51 页，超过 50 页"),
    "pdf, no page": (pdf(0), "一页也没有|不完整"),
    "pdf, pages in a loop": (raw_pdf(zlib.compress(b""), kids=b"2 0 R"), "打不开|不完整"),
    "pdf, a page of 3 km": (raw_pdf(zlib.compress(b""), box=b"0 0 10000000 10000000"), "尺寸不正常"),
    "pdf, 250 MB in a stream": (raw_pdf(zeros(250)), "展开后太大"),
    "pdf, 250 MB in a stream in a stream": (raw_pdf(zlib.compress(zeros(250))), "展开后太大"),
    "pdf, cut in half": (pdf(20)[:900], BROKEN),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_and_why(put, name):
    data, said = REFUSED[name]
    with pytest.raises(FileProblem, match=said) as raised:
        decode(put(data))
    sentence = str(raised.value)
    assert sentence.startswith("“甲.jpg”")
    assert not any(word in sentence for word in ("请勿", "无效", "！", "!"))


GOOD = {
    "jpeg": saved("JPEG"),
    "png": png(),
    "png, interlaced": saved("PNG"),
    "webp": saved("WEBP"),
    "bmp": saved("BMP"),
    "gif": saved("GIF", "L"),
    "tiff": saved("TIFF"),
    "avif": saved("AVIF"),
    "jpeg with an archive behind it": saved("JPEG") + b"PK\x03\x04" + bytes(5000),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_taken(put, name):
    decoded = decode(put(GOOD[name], "不看名字.txt"))
    assert decoded.pixels.shape == (48, 64, 3)
    assert decoded.pixels.dtype == np.uint8
    assert (decoded.page, decoded.pages, decoded.exif) == (1, 1, False)


def test_a_telephone_photo_that_ends_after_its_name(put):
    with pytest.raises(FileProblem, match=r"“乙\.heic”不完整或已损坏"):
        decode(put(struct.pack(">I", 24) + b"ftypheic\0\0\0\0mif1heic", "乙.heic"))


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (saved("JPEG", "CMYK", colour=(0, 255, 255, 0)), (254, 0, 0)),
        (saved("PNG", "I;16", colour=30000), (116, 116, 116)),
        (saved("PNG", "RGBA", colour=(255, 0, 0, 0)), (255, 255, 255)),
        (saved("PNG", "LA", colour=(0, 128)), (127, 127, 127)),
        (saved("PNG", "1", colour=1), (255, 255, 255)),
        (saved("TIFF", "F", colour=128.0), (128, 128, 128)),
    ],
)
def test_colours_are_those_seen_on_white_paper(put, data, colour):
    assert np.abs(decode(put(data)).pixels[24, 32].astype(int) - colour).max() <= 2


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (47, 63)), (6, (0, 47)), (8, (63, 0))])
def test_a_picture_stands_as_its_camera_was_held(put, orientation, corner, kind):
    picture = Image.new("RGB", (64, 48), "white")
    picture.paste("black", (0, 0, 8, 8))
    out = io.BytesIO()
    picture.save(out, kind, exif=exif(orientation))
    decoded = decode(put(out.getvalue()))
    assert decoded.pixels[corner].max() == 0
    assert decoded.exif is (orientation != 1)


def test_a_large_jpeg_comes_smaller_where_less_is_enough(put):
    decoded = decode(put(saved("JPEG", size=(6000, 4000))), long_side=2400)
    assert max(decoded.pixels.shape) == 3000
    assert decoded.facts.width == 6000


def test_one_page_of_several(put):
    file = put(many("TIFF", 4))
    assert [decode(file, page).pixels[0, 0, 0] for page in (1, 2, 4)] == [0, 5, 15]
    assert decode(file).pages == 4
    with pytest.raises(FileProblem, match="共 4 页，没有第 5 页"):
        decode(file, 5)
    with pytest.raises(FileProblem, match="共 3 页，没有第 4 页"):
        decode(put(pdf(3)), 4)


@pytest.mark.parametrize("extra", [b"", b"PK\x03\x04" + bytes(500)])
def test_a_page_of_a_document_is_drawn(put, extra):
    decoded = decode(put(pdf(3) + extra), 2)
    assert decoded.pages == 3
    assert max(decoded.pixels.shape) == pdf_page.LONG_SIDE
    assert decoded.pixels.min() == 255


def test_scripts_in_a_document_do_nothing(put):
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('CANARY')")
    out = io.BytesIO()
    document.save(out)
    assert decode(put(out.getvalue())).pixels.min() == 255


def test_counting_stops(tmp_path):
    with io.BytesIO(many("TIFF", 3)) as file:
        assert tiff_pages.count(file) == 3
    with io.BytesIO(b"II*\0\xff\xff\xff\x7f") as file, pytest.raises((ValueError, struct.error)):
        tiff_pages.count(file)
    with io.BytesIO(png()) as file:
        png_check.check(file)
