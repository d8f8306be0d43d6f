"""Entering a case on the platform by hand (填报): what is entered there, piece by piece, in its order.

The platform's pages are those of the form; what it works out or asks elsewhere (办理进度) is not among them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from wizard.draft import Draft
from wizard.fields import Field, Section
from wizard.files import is_file
from wizard.packet.answers import Answered, shown
from wizard.packet.names import UPLOADS, piece
from wizard.packet.papers import Sheet, papers
from wizard.parts import ENTERING, PACKET
from wizard.reading import row_fields
from wizard.sections import SECTIONS, section_fields
from wizard.types import Choice, Papers, Place, Rows, Several

PASTE, CHOOSE, UPLOAD = "paste", "choose", "upload"
_NOT_ENTERED = ("progress",)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to enter: `how` is pasting, choosing or uploading; `grouped` is `value` for the eye.

    `id` is the field's, for one of several (a row, a file) with a number after it. `value` is empty where
    nothing was answered; of an upload it is the name of the paper, and `file` is what is attached.
    """

    id: str
    field: Field
    page: Section
    label: str
    how: str
    value: str
    grouped: str = ""
    file: Path | None = None

    @property
    def private(self) -> bool:
        """Whether the value is masked outside the place where it is worked with."""
        return self.field.ask.private

    @property
    def wanted(self) -> bool:
        """Whether the platform insists on it."""
        return not self.field.ask.optional

    @property
    def mark(self) -> str:
        """What tells this value from another one in the same place; it says nothing of the value itself."""
        told = f"{self.id}\n{self.value}\n{self.file.name if self.file else ''}"
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


def entries(case: Answered) -> tuple[Entry, ...]:
    """All that is entered for `case`: what is asked and answered, and what is asked and must be."""
    attached: dict[str, list[Sheet]] = {}
    for paper in papers(case):
        attached.setdefault(paper.field.id, []).extend(paper.sheets)
    return tuple(
        entry
        for section in SECTIONS
        if section.id not in _NOT_ENTERED
        for field in section_fields(section.id)
        if field.id in case.reading.asked
        for entry in _of(case, field, attached.get(field.id, []))
        if entry.value or (entry.wanted and section.id != "materials")
    )


def _of(case: Answered, field: Field, sheets: list[Sheet]) -> Iterator[Entry]:
    if isinstance(field.kind, Papers):
        yield from _uploads(field, sheets)
    elif isinstance(field.kind, Rows):
        yield from _of_rows(case, field, sheets)
    else:
        answer = shown(case, field)
        yield Entry(field.id, field, field.section, field.label, _how(field), answer.value, answer.grouped)


def _how(field: Field) -> str:
    return CHOOSE if isinstance(field.kind, (Choice, Several, Place)) else PASTE


def _uploads(field: Field, sheets: list[Sheet]) -> Iterator[Entry]:
    if not sheets:
        yield Entry(field.id, field, field.section, field.label, UPLOAD, "")
    for number, sheet in enumerate(sheets, 1):
        key = field.id if len(sheets) == 1 else f"{field.id}#{number}"
        yield Entry(key, field, field.section, sheet.name, UPLOAD, sheet.name, file=sheet.file)


def _of_rows(case: Answered, field: Field, sheets: list[Sheet]) -> Iterator[Entry]:
    assert isinstance(field.kind, Rows)
    rows = case.reading.filing.value(field.id) or ()
    if not rows:
        yield Entry(field.id, field, field.section, field.label, CHOOSE, "")
    for number, row in enumerate(rows, 1):
        for cell in row_fields(field.kind):
            value = getattr(row, cell.name)
            if value and not isinstance(cell.kind, Papers):
                key, label = f"{field.id}#{number}.{cell.name}", f"{field.label} {number} · {cell.label}"
                yield Entry(key, field, field.section, label, _how(cell), str(value))
    for number, sheet in enumerate(sheets, 1):
        key = f"{field.id}#{number}.file"
        yield Entry(key, field, field.section, sheet.name, UPLOAD, sheet.name, file=sheet.file)


@dataclass(frozen=True, slots=True)
class Entered:
    """How far the person has come: the marks of what was entered, by entry, and where they were."""

    marks: Mapping[str, str]
    at: str = ""

    def has(self, entry: Entry) -> bool:
        """Whether `entry` was entered as it stands now."""
        return self.marks.get(entry.id) == entry.mark

    def outdated(self, entry: Entry) -> bool:
        """Whether it was entered, and the case changed since."""
        return self.marks.get(entry.id, entry.mark) != entry.mark

    def ticked(self, entry: Entry, on: bool = True) -> "Entered":
        """With `entry` entered, or not."""
        marks = {key: mark for key, mark in self.marks.items() if key != entry.id}
        return replace(self, marks={**marks, entry.id: entry.mark} if on else marks)

    def moved(self, to: str) -> "Entered":
        """With the entry of that id in hand."""
        return replace(self, at=to)


def entered(draft: Draft) -> Entered:
    """What the case remembers of it; nothing where what it holds cannot be read."""
    kept = ENTERING.of(draft)
    marks, at = kept.get("marks"), kept.get("at")
    known = marks.items() if isinstance(marks, dict) else ()
    return Entered(
        {key: mark for key, mark in known if isinstance(key, str) and isinstance(mark, str)},
        at if isinstance(at, str) else "",
    )


def with_entered(draft: Draft, so_far: Entered) -> Draft:
    """The draft that remembers how far its entering has come."""
    return ENTERING.put(draft, {"marks": dict(so_far.marks), "at": so_far.at})


def uploaded(entry: Entry, exported: Path) -> Path | None:
    """The picture of `entry` in the newest upload set under the folder `exported`, made fit for the platform.

    None where there is none. The set may be older than what is attached now: see `still_attached`.
    """
    sets = [folder for place in (exported, *_below(exported)) if (folder := place / UPLOADS).is_dir()]
    for folder in sorted(sets, key=lambda each: each.stat().st_mtime, reverse=True):
        for file in sorted(folder.glob(f"[0-9]*_{_literal(piece(entry.value, 40))}_*")):
            return file
    return None


def _below(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (each for each in folder.iterdir() if each.is_dir())


def _literal(text: str) -> str:
    """`text` as `glob` takes it for itself."""
    return "".join(f"[{char}]" if char in "[*?" else char for char in text)


def still_attached(entry: Entry, draft: Draft) -> bool:
    """Whether the file of `entry` is what the last export held; also where the case does not say."""
    files = PACKET.of(draft).get("files")
    sums = files.get(entry.field.id) if isinstance(files, dict) else None
    if not isinstance(sums, list) or entry.file is None or not is_file(entry.file):
        return True
    size = f"{entry.file.stat().st_size} bytes"
    return size in sums or hashlib.sha256(entry.file.read_bytes()).hexdigest() in sums
