"""A folder of drafts that takes many at a time: all of them or, whatever happens on the way, none."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from wizard.draft import Answer, Draft, dump, load
from wizard.files import FileProblem, sync_folder, why
from wizard.intake.workbook.same import Identity, Known, identity
from wizard.packet.names import file_name, piece

_GATHERED, _WHOLE = ".intake-", ".whole-"
_ABANDONED = 24 * 3600


class DraftFolder:
    """The folder an import goes to (see `fate.Target`). What is added is gathered beside.

    `commit` moves it in. A gathering that was whole when the machine stopped is moved in at the next start;
    one that was not is as if it had never been.

    Raises:
        FileProblem: from every function, where the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._gathered: Path | None = None
        self._names: set[str] = set()
        self._held: dict[str, Draft] | None = None
        self._known = Known()
        if folder.exists() and not folder.is_dir():
            raise FileProblem(f"“{folder}”是一个文件，换一个文件夹")
        if folder.is_dir():
            self._recover()
            self._names = {file.name.casefold() for file in folder.iterdir()}

    def drafts(self) -> Iterator[tuple[Path, Draft]]:
        """The drafts that are there already; other files are passed over."""
        for file in sorted(self.folder.glob("*.json")) if self.folder.is_dir() else ():
            try:
                yield file, load(file)
            except FileProblem:
                continue

    def _drafts(self) -> dict[str, Draft]:
        if self._held is None:
            self._held = {file.name: draft for file, draft in self.drafts()}
            self._known = Known.of((identity(draft.answers), name) for name, draft in self._held.items())
        return self._held

    def find(self, one: Identity) -> str:
        """The name of the file that holds the same filing, empty where there is none."""
        self._drafts()
        return self._known.find(one)

    def called(self, key: str) -> str:
        """See `fate.Target`: by the name of its file."""
        return key

    def held(self, key: str) -> Mapping[str, Answer]:
        """The answers in the file of that name."""
        return self._drafts()[key].answers

    def add(self, answers: Mapping[str, Answer], number: int) -> str:
        """Gather one draft; where it will stand once `commit` was called."""
        name = self._free_name(answers, number)
        self._gather(Draft(answers=answers), name)
        return str(self.folder / name)

    def update(self, key: str, answers: Mapping[str, Answer]) -> None:
        """Gather the draft of that name with `answers` put over its own."""
        draft = self._drafts()[key]
        for field, answer in answers.items():
            draft = draft.with_answer(field, answer)
        self._gather(draft, key)

    def _gather(self, draft: Draft, name: str) -> None:
        try:
            if self._gathered is None:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._gathered = Path(tempfile.mkdtemp(prefix=_GATHERED, dir=self.folder))
            with _private(self._gathered / name) as file:
                file.write(dump(draft))
        except OSError as error:
            raise FileProblem(f"无法写入“{self.folder}”：{why(error)}") from error

    def commit(self) -> None:
        """Move in what was gathered."""
        if self._gathered is None:
            return
        try:
            if hasattr(os, "sync"):
                os.sync()
            whole = self._gathered.with_name(self._gathered.name.replace(_GATHERED, _WHOLE, 1))
            self._gathered.rename(whole)
            sync_folder(self.folder)
            self._gathered = None
            _move_in(whole)
        except OSError as error:
            raise FileProblem(f"无法写入“{self.folder}”：{why(error)}") from error

    def abandon(self) -> None:
        """Forget what was gathered."""
        if self._gathered is not None:
            shutil.rmtree(self._gathered, ignore_errors=True)
            self._gathered = None

    def _recover(self) -> None:
        try:
            for whole in self.folder.glob(f"{_WHOLE}*"):
                _move_in(whole)
            for left in self.folder.glob(f"{_GATHERED}*"):
                if time.time() - left.stat().st_mtime > _ABANDONED:
                    shutil.rmtree(left, ignore_errors=True)
        except OSError as error:
            raise FileProblem(f"无法使用“{self.folder}”：{why(error)}") from error

    def _free_name(self, answers: Mapping[str, Answer], number: int) -> str:
        parts = [f"{number:04d}"]
        for field_id in ("subject.name", "mini_program.name"):
            if isinstance(text := answers.get(field_id), str) and text:
                parts.append(piece(text, 24))
        name, count = file_name(parts, ".json"), 2
        while name.casefold() in self._names:
            name, count = file_name([*parts, str(count)], ".json"), count + 1
        self._names.add(name.casefold())
        return name


def _move_in(whole: Path) -> None:
    for file in sorted(whole.iterdir()):
        os.replace(file, whole.parent / file.name)
    whole.rmdir()
    sync_folder(whole.parent)


def _private(path: Path) -> BinaryIO:
    """A new file that its owner alone can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
