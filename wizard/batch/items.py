"""What a batch goes over: drafts in files, cases of the library, rows of a workbook."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from wizard.batch.errand import sum_of
from wizard.draft import Draft, attached, load
from wizard.files import FileProblem, is_file
from wizard.finding import Finding

if TYPE_CHECKING:
    from wizard.intake.workbook.read import Entry


class Item(Protocol):
    """One case of a batch. `key` names it from one run to the next; `found` is what the import said of it.

    Raises:
        FileProblem: from every function, where the case cannot be used.
    """

    key: str
    found: tuple[Finding, ...]

    def draft(self) -> Draft:
        """What was typed; its attachments need not be there yet."""

    def sums(self, draft: Draft) -> Mapping[str, str]:
        """The SHA-256 of its attachments by their path in the draft."""

    def lay_out(self, draft: Draft) -> Draft:
        """The draft with its attachments as files in its folder."""

    def put_away(self) -> None:
        """The files of `lay_out` are not needed any more."""

    def remember(self, record: Mapping[str, Any]) -> None:
        """A packet was made of it: keep what the next version is to know."""


class DraftFile:
    """A draft in a file, with its attachments beside it; the file is never changed."""

    found: tuple[Finding, ...] = ()

    def __init__(self, path: Path) -> None:
        self.path = path
        self.key = f"file:{path.resolve()}"

    def draft(self) -> Draft:
        """See `Item`."""
        return load(self.path)

    def sums(self, draft: Draft) -> Mapping[str, str]:
        """See `Item`; an attachment that is not there has no sum."""
        named = dict.fromkeys(path for _, path in attached(draft))
        return {name: sum_of(draft.file(name)) for name in named if is_file(draft.file(name))}

    def lay_out(self, draft: Draft) -> Draft:
        """See `Item`."""
        return draft

    def put_away(self) -> None:
        """See `Item`."""

    def remember(self, record: Mapping[str, Any]) -> None:
        """See `Item`: a file of somebody's is not written to."""


class BookRow:
    """A filing in a row of a workbook; it has no attachments."""

    def __init__(self, book: Path, entry: "Entry") -> None:
        self.key = f"row:{book.resolve()}:{entry.sheet}:{entry.row}"
        self.found = entry.findings
        self._draft = entry.draft

    def draft(self) -> Draft:
        """See `Item`."""
        return self._draft

    def sums(self, draft: Draft) -> Mapping[str, str]:
        """See `Item`."""
        return {}

    def lay_out(self, draft: Draft) -> Draft:
        """See `Item`."""
        return draft

    def put_away(self) -> None:
        """See `Item`."""

    def remember(self, record: Mapping[str, Any]) -> None:
        """See `Item`: a workbook is not written to."""


def from_files(
    places: Iterable[Path], headings: Path | None = None, out: Path | None = None
) -> Iterator[Item]:
    """The drafts and rows in files and folders that somebody named, each once; what lies in `out` is not one.

    Raises:
        FileProblem: one is not there, holds nothing of use, or is `out` itself, or a workbook cannot be read.
    """
    seen: set[str] = set()
    for place in places:
        for item in _in(place, headings, out.resolve() if out else None):
            if item.key not in seen:
                seen.add(item.key)
                yield item


def _in(place: Path, headings: Path | None, out: Path | None) -> Iterable[Item]:
    from wizard.batch.rows import WORKBOOKS, intake_of
    from wizard.library.case_files import draft_files

    if place.suffix.lower() in WORKBOOKS:
        return (BookRow(place, entry) for entry in intake_of(place, headings).entries())
    if not place.exists():
        raise FileProblem(f"找不到“{place}”，检查文件名，移动硬盘是否插好")
    if out is not None and out == place.resolve():
        raise FileProblem(f"“{place}”是来源，不能又是写到的地方，-o 换一个文件夹")
    files = draft_files([place])
    if out is not None and out.is_relative_to(place.resolve()):
        files = [file for file in files if not file.resolve().is_relative_to(out)]
    return map(DraftFile, files)
