"""What the columns of earlier workbooks were read as, kept for the next one with the same headings.

A heading may be anything, in a table without headings even a name: only hashes of them are kept, made with a
secret of this machine.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from wizard.files import FileProblem, atomic_write
from wizard.user_folder import settings_folder

_FORMAT, _MOST = "beian-known-headings", 100


def _file() -> Path:
    return settings_folder() / "headings.json"


def _document() -> dict[str, Any]:
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        kept = None
    if not isinstance(kept, dict) or kept.get("format") != _FORMAT or not isinstance(kept.get("books"), dict):
        return {"format": _FORMAT, "secret": os.urandom(16).hex(), "books": {}}
    return kept


def recall(names: Iterable[str]) -> dict[str, str]:
    """What the columns of these names were read as the last time, empty where they are new."""
    kept, listed = _document(), list(names)
    book = kept["books"].get(_hash(kept, "\n".join(listed)))
    if not isinstance(book, dict):
        return {}
    fields = ((name, book.get(_hash(kept, name))) for name in listed)
    return {name: field for name, field in fields if isinstance(field, str)}


def keep(agreed: Mapping[str, str], names: Iterable[str]) -> None:
    """Keep what these columns are read as; the oldest of many is forgotten. A failure is no matter."""
    kept, listed = _document(), list(names)
    books, key = kept["books"], _hash(kept, "\n".join(listed))
    books.pop(key, None)
    if agreed:
        books[key] = {_hash(kept, name): field for name, field in agreed.items()}
    while len(books) > _MOST:
        books.pop(next(iter(books)))
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        atomic_write(_file(), json.dumps(kept).encode("ascii"))
    except (FileProblem, OSError):
        return


def _hash(kept: Mapping[str, Any], text: str) -> str:
    secret = str(kept.get("secret", "")).encode("ascii", "replace")
    return hmac.new(secret, text.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:24]
