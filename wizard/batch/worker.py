"""A lane's process: checks and exports cases, and reads workbooks, where that holds up no window."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from wizard.batch import errand as errands
from wizard.files import FileProblem
from wizard.process.child import Answer, Do, Line, serve

if TYPE_CHECKING:
    from wizard.batch.open_book import OpenBook

MOST_MEMORY = 2_000_000_000
"""Bytes it may hold: eight photographs of 12 megapixels take 0.2 GB, a workbook of 20,000 rows 0.4 GB."""
MOST_ADDRESSES = 8_000_000_000


def main() -> NoReturn:
    """Serve errands until the program that started this ends."""
    serve(_ERRANDS, MOST_MEMORY, MOST_ADDRESSES)


def _case(head: dict[str, Any], body: bytes, line: Line) -> Answer:
    made = errands.carry_out(errands.unpack(head, body), line.tell, line.cancelled)
    return _told(errands.packed_result(made))


def _warm(head: dict[str, Any], body: bytes, line: Line) -> Answer:
    """Load what the first case would wait for, and say of which version the rules and the program are."""
    from wizard.check.run import rules_version
    from wizard.freeze import PROGRAM
    from wizard.packet import index, output, workbook  # noqa: F401 - that they are loaded is all that is wanted

    return {"versions": [rules_version(), PROGRAM]}, b""


def _told(answer: dict[str, Any]) -> Answer:
    """An answer as the bytes that go with a frame: what stands in cells may be far longer than its head."""
    return {}, json.dumps(answer).encode("ascii")


def _index(head: dict[str, Any], body: bytes, line: Line) -> Answer:
    from wizard.batch.indexing import unpack_and_write

    return {"paths": unpack_and_write(head, body)}, b""


_books: "dict[str, OpenBook]" = {}


def _book(head: dict[str, Any]) -> "OpenBook":
    """The workbook that is asked about: read once, as long as neither it nor its columns change."""
    from wizard.batch.open_book import OpenBook, named

    state = named(Path(head["path"]))
    if head["state"] not in ("", state):
        raise FileProblem("表格在预览以后改动过，没有导入；重新选一次这份表格")
    name = json.dumps([state, head["agreed"]], sort_keys=True)
    if name not in _books:
        _books.clear()
        _books[name] = OpenBook(Path(head["path"]), head["agreed"])
    return _books[name]


def _columns(head: dict[str, Any], body: bytes, line: Line) -> Answer:
    from wizard.batch.open_book import named

    return _told({**_book(head).facts(), "state": named(Path(head["path"]))})


def _rows(head: dict[str, Any], body: bytes, line: Line) -> Answer:
    return _told(_book(head).judged(head["start"], head["stop"], date.fromisoformat(head["on"])))


def _answers(head: dict[str, Any], body: bytes, line: Line) -> Answer:
    return _told(_book(head).entries(head["start"], head["stop"]))


def _row(head: dict[str, Any], body: bytes, line: Line) -> Answer:
    return _told(_book(head).row(head["at"], date.fromisoformat(head["on"])))


_ERRANDS: dict[str, Do] = {
    "warm": _warm,
    "case": _case,
    "index": _index,
    "columns": _columns,
    "rows": _rows,
    "answers": _answers,
    "row": _row,
}

if __name__ == "__main__":
    main()
