"""The library as a place for cases: behind the same calls as plain files.

A case of the library has a place too: a folder on the desk (`wizard.library.desk`) where its attachments lie
as files while it is open. The draft itself is never written there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ui.attachments import ORIGINALS
from ui.store import default_folder
from wizard.draft import Draft
from wizard.files import FileProblem
from wizard.history import History, document, history_of

if TYPE_CHECKING:
    from wizard.library.desk import Desk
    from wizard.library.library import Library

NAME = "案件.beian.json"
"""What the place of every case is called; the names of its attachments are made after it."""


class Locked(FileProblem):
    """The library is locked: what is typed stays in the window and is saved after it was unlocked."""


@dataclass(slots=True)
class Kept:
    """A case that is open: its id and the version that was read or written last."""

    case: int
    version: int
    undo: bytes = b""


class LibraryStore:
    """Cases of the library that is open; `library` is None while it is locked."""

    lies_open = False

    def __init__(self, library: Library, desk: Desk) -> None:
        self.library: Library | None = library
        self._desk = desk
        self._kept: dict[Path, Kept] = {}
        self._new = 0

    def _open(self) -> Library:
        if self.library is None:
            raise Locked("客户库已锁定，解锁以后自动保存")
        return self.library

    def place_of(self, case: int) -> Path:
        """The place of a case of the library."""
        kept = (place for place, one in self._kept.items() if one.case == case)
        return next(kept, None) or self._desk.case(case) / NAME

    def case_at(self, place: Path) -> int:
        """The id of the case at `place`, 0 where it is not in the library yet."""
        return self._kept[place].case if place in self._kept else 0

    def is_behind(self, place: Path) -> bool:
        """Whether the library has a newer version of an open case than the window."""
        kept = self._kept.get(place)
        return kept is not None and self._open().cases.row(kept.case).version != kept.version

    def load(self, place: Path) -> Draft:
        """See `Store.load`; its attachments are laid out beside the place."""
        case = self.case_at(place) or int(place.parent.name)
        stored = self._open().cases.load(case, into=self._desk.case(case), lay=self._desk.lay)
        self._kept[place] = Kept(case, stored.version, stored.undo)
        return stored.draft

    def lay_out(self, place: Path) -> None:
        """Put the attachments of an open case beside its place again, after they were put away."""
        if case := self.case_at(place):
            self._open().files.check_out(case, self._desk.case(int(place.parent.name)), self._desk.lay)

    def put_away(self, place: Path) -> None:
        """Take the attachments of a case off the disk; what is not in the library yet stays."""
        if self.case_at(place):
            self._desk.clear(int(place.parent.name))

    def forget(self, place: Path) -> None:
        """The case was left: nothing of it stays in the session folder."""
        self._desk.clear(int(place.parent.name))
        self._kept.pop(place, None)

    def forget_all(self) -> None:
        """Another state of the library was put in place: nothing of what was open holds."""
        self._kept.clear()
        self._desk.clear()

    def save(self, draft: Draft, place: Path, history: History | None = None) -> None:
        """See `Store.save`; a new case comes into the library once there is something in it.

        Raises:
            ChangedElsewhere: it was changed elsewhere; nothing was overwritten.
        """
        library = self._open()
        if place not in self._kept and not draft.answers and not draft.attachments:
            return
        undo = json.dumps(document(history), ensure_ascii=False).encode() if history else None
        kept = self._kept.get(place)
        if kept is None:
            self._keep_new(library, draft, place)
        else:
            kept.version = library.cases.save(kept.case, draft, kept.version, undo)

    def _keep_new(self, library: Library, draft: Draft, place: Path) -> None:
        """Keep a new case. Its number is known before anybody can find it, and take it for another one."""
        try:
            with library.transaction():
                case = library.cases.new(draft)
                self._kept[place] = Kept(case, library.cases.row(case).version)
        except BaseException:
            self._kept.pop(place, None)
            raise

    def write(self, path: Path, data: bytes) -> None:
        """See `Store.write`: onto the desk, in memory where the system can.

        What the library would not take is refused here, where it was dropped, and not when it is saved. The
        originals are no attachments, so they do not count.

        Raises:
            TooLarge: it is too large, or the case has too much already.
        """
        from wizard.library.files import see_size

        if ORIGINALS not in path.parts:
            beside = [one for one in path.parent.iterdir() if one != path and one.is_file()]
            see_size(path.name, len(data), sum(one.stat().st_size for one in beside))
        self._desk.lay(path, data)

    @contextmanager
    def held(self, draft: Draft) -> Iterator[Draft]:
        """See `Store.held`: a lock puts the attachments away, but not from what was begun before.

        Raises:
            Locked: they are put away.
        """
        with self._desk.hold(draft.folder, self._sure) as folder:
            yield replace(draft, folder=folder)

    def _sure(self) -> None:
        if self.library is None:
            raise Locked("客户库已锁定，附件收起来了；解锁以后再来一次")

    def take_version(self, place: Path, version: int) -> None:
        """The person has seen what was changed elsewhere, up to `version`: the next save may replace it."""
        self._kept[place].version = version

    def history(self, place: Path) -> History:
        """See `Store.history`."""
        kept = self._kept.get(place)
        try:
            return history_of(json.loads(kept.undo)) if kept and kept.undo else History()
        except ValueError:
            return History()

    def new_place(self) -> Path:
        """See `Store.new_place`."""
        self._new += 1
        return self._desk.case(-self._new) / NAME

    def stamp(self, place: Path) -> object:
        """See `Store.stamp`: the library has versions of its own."""
        return None

    def called(self, draft: Draft, place: Path) -> str:
        """See `Store.called`: as the mini-program, else as the subject."""
        return draft.text("mini_program.name") or draft.text("subject.name") or "新案件"

    def where(self, place: Path) -> str:
        """See `Store.where`."""
        return "客户库（已加密）"

    def home(self, draft: Draft, place: Path) -> Path:
        """See `Store.home`: among the person's documents, under the name of the program."""
        name = re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", self.called(draft, place))
        return default_folder() / f"{name.strip('. ')[:60] or '案件'}.材料包"

    def remember(self, place: Path) -> None:
        """See `Store.remember`."""
        from ui.preferences import set_last_case

        set_last_case(self.case_at(place))
