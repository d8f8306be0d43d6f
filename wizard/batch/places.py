"""Where the exports of a batch go: a name each, never two alike, put in place whole."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from wizard.batch.errand import sum_of
from wizard.batch.journal import Done, Journal
from wizard.draft import Draft
from wizard.files import FileProblem, sync_folder, why
from wizard.packet.names import file_name, piece

UNFINISHED: Final = ".未完成"
_OLDER: Final = "旧-"


class Places:
    """The folder `target`. What is not whole yet lies in a hidden folder inside.

    Raises:
        FileProblem: from every function, where the folder cannot be used.
    """

    def __init__(self, target: Path, journal: Journal, *, as_folders: bool) -> None:
        self.target, self._journal, self._folders = target, journal, as_folders
        self._unfinished = target / UNFINISHED
        try:
            self._unfinished.mkdir(mode=0o700, exist_ok=True)
            self._settle()
            self._taken = {path.name.casefold() for path in target.iterdir()}
        except OSError as error:
            raise FileProblem(f"无法使用“{target}”：{why(error)}") from error
        self._taken |= {done.name.casefold() for done in journal.done.values()}

    def name_for(self, key: str, draft: Draft) -> str:
        """The name of a case in the target: that of the run before, as long as nothing else has it now."""
        before = self._journal.done.get(key)
        alike = before is not None and before.name.endswith(".pdf") is not self._folders
        if before and alike and (self.verified(before) or not os.path.lexists(self.target / before.name)):
            return before.name
        parts = [piece(draft.text("subject.name"), 24), piece(draft.text("mini_program.name"), 16)]
        ending = "" if self._folders else ".pdf"
        name, count = file_name(parts, ending), 2
        while name.casefold() in self._taken:
            name, count = file_name([*parts, str(count)], ending), count + 1
        self._taken.add(name.casefold())
        return name

    def unfinished(self, name: str) -> Path:
        """Where a case is exported to until it is put in place; nothing lies there."""
        place = self._unfinished / name
        _remove(place)
        return place

    def put(self, name: str) -> None:
        """Put a finished export in place; an older one of that name goes."""
        older = self._unfinished / f"{_OLDER}{name}"
        try:
            if os.path.lexists(self.target / name):
                _remove(older)
                (self.target / name).rename(older)
            (self._unfinished / name).rename(self.target / name)
            sync_folder(self.target)
        except OSError as error:
            raise FileProblem(f"无法写入“{self.target / name}”：{why(error)}") from error
        _remove(older)

    def verified(self, done: Done) -> bool:
        """Whether everything that was written for a case is still there as it was written."""
        return _holds(self.target / done.name, done.files)

    def close(self) -> None:
        """Clear up; the journal is left for the next run."""
        shutil.rmtree(self._unfinished, ignore_errors=True)

    def _settle(self) -> None:
        """Put in place what was whole when the last run was killed, and remove what was not."""
        for done in self._journal.done.values():
            if _holds(self._unfinished / done.name, done.files):
                self.put(done.name)
            older = self._unfinished / f"{_OLDER}{done.name}"
            if os.path.lexists(older) and not os.path.lexists(self.target / done.name):
                older.rename(self.target / done.name)
        for left in self._unfinished.iterdir():
            _remove(left)


def _holds(place: Path, files: Mapping[str, str]) -> bool:
    try:
        return bool(files) and all(
            sum_of(place / name if name else place) == sum for name, sum in files.items()
        )
    except OSError:
        return False


def _remove(place: Path) -> None:
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)
