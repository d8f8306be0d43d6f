"""A sheet being drawn: print with its place remembered, fine lines, seal, emblem, code. Lengths in units."""

import math
import os
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter, ImageFont

OURS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
ELSEWHERE = ("/usr/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
BLACK, RED, BROWN, GOLD = (24, 24, 28), (200, 36, 40), (112, 72, 24), (190, 148, 70)
NEVER_FIRST = "，。；：、）》”"
Box = tuple[float, float, float, float]


@cache
def faces() -> tuple[str, ...]:
    """The fonts to print with: ours, and any other Chinese ones that are at hand ($SPECIMEN_FONTS too)."""
    found = [str(OURS / f"NotoSansSC-{weight}.ttf") for weight in ("Regular", "Bold")]
    for root in (*ELSEWHERE, os.environ.get("SPECIMEN_FONTS", "")):
        files = sorted(Path(root).rglob("*.[to]t[fc]")) if root and Path(root).is_dir() else []
        found += [str(file) for file in files if _chinese(str(file))]
    return tuple(found)


def _chinese(file: str) -> bool:
    try:
        face = ImageFont.truetype(file, 24)
        signs = [bytes(face.getmask(sign)) for sign in ("营", "镕", "萱", "\U0010ffff")]
    except OSError:
        return False
    return len(set(signs)) == 4


@cache
def face(file: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size)


class Paper:
    """`unit` pixels are one unit of length; `boxes` say where values stand, `lines` all print, in pixels."""

    def __init__(self, size: tuple[float, float], unit: float, tint: tuple[int, int, int], font: str) -> None:
        self.unit, self.font = unit, font
        self.image = Image.new("RGB", (round(size[0] * unit), round(size[1] * unit)), tint)
        self.draw = ImageDraw.Draw(self.image)
        self.boxes: dict[str, list[Box]] = {}
        self.lines: list[tuple[str, Box]] = []

    def px(self, *lengths: float) -> list[float]:
        return [length * self.unit for length in lengths]

    def waves(self, dice: Random, colour: tuple[int, int, int], gap: float = 17) -> None:
        """The fine wavy lines of security paper."""
        width, height = (side / self.unit for side in self.image.size)
        long, phase = dice.uniform(40, 90), dice.uniform(0, 6)
        for number in range(-2, int(height / gap) + 2):
            line = [
                (x * self.unit, (number * gap + 8 * math.sin(x / long + phase + number * 0.7)) * self.unit)
                for x in range(0, int(width) + 8, 8)
            ]
            self.draw.line(line, fill=colour, width=max(1, round(self.unit)))

    def frame(self, colour: tuple[int, int, int], insets: Iterable[tuple[float, float]]) -> None:
        width, height = self.image.size
        for inset, thick in insets:
            i = inset * self.unit
            self.draw.rectangle(
                (i, i, width - i, height - i), outline=colour, width=max(1, round(thick * self.unit))
            )

    def text(self, at, text, size, *, fill=BLACK, font="", spacing=0.0, anchor="la", field="") -> float:
        """One line of print from `at`; returns its width in units."""
        letters = face(font or self.font, max(5, round(size * self.unit)))
        x, y = self.px(*at)
        gap = spacing * self.unit
        width = sum(letters.getlength(sign) + gap for sign in text) - gap
        x -= width / 2 if anchor[0] == "m" else 0
        start = x
        for sign in text if spacing else [text]:
            self.draw.text((x, y), sign, font=letters, fill=fill, anchor="l" + anchor[1])
            x += letters.getlength(sign) + gap
        box = (start, y, start + width, y + size * self.unit * 1.12)
        self.lines.append((text, box))
        if field:
            self.boxes.setdefault(field, []).append(box)
        return width / self.unit

    def label(self, at, text, size, width, **looks) -> None:
        """A caption stretched to `width`, as 名 称 is on a licence."""
        letters = face(looks.get("font") or self.font, max(5, round(size * self.unit)))
        bare = sum(letters.getlength(sign) for sign in text) / self.unit
        self.text(at, text, size, spacing=max(0.0, (width - bare) / max(1, len(text) - 1)), **looks)

    def value(self, at, text, size, width, *, field, leading=1.45, **looks) -> float:
        """A value in lines of at most `width`; returns where the next line would stand."""
        x, y = at
        for line in self.wrapped(text, size, width, looks.get("font", "")):
            self.text((x, y), line, size, field=field, **looks)
            y += size * leading
        return y

    def wrapped(self, text: str, size: float, width: float, font: str = "") -> Iterator[str]:
        letters = face(font or self.font, max(5, round(size * self.unit)))
        line = ""
        for sign in text:
            if letters.getlength(line + sign) > width * self.unit and sign not in NEVER_FIRST:
                yield line
                line = ""
            line += sign
        yield line

    def seal(self, centre, radius, words: str, strength: int = 190, field: str = "") -> None:
        """A round red seal: the words along its rim, a star in the middle."""
        side = round(2 * radius * self.unit)
        middle, ring = side / 2, radius * self.unit
        layer = Image.new("L", (side, side), 0)
        pen = ImageDraw.Draw(layer)
        pen.ellipse((1, 1, side - 2, side - 2), outline=strength, width=max(2, round(ring / 22)))
        _star(pen, middle, middle, ring * 0.28, strength)
        letters = face(str(OURS / "NotoSansSC-Regular.ttf"), max(8, round(ring * 0.26)))
        step = min(0.42, 4.3 / len(words))
        for number, sign in enumerate(words):
            angle = (number - (len(words) - 1) / 2) * step
            tile = Image.new("L", (round(ring * 0.4), round(ring * 0.4)), 0)
            ImageDraw.Draw(tile).text(
                (tile.width / 2, tile.height / 2), sign, font=letters, fill=strength, anchor="mm"
            )
            tile = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
            x, y = middle + ring * 0.76 * math.sin(angle), middle - ring * 0.76 * math.cos(angle)
            layer.paste(tile, (round(x - tile.width / 2), round(y - tile.height / 2)), tile)
        corner = (round(centre[0] * self.unit - middle), round(centre[1] * self.unit - middle))
        self.image.paste(
            Image.new("RGB", layer.size, (212, 30, 42)), corner, layer.filter(ImageFilter.GaussianBlur(0.5))
        )
        if field:
            self.boxes[field] = [(*corner, corner[0] + side, corner[1] + side)]

    def emblem(self, centre, radius) -> None:
        """A gold-rimmed red disc with a star where the real paper carries the national emblem."""
        x, y, r = self.px(*centre, radius)
        for number in range(24):
            a = number * math.tau / 24
            cx, cy, b = x + r * 0.9 * math.cos(a), y + r * 0.9 * math.sin(a), r * 0.13
            self.draw.ellipse((cx - b, cy - b, cx + b, cy + b), fill=(214, 176, 50))
        self.draw.ellipse((x - r * 0.92, y - r * 0.92, x + r * 0.92, y + r * 0.92), fill=(214, 176, 50))
        self.draw.ellipse((x - r * 0.72, y - r * 0.72, x + r * 0.72, y + r * 0.72), fill=(200, 30, 32))
        _star(self.draw, x, y - r * 0.15, r * 0.3, (246, 208, 80))

    def code(self, corner, side, content: str) -> None:
        """A QR code that says `content`."""
        barcode = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode)
        dots = Image.fromarray(
            np.array(zxingcpp.write_barcode_to_image(barcode, scale=4, add_quiet_zones=False))
        )
        x, y, s = (round(length) for length in self.px(*corner, side))
        self.image.paste(dots.convert("RGB").resize((s, s), Image.Resampling.BOX), (x, y))
        self.boxes["_qr"] = [(x, y, x + s, y + s)]


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, r: float, fill: object) -> None:
    points = [
        (
            x + (r, r * 0.38)[i % 2] * math.sin(i * math.pi / 5),
            y - (r, r * 0.38)[i % 2] * math.cos(i * math.pi / 5),
        )
        for i in range(10)
    ]
    pen.polygon(points, fill=fill)
