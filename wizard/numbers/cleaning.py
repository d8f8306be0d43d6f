"""What is taken away from a number before it is judged: all that cannot be seen and is not meant.

Only the full-width forms U+FF01–FF5E are folded. Compatibility folding (NFKC) would turn ² and ① into
digits and so repair a wrong number in silence; upper case is ASCII only for the same reason (ı, ſ).
"""

_FULL_WIDTH = {point: point - 0xFEE0 for point in range(0xFF01, 0xFF5F)}
_UNSEEN = dict.fromkeys(
    (
        *(0xAD, 0x34F, 0x61C, 0x180E, 0x2800, 0x3164, 0xFEFF),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
    )
)
_BLANK = dict.fromkeys((0x20, 0x85, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(9, 14), *range(28, 32)))
_BLANK |= dict.fromkeys((*range(0x2000, 0x200B), 0x2028, 0x2029))
_DASHES = dict.fromkeys(
    (*range(0x2010, 0x2016), 0x2043, 0x207B, 0x2212, 0x2500, 0x2501, 0x2796, 0xFE31, 0xFE32, 0xFE58, 0xFE63),
    "-",
)
_BARE: dict[int, int | None] = {**_FULL_WIDTH, **_UNSEEN, **_BLANK}
_DASHED: dict[int, int | str | None] = {**_BARE, **_DASHES}
_PLAIN: dict[int, int | str | None] = {**_DASHED, **dict.fromkeys(_DASHES), 0x2D: None, 0xFF0D: None}
_UPPER = {point: point - 32 for point in range(ord("a"), ord("z") + 1)}
_LOWER = {point: point + 32 for point in range(ord("A"), ord("Z") + 1)}


def bare(text: str) -> str:
    """Without blanks and unseen characters, full width folded."""
    return "".join(text.split()) if text.isascii() else text.translate(_BARE)


def dashed(text: str) -> str:
    """The same, with every form of dash turned into a hyphen."""
    return "".join(text.split()) if text.isascii() else text.translate(_DASHED)


def plain(text: str) -> str:
    """The same without any dash, in upper case: for numbers in which dashes only group."""
    if text.isascii():
        return text.upper() if text.isalnum() else "".join(text.split()).replace("-", "").upper()
    return upper(text.translate(_PLAIN))


def upper(text: str) -> str:
    """ASCII letters in upper case, all else untouched."""
    return text.upper() if text.isascii() else text.translate(_UPPER)


def lower(text: str) -> str:
    """ASCII letters in lower case, all else untouched."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def groups(text: str, *lengths: int) -> str:
    """`text` cut into pieces of those lengths, with a blank between; what is left over comes last."""
    pieces, start = [], 0
    for length in lengths:
        pieces.append(text[start : start + length])
        start += length
    return " ".join(piece for piece in (*pieces, text[start:]) if piece)
