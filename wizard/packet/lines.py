"""Chinese line breaking: what may not begin a line, what may not end one, and what stays whole.

After 《中文排版需求》 (W3C CLREQ) and GB/T 15834: closing marks, points and 、·…— never begin a line, opening
marks never end one, —— and …… are not parted, words and numbers in Latin letters stay whole unless they
are longer than a line. Blanks at the end of a line hang over the edge, blanks that begin a paragraph stay
(U+3000 too): the lines put together are the text, to the letter.
"""

import re
from collections.abc import Callable, Iterator

NOT_FIRST = frozenset(
    "!),.:;?]}¢°·ˇˉ―‖’”…‥‰′″›℃∶、。〃〉》」』】〕〗〞〟々〻～！＂％＇），．：；？］｀｜｝￠•—–%"
    "﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞︰︱︳︴︶︸︺︼︾﹀﹂﹄﹏ー゛゜ゝゞヽヾ・ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "\u0301\u0300\u3099\u309a\ufe0e\ufe0f\u200d"
)
NOT_LAST = frozenset("([{£¥‘“‹«〈《「『【〔〖〝﹙﹛﹝＄（［｛￡￥︵︷︹︻︽︿﹁﹃")

_BLANK = " \t\u00a0\u2002\u2003\u2009\u202f\u3000"
_FAR = "\u1100-\u1dff\u2000-\U0010ffff"  # all but the letters of Latin and Greek
_UNIT = re.compile(
    rf"[{_BLANK}]+"  # blanks
    r"|[—―]+|[…‥]+"  # dashes and dots that belong together
    rf"|[^{_BLANK}{_FAR}·‘’“”•—―…‥]+"  # a word or number
    r"|.",
    re.DOTALL,
)


def split(text: str, width: float, advance: Callable[[str], float]) -> list[str]:
    """`text` in lines no wider than `width`, where `advance` tells how wide a text is printed."""
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        lines.extend(_paragraph(paragraph, width, advance))
    return lines


def _paragraph(text: str, width: float, advance: Callable[[str], float]) -> Iterator[str]:
    line, used = "", 0.0
    for block in _blocks(text):
        solid = block.rstrip(_BLANK) or block
        wide = advance(solid)
        if line and used + wide > width:
            yield line
            line, used = "", 0.0
        if not line and wide > width:
            *full, block = _forced(block, width, advance)
            yield from full
            solid = block.rstrip(_BLANK) or block
            wide = advance(solid)
        line += block
        used += wide if solid == block else advance(block)
    yield line


def _blocks(text: str) -> Iterator[str]:
    """Pieces between which a line may end; blanks go with what they follow."""
    block = ""
    for found in _UNIT.finditer(text):
        unit = found[0]
        if block and not _joined(block, unit):
            yield block
            block = ""
        block += unit
    if block:
        yield block


def _joined(block: str, unit: str) -> bool:
    if unit[0] in _BLANK or not block.strip(_BLANK):
        return True
    if block[-1] in _BLANK:
        return unit[0] in NOT_FIRST or block.rstrip(_BLANK)[-1] in NOT_LAST
    return unit[0] in NOT_FIRST or block[-1] in NOT_LAST


def _forced(block: str, width: float, advance: Callable[[str], float]) -> Iterator[str]:
    """A block wider than a line, broken where it must be; the last piece may be followed by more."""
    start = 0
    while start < len(block):
        end = _reach(block, start, width, advance)
        if end < len(block):
            end = _allowed(block, start, end)
        yield block[start:end]
        start = end


def _reach(block: str, start: int, width: float, advance: Callable[[str], float]) -> int:
    """The end of what fits from `start` on: one character at least, blanks that follow it included."""
    used, end = 0.0, start
    while end < len(block):
        used += advance(block[end])
        if used > width and end > start and block[end] not in _BLANK:
            break
        end += 1
    return end


def _allowed(block: str, start: int, end: int) -> int:
    """The last place up to `end` where a line may end, or `end` where there is none."""
    for place in range(end, start, -1):
        if block[place] in NOT_FIRST or block[place] in _BLANK:
            continue
        last = place - 1
        while last > start and block[last] in _BLANK:
            last -= 1
        if block[last] not in NOT_LAST:
            return place
    return end
