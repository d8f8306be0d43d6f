"""Cases of the library as the items of a batch."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wizard.draft import Draft
from wizard.finding import Finding

if TYPE_CHECKING:
    from wizard.batch.items import Item
    from wizard.library.desk import Desk
    from wizard.library.library import Library


class LibraryCase:
    """A case of the library (see `Item`); its attachments lie in a folder of `desk` while they are needed."""

    found: tuple[Finding, ...] = ()

    def __init__(self, library: "Library", case: int, desk: "Desk") -> None:
        self.key = f"case:{case}"
        self._library, self._case, self._desk = library, case, desk

    def draft(self) -> Draft:
        """See `Item`."""
        return self._library.cases.load(self._case).draft

    def sums(self, draft: Draft) -> Mapping[str, str]:
        """See `Item`; the library knows them."""
        return {one.name: one.sha256 for one in self._library.files.of(self._case)}

    def lay_out(self, draft: Draft) -> Draft:
        """See `Item`."""
        folder = self._desk.case(self._case)
        self._library.files.check_out(self._case, folder, self._desk.lay)
        return replace(draft, folder=folder)

    def put_away(self) -> None:
        """See `Item`."""
        self._desk.clear(self._case)

    def remember(self, record: Mapping[str, Any]) -> None:
        """See `Item`; what was changed in the case meanwhile stays."""
        from wizard.packet.versions import with_packet

        stored = self._library.cases.load(self._case)
        nowhere = self._desk.folder / "0"  # the attachments are in the library already
        draft = replace(with_packet(stored.draft, record), folder=nowhere)
        self._library.cases.save(self._case, draft, stored.version)
        self._library.audit.note("case_exported", self._case)


@contextmanager
def library_items(library: "Library", cases: Sequence[int]) -> "Iterator[list[Item]]":
    """The cases as items; their attachments are gone from the disk when this ends."""
    from wizard.library.desk import Desk

    desk = Desk()
    try:
        yield [LibraryCase(library, case, desk) for case in cases]
    finally:
        desk.close()
