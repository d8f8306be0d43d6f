"""A workbook seen from the program's side: the lanes read and check it, so that no window is held up."""

import json
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from wizard.batch.errand import findings
from wizard.batch.fate import Fates, Target, called, people
from wizard.batch.lanes import Lanes
from wizard.batch.taking_in import put
from wizard.draft import Answer
from wizard.files import FileProblem
from wizard.finding import Finding
from wizard.masking import masked_within
from wizard.process.work import Cancelled, Progress, never

_SHARE: Final = 100
_AHEAD: Final = 2
"""How many shares each lane may be ahead: what comes back is not piled up."""


class Seen(NamedTuple):
    """One row of the preview, in few short texts: what was found in it is asked for when it is looked at.

    `number` names it in `BookReader.row`; people are covered in `called`; `counts` are how many 错误, 提醒
    and 说明 there are.
    """

    number: int
    sheet: str
    row: int
    called: str
    state: str
    said: str
    changed: int
    counts: tuple[int, int, int]

    @property
    def where(self) -> str:
        """Where it stands, in words."""
        return _where(self.sheet, self.row)


class ColumnSeen(NamedTuple):
    """One column: `name` is what it is called in `Agreed`, `examples` are what stands in its first rows."""

    sheet: str
    place: str
    name: str
    heading: str
    field: str
    confidence: str
    examples: Sequence[str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a book is: `problem` says why no heading was known, where none was."""

    name: str
    rows: int
    problem: str
    columns: tuple[ColumnSeen, ...]
    notices: tuple[Finding, ...]


@dataclass(slots=True)
class Judged:
    """All rows, how many there are in each state, and what of the columns keeps everything out."""

    rows: list[Seen] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    faults: tuple[Finding, ...] = ()


class BookReader:
    """One workbook, its columns read as `agreed`.

    Raises:
        FileProblem: from every function, where the book cannot be used.
        Cancelled: from every function, where `cancelled` said so.
    """

    def __init__(self, lanes: Lanes, path: Path, agreed: Mapping[str, str]) -> None:
        self.path, self.agreed, self._lanes = path, dict(agreed), lanes
        self._total, self._name = 0, ""
        self._faults: tuple[Finding, ...] = ()

    def facts(self, cancelled: Callable[[], bool] = never) -> Facts:
        """Read it."""
        head = _answer(self._ask("columns", cancelled))
        self._total, self._name = head["rows"], head["state"]
        columns = tuple(ColumnSeen(**column) for column in head["columns"])
        notices = findings(head["notices"])
        self._faults = tuple(notice for notice in notices if notice.severity == "error")
        return Facts(head["name"], head["rows"], head["unknown"], columns, notices)

    def judge(
        self, on: date, target: Target | None, leave_out: bool, told: Progress, cancelled: Callable[[], bool]
    ) -> Judged:
        """Check every row as of the day `on`, and say what becomes of it at `target`."""
        fates, judged, done = Fates(target, leave_out=leave_out), Judged(faults=self._faults), 0
        for rows in self._shares("rows", cancelled, on=on.isoformat()):
            for number, sheet, row, raw, faulty, counts in rows:
                answers = answers_of(raw)
                fate = fates.of(answers, faulty, _where(sheet, row))
                judged.counts[fate.state] += 1
                judged.rows.append(
                    Seen(
                        *(number, sheet, row, masked_within(called(answers), people(answers))),
                        *(fate.state, fate.called),
                        len(fate.changes),
                        (counts[0], counts[1], counts[2]),
                    )
                )
            done += _SHARE
            now = min(done, self._total)
            told(now, self._total, f"正在核对第 {now:,} / {self._total:,} 行")
        return judged

    def row(self, number: int, on: date) -> tuple[tuple[Finding, ...], dict[str, Answer]]:
        """Everything that was found in one row, and its answers."""
        head = _answer(self._ask("row", never, at=number, on=on.isoformat()))
        return findings(head["findings"]), answers_of(head["answers"])

    def take(
        self,
        target: Target,
        how: "How",
        told: Progress,
        cancelled: Callable[[], bool],
    ) -> Counter[str]:
        """Take all rows in, or none of them; how many there were in each state.

        Raises:
            FileProblem: a row is faulty and cells may not be left out; nothing was kept.
        """
        if self._faults and not how.leave_out:
            raise FileProblem(f"{self._faults[0].message}，一行也没有导入")
        fates, counts, done = Fates(target, leave_out=how.leave_out), Counter[str](), 0
        try:
            for rows in self._shares("answers", cancelled):
                for _, sheet, row, raw, faulty in rows:
                    answers = answers_of(raw)
                    fate = fates.of(answers, faulty, _where(sheet, row))
                    if fate.state == "faulty":
                        raise FileProblem(f"{_where(sheet, row)}有格子没读入，一行也没有导入")
                    counts[fate.state] += 1
                    put(target, fate, answers, row, update=how.update)
                done += _SHARE
                told(min(done, self._total), self._total, f"正在导入第 {min(done, self._total):,} 行")
            if cancelled():
                raise Cancelled
            told(0, 0, "正在保存…")
            target.commit()
        except BaseException:
            target.abandon()
            raise
        return counts

    def _shares(self, what: str, cancelled: Callable[[], bool], **more: Any) -> Iterator[list[Any]]:
        """All rows in their order, so many at a time."""

        def ask(start: int, stop: int) -> "Future[Any]":
            return self._ask(what, cancelled, start=start, stop=stop, **more)

        def whole(asked: tuple[int, Future[Any]]) -> list[Any]:
            stop, made = asked[0], _answer(asked[1])
            rows = list(made["rows"])
            while made["next"] < stop:
                made = _answer(ask(made["next"], stop))
                rows += made["rows"]
            return rows

        waiting: deque[tuple[int, Future[Any]]] = deque()
        try:
            for start in range(0, self._total, _SHARE):
                waiting.append((start + _SHARE, ask(start, start + _SHARE)))
                if len(waiting) > self._lanes.count * _AHEAD:
                    yield whole(waiting.popleft())
            while waiting:
                yield whole(waiting.popleft())
        finally:
            for _, left in waiting:
                left.cancel()

    def _ask(self, what: str, cancelled: Callable[[], bool], **more: Any) -> "Future[Any]":
        head = {"do": what, "path": str(self.path), "agreed": self.agreed, "state": self._name, **more}
        return self._lanes.ask(head, cancelled=cancelled)


class How(NamedTuple):
    """How rows are taken in: whether unread cells are left out, whether cases that are there are updated."""

    leave_out: bool = False
    update: bool = False


def answers_of(raw: Mapping[str, Any]) -> dict[str, Answer]:
    """Answers that came as plain values."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}


def _answer(asked: "Future[Any]") -> dict[str, Any]:
    return dict(json.loads(asked.result()[1]))


def _where(sheet: str, row: int) -> str:
    return f"“{sheet}”表第 {row} 行" if sheet else f"第 {row} 行"
