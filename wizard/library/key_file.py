"""The key file beside the library, in two copies and once in each backup: the wrapped data key.

Two slots exist only while the library gets a new data key: one of them opens it at any moment.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from wizard.files import atomic_write
from wizard.library.key import Kind, Wrap, sound, unwrap

FORMAT: Final = "beian-library-key"
VERSION: Final = 1

Slot = tuple[Wrap, ...]


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The id of a library, whether it was ever completed, and its wrapped data keys, the newest first."""

    library: str
    ready: bool
    slots: tuple[Slot, ...]

    def has(self, kind: Kind) -> bool:
        """Whether the library can be opened in that way."""
        return any(one.kind == kind for slot in self.slots for one in slot)

    def keys(self, kind: Kind, secret: bytes) -> list[bytes]:
        """The data keys that `secret` opens: none where it is wrong, two while the key is being changed."""
        found = (unwrap(one, secret, self.library) for slot in self.slots for one in slot if one.kind == kind)
        return [key for key in found if key]

    def with_wrap(self, wrapped: Wrap) -> "KeyFile":
        """A key file in which `wrapped` stands for every other of its kind."""
        kept = tuple(one for one in self.slots[0] if one.kind != wrapped.kind)
        return replace(self, slots=((*kept, wrapped),))

    def without(self, kind: Kind) -> "KeyFile":
        """A key file that cannot be opened in that way any more."""
        return replace(self, slots=(tuple(one for one in self.slots[0] if one.kind != kind),))


def write(header: KeyFile, *paths: Path) -> None:
    """Write the key file to each of `paths`, one after the other.

    Raises:
        FileProblem: one could not be written; an older one is untouched.
    """
    data = dump(header)
    for path in paths:
        atomic_write(path, data)


def read(*paths: Path) -> KeyFile | None:
    """The first of the copies that is whole; None where none is."""
    for path in paths:
        try:
            found = parse(path.read_bytes()[:100_000])
        except OSError:
            continue
        if found:
            return found
    return None


def dump(header: KeyFile) -> bytes:
    """The key file as bytes, with a sum over everything so that a flipped bit shows."""
    body = {
        "format": FORMAT,
        "version": VERSION,
        "library": header.library,
        "ready": header.ready,
        "slots": [[asdict(one) for one in slot] for slot in header.slots],
    }
    return (json.dumps({**body, "sum": _sum(body)}, indent=1) + "\n").encode()


def parse(data: bytes) -> KeyFile | None:
    """The key file that the bytes hold, None where they are damaged or anything else."""
    try:
        document = json.loads(data)
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            return None
        body = {key: value for key, value in document.items() if key != "sum"}
        if document.get("sum") != _sum(body):
            return None
        slots = tuple(tuple(Wrap(**one) for one in slot) for slot in body["slots"])
        header = KeyFile(str(body["library"]), body["ready"] is True, slots)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return header if slots and all(sound(one) for slot in slots for one in slot) else None


def _sum(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
