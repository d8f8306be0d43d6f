"""Where on a picture nothing stands: room for a mark that covers no name, number, portrait, emblem or seal.

The picture is looked at small and in its darkest channel, in which red seals are as dark as black ink. A
spot is free where the tone hardly changes and is about that of the paper; whatever else, it is left alone.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from PIL import Image, ImageChops

_LOOKED_AT = 400
_CELL = 5
_PAPER = 0.7
_FAR = 45
_TAKEN = [0] + [1] * 255


@dataclass(slots=True)
class Gaps:
    """The free cells of a picture; `side` is the side of a cell in pixels of that picture."""

    side: float
    columns: int
    rows: int
    taken: bytearray
    _counted: list[list[int]] = field(default_factory=list)

    def place(self, width: float, height: float) -> tuple[float, float] | None:
        """The upper left corner of the free room of that size that lies nearest to the middle, in pixels."""
        wide, high = -int(-width // self.side), -int(-height // self.side)
        if wide >= self.columns or high >= self.rows:
            return None
        sums = self._counted = self._counted or self._sums()
        middle_x, middle_y = (self.columns - wide) / 2, (self.rows - high) / 2
        best, found = float("inf"), None
        for top in self._tops(wide, high):
            above, below = sums[top], sums[top + high]
            down = ((top - middle_y) / self.rows) ** 2
            for left in range(self.columns - wide + 1):
                right = left + wide
                if below[right] - above[right] == below[left] - above[left]:
                    far = down + ((left - middle_x) / self.columns) ** 2
                    if far < best:
                        best, found = far, (left * self.side, top * self.side)
        return found

    def _tops(self, wide: int, high: int) -> Iterator[int]:
        """The rows where such a room may begin: all that it would cover have a stretch as wide free."""
        stretch, run = bytes(wide), 0
        for row in range(self.rows):
            line = self.taken[row * self.columns : (row + 1) * self.columns]
            run = run + 1 if stretch in line else 0
            if run >= high:
                yield row - high + 1

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Let nothing else be put there."""
        self._counted = []
        left, right = max(0, int(x / self.side)), min(self.columns, int((x + width) / self.side) + 1)
        for row in range(max(0, int(y / self.side)), min(self.rows, int((y + height) / self.side) + 1)):
            self.taken[row * self.columns + left : row * self.columns + right] = b"\1" * (right - left)

    def _sums(self) -> list[list[int]]:
        """How many cells are taken above and left of each corner."""
        sums = [[0] * (self.columns + 1)]
        for row in range(self.rows):
            line = accumulate(self.taken[row * self.columns : (row + 1) * self.columns], initial=0)
            sums.append([above + own for above, own in zip(sums[-1], line, strict=True)])
        return sums


def gaps(image: Image.Image, *roughs: int) -> Iterator[Gaps]:
    """The free room of `image`, which is RGB or grey, once for each of `roughs`.

    A change of tone beyond that is taken for ink.
    """
    factor = max(1, round(max(image.size) / _LOOKED_AT))
    small = _darkest(image.reduce(factor))
    change = ImageChops.difference(
        _spread(small, ImageChops.lighter, (1, 2)), _spread(small, ImageChops.darker, (1, 2))
    )
    paper = _tone(small)
    off = small.point([255 if abs(tone - paper) > _FAR else 0 for tone in range(256)])
    columns, rows = max(1, (small.width - 2) // _CELL), max(1, (small.height - 2) // _CELL)
    box = (2, 2, 2 + columns * _CELL, 2 + rows * _CELL)
    for rough in roughs:
        ink = ImageChops.lighter(off, change.point([255 if step > rough else 0 for step in range(256)]))
        seen = _spread(ink, ImageChops.lighter, (1, 2, 1))  # each cell's lower right pixel has seen all of it
        middles = seen.resize((columns, rows), Image.Resampling.NEAREST, box)
        yield Gaps(factor * _CELL, columns, rows, bytearray(middles.point(_TAKEN).tobytes()))


def _spread(
    image: Image.Image, chosen: Callable[[Image.Image, Image.Image], Image.Image], steps: tuple[int, ...]
) -> Image.Image:
    """The lightest or darkest of the pixels to the left and above, `steps` together far."""
    for step in steps:
        image = chosen(image, ImageChops.offset(image, step, 0))
        image = chosen(image, ImageChops.offset(image, 0, step))
    return image


def _darkest(image: Image.Image) -> Image.Image:
    if image.mode == "L":
        return image
    red, green, blue = image.split()
    return ImageChops.darker(red, ImageChops.darker(green, blue))


def _tone(small: Image.Image) -> int:
    """The tone of the paper: lighter than most of the picture, darker than what glares."""
    wanted, seen = small.width * small.height * _PAPER, 0
    for tone, count in enumerate(small.histogram()):
        seen += count
        if seen >= wanted:
            return tone
    return 255
