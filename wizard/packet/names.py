"""File names that every system takes: no sign Windows forbids, short, never two alike in one folder."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 100
UPLOADS = "上传图片"
"""The folder of an export with the pictures for the platform."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\s]+')
_BYTES = 240


def piece(text: str, most: int = 30) -> str:
    """`text` as a part of a file name, at most `most` characters; 未命名 where nothing is left of it."""
    composed = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode("utf-8"))
    shown = "".join(char if _shown(char) else " " for char in composed)
    return _FORBIDDEN.sub("_", shown.strip())[:most].strip("._ ~") or "未命名"


def file_name(pieces: Iterable[str], ending: str) -> str:
    """A whole name of `pieces`, cut in its longest piece until it is short enough."""
    parts = list(pieces)
    while len(name := "_".join(parts) + ending) > LONGEST or len(name.encode("utf-8")) > _BYTES:
        longest = max(range(len(parts)), key=lambda place: len(parts[place].encode("utf-8")))
        parts[longest] = parts[longest][:-1]
    return name


def extension(name: str) -> str:
    """The ending of a file's own name, where it is a plain one."""
    found = re.search(r"\.([A-Za-z0-9]{1,5})$", name)
    return f".{found[1].lower()}" if found else ""


def _shown(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CZ" or char == " "
