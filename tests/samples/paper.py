"""What all specimen pictures share: paper, lettering, the 样本 marks, and saving at a scan's size."""

import hashlib
import io
import math
import random
import re
from datetime import date
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
BLACK = (26, 26, 30)
RED = (205, 32, 36)
NEVER_FIRST = "，。；：、）》”！？"
NEVER_LAST = "（《“"

# The platform's limit of 200 KB, with a little room.
LARGEST = 195_000
# Curves are drawn this much larger and shrunk, so that their edges are smooth.
FINE = 4


@cache
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf", size)


class Sheet:
    """A picture being drawn, and every text written on it that counts as data."""

    def __init__(
        self, size: tuple[int, int], tint: tuple[int, int, int], waves: tuple[int, int, int]
    ) -> None:
        self.image = Image.new("RGB", size, tint)
        self.draw = ImageDraw.Draw(self.image)
        self.texts: list[str] = []
        self._waves(waves)

    def _waves(self, colour: tuple[int, int, int]) -> None:
        """The fine wavy lines of security paper."""
        width, height = self.image.size
        for number, base in enumerate(range(-20, height + 20, 17)):
            line = [
                (x, base + 9 * math.sin(x / (61 + number % 5) + number) + 5 * math.sin(x / 23 - number))
                for x in range(0, width + 8, 8)
            ]
            self.draw.line(line, fill=colour, width=1)

    def text(self, at, text, size, *, fill=BLACK, bold=False, spacing=0, anchor="la") -> None:
        """One line of print; `spacing` goes between the characters."""
        face = font(size, bold)
        if not spacing:
            self.draw.text(at, text, font=face, fill=fill, anchor=anchor)
            return
        x, y = at
        if anchor[0] == "m":
            x -= (sum(face.getlength(char) for char in text) + spacing * (len(text) - 1)) / 2
        for char in text:
            self.draw.text((x, y), char, font=face, fill=fill, anchor="l" + anchor[1])
            x += face.getlength(char) + spacing

    def label(self, at, text, size, width, fill) -> None:
        """A caption stretched to `width`, as 名 称 is on a licence."""
        face = font(size)
        gap = (width - sum(face.getlength(char) for char in text)) / max(1, len(text) - 1)
        self.text(at, text, size, fill=fill, spacing=gap)

    def data(self, at, text, size, width=10_000, *, leading=1.45, **looks) -> float:
        """A value, broken into lines of at most `width`; returns where the next line would stand."""
        self.texts.append(text)
        x, y = at
        for line in wrapped(text, font(size, looks.get("bold", False)), width, looks.get("spacing", 0)):
            self.text((x, y), line, size, **looks)
            y += size * leading
        return y

    def mark(self, centre, size, *, text="样本", angle=28, strength=90) -> None:
        """Large light red letters across the paper, beside the data."""
        face = font(size, bold=True)
        width = int(face.getlength(text)) + size
        layer = Image.new("L", (width, size * 2), 0)
        ImageDraw.Draw(layer).text((width / 2, size), text, font=face, fill=strength, anchor="mm")
        self._ink(layer.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC), centre)

    def seal(self, centre, radius, angle=-9) -> None:
        """A round red seal that says 样本 and nothing else."""
        side, middle = radius * 2 + 20, radius + 10
        layer = Image.new("L", (side * FINE, side * FINE), 0)
        pen = ImageDraw.Draw(layer)
        edge = [FINE * value for value in (10, 10, side - 10, side - 10)]
        pen.ellipse(edge, outline=205, width=FINE * max(4, radius // 18))
        for text, size, below, bold in (("样本", 0.72, -0.16, True), ("仅供演示", 0.26, 0.52, False)):
            face = font(int(FINE * radius * size), bold=bold)
            pen.text(
                (FINE * middle, FINE * (middle + radius * below)), text, font=face, fill=205, anchor="mm"
            )
        layer = layer.rotate(angle, resample=Image.Resampling.BICUBIC)
        self._ink(layer.resize((side, side), Image.Resampling.LANCZOS), centre)

    def emblem(self, centre, radius, *texts: tuple[str, int]) -> None:
        """A gold-rimmed red disc with words on it where the real paper carries the national emblem."""
        side = radius * 2
        disc = Image.new("RGBA", (side * FINE, side * FINE), (214, 176, 66, 0))
        pen = ImageDraw.Draw(disc)
        pen.ellipse((0, 0, side * FINE - 1, side * FINE - 1), fill=(214, 176, 66))
        rim = radius * FINE // 6
        pen.ellipse((rim, rim, side * FINE - rim, side * FINE - rim), fill=(196, 38, 36))
        self.paste(
            disc.resize((side, side), Image.Resampling.LANCZOS), (centre[0] - radius, centre[1] - radius)
        )
        y = centre[1] - 30 * (len(texts) - 1)
        for text, size in texts:
            self.text((centre[0], y), text, size, fill=(250, 224, 130), bold=size > 30, anchor="mm")
            y += 60

    def paste(self, picture: Image.Image, corner: tuple[int, int]) -> None:
        """Lay a smaller picture on the paper."""
        self.image.paste(picture, corner, picture if picture.mode == "RGBA" else None)

    def _ink(self, layer: Image.Image, centre) -> None:
        corner = (int(centre[0] - layer.width / 2), int(centre[1] - layer.height / 2))
        self.image.paste(Image.new("RGB", layer.size, RED), corner, layer)

    def save(self, path: Path, size: tuple[int, int] | None = None) -> None:
        """Save as a JPEG under the platform's limit, with `fingerprint` of its texts as the comment."""
        picture = scanned(self.image, seed=path.stem)
        if size:
            picture = picture.resize(size, Image.Resampling.LANCZOS)
        for quality in range(96, 60, -1):
            packed = io.BytesIO()
            picture.save(
                packed,
                "JPEG",
                quality=quality,
                optimize=True,
                dpi=(300, 300),
                comment=fingerprint(self.texts),
            )
            if packed.tell() <= LARGEST:
                break
        path.write_bytes(packed.getvalue())


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: float, spacing: float = 0) -> list[str]:
    """`text` in lines of at most `width`, broken where Chinese print breaks: never inside a number."""
    pieces = re.findall(rf"[{NEVER_LAST}]*(?:[A-Za-z0-9]+|.)[{NEVER_FIRST}]*", text)
    lines = [""]
    for piece in pieces:
        if lines[-1] and face.getlength(lines[-1] + piece) + spacing * len(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return lines


def written(day: date) -> str:
    """A day as certificates print it: 2020年01月17日."""
    return f"{day.year}年{day.month:02}月{day.day:02}日"


def scanned(image: Image.Image, seed: str) -> Image.Image:
    """What a flat-bed scanner makes of it: a little soft, a little grainy; the same at every run."""
    grain = Image.frombytes("L", image.size, random.Random(seed).randbytes(image.width * image.height))
    grain = grain.filter(ImageFilter.GaussianBlur(0.7)).convert("RGB")
    return Image.blend(image.filter(ImageFilter.GaussianBlur(0.45)), grain, 0.045)


def fingerprint(texts: list[str]) -> bytes:
    """A mark of the data a picture shows, so that a test can tell whether picture and data still agree."""
    return b"SPECIMEN " + hashlib.sha256("\n".join(texts).encode()).hexdigest().encode()
