"""Where cases are kept. Today a file each; the encrypted library will stand behind the same three calls."""

import os
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from wizard import draft as drafts
from wizard.draft import Draft
from wizard.files import FileProblem, why
from wizard.user_folder import settings_folder

SUFFIX = ".beian.json"


class Store(Protocol):
    """What the window needs of a place for cases."""

    def load(self, place: Path) -> Draft:
        """The draft kept at `place`; raises FileProblem."""

    def save(self, draft: Draft, place: Path) -> None:
        """Keep `draft` at `place`; raises FileProblem, with the old one untouched."""

    def new_place(self) -> Path:
        """A place for a new case where nothing is yet."""

    def stamp(self, place: Path) -> object:
        """What tells one state of the case kept at `place` from another; None where nothing is kept."""


class FileStore:
    """Drafts as files, by default in 文档/备案助手."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or default_folder()

    def load(self, place: Path) -> Draft:
        """See `Store.load`."""
        return drafts.load(place)

    def save(self, draft: Draft, place: Path) -> None:
        """See `Store.save`; the default folder is made when it is missing."""
        try:
            if place.parent == self._folder:
                self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileProblem(f"无法建立文件夹“{self._folder}”：{why(error)}") from error
        drafts.save(draft, place)

    def stamp(self, place: Path) -> tuple[int, int] | None:
        """See `Store.stamp`."""
        try:
            state = place.stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size

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


def _settings() -> QSettings:
    return QSettings(str(settings_folder() / "window.ini"), QSettings.Format.IniFormat)


def last_place() -> Path | None:
    """The case that was open when the program was last used."""
    text = _settings().value("last", "")
    return Path(str(text)) if text else None


def remember(place: Path) -> None:
    """Keep `place` as the case to open next time; nothing else is kept."""
    _settings().setValue("last", str(place))


def remembered_choice(name: str, usual: bool) -> bool:
    """What was chosen about exports the last time; `usual` where nothing was, or the settings are damaged."""
    kept = _settings().value(f"export/{name}")
    return {"true": True, "false": False}.get(str(kept).lower(), usual)


def remember_choice(name: str, value: bool) -> None:
    """Keep a choice about exports for the next time."""
    _settings().setValue(f"export/{name}", value)


def preview_shape() -> QByteArray:
    """Where on the screen the preview was, and how large; empty where it never was."""
    kept = _settings().value("preview")
    return kept if isinstance(kept, QByteArray) else QByteArray()


def remember_preview_shape(shape: QByteArray) -> None:
    """Keep where on the screen the preview is."""
    _settings().setValue("preview", shape)
