"""Whether what was typed and what a scan shows are the same, and where the first difference stands."""

import re
import unicodedata
from typing import NamedTuple

_DOTS = str.maketrans("•・‧∙⋅●.", "·······")
_DASHES = str.maketrans("—–‐‑−－", "------")


class Difference(NamedTuple):
    """Where two texts part: the place in the first one (from 1), and what stands there in each."""

    position: int
    typed: str
    read: str


def plain(text: str) -> str:
    """`text` without blanks, in one width, with one kind of dot and dash: what a reader may confuse."""
    bare = "".join(unicodedata.normalize("NFKC", text).split())
    return bare.translate(_DOTS).translate(_DASHES).casefold()


def same(typed: str, read: str) -> bool:
    """Whether two texts say the same, whatever their blanks and widths."""
    return plain(typed) == plain(read)


def same_address(typed: str, read: str) -> bool:
    """The same for addresses: one may begin with a province or city that the other leaves out."""
    one, other = plain(typed), plain(read)
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    if not long.endswith(short):
        return False
    return bool(
        re.fullmatch(r"(?:.{1,12}(?:省|自治区|市|州|盟|地区|区|县|旗))?", long[: len(long) - len(short)])
    )


def difference(typed: str, read: str) -> Difference | None:
    """The first place where two texts that are not `same` part; None where they are."""
    ours, theirs = list(_steps(typed)), list(_steps(read))
    for index, (place, char) in enumerate(ours):
        if index >= len(theirs):
            return Difference(place + 1, typed[place], "")
        if char != theirs[index][1]:
            return Difference(place + 1, typed[place], read[theirs[index][0]])
    return Difference(len(typed) + 1, "", read[theirs[len(ours)][0]]) if len(theirs) > len(ours) else None


def width_difference(typed: str, read: str) -> Difference | None:
    """Where two texts that are the `same` differ in the width or kind of a sign; blanks do not count."""
    ours = [(place, char) for place, char in enumerate(typed) if not char.isspace()]
    theirs = [char for char in read if not char.isspace()]
    if len(ours) != len(theirs):
        return None
    for (place, char), other in zip(ours, theirs, strict=True):
        if char != other:
            return Difference(place + 1, char, other)
    return None


def _steps(text: str) -> list[tuple[int, str]]:
    """The characters of `plain` with the places they come from."""
    return [(place, char) for place, one in enumerate(text) for char in plain(one)]
