"""The worker: a process that decodes and reads what may be hostile, with little to lose."""

from pathlib import Path
from typing import Any, NoReturn

from wizard.files import FileProblem
from wizard.process.child import Answer, Do, Line, serve

MOST_MEMORY = 2_500_000_000
"""Bytes the worker may hold: reading an A4 sheet takes 0.6 GB, decoding 64 megapixels 0.5 GB."""
MOST_ADDRESSES = 8_000_000_000
"""The hard wall where the system has one (RLIMIT_AS): address space, of which threads reserve much."""


def main() -> NoReturn:
    """Serve errands until the program that started this ends."""
    serve(_ERRANDS, MOST_MEMORY, MOST_ADDRESSES)


def _clean(errand: dict[str, Any], body: bytes, line: Line) -> Answer:
    from wizard.intake import clean

    return clean.clean(Path(errand["path"]), errand["page"])


def _warm(errand: dict[str, Any], body: bytes, line: Line) -> Answer:
    from wizard.intake import engine

    engine.load()
    return {}, b""


def _read(errand: dict[str, Any], body: bytes, line: Line) -> Answer:
    from wizard.intake import recognise

    return recognise.read(Path(errand["path"]), errand["as"], errand["page"])


def _bench(errand: dict[str, Any], body: bytes, line: Line) -> Answer:
    try:
        import cv2  # noqa: F401

        from wizard.intake.bench import work
    except ImportError as error:
        raise FileProblem("这台电脑没有装调整图片的组件，用看图软件转正、裁好后再添加") from error
    return work.bench(errand)


_ERRANDS: dict[str, Do] = {"clean": _clean, "warm": _warm, "read": _read, "bench": _bench}

if __name__ == "__main__":
    main()
