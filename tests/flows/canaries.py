"""What is planted, and where it is looked for: in names and contents of files, in every usual encoding."""

import os
from collections.abc import Iterator
from pathlib import Path

PASSPHRASE = "金丝雀 口令 四个词"
TYPED = {
    "subject.name": "金丝雀测试有限公司",
    "subject.address": "金丝雀路九十七号",
    "principal.name": "金思雀",
    "principal.certificate_number": "110101199003078891",
    "principal.mobile": "13800138097",
    "mini_program.name": "金丝雀小铺",
}
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def needles(picture: bytes) -> dict[str, list[bytes]]:
    """The bytes to look for, by what they are: each text as it may be encoded, and parts of the picture."""
    texts = {**TYPED, "passphrase": PASSPHRASE}
    found = {name: sorted({text.encode(code) for code in _ENCODINGS}) for name, text in texts.items()}
    found |= {name: [*held, _escaped(texts[name])] for name, held in found.items()}
    found["picture"] = [picture[at : at + 48] for at in (len(picture) // 3, len(picture) // 2)]
    return found


def _escaped(text: str) -> bytes:
    """As JSON and settings files write it."""
    return text.encode("unicode_escape")


def files(folders: list[Path]) -> Iterator[Path]:
    """Every file of these folders, and what links lead to; gone meanwhile is gone."""
    for folder in folders:
        for place, below, names in os.walk(folder):  # which passes over a folder that goes while it looks
            yield from (Path(place, name) for name in (*below, *names))


def found(folders: list[Path], picture: bytes) -> list[str]:
    """Where something that was planted can be read, by the name of a file or its content."""
    planted, hits = needles(picture), []
    for path in files(folders):
        try:
            data = path.read_bytes() if path.is_file() else b""
        except OSError:
            data = b""
        named = str(path).encode()
        hits += [
            f"{path}: {what}"
            for what, forms in planted.items()
            if any(form in data or form in named for form in forms)
        ]
    return hits
