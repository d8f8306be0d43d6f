"""The n-th write to disk fails, for every n: one sentence, nothing torn, nothing left lying about."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.library.conftest import PASSPHRASE, case
from wizard.files import FileProblem
from wizard.library import place
from wizard.library.case_files import write_case
from wizard.library.library import Library

NEW = "后来的口令"


def change(library: Library, out: Path) -> None:
    library.keys.change_passphrase(NEW)


def rekey(library: Library, out: Path) -> None:
    library.keys.rekey(NEW)


def back_up(library: Library, out: Path) -> None:
    library.backups.make()


def restore(library: Library, out: Path) -> None:
    library.backups.restore(library.backups.all()[-1])


def export(library: Library, out: Path) -> None:
    write_case(library, 1, out / "案件")


def elsewhere(library: Library, out: Path) -> None:
    library.save_elsewhere(out)


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("act", [change, rekey, back_up, restore, export, elsewhere])
def test_the_nth_call_fails(
    act: Callable[[Library, Path], None], call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for failing in range(1, 60):
        home = tmp_path / f"{failing}" / "库"
        library, _ = place.create(home, PASSPHRASE)
        library.cases.new(case("甲"))
        library.files.write(1, "a.jpg", b"picture")
        library.backups.make()
        library.cases.new(case("乙"))
        with monkeypatch.context() as patch:
            done = _fail(patch, call, failing)
            try:
                act(library, tmp_path / f"{failing}" / "out")
                told = False
            except FileProblem:
                told = True
            # the last step of a new data key, to forget the old one, is done by the next start as well
            assert told != done() or act is rekey, f"call {failing}"
        library.close()
        _see(home, tmp_path / f"{failing}" / "out", whole=done())
        if done():
            assert failing > 1
            return
    raise AssertionError("it never came to an end")


def _fail(patch: pytest.MonkeyPatch, call: str, failing: int) -> Callable[[], bool]:
    """Let the n-th call fail; whether the work came to its end without reaching it."""
    calls = 0
    real = getattr(os, call)

    def counted(*words: Any) -> object:
        nonlocal calls
        if call == "fsync" and stat.S_ISDIR(os.fstat(words[0]).st_mode):
            return real(
                *words
            )  # a folder that cannot be synced: what was renamed has its new name all the same
        calls += 1
        if calls == failing:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*words)

    patch.setattr(os, call, counted)
    return lambda: calls < failing


def _see(home: Path, out: Path, *, whole: bool) -> None:
    try:
        library = place.unlock(home, passphrase=PASSPHRASE)
    except FileProblem:
        library = place.unlock(home, passphrase=NEW)
    with library:
        assert library.cases.row(1).program == "甲"
        assert library.backups.verify_library() == ""
        assert all(library.backups.verify(one) == "" for one in library.backups.all())
    left = [
        path.name for path in home.parent.rglob("*") if ".part" in path.name or ".beian-export" in path.name
    ]
    assert left == []
    if out.exists() and not whole:
        assert {path.name for path in out.rglob("*")} <= {"案件", "library.key", "library.key2"}, (
            "half a copy"
        )
