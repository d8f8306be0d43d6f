"""What reportlab does wrong with Chinese, done right: fallback, copying, subsets, characters no font has."""

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from tests.packet.cases import RARE, RAREST
from wizard.packet.fonts import MISSING, Embedding, typeface


def printed(*texts: str, weight: str = "regular") -> tuple[bytes, Embedding]:
    face, letters = typeface(weight), Embedding()
    canvas = Canvas(io.BytesIO(), pageCompression=1, invariant=1, initialFontName=face.fontName)
    for number, text in enumerate(texts):
        canvas.addLiteral(f"BT 1 0 0 1 40 {800 - 30 * number} Tm {letters.show(face, 12, text)} ET")
    canvas.showPage()
    letters.embed(canvas._doc)
    return canvas.getpdfdata(), letters


def read(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return document[0].get_textpage().get_text_bounded()
    finally:
        document.close()


@pytest.mark.parametrize("weight", ["regular", "bold"])
@pytest.mark.parametrize("char", RARE + RAREST + "〇·—…“”㎡№①")
def test_every_character_is_printed_and_copied_as_typed(char: str, weight: str):
    data, letters = printed(f"甲{char}乙", weight=weight)
    assert f"甲{char}乙" in read(data)
    assert not letters.unprintable
    assert typeface(weight).place(char).glyph != typeface(weight).place(MISSING).glyph


@pytest.mark.parametrize("char", RAREST)
def test_what_noto_lacks_comes_from_hanamin(char: str):
    assert typeface("regular").place(char).file.name == "HanaMinB"
    assert typeface("regular").place("京").file.name == "NotoSansSC-Regular"


def test_a_character_is_inked():
    data, _ = printed("𪚥")
    page = pypdfium2.PdfDocument(data)[0]
    image = page.render(scale=4).to_pil().convert("L").crop((150, 120, 220, 190))
    dark = sum(image.histogram()[:128])
    assert dark > 200, "a box or nothing stands where 𪚥 should"


def test_fonts_are_embedded_once_and_cut_down():
    data, _ = printed("北京绿柠檬科技有限公司" + RAREST, "第二行北京")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = {str(font.BaseFont): font for _, font in pdf.pages[0].Resources.Font.items()}
        assert sorted(name.split("+")[1] for name in fonts) == ["HanaMinB", "NotoSansSC-Regular"]
        for name, font in fonts.items():
            assert name[7] == "+"
            assert name[1:7].isupper()
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert len(descriptor.FontFile2.read_bytes()) < 30_000
            assert "/ToUnicode" in font
    assert b"Helvetica" not in data


def test_widths_are_those_of_the_font():
    data, _ = printed("A京i")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        font = next(font for _, font in pdf.pages[0].Resources.Font.items())
        widths = [int(width) for width in font.DescendantFonts[0].W[1]]
    face = typeface("regular")
    assert widths == [face.place(char).width for char in "A京i"]
    assert face.width("A京i", 10) == pytest.approx(sum(widths) / 100)
    assert face.width("京", 10) == pytest.approx(10)


@pytest.mark.parametrize("text", ["🏮", "\u200b", "\u202e", "\x07", "\ud83d", "\ue000", "ﷺ"])
def test_what_no_font_has_is_seen_and_told(text: str):
    data, letters = printed(f"前{text}后")
    assert list(letters.unprintable) == [text]
    said = read(data)
    assert said.startswith("前")
    assert said.endswith("后")
    face = typeface("regular")
    assert face.place(text).glyph == face.place(MISSING).glyph
    assert face.width(text, 10) == pytest.approx(10)


def test_emoji_is_still_copied():
    assert "前🏮后" in read(printed("前🏮后")[0])


def test_the_sign_for_missing_may_be_typed():
    assert not printed(MISSING)[1].unprintable


def test_marks_and_variants_go_with_their_letter():
    face = typeface("regular")
    assert list(face.clusters("e\u0301x")) == ["e\u0301", "x"]
    assert face.place("e\u0301").glyph == face.place("é").glyph
    data, letters = printed("e\u0301葛\U000e0100城")
    assert not letters.unprintable
    assert "葛" in read(data)
    assert "城" in read(data)


def test_blanks_keep_their_kind():
    assert "甲　乙" in read(printed("甲　乙")[0]), "U+3000 became a plain blank"
    assert typeface("regular").width("　", 10) == pytest.approx(10)
    assert not printed("a\tb\u00a0c")[1].unprintable


def test_signs_of_the_pdf_language_are_text():
    text = r"(a) <b> \n % ] > Tj ET"
    assert text in read(printed(text)[0])


def test_pictures_are_not_turned_into_text(tmp_path: Path):
    assert rl_config.useA85 == 0
    Image.new("RGB", (40, 30), "red").save(tmp_path / "red.jpg")
    canvas = Canvas(io.BytesIO(), initialFontName=typeface("regular").fontName)
    canvas.drawImage(str(tmp_path / "red.jpg"), 10, 10)
    canvas.showPage()
    assert b"ASCII85" not in canvas.getpdfdata()


def test_same_text_gives_the_same_bytes():
    assert printed("北京𪚥", "甲乙")[0] == printed("北京𪚥", "甲乙")[0]
