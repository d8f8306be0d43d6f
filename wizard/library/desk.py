"""A private folder for the attachments of the open case: in memory where the system has such a place.

It exists while it is used, readable by its owner only, and is emptied when the case or the window is
closed. One that a killed program left is emptied at the next start.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

from wizard.library.lock import grasp, let_go

_PREFIX: Final = "beian-desk-"
_MEMORY: Final = (Path("/dev/shm"),)


class Desk:
    """A folder of one window; `folder` is where it is. The next start empties what a kill left behind."""

    def __init__(self, inside: Path | None = None) -> None:
        where = inside or _place()
        sweep(where)
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=where))
        self._lock = os.open(self.folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        grasp(self._lock)

    def case(self, number: int) -> Path:
        """The folder for one case, made if need be."""
        folder = self.folder / str(number)
        folder.mkdir(exist_ok=True, mode=0o700)
        return folder

    def clear(self, number: int | None = None) -> None:
        """Remove the files of one case, or of all."""
        chosen = [self.folder / str(number)] if number is not None else list(self.folder.iterdir())
        for path in chosen:
            if path.name != ".lock":
                shutil.rmtree(path, ignore_errors=True)

    def close(self) -> None:
        """Remove everything."""
        self.clear()
        let_go(self._lock)
        os.close(self._lock)
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep(where: Path | None = None) -> None:
    """Remove the folders of programs that are no longer running."""
    for folder in (where or _place()).glob(f"{_PREFIX}*"):
        try:
            lock = os.open(folder / ".lock", os.O_RDWR)
        except OSError:
            continue
        free = grasp(lock)
        if free:
            let_go(lock)
        os.close(lock)
        if free:
            shutil.rmtree(folder, ignore_errors=True)


def _place() -> Path:
    """A place in memory on Linux, else the temporary folder of this user."""
    if sys.platform == "linux":
        for path in _MEMORY:
            if os.access(path, os.W_OK):
                return path
    return Path(tempfile.gettempdir())
