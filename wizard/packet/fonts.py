"""The letters of a packet: measured, chosen from the font that has them, and embedded as a subset.

Everything that reportlab does to Chinese text that a packet cannot live with is cured here and in `lines`:

- its ToUnicode map is wrong beyond the BMP (𬍛 is copied as another character): `_to_unicode`;
- it has no fallback from one TrueType font to the next (𠀀 would be an empty box): `Typeface.place`;
- it cuts a font into subsets of 256 characters after parsing all of it (130 ms for 10 MB): `_subset`
  lets HarfBuzz cut one CID font out of it in a few;
- it writes pictures as ASCII85 in pure Python, thirty times slower: `useA85` below.

Text never passes through reportlab's own text machinery, so nothing typed can act as mark-up.
"""

import hashlib
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from typing import Any, NamedTuple, cast

import uharfbuzz as hb
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics

from wizard.resource_files import path

rl_config.useA85 = 0
rl_config.pdfComments = 0

MISSING = "〓"
"""What is printed for a character that no font has, in the width of one Chinese character."""

_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_MARKS = (
    rf"\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f{_SELECTORS}"
)
_MARKED = re.compile(rf"[{_MARKS}]")
_CLUSTER = re.compile(rf".[{_MARKS}]*", re.DOTALL)
_SELECTOR = re.compile(rf"[{_SELECTORS}]")
_NEEDED_TABLES = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"}


class Placed(NamedTuple):
    """A glyph that stands for a piece of text: where it is, how wide (of 1000), what is copied."""

    file: "FontFile"
    glyph: int
    width: int
    copied: str


class FontFile:
    """One font file, opened when its first character is asked for."""

    def __init__(self, name: str, file: str) -> None:
        self.name = name
        self.file = file

    @cached_property
    def face(self) -> Any:
        """HarfBuzz's view of the file, mapped rather than read where the system can."""
        where = path("fonts", self.file)
        try:
            return hb.Face(hb.Blob.from_file_path(str(where)))
        except hb.HarfBuzzError:
            return hb.Face(hb.Blob(where.read_bytes()))

    @cached_property
    def font(self) -> Any:
        """The same, scaled to 1000 units."""
        font = hb.Font(self.face)
        font.scale = (1000, 1000)
        return font

    def find(self, cluster: str) -> Placed | None:
        """The glyph for one character, or for one with the marks or variation selector that follow it."""
        glyph = None
        if len(cluster) == 2 and _SELECTOR.match(cluster[1]):
            glyph = self.font.get_variation_glyph(ord(cluster[0]), ord(cluster[1]))
        bare = unicodedata.normalize("NFC", _SELECTOR.sub("", cluster))
        if glyph is None and len(bare) == 1:
            glyph = self.font.get_nominal_glyph(ord(bare))
        if glyph is None:
            return None
        return Placed(self, glyph, self.font.get_glyph_h_advance(glyph), cluster)


class Typeface:
    """A weight of lettering: the files to look in, one after the other.

    The attributes with an underscore are what reportlab asks of a font that it does not build itself.
    """

    _multiByte = 1  # noqa: N815
    _dynamicFont = 1  # noqa: N815

    def __init__(self, name: str, files: tuple[FontFile, ...]) -> None:
        self.name = self.fontName = name
        self.face = self
        self.files = files
        self._placed: dict[str, Placed] = {}

    def place(self, cluster: str) -> Placed:
        """The glyph printed for `cluster`; `MISSING` where no file has one or nothing would be seen."""
        placed = self._placed.get(cluster)
        if placed is None:
            placed = self._placed[cluster] = self._find(cluster)
        return placed

    def _find(self, cluster: str) -> Placed:
        if cluster in "\t\u00a0\u2002\u2003\u2009\u202f\u3000 ":
            cluster, copied = ("\u3000" if cluster == "\u3000" else " "), cluster.replace("\t", " ")
            found = self.files[0].find(cluster)
            assert found is not None
            return found._replace(copied=copied)
        if _visible(cluster):
            for file in self.files:
                if found := file.find(cluster):
                    return found
        found = self.files[0].find(MISSING)
        assert found is not None
        return found._replace(copied=cluster if _copyable(cluster) else "\ufffd")

    def clusters(self, text: str) -> Iterator[str]:
        """`text` in pieces that get one glyph each."""
        if not _MARKED.search(text):
            yield from text
            return
        for found in _CLUSTER.finditer(text):
            piece = found[0]
            if len(piece) == 1 or self.place(piece).glyph != self.place(MISSING).glyph:
                yield piece
            else:
                yield from _SELECTOR.sub("", piece)

    def width(self, text: str, size: float) -> float:
        """How wide `text` is printed, in points."""
        place = self.place
        return sum(place(piece).width for piece in self.clusters(text)) * size / 1000


def _visible(cluster: str) -> bool:
    return unicodedata.category(cluster[0]) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _copyable(cluster: str) -> bool:
    return not any(unicodedata.category(char) in ("Cc", "Cs") for char in cluster)


@cache
def typeface(weight: str) -> Typeface:
    """The typeface for ``regular`` or ``bold`` text."""
    file = {"regular": "NotoSansSC-Regular", "bold": "NotoSansSC-Bold"}[weight]
    made = Typeface(f"filing-{weight}", (FontFile(file, f"{file}.ttf"), rare()))
    pdfmetrics.registerFont(made)
    return made


@cache
def rare() -> FontFile:
    """The font for what the others lack: CJK extensions B to F."""
    return FontFile("HanaMinB", "HanaMinB.ttf")


class Embedding:
    """The characters that one document uses, by font file, and in the end those fonts inside it."""

    def __init__(self) -> None:
        self._used: dict[FontFile, dict[Placed, int]] = {}
        self.unprintable: dict[str, None] = {}

    def show(self, face: Typeface, size: float, text: str) -> str:
        """The PDF operators that show `text` from the current point on."""
        shown: list[str] = []
        current: FontFile | None = None
        for piece in face.clusters(text):
            placed = face.place(piece)
            if placed.glyph == face.place(MISSING).glyph and piece != MISSING:
                self.unprintable.setdefault(piece)
            if placed.file is not current:
                if current is not None:
                    shown.append("> Tj ")
                current = placed.file
                shown.append(f"/{current.name} {size:g} Tf <")
            cids = self._used.setdefault(placed.file, {})
            shown.append(f"{cids.setdefault(placed, len(cids) + 1):04X}")
        if current is not None:
            shown.append("> Tj")
        return "".join(shown)

    def embed(self, document: pdfdoc.PDFDocument) -> None:
        """Put the fonts that were used into `document`, cut down to the characters used."""
        fonts = cast(pdfdoc.PDFDictionary, document.idToObject["BasicFonts"]).dict
        for file, cids in self._used.items():
            fonts[file.name] = document.Reference(_font(document, file, cids), f"font-{file.name}")


def _font(document: pdfdoc.PDFDocument, file: FontFile, cids: dict[Placed, int]) -> pdfdoc.PDFDictionary:
    data, renumbered = _subset(file, {placed.glyph for placed in cids})
    name = f"/{_tag(data)}+{file.name}"
    glyphs = b"".join(renumbered[placed.glyph].to_bytes(2, "big") for placed in cids)
    widths = " ".join(str(placed.width) for placed in cids)
    descendant = pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/CIDFontType2",
            "BaseFont": name,
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "FontDescriptor": document.Reference(_descriptor(document, file, name, data, len(cids))),
            "DW": 1000,
            "W": f"[1 [{widths}]]",
            "CIDToGIDMap": document.Reference(_stream(b"\0\0" + glyphs)),
        }
    )
    return pdfdoc.PDFDictionary(
        {
            "Type": "/Font",
            "Subtype": "/Type0",
            "BaseFont": name,
            "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant)]),
            "ToUnicode": document.Reference(_stream(_to_unicode(cids))),
        }
    )


def _descriptor(
    document: pdfdoc.PDFDocument, file: FontFile, name: str, data: bytes, characters: int
) -> pdfdoc.PDFDictionary:
    extents = file.font.get_font_extents("ltr")
    head = file.face.reference_table("head").data
    box = [int.from_bytes(head[at : at + 2], "big", signed=True) for at in (36, 38, 40, 42)]
    present = bytearray((characters + 8) // 8)
    for cid in range(characters + 1):
        present[cid // 8] |= 0x80 >> cid % 8
    return pdfdoc.PDFDictionary(
        {
            "Type": "/FontDescriptor",
            "FontName": name,
            "Flags": 4,
            "FontBBox": pdfdoc.PDFArray([side * 1000 // file.face.upem for side in box]),
            "ItalicAngle": 0,
            "Ascent": extents.ascender,
            "Descent": extents.descender,
            "CapHeight": file.font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT),
            "StemV": 140 if file.name.endswith("Bold") else 80,
            "FontFile2": document.Reference(_stream(data, Length1=len(data))),
            "CIDSet": document.Reference(_stream(bytes(present))),
        }
    )


def _subset(file: FontFile, glyphs: Iterable[int]) -> tuple[bytes, dict[int, int]]:
    """The font file cut down to `glyphs`, and the number each has in it."""
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.NO_HINTING
    wanted.glyph_set.update(sorted(glyphs))
    for table in file.face.table_tags:
        if table not in _NEEDED_TABLES:
            wanted.drop_table_tag_set.add(int.from_bytes(table.encode("ascii"), "big"))
    plan = hb.SubsetPlan(file.face, wanted)
    return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping.items())


def _to_unicode(cids: dict[Placed, int]) -> bytes:
    """The map from what is printed to what is copied, in UTF-16 as the format wants it."""
    lines = [
        f"<{cid:04X}> <{placed.copied.encode('utf-16-be', 'replace').hex().upper()}>"
        for placed, cid in cids.items()
    ]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    maps = "\n".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar" for b in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{maps}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _stream(data: bytes, **entries: int) -> pdfdoc.PDFStream:
    entries_and_filter = {"Filter": "/FlateDecode", **entries}
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries_and_filter), zlib.compress(data))


def _tag(data: bytes) -> str:
    """Six letters that name a subset, as the format asks; the same subset has the same."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])
