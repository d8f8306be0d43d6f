"""Long copies of a library: called off at every point, failing half-way, while others go on saving."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.library.conftest import Drawer, case
from wizard.files import FileProblem
from wizard.library import backup, engine, keys
from wizard.library.library import Library
from wizard.process.work import Cancelled

Reopen = Callable[..., Library]


@pytest.mark.parametrize("at", range(4))
def test_changing_the_data_key_can_be_called_off_at_every_point(
    library: Library, reopen: Reopen, home: Path, drawer: Drawer, at: int
):
    library.cases.new(case("留下的"))
    library.keys.remember()
    before, held = (home / "library.key").read_bytes(), dict(drawer.held)
    told: list[str] = []

    def progress(_done: int, _total: int, what: str) -> None:
        told.append(what)

    with pytest.raises(Cancelled):
        library.keys.rekey("换了人", progress, lambda: len(told) > at)
    assert (home / "library.key").read_bytes() == before
    assert drawer.held == held
    assert not [path for path in home.rglob("*") if path.name.endswith(".part")]
    assert library.cases.count() == 1
    library.cases.new(case("以后还能存"))
    library.close()
    assert reopen().cases.count() == 2


def test_a_new_data_key_is_not_lost_where_the_new_file_cannot_be_opened_at_once(
    library: Library, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
):
    library.cases.new(case("留下的"))
    swapped: list[Path] = []
    move, connect = keys.move, engine.connect

    def moved(source: Path, target: Path) -> None:
        move(source, target)
        if target.name == "library.db":
            swapped.append(target)

    def fails_once(path: Path, key: bytes, **more: bool) -> object:
        if swapped:
            swapped.clear()
            raise OSError(24, "Too many open files")
        return connect(path, key, **more)

    monkeypatch.setattr(keys, "move", moved)
    monkeypatch.setattr(engine, "connect", fails_once)
    with pytest.raises(FileProblem):
        library.keys.rekey("换了人")
    library.close()
    assert reopen(passphrase="换了人").cases.count() == 1


def test_a_backup_is_one_state_although_others_go_on_saving(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    number = library.cases.new(case("甲"))
    monkeypatch.setattr(backup, "_AT_A_TIME", 1)
    version, told = 1, []

    def progress(done: int, _total: int, _what: str) -> None:
        nonlocal version
        told.append(done)
        draft = library.cases.load(number).draft.with_answer("subject.comment", f"{len(told)} 次")
        version = library.cases.save(number, draft, version)

    made = library.backups.make(progress)
    assert len(told) < 200
    assert told == sorted(told[:-1]) + told[-1:]
    assert library.backups.verify(made) == ""
    assert library.cases.load(number).draft.text("subject.comment") == f"{len(told)} 次"
