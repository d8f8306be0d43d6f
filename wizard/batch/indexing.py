"""The index of a batch, written beside what it made."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wizard.batch.errand import findings, plain
from wizard.batch.task import STATES, Line, Task
from wizard.files import FileProblem, atomic_write

if TYPE_CHECKING:
    from wizard.packet.index import Index, IndexRow

TITLES = {True: "批量导出目录", False: "批量自检目录"}


def index_of(lines: Sequence[Line], task: Task) -> "Index":
    """The index of what became of the cases of a batch."""
    from wizard.check.run import rules_version
    from wizard.freeze import PROGRAM
    from wizard.packet.index import Index

    return Index(
        TITLES[task.target is not None],
        tally(lines, task),
        [_row(line) for line in lines],
        task.made_at,
        rules_version(),
        PROGRAM,
    )


def tally(lines: Sequence[Line], task: Task) -> list[tuple[str, int]]:
    """How many cases there are of each kind, in words, the good ones first."""
    counts = Counter(line.state for line in lines)
    if task.target is None:
        faulty = sum(line.state == "checked" and line.counts[0] > 0 for line in lines)
        found = [("没有错误", counts["checked"] - faulty), ("有错误", faulty), ("不能检查", counts["failed"])]
    else:
        found = [("已导出", counts["exported"]), ("没有变化的沿用", counts["kept"])]
        found += [("有错误没有导出", counts["refused"]), ("导出失败", counts["failed"])]
    return found + ([("还没有做", counts["waiting"])] if counts["waiting"] else [])


def write_index(lines: Sequence[Line], task: Task, folder: Path) -> list[Path]:
    """Write the index as a workbook and as a PDF; where they are.

    Raises:
        FileProblem: one could not be written, as where it is open in a spreadsheet.
    """
    from wizard.packet.index import index_pdf, index_workbook

    index = index_of(lines, task)
    written = []
    for ending, data in ((".xlsx", index_workbook(index)), (".pdf", index_pdf(index))):
        path = folder / f"{index.title}{ending}"
        try:
            atomic_write(path, data)
        except FileProblem as problem:
            raise FileProblem(f"{problem}；如果它正开着，关掉以后再做一次") from problem
        written.append(path)
    return written


def pack(lines: Sequence[Line], task: Task, folder: Path) -> tuple[dict[str, Any], bytes]:
    """An index to be written by a lane: making its pages would hold a window up."""
    head = {
        "do": "index",
        "folder": str(folder),
        "on": task.on.isoformat(),
        "made_at": task.made_at.isoformat(),
        "target": str(task.target or ""),
    }
    told = [{**_bare(line), "findings": plain(line.findings)} for line in lines]
    return head, json.dumps(told).encode("ascii")


def unpack_and_write(head: Mapping[str, Any], body: bytes) -> list[str]:
    """Write what `pack` was given.

    Raises:
        FileProblem: as `write_index`.
    """
    lines = [
        Line(**{**told, "counts": tuple(told["counts"]), "findings": findings(told["findings"])})
        for told in json.loads(body)
    ]
    target = Path(head["target"]) if head["target"] else None
    task = Task(date.fromisoformat(head["on"]), datetime.fromisoformat(head["made_at"]), target)
    return [str(path) for path in write_index(lines, task, Path(head["folder"]))]


def _bare(line: Line) -> dict[str, Any]:
    names = ("key", "called", "state", "counts", "place", "reason", "final")
    return {name: getattr(line, name) for name in names}


def good(line: Line) -> bool:
    """Whether a case came through without a fault."""
    return line.state in ("exported", "kept") or (line.state == "checked" and not line.counts[0])


def _row(line: Line) -> "IndexRow":
    from wizard.packet.index import IndexRow

    state = STATES[line.state] + ("" if line.final or not line.place else "（草稿）")
    return IndexRow(line.called, state, good(line), line.counts, line.place, line.reason, line.findings)
