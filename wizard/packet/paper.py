"""The sheet of paper: A4 upright, bound on the left; lettering, greys and the one accent of a packet."""

from typing import NamedTuple

from wizard.packet.a4 import MM
from wizard.packet.fonts import typeface

LEFT, RIGHT = 25 * MM, 194 * MM
WIDTH = RIGHT - LEFT
HEADER_BASELINE, HEADER_RULE = 18.4 * MM, 20.6 * MM
TOP, BOTTOM = 27 * MM, 271 * MM
FOOTER_RULE, FOOTER_BASELINE = 276.4 * MM, 280.9 * MM
HEIGHT = BOTTOM - TOP

Colour = tuple[float, float, float]
INK: Colour = (0.11, 0.12, 0.13)
ACCENT: Colour = (0.09, 0.22, 0.35)
QUIET: Colour = (0.36, 0.37, 0.39)
FAINT: Colour = (0.52, 0.53, 0.55)
HAIR: Colour = (0.74, 0.75, 0.77)
BAND: Colour = (0.945, 0.95, 0.955)
WATERMARK: Colour = (0.922, 0.922, 0.922)


class Style(NamedTuple):
    """How a text is set: weight, size and distance of lines in points, colour."""

    size: float
    leading: float
    weight: str = "regular"
    colour: Colour = INK

    def width(self, text: str) -> float:
        """How wide `text` is in this style."""
        return typeface(self.weight).width(text, self.size)

    def baseline(self, top: float) -> float:
        """Where the letters of a line stand whose upper edge is at `top`."""
        return top + (self.leading - self.size) / 2 + self.size * 0.88


TITLE = Style(30, 38, "bold", ACCENT)
NAME = Style(19, 27, "bold")
PART = Style(17, 24, "bold", ACCENT)
GROUP = Style(11.5, 18, "bold", ACCENT)
LEAD = Style(10, 16.5, colour=QUIET)
BODY = Style(10, 16)
STRONG = Style(10, 16, "bold")
LABEL = Style(9.2, 16, colour=QUIET)
COPY = Style(10.5, 18)
ITEM = Style(9.2, 14)
ITEM_STRONG = Style(9.2, 14, "bold")
SMALL = Style(8.4, 13)
SMALL_STRONG = Style(8.4, 13, "bold")
NOTE = Style(8.4, 13, colour=QUIET)
LIGHT = Style(8.4, 13, colour=FAINT)
HEAD = Style(8.4, 13, "bold", QUIET)
EDGE = Style(7.6, 10, colour=QUIET)
EDGE_STRONG = Style(7.6, 10, "bold")


def fitted(text: str, style: Style, width: float) -> str:
    """`text` on one line, cut with … where it is wider than `width`."""
    text = " ".join(text.splitlines())
    if len(text) < 400 and style.width(text) <= width:
        return text
    kept, used = [], style.width("…")
    for char in text:
        used += style.width(char)
        if used > width:
            break
        kept.append(char)
    return "".join(kept) + "…"
