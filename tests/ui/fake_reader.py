"""A reader that reads nothing: it says what it was told to say, as slowly as it was told to."""

from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from time import sleep
from typing import Any

from wizard.files import FileProblem
from wizard.intake.guard import measure
from wizard.intake.page import Page
from wizard.process.work import Cancelled
from wizard.scan import Fault, Read, Scan


@dataclass(frozen=True)
class Made:
    data: bytes
    format: str
    size: tuple[int, int]
    pages: int = 1


@dataclass(frozen=True)
class Said:
    scan: Scan
    picture: bytes = b""
    size: tuple[int, int] = (0, 0)
    pages: int = 1
    page: Page = field(default_factory=Page)


@dataclass(frozen=True)
class Benched:
    data: bytes
    format: str
    size: tuple[int, ...]
    corners: tuple[tuple[float, ...], ...] = ()


class Stopped(FileProblem):
    """The errand was called off."""


@dataclass
class FakeReader:
    """`says` maps the beginning of a name to kind and fields; `dies` is the sentence of a death."""

    says: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    dies: str = ""
    slow: Event | None = None
    slow_bench: Event | None = None
    pages: int = 1
    legible: bool = True
    lies: Page = field(default_factory=Page)
    asked: list[str] = field(default_factory=list)
    closed: int = 0

    def warm(self) -> None:
        self.asked.append("warm")

    def clean(self, path: Path, page: int, cancelled: Any) -> Made:
        self.asked.append(f"clean {path.name} {page}")
        facts = measure(path)
        return Made(path.read_bytes(), facts.format, (facts.width, facts.height), self.pages)

    def read(self, path: Path, as_: str, page: int, cancelled: Any) -> Said:
        self.asked.append(f"read {path.name}")
        while self.slow and not self.slow.is_set():
            if cancelled():
                raise Stopped("停下了")
            sleep(0.005)
        if self.dies or not path.is_file():
            raise FileProblem(self.dies)
        kind, values = next(
            (told for name, told in self.says.items() if path.name.startswith(name)), ("", {})
        )
        corners = ((0.1, 0.1), (0.5, 0.1), (0.5, 0.2), (0.1, 0.2))
        fields = {
            key: Read(*value) if isinstance(value, tuple) else Read(value, 0.95, corners)
            for key, value in values.items()
        }
        scan = Scan(kind, fields, self.faults, legible=self.legible, bytes=path.stat().st_size)
        return Said(scan, page=self.lies)

    def bench(self, errand: Any, cancelled: Any) -> Any:
        """Really done, but in this process; as slowly as it was told to."""
        self.asked.append(f"bench {errand['act']}")
        while self.slow_bench and not self.slow_bench.is_set():
            if cancelled():
                raise Cancelled
            sleep(0.005)
        from wizard.intake.bench.work import bench

        head, data = bench(errand)
        corners = tuple(tuple(corner) for corner in head.get("corners", ()))
        return Benched(data, head.get("format", ""), tuple(head.get("size", (0, 0))), corners)

    def let_go(self) -> None:
        self.asked.append("let go")

    def close(self) -> None:
        self.closed += 1
