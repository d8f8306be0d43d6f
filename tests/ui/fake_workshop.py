"""A workshop that makes nothing: it says what it was told to say, and keeps what it was given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wizard.packet.exported import Exported
from wizard.packet.options import Options
from wizard.packet.snapshot import Snapshot
from wizard.process.work import Progress


@dataclass
class FakeWorkshop:
    """`says` makes the answer of an export; `given` are the snapshots and options it was asked with."""

    says: Callable[[Snapshot, Path], Exported]
    given: list[tuple[Snapshot, Options]] = field(default_factory=list)

    def warm(self) -> None:
        """Nothing to load."""

    def export(
        self,
        snapshot: Snapshot,
        target: Path,
        progress: Progress,
        cancelled: Callable[[], bool],
        options: Options,
    ) -> Exported:
        self.given.append((snapshot, options))
        progress(1, 2, "封面")
        return self.says(snapshot, target)

    def preview(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("nobody was to look at it")

    def let_go(self) -> None:
        """Nothing to end."""

    def close(self) -> None:
        """Nothing to end."""
