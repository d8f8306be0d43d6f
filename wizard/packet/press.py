"""Printing pages to PDF: header, footer, page numbers, outline, links, 草稿 mark, properties of the file."""

import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from wizard.packet.a4 import PAGE_HEIGHT, PAGE_WIDTH
from wizard.packet.fonts import Embedding, typeface
from wizard.packet.page import Box, Check, Disc, Entry, Image, Jump, Mark, Page, Rule, Text, Zone
from wizard.packet.paper import (
    EDGE,
    EDGE_STRONG,
    FAINT,
    FOOTER_BASELINE,
    FOOTER_RULE,
    HAIR,
    HEADER_BASELINE,
    HEADER_RULE,
    INK,
    LEFT,
    RIGHT,
    WATERMARK,
    WIDTH,
    Colour,
    fitted,
)
from wizard.packet.watermark import DRAFT, draft_mark

Files = Mapping[str, tuple[str, ...]]
_MARK, _OUTLINE = "draft-mark", "draft-mark-outlined"
_PRINTED = 4
_OVER_PICTURES = 0.2


@dataclass(frozen=True, slots=True)
class Printed:
    """A picture as it goes into the file: JPEG data and what the file must say about it."""

    data: bytes
    width: int
    height: int
    grey: bool


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on every page, and in the properties of the file."""

    title: str
    author: str
    subject: str
    program: str
    footer: str
    made_at: datetime
    final: bool
    archival: bool = False


@dataclass(frozen=True, slots=True)
class Pdf:
    """A finished file, the characters in it that no font has, where on its pages fields are shown.

    `files` are the hashes of the attachments shown, by field.
    """

    data: bytes
    unprintable: tuple[str, ...]
    zones: tuple[tuple[int, Zone], ...] = ()
    files: Files = field(default_factory=dict)


def press(
    pages: Sequence[Page],
    entries: Sequence[Entry],
    imprint: Imprint,
    pictures: Mapping[str, Printed],
    printed: Callable[[int], None],
) -> Pdf:
    """Print `pages`; `printed` is told the number of each page when it is done."""
    machine = _Press(imprint, pictures, {name for page in pages for name in page.targets})
    for number, page in enumerate(pages, 1):
        machine.page(page, number, len(pages))
        printed(number)
    return machine.finish(entries)


class _Press:
    def __init__(self, imprint: Imprint, pictures: Mapping[str, Printed], targets: set[str]) -> None:
        self.imprint = imprint
        self.pictures = pictures
        self.targets = targets
        self.letters = Embedding()
        self.zones: list[tuple[int, Zone]] = []
        self.canvas = Canvas(
            io.BytesIO(),
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            initialFontName=typeface("regular").fontName,  # type: ignore[arg-type]  # or Helvetica comes in
            lang="zh-CN",
            pdfVersion=(1, 4) if imprint.archival else (1, 7),
        )
        self.document: Any = self.canvas._doc  # type: ignore[attr-defined]
        self._properties()
        if not imprint.final:
            self._form(_MARK, draft_mark())
            if imprint.archival:
                self._form(_OUTLINE, draft_mark(outlined=True))

    def _form(self, name: str, operators: str) -> None:
        self.canvas.beginForm(name, 0, 0, PAGE_WIDTH, PAGE_HEIGHT)
        self.canvas.addLiteral(operators)
        self.canvas.endForm()

    def _properties(self) -> None:
        canvas, imprint = self.canvas, self.imprint
        canvas.setTitle(_plain(imprint.title))
        canvas.setAuthor(_plain(imprint.author))
        canvas.setSubject(_plain(imprint.subject))
        canvas.setCreator(_plain(imprint.program))
        canvas.setProducer(_plain(imprint.program))
        canvas.setKeywords("微信小程序, 备案, ICP")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.addPageLabel(0, style="ARABIC", start=1)
        canvas.showOutline()
        offset = int((imprint.made_at.utcoffset() or timedelta()).total_seconds()) // 60
        self.document._timeStamp = SimpleNamespace(
            t=0,
            YMDhms=imprint.made_at.timetuple()[:6],
            dhh=int(math.copysign(abs(offset) // 60, offset)),
            dmm=abs(offset) % 60,
        )

    def page(self, page: Page, number: int, total: int) -> None:
        """Print one page."""
        if not self.imprint.final and not page.pictured:
            self._watermark(WATERMARK)
        for name, y in page.targets.items():
            self.canvas.bookmarkPage(name, fit="XYZ", left=0, top=PAGE_HEIGHT - y + 8, zoom=0)
        if number == 1:
            self.canvas.bookmarkPage("open", fit="FitH", top=PAGE_HEIGHT)
            self.document.Catalog.OpenAction = self.canvas._bookmarkReference("open")  # type: ignore[attr-defined]
        self._edges(page, number, total)
        for mark in page.marks:
            if isinstance(mark, Zone):
                self.zones.append((number, mark))
            self._mark(mark)
        if not self.imprint.final and page.pictured:
            self._over_pictures()
        self.canvas.showPage()

    def finish(self, entries: Sequence[Entry]) -> Pdf:
        """The file."""
        for entry in entries:
            self.canvas.addOutlineEntry(
                _plain(entry.title), entry.target, entry.level, closed=entry.level == 0
            )
        self.letters.embed(self.document)
        return Pdf(self.canvas.getpdfdata(), tuple(self.letters.unprintable), tuple(self.zones))

    def _edges(self, page: Page, number: int, total: int) -> None:
        count = f"第 {number} 页 / 共 {total} 页"
        width = EDGE.width(count)
        self._mark(Rule(LEFT, FOOTER_RULE, RIGHT, FOOTER_RULE, HAIR))
        self._mark(Text(RIGHT - width, FOOTER_BASELINE, count, EDGE))
        footer = fitted(self.imprint.footer, EDGE, WIDTH - width - 18)
        self._mark(Text(LEFT, FOOTER_BASELINE, footer, EDGE))
        if not page.cover:
            self._mark(Text(LEFT, HEADER_BASELINE, page.part, EDGE_STRONG))
            self._mark(Rule(LEFT, HEADER_RULE, RIGHT, HEADER_RULE, HAIR))
        if not self.imprint.final and not page.cover:
            word = f"{DRAFT} · 仅供核对"
            self._mark(Text(RIGHT - EDGE_STRONG.width(word), HEADER_BASELINE, word, EDGE_STRONG))

    def _watermark(self, colour: Colour) -> None:
        """草稿 across the page: beneath the text, or over pictures so that they show through."""
        self.canvas.addLiteral(f"{_rgb(colour)} rg")
        self.canvas.doForm(_MARK)

    def _over_pictures(self) -> None:
        """草稿 with the picture showing through; in the archive format, without transparency, as lines."""
        if self.imprint.archival:
            self.canvas.addLiteral(f"q 1 w {_rgb(FAINT)} RG")
            self.canvas.doForm(_OUTLINE)
            self.canvas.addLiteral("Q")
            return
        self.canvas.saveState()
        self.canvas.setFillAlpha(_OVER_PICTURES)
        self._watermark(FAINT)
        self.canvas.restoreState()

    def _mark(self, mark: Mark) -> None:
        match mark:
            case Text(x, y, text, style):
                shown = self.letters.show(typeface(style.weight), style.size, text)
                place = f"1 0 0 1 {x:.2f} {PAGE_HEIGHT - y:.2f} Tm"
                self.canvas.addLiteral(f"{_rgb(style.colour)} rg BT {place} {shown} ET")
            case Rule(x, y, to_x, to_y, colour, thickness, dashed):
                dash = "[2.4 2] 0 d " if dashed else ""
                line = f"{x:.2f} {PAGE_HEIGHT - y:.2f} m {to_x:.2f} {PAGE_HEIGHT - to_y:.2f} l S"
                self.canvas.addLiteral(f"q {dash}{thickness:g} w {_rgb(colour)} RG {line} Q")
            case Box():
                self._box(mark)
            case Disc(x, y, radius, fill):
                self._disc(x, PAGE_HEIGHT - y, radius, fill)
            case Check(x, y, size, ticked):
                self._check(x, y, size, ticked)
            case Image(key, x, y, width, height):
                self._image(key, x, PAGE_HEIGHT - y - height, width, height)
            case Jump(x, y, width, height, target) if target in self.targets:
                rect = (x, PAGE_HEIGHT - y - height, x + width, PAGE_HEIGHT - y)
                self.canvas.linkAbsolute("", target, Rect=rect, Border="[0 0 0]", F=_PRINTED)

    def _box(self, box: Box) -> None:
        paint = {(True, False): "f", (False, True): "S", (True, True): "B"}[
            box.fill is not None, box.line is not None
        ]
        colours = (f"{_rgb(box.fill)} rg " if box.fill else "") + (
            f"{_rgb(box.line)} RG " if box.line else ""
        )
        dash = "[2.4 2] 0 d " if box.dashed else ""
        place = f"{box.x:.2f} {PAGE_HEIGHT - box.y - box.height:.2f} {box.width:.2f} {box.height:.2f} re"
        self.canvas.addLiteral(f"q {dash}{box.thickness:g} w {colours}{place} {paint} Q")

    def _disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        k = radius * 0.5523
        curves = " ".join(
            f"{x + a:.2f} {y + b:.2f} {x + c:.2f} {y + d:.2f} {x + e:.2f} {y + f:.2f} c"
            for a, b, c, d, e, f in (
                (radius, k, k, radius, 0, radius),
                (-k, radius, -radius, k, -radius, 0),
                (-radius, -k, -k, -radius, 0, -radius),
                (k, -radius, radius, -k, radius, 0),
            )
        )
        self.canvas.addLiteral(f"q {_rgb(fill)} rg {x + radius:.2f} {y:.2f} m {curves} f Q")

    def _check(self, x: float, y: float, size: float, ticked: bool) -> None:
        self._box(Box(x, y, size, size, line=INK if ticked else FAINT, thickness=0.8))
        if ticked:
            bottom = PAGE_HEIGHT - y - size
            corners = ((0.2, 0.5), (0.42, 0.24), (0.84, 0.82))
            steps = [f"{x + size * a:.2f} {bottom + size * b:.2f}" for a, b in corners]
            path = f"{steps[0]} m {steps[1]} l {steps[2]} l S"
            self.canvas.addLiteral(f"q 1.3 w 1 J 1 j {_rgb(INK)} RG {path} Q")

    def _image(self, key: str, x: float, y: float, width: float, height: float) -> None:
        if not self.canvas.hasForm(key):
            self.document.addForm(key, _image_object(self.pictures[key]))
        self.canvas.addLiteral(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm")
        self.canvas.doForm(key)
        self.canvas.addLiteral("Q")


def _image_object(picture: Printed) -> pdfdoc.PDFStream:
    """JPEG data as it is: not unpacked, not packed again, not turned into text."""
    entries = {
        "Type": "/XObject",
        "Subtype": "/Image",
        "Width": picture.width,
        "Height": picture.height,
        "BitsPerComponent": 8,
        "ColorSpace": "/DeviceGray" if picture.grey else "/DeviceRGB",
        "Filter": "/DCTDecode",
    }
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), picture.data)


def _rgb(colour: Colour) -> str:
    return " ".join(f"{part:g}" for part in colour)


def _plain(text: str) -> str:
    """`text` on one line, without what a property of a file cannot hold."""
    return " ".join("".join(char for char in text if char.isprintable() or char == " ").split())[:200]
