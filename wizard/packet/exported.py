"""What became of an export, in plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, the packet first, the characters that no font has, what to know of the pictures.

    `record` is what the case is to remember of it, so that the next packet can say what changed: see
    `versions.with_packet`.
    """

    paths: tuple[Path, ...]
    unprintable: tuple[str, ...]
    notes: tuple[str, ...] = ()
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder that holds it."""
        return self.paths[0].parent
