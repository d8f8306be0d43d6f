"""Where cases are kept: a file each, or (`ui.library_store`) the encrypted library behind the same calls."""

import os
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from wizard import draft as drafts
from wizard.draft import Draft
from wizard.files import FileProblem, atomic_write, sweep_left, why
from wizard.history import History
from wizard.user_folder import settings_folder

SUFFIX = ".beian.json"
RECENT = 30
"""So many plain files are remembered, for the dates they run up to."""


class Store(Protocol):
    """What the window needs of a place for cases."""

    def load(self, place: Path) -> Draft:
        """The draft kept at `place`; raises FileProblem."""

    def save(self, draft: Draft, place: Path, history: History | None = None) -> None:
        """Keep `draft` at `place`, and what can be taken back where there is room for it.

        Raises FileProblem, with the old one untouched.
        """

    def write(self, path: Path, data: bytes) -> None:
        """Put a file beside a case, for an attachment of it; raises FileProblem."""

    def history(self, place: Path) -> History:
        """What was kept with the case to be taken back."""

    def new_place(self) -> Path:
        """A place for a new case where nothing is yet."""

    def stamp(self, place: Path) -> object:
        """What tells one state of the case kept at `place` from another; None where that is not needed."""

    def called(self, draft: Draft, place: Path) -> str:
        """The name of the case in the title; who may not be named is masked by the window."""

    def where(self, place: Path) -> str:
        """Where it is kept, for the line below the window."""

    def home(self, draft: Draft, place: Path) -> Path:
        """The folder that exports of it go to when the person names none."""

    def held(self, draft: Draft) -> AbstractContextManager[Draft]:
        """The draft with its attachments as they are now, which stay while it lasts, whatever becomes of it.

        Raises FileProblem where they are put away.
        """

    lies_open: bool
    """Whether attachments are plain files that another program may be shown."""

    def remember(self, place: Path) -> None:
        """This is the case to open next time."""


class FileStore:
    """Drafts as files, by default in 文档/备案助手."""

    lies_open = True

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or default_folder()
        self._swept: set[Path] = set()

    def load(self, place: Path) -> Draft:
        """See `Store.load`."""
        return drafts.load(place)

    def save(self, draft: Draft, place: Path, history: History | None = None) -> None:
        """See `Store.save`; a file keeps no history, and the default folder is made when it is missing."""
        try:
            if place.parent == self._folder:
                self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileProblem(f"无法建立文件夹“{self._folder}”：{why(error)}") from error
        if place not in self._swept:
            self._swept.add(place)
            self._sweep(place)
        drafts.save(draft, place)

    def _sweep(self, place: Path) -> None:
        """Remove what a kill left half written beside a case, and among its attachments."""
        from ui.attachments import ORIGINALS, folder_of

        beside = place.parent / folder_of(place)
        for folder in (place.parent, beside, beside / ORIGINALS):
            sweep_left(folder, time.time())

    def write(self, path: Path, data: bytes) -> None:
        """See `Store.write`."""
        atomic_write(path, data)

    def stamp(self, place: Path) -> tuple[int, int] | None:
        """See `Store.stamp`."""
        try:
            state = place.stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size

    def history(self, place: Path) -> History:
        """See `Store.history`."""
        return History()

    def called(self, draft: Draft, place: Path) -> str:
        """See `Store.called`: as the file."""
        return place.name.removesuffix(".json").removesuffix(".beian")

    def where(self, place: Path) -> str:
        """See `Store.where`."""
        return str(place)

    def home(self, draft: Draft, place: Path) -> Path:
        """See `Store.home`: beside the draft."""
        return place.parent / f"{self.called(draft, place)}.材料包"

    def held(self, draft: Draft) -> AbstractContextManager[Draft]:
        """See `Store.held`: they are the person's own files, and nobody puts them away."""
        return nullcontext(draft)

    def remember(self, place: Path) -> None:
        """See `Store.remember`."""
        remember(place)

    def new_place(self) -> Path:
        """See `Store.new_place`."""
        number = 1
        while os.path.lexists(place := self._folder / f"未命名{number}{SUFFIX}"):
            number += 1
        return place


def default_folder() -> Path:
    """Where drafts go when the person names no place (`BEIAN_HOME` overrides it)."""
    if home := os.environ.get("BEIAN_HOME"):
        return Path(home)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "备案助手"


def settings() -> QSettings:
    """The file of settings."""
    return QSettings(str(settings_folder() / "window.ini"), QSettings.Format.IniFormat)


def last_place() -> Path | None:
    """The case that was open when the program was last used."""
    text = settings().value("last", "")
    return Path(str(text)) if text else None


def remember(place: Path) -> None:
    """Keep `place` as the case to open next time, and not one of the library; nothing else is kept."""
    kept = [str(place), *(str(one) for one in recent_places() if one != place)]
    keep({"last": str(place), "library/case": 0, "recent": kept[:RECENT]})


def keep(values: Mapping[str, object]) -> None:
    """Keep settings. Those that are so already are not written: the system waits for the disk at each."""
    kept = settings()
    for name, value in values.items():
        now = kept.value(name)
        if (str([now]) if isinstance(value, list) and isinstance(now, str) else str(now)) != str(value):
            kept.setValue(name, value)


def recent_places() -> list[Path]:
    """The plain files that were open lately, the newest first; some may be gone."""
    kept = settings().value("recent", [])
    listed = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
    return [Path(one) for one in listed if isinstance(one, str) and one]


def remembered_choice(name: str, usual: bool) -> bool:
    """What was chosen about exports the last time; `usual` where nothing was, or the settings are damaged."""
    kept = settings().value(f"export/{name}")
    return {"true": True, "false": False}.get(str(kept).lower(), usual)


def remember_choice(name: str, value: bool) -> None:
    """Keep a choice about exports for the next time."""
    settings().setValue(f"export/{name}", value)


def shape_of(window: str) -> QByteArray:
    """Where on the screen a window (`preview`, `entering`) was, how large; empty where it never was."""
    kept = settings().value(window)
    return kept if isinstance(kept, QByteArray) else QByteArray()


def remember_shape(window: str, shape: QByteArray) -> None:
    """Keep where on the screen a window is."""
    settings().setValue(window, shape)
