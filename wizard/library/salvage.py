"""Reading what can still be read of a damaged library that no backup replaces, into a new one beside it."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wizard.draft import parse
from wizard.files import FileProblem
from wizard.library import place
from wizard.library.check import opens
from wizard.library.cipher import driver, is_damage, told
from wizard.library.engine import connect
from wizard.library.library import Library
from wizard.library.opening import let_in
from wizard.library.problems import Damaged, LibraryProblem
from wizard.library.secret import Secret
from wizard.library.wipe import wipe

_MARKS = "state, deadline, archived, binned, template, retain_until"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """How many cases and attachments came over, how many did not, and the new recovery key to print."""

    cases: int
    cases_lost: int
    files: int
    files_lost: int
    recovery_key: str


def salvage(path: Path, into: Path, secret: Secret, passphrase: str | None = None) -> Salvaged:
    """Make a new library in the folder `into` of what can be read in a damaged one, which is only looked at.

    `secret` opens the damaged one. The new one opens with `passphrase`; where none is given, as the damaged
    one: with its passphrase, or by the system's key store.

    Raises:
        LibraryProblem: a recovery key opens the damaged one, and there is no passphrase for the new one.
        Damaged: not even the beginning of the file can be read.
        (and what `place.unlock` and `place.create` raise)
    """
    new = passphrase or (secret.text if secret.kind == "passphrase" else None)
    if new is None and secret.kind == "recovery":
        raise LibraryProblem("给新客户库设一个口令，再把还能读出的案件救过去")
    folder, _, keys = let_in(path, secret)
    key = next((one for one in keys if folder.file.exists() and opens(folder.file, one)), None)
    if key is None:
        raise Damaged("这个文件从开头就损坏，读不出任何案件；用备份恢复，或请做数据恢复的人看看磁盘")
    made, new_key = place.create(into, new, keep_in_key_store=new is None)
    try:
        with made, told():
            return _Salvage(folder.file, key, made).run(new_key)
    finally:
        wipe(*keys)


class _Salvage:
    """One pass over a damaged file; whatever cannot be read is counted and left."""

    def __init__(self, file: Path, key: bytes, made: Library) -> None:
        self._file, self._key, self._made = file, key, made
        self._source = connect(file, key, look_only=True)
        self._cases = self._cases_lost = self._files = self._files_lost = 0

    def run(self, new_key: str) -> Salvaged:
        """Take over every case that can be read."""
        for case in self._ids():
            with suppress(FileProblem):
                if self._take(case):
                    self._cases += 1
                    continue
            self._cases_lost += 1
        self._source.close()
        return Salvaged(self._cases, self._cases_lost, self._files, self._files_lost, new_key)

    def _ids(self) -> Iterator[int]:
        """Every id that a case may have: the tree may be broken anywhere, so each is asked for by itself."""
        most = self._read("SELECT seq FROM sqlite_sequence WHERE name = 'cases'")
        most = most or self._read("SELECT max(id) FROM drafts") or self._read("SELECT max(id) FROM cases")
        for case in range(1, (most[0] if most and most[0] else 0) + 1):
            if self._read("SELECT 1 FROM cases WHERE id = ?", case) != ():
                yield case

    def _take(self, case: int) -> bool:
        body = self._read("SELECT body FROM drafts WHERE id = ?", case)
        if not body:
            return False
        draft = replace(parse(body[0], "案件"), folder=Path(os.devnull))
        made = self._made.cases.new(draft)
        marks = self._read(f"SELECT {_MARKS} FROM cases WHERE id = ?", case)
        if marks:
            self._made.marks.take_over(made, marks)
        for name in self._rows("SELECT name FROM files WHERE id = ?", case):
            self._take_file(case, made, name)
        self._made.marks.tag([made], self._rows("SELECT tag FROM tags WHERE id = ?", case))
        return True

    def _take_file(self, case: int, made: int, name: str) -> None:
        data = self._read(
            "SELECT data FROM blobs WHERE sha256 = (SELECT sha256 FROM files WHERE id = ? AND name = ?)",
            case,
            name,
        )
        if data:
            self._made.files.write(made, name, data[0])
            self._files += 1
        else:
            self._files_lost += 1

    def _read(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        """One row; empty where there is none, None where it cannot be read."""
        try:
            return tuple(self._source.execute(sql, values).fetchone() or ())
        except driver().Error as error:
            self._go_on(error)
            return None

    def _rows(self, sql: str, *values: Any) -> list[Any]:
        """The first column of as many rows as can be read."""
        found: list[Any] = []
        try:
            for row in self._source.execute(sql, values):
                found.append(row[0])
        except driver().Error as error:
            self._go_on(error)
        return found

    def _go_on(self, error: Exception) -> None:
        """After damage the connection reads nothing more, not even what is whole: another takes its place."""
        if not is_damage(error):
            raise error
        self._source.close()
        self._source = connect(self._file, self._key, look_only=True)
