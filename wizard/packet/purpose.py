"""What a copy of a certificate is for, burnt into its pixels where nothing else stands.

An overlay can be lifted off again, pixels cannot. Words and manner follow the advice of the police:
name the use in detail, add the day, hide no data.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from wizard.packet.fonts import typeface
from wizard.packet.gaps import Gaps, gaps
from wizard.packet.papers import Paper
from wizard.packet.snapshot import Snapshot
from wizard.resource_files import path

_MARKED = ("certificate_photo", "residence_permit", "holding_certificate_photo")
_SIZES = (0.05, 0.04, 0.033, 0.027, 0.022, 0.018, 0.014)
"""The height of a letter, as a part of the longer side: 2 mm on a card in its own size are 0.023."""
_MOST = 3
_MARGIN, _LEADING = 0.5, 1.3
_ROUGH = (14, 24, 34)
"""What is taken for ink: little at first, and more where a grainy photograph leaves no room so."""
_LONGEST = 20
_GREY, _STRENGTH = 70, 0.42
_ANGLE = 30

Runs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Purpose:
    """The lines of a mark, each in runs of one font: the file under `resources/fonts/` and the text.

    `narrow` is the same in more lines, `long` in a single one, for gaps of such a shape.
    """

    lines: tuple[Runs, ...]
    narrow: tuple[Runs, ...]
    long: tuple[Runs, ...]

    def shapes(self) -> Iterator[tuple[tuple[Runs, ...], bool]]:
        """The forms that a mark may take, and whether it slants; the most striking first."""
        yield self.lines, True
        yield self.lines, False
        yield self.narrow, False
        yield self.long, False


def purpose(snapshot: Snapshot, receiver: str = "") -> Purpose:
    """The mark for the copies of a case, naming who receives them where that is given."""
    name = snapshot.mini_program[:_LONGEST]
    use, program = "仅用于微信小程序", f"“{name}”备案" if name else "备案"
    rest = [f"交{receiver[:_LONGEST]}"] if receiver else []
    rest.append(f"他用无效　{snapshot.made_at:%Y-%m-%d}")
    lines = [use + program, *rest]
    return Purpose(
        lines=tuple(map(_runs, lines)),
        narrow=tuple(map(_runs, (use, program, *rest))),
        long=(_runs("　".join(lines)),),
    )


def wants_mark(paper: Paper) -> bool:
    """Whether copies of `paper` bear the mark: certificates do, statements made for this filing do not."""
    return paper.field.name.startswith(_MARKED)


def _runs(text: str) -> Runs:
    face = typeface("regular")
    runs: list[tuple[str, str]] = []
    for char in text:
        file = face.place(char).file.file
        shown = char if char.isprintable() or char == "　" else " "
        if runs and runs[-1][0] == file:
            runs[-1] = (file, runs[-1][1] + shown)
        else:
            runs.append((file, shown))
    return tuple(runs)


def burn(image: Image.Image, mark: Purpose) -> tuple[Image.Image, int]:
    """`image` with the mark in its gaps, and how many times: at most three, none where there is no room."""
    found = (list(_places(free, image.size, mark)) for free in gaps(image, *_ROUGH))
    placed = next(filter(None, found), [])
    image = image.copy() if image.readonly else image
    grey: Any = _GREY if image.mode == "L" else (_GREY,) * 3
    for stencil, x, y in placed:
        image.paste(grey, (x, y), stencil)
    return image, len(placed)


def _places(free: Gaps, size: tuple[int, int], mark: Purpose) -> Iterator[tuple[Image.Image, int, int]]:
    found = 0
    heights = list(dict.fromkeys(max(8, round(max(size) * part)) for part in _SIZES))
    shapes = [shape for shape in mark.shapes() if free.place(*_room(*shape, heights[-1]))]
    for height in heights:
        for lines, slanting in shapes:
            wide, high = _extent(lines, height, slanting=slanting)
            margin, apart = height * _MARGIN, height * 2
            while place := free.place(*_room(lines, slanting, height)):
                free.take(place[0] - apart, place[1] - apart, wide + 2 * apart, high + 2 * apart)
                x, y = round(place[0] + margin), round(place[1] + margin)
                yield _stencil(lines, height, slanting=slanting), x, y
                found += 1
                if found == _MOST:
                    return


@cache
def _font(file: str, height: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path("fonts", file)), height, layout_engine=ImageFont.Layout.BASIC)


def _length(line: Runs, height: int) -> float:
    """How wide a line is."""
    return _measured(line) * height / 100


@lru_cache(maxsize=64)
def _measured(line: Runs) -> float:
    """How wide a line is at 100 pixels: the same few lines are tried in every gap of every picture."""
    return sum(_font(file, 100).getlength(text) for file, text in line)


def _extent(lines: tuple[Runs, ...], height: int, *, slanting: bool) -> tuple[float, float]:
    wide = max(_length(line, height) for line in lines) + height * 0.2
    high = height * _LEADING * len(lines)
    if not slanting:
        return wide, high
    cos, sin = math.cos(math.radians(_ANGLE)), math.sin(math.radians(_ANGLE))
    return wide * cos + high * sin, wide * sin + high * cos


def _room(lines: tuple[Runs, ...], slanting: bool, height: int) -> tuple[float, float]:
    """What a mark needs, with some air around."""
    wide, high = _extent(lines, height, slanting=slanting)
    return wide + 2 * height * _MARGIN, high + 2 * height * _MARGIN


@lru_cache(maxsize=16)
def _stencil(lines: tuple[Runs, ...], height: int, *, slanting: bool) -> Image.Image:
    """The letters to paste through; photographs of one camera share theirs."""
    wide, high = _extent(lines, height, slanting=False)
    stencil = Image.new("L", (round(wide), round(high)))
    draw = ImageDraw.Draw(stencil)
    for number, line in enumerate(lines):
        x = (wide - _length(line, height)) / 2
        for file, text in line:
            middle = (x, height * _LEADING * (number + 0.5))
            draw.text(middle, text, fill=round(255 * _STRENGTH), font=_font(file, height), anchor="lm")
            x += _length(((file, text),), height)
    return stencil.rotate(_ANGLE, Image.Resampling.BICUBIC, expand=True) if slanting else stencil
