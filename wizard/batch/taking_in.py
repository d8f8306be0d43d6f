"""Taking a workbook in: each row checked, compared with what is there, and kept, or none of them."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from wizard.batch.draft_folder import DraftFolder
from wizard.batch.rows import Row, checked, intake_of
from wizard.draft import Answer
from wizard.intake.workbook.headings import CONFIDENCE_WORDS
from wizard.intake.workbook.read import Entry
from wizard.intake.workbook.same import Known, identity


class Taken(NamedTuple):
    """One row and what becomes of it: new, known (it is there already), twice in the workbook, or faulty."""

    row: Row
    state: str
    said: str = ""
    same_as: str = ""
    file: Path | None = None

    @property
    def called(self) -> str:
        """What the filing is called: subject and program."""
        return _called(self.row.entry.answers)


class TakingIn:
    """One workbook on its way into a folder of drafts; without a folder it is only looked at.

    Raises:
        FileProblem: the workbook, the file of headings or the folder cannot be used.
    """

    def __init__(self, book: Path, headings: Path | None, out: Path | None, *, leave_out: bool) -> None:
        self.book, self.out, self.leave_out = book, out, leave_out
        self.intake = intake_of(book, headings)
        self.counts: Counter[str] = Counter()
        self._stopped = not leave_out and any(one.severity == "error" for one in self.intake.notices)
        self._folder = DraftFolder(out) if out else None
        self._held: dict[str, Mapping[str, Answer]] = {}
        for file, draft in self._folder.drafts() if self._folder else ():
            self._held[file.name] = draft.answers
        self._known = Known.of((identity(answers), name) for name, answers in self._held.items())

    def columns(self) -> list[dict[str, Any]]:
        """The columns with what they are read as, as plain values."""
        return [
            {
                "sheet": layout.table.sheet,
                "place": layout.heading_place(column),
                "heading": column.heading,
                "field": column.field if column.used else "",
                "proposed": "" if column.used else column.field,
                "confidence": column.confidence,
                "said": CONFIDENCE_WORDS[column.confidence],
            }
            for layout in self.intake.layouts
            for column in layout.columns
        ]

    def rows(self, on: date) -> Iterator[Taken]:
        """Every row, checked as of the day `on`; new ones are gathered as long as none is faulty."""
        finished = False
        try:
            for row in checked(self.intake, on):
                taken = self._take(row)
                self.counts[taken.state] += 1
                yield taken
            finished = True
        finally:
            if not finished and self._folder:
                self._folder.abandon()

    def finish(self) -> bool:
        """Keep what was gathered, or nothing where a row was faulty; whether it was kept."""
        if self._folder:
            if self._stopped:
                self._folder.abandon()
            else:
                self._folder.commit()
        return not self._stopped

    def _take(self, row: Row) -> Taken:
        entry = row.entry
        if entry.faulty and not self.leave_out:
            self._stopped = True
            return Taken(row, "faulty")
        one = identity(entry.answers)
        if same := self._known.find(one):
            held = self._held.get(same)
            return Taken(row, "known" if held is not None else "twice", _compared(entry, same, held), same)
        self._known.add(one, row.where)
        file = None
        if self._folder and not self._stopped:
            file = self._folder.add(entry.answers, entry.row)
        return Taken(row, "new", file=file)


def _called(answers: Mapping[str, Answer]) -> str:
    texts = (answers.get(field_id, "") for field_id in ("subject.name", "mini_program.name"))
    return " · ".join(text for text in texts if isinstance(text, str) and text) or "（没有名称）"


def _compared(entry: Entry, same: str, held: Mapping[str, Answer] | None) -> str:
    """How a filing that is there already differs from the row."""
    if held is None:
        return f"（和{same}是同一个备案，没有再存）"
    differing = sum(held.get(field_id) != answer for field_id, answer in entry.answers.items())
    return f"（{same}，{f'有 {differing} 栏不同' if differing else '内容一样'}，没有改动）"
