"""草稿 across a page, as a drawing: whoever searches or copies text from a draft does not meet it."""

import math

import uharfbuzz as hb

from wizard.packet.a4 import PAGE_HEIGHT, PAGE_WIDTH
from wizard.packet.fonts import typeface

DRAFT = "草稿"
_SIZE = 190.0
_ANGLE = math.radians(52)

Point = tuple[float, float]


def draft_mark(outlined: bool = False) -> str:
    """The PDF operators that draw the two characters from corner to corner, filled or `outlined`."""
    cos, sin = math.cos(_ANGLE), math.sin(_ANGLE)
    face = typeface("bold")
    half = face.width(DRAFT, _SIZE) / 2
    x = PAGE_WIDTH / 2 - half * cos + _SIZE * 0.36 * sin
    y = PAGE_HEIGHT / 2 - half * sin - _SIZE * 0.36 * cos
    matrix = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} cm"
    return f"/Artifact BMC q {matrix} {' '.join(_outlines())} {'S' if outlined else 'f'} Q EMC"


def _outlines() -> list[str]:
    face, pen = typeface("bold"), _Pen()
    for char in DRAFT:
        placed = face.place(char)
        placed.file.font.draw_glyph(placed.glyph, pen.functions(), pen)
        pen.left += placed.width
    return pen.operators


class _Pen:
    """Draws what HarfBuzz tells; a curve with one control point, which PDF has not, gets two."""

    def __init__(self) -> None:
        self.left = 0.0
        self.operators: list[str] = []
        self._at: Point = (0.0, 0.0)

    def functions(self) -> hb.DrawFuncs:
        """What HarfBuzz is to call."""
        functions = hb.DrawFuncs()
        functions.set_move_to_func(lambda x, y, pen: pen.draw("m", (x, y)))
        functions.set_line_to_func(lambda x, y, pen: pen.draw("l", (x, y)))
        functions.set_quadratic_to_func(lambda a, b, x, y, pen: pen.bend((a, b), (x, y)))
        functions.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.draw("c", (a, b), (c, d), (x, y)))
        functions.set_close_path_func(lambda pen: pen.operators.append("h"))
        return functions

    def draw(self, operator: str, *points: Point) -> None:
        """One step of an outline."""
        scale = _SIZE / 1000
        places = (f"{(x + self.left) * scale:.1f} {y * scale:.1f}" for x, y in points)
        self.operators.append(f"{' '.join(places)} {operator}")
        self._at = points[-1]

    def bend(self, control: Point, end: Point) -> None:
        """A curve with one control point."""
        first, second = (
            (near[0] + (control[0] - near[0]) * 2 / 3, near[1] + (control[1] - near[1]) * 2 / 3)
            for near in (self._at, end)
        )
        self.draw("c", first, second, end)
