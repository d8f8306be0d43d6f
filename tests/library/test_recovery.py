"""A library that is not whole: found, left alone, mended on a copy, or replaced by the newest good backup."""

import os
import random
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.library.conftest import PASSPHRASE, case
from wizard.files import FileProblem
from wizard.library import place, recovery
from wizard.library.cipher import driver
from wizard.library.engine import connect
from wizard.library.library import Library
from wizard.library.problems import Damaged, DiskTrouble, ForeignFile, StorageFull, Vanished
from wizard.library.salvage import salvage
from wizard.library.secret import Secret
from wizard.library.wipe import copy_of

Reopen = Callable[..., Library]


def fill(library: Library, many: int = 40) -> None:
    for number in range(many):
        library.cases.new(case(f"案件{number}", subject__comment="值" * 1500))


def damage(file: Path, kind: str) -> None:
    data = bytearray(file.read_bytes())
    if kind == "zero":
        data = bytearray()
    elif kind == "random":
        data = bytearray(random.Random(1).randbytes(16384))
    elif kind == "cut":
        del data[len(data) // 2 :]
    elif kind == "first":
        data[500] ^= 1
    else:
        chosen = random.Random(2)
        for _ in range(40 if kind == "bits" else 1):
            data[chosen.randrange(8192, len(data))] ^= 1 << chosen.randrange(8)
    file.write_bytes(data)


@pytest.mark.parametrize("kind", ["zero", "random", "cut", "bits", "bit", "first", "gone"])
def test_damage_is_found_left_alone_and_a_backup_put_in_its_place(
    library: Library, home: Path, reopen: Reopen, kind: str
):
    fill(library)
    made = library.backups.make()
    library.close()
    file = home / "library.db"
    if kind == "gone":
        file.unlink()
    else:
        damage(file, kind)
    before = file.read_bytes() if kind != "gone" else b""
    for _ in range(2):  # asked again, it says the same
        with pytest.raises(Damaged) as found:
            reopen()
        assert found.value.newest_good
        assert found.value.newest_good.folder == made.path
        assert (file.read_bytes() if kind != "gone" else b"") == before
    with place.unlock(home, backup=made.path, passphrase=PASSPHRASE) as library:
        assert library.cases.count() == 40
        assert library.notices[0].startswith("已恢复")
    aside = list(home.glob("library.db.damaged-*"))
    assert [path.read_bytes() for path in aside] == ([] if kind == "gone" else [before])
    reopen()


def test_a_library_never_starts_empty_where_one_was(library: Library, home: Path, reopen: Reopen):
    library.close()
    (home / "library.db").write_bytes(b"")
    with pytest.raises(Damaged, match="不是新的客户库") as found:
        reopen()
    assert found.value.candidates == ()
    assert (home / "library.db").read_bytes() == b""


def test_an_older_backup_is_offered_where_the_newest_is_damaged(library: Library, home: Path, reopen: Reopen):
    fill(library)
    older = library.backups.make()
    library.cases.new(case("后来的"))
    newest = library.backups.make()
    library.close()
    damage(newest.file, "bit")
    damage(home / "library.db", "cut")
    with pytest.raises(Damaged) as found:
        reopen()
    assert [(one.folder, one.good) for one in found.value.candidates] == [
        (newest.path, False),
        (older.path, True),
    ]
    assert found.value.candidates[0].reason
    with pytest.raises(Damaged, match="更早的一份"):
        place.unlock(home, backup=newest.path, passphrase=PASSPHRASE)
    assert (home / "library.db").stat().st_size > 0
    with place.unlock(home, backup=older.path, passphrase=PASSPHRASE) as library:
        assert library.cases.count() == 40


def test_where_no_backup_is_good_what_can_be_read_is_read(library: Library, home: Path, tmp_path: Path):
    fill(library, 60)
    library.marks.set_state([1], "ready")
    library.marks.tag([1], ["急"])
    library.files.write(1, "执照.jpg", b"picture" * 3000)
    library.close()
    file = home / "library.db"
    before = bytearray(file.read_bytes())
    before[len(before) // 2 + 100] ^= 1
    file.write_bytes(before)
    done = salvage(home, tmp_path / "新库", Secret("passphrase", PASSPHRASE))
    assert done.cases + done.cases_lost == 60
    assert done.cases > 40
    assert file.read_bytes() == before
    with place.unlock(tmp_path / "新库", recovery_key=done.recovery_key) as made:
        assert made.cases.count() == done.cases
        assert made.cases.load(1).draft.text("mini_program.name").startswith("案件")
        if done.files:
            assert made.files.read(1, "执照.jpg") == b"picture" * 3000
    damage(file, "random")
    with pytest.raises(Damaged, match="从开头就损坏"):
        salvage(home, tmp_path / "另一个", Secret("passphrase", PASSPHRASE))


def test_a_backup_put_back_after_damage_does_not_bring_back_what_was_purged(
    library: Library, home: Path, reopen: Reopen
):
    fill(library, 3)
    made = library.backups.make()
    library.privacy.purge([2], date(2026, 11, 25))
    library.close()
    damage(home / "library.db", "cut")
    with place.unlock(home, backup=made.path, passphrase=PASSPHRASE) as again:
        assert sorted(row.id for row in again.cases.rows()) == [1, 3]
        assert any("已再次删除" in notice for notice in again.notices)


def leave_unclean(library: Library, home: Path, keep: Path) -> None:
    """Copy the open library away as a kill leaves it, close, and put the copy back."""
    shutil.copytree(home, keep)
    library.close()
    shutil.rmtree(home)
    shutil.move(keep, home)


def test_an_unclean_end_is_checked_and_nothing_is_lost(
    library: Library, home: Path, tmp_path: Path, reopen: Reopen
):
    fill(library)
    leave_unclean(library, home, tmp_path / "keep")
    assert (home / "library.db-wal").stat().st_size > 0
    with reopen() as again:
        assert again.cases.count() == 40
        assert again.notices == ["上次没有正常退出，已检查整个客户库，内容完好"]
    assert reopen().notices == []
    assert not (home / "library.trial").exists()


def test_an_index_that_lies_is_rebuilt_on_a_copy(
    library: Library, home: Path, tmp_path: Path, reopen: Reopen
):
    fill(
        library, 20
    )  # still in the log: the file alone is older, and a change that nothing counted is not seen
    with library._database.alone() as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("DROP TRIGGER search_changed")
        connection.execute("UPDATE search SET words = 'lies' WHERE id = 3")
        sql = " ".join(statement for statement in _tables() if "TRIGGER search_changed" in statement)
        connection.execute(sql)
    leave_unclean(library, home, tmp_path / "keep")
    again = reopen()
    assert "已重建" in again.notices[0]
    assert [row.id for row in again.cases.rows()].count(3) == 1
    assert len(list(home.glob("library.db.damaged-*"))) == 2  # the file and its log
    assert again.backups.verify_library() == ""


def _tables() -> tuple[str, ...]:
    from wizard.library.schema import TABLES

    return tuple(TABLES)


@pytest.mark.parametrize("of", ["another", "itself"])
def test_a_log_of_another_library_or_time_is_not_replayed(
    library: Library, home: Path, tmp_path: Path, reopen: Reopen, of: str
):
    if of == "another":
        other, _ = place.create(tmp_path / "other", PASSPHRASE)
    else:  # the same one, earlier, as a kill and a backup copied back by hand leave it
        library.close()
        shutil.copytree(home, tmp_path / "other")
        other, library = place.unlock(tmp_path / "other", passphrase=PASSPHRASE), reopen()
    fill(library, 40)
    library.close()
    fill(other, 20)
    shutil.copyfile(tmp_path / "other" / "library.db-wal", home / "library.db-wal")
    other.close()
    before = (home / "library.db").read_bytes()
    again = reopen()
    assert again.cases.count() == 40
    assert (home / "library.db").read_bytes() == before
    assert "日志文件" in again.notices[0]
    assert list(home.glob("library.db.damaged-*-wal"))
    assert again.backups.verify_library() == ""


def test_a_disk_that_cannot_be_read_is_not_damage(
    library: Library, home: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
):
    library.backups.make()
    library.close()
    error = driver().OperationalError("disk I/O error")
    error.sqlite_errorcode = 266

    def fail(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("wizard.library.check.connect", fail)
        with pytest.raises(DiskTrouble):
            reopen()
    assert not list(home.glob("*.damaged-*"))
    reopen()


def test_damage_met_while_open_is_looked_into_at_the_next_start(
    library: Library, home: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
):
    fill(library)
    made, key = library.backups.make(), copy_of(library._database.key)
    library.close()
    monkeypatch.setattr(
        "wizard.library.opening._SMALL", 0
    )  # as with a large file: not every page at the start
    file = home / "library.db"
    data = bytearray(file.read_bytes())
    connection = connect(file, key, look_only=True)
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'search'").fetchone()[0]
    connection.close()
    data[(page - 1) * 4096 + 300] ^= 1
    file.write_bytes(data)
    again = reopen()
    with pytest.raises(Damaged, match="重新打开"):
        again.cases.new(case("甲"))
    with pytest.raises(Damaged):
        again.backups.make()
    assert again.backups.all() == [made]
    again.close()
    with pytest.raises(Damaged) as found:
        reopen()
    assert found.value.newest_good


@pytest.mark.parametrize("moment", ["before", "between"])
def test_a_restore_that_was_cut_short_is_finished_or_forgotten(
    library: Library, home: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch, moment: str
):
    fill(library)
    made = library.backups.make()
    library.close()
    damage(home / "library.db", "cut")

    class Killed(BaseException):
        pass

    calls: list[Path] = []
    real = recovery.move

    def stop(source: Path, target: Path) -> None:
        if target.name == ("library.db.next" if moment == "before" else "library.db"):
            raise Killed
        calls.append(target)
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(recovery, "move", stop)
        with pytest.raises(Killed):
            place.unlock(home, backup=made.path, passphrase=PASSPHRASE)
    if moment == "before":
        with pytest.raises(Damaged):
            reopen()
    else:
        assert reopen().cases.count() == 40
    assert not list(home.glob("library.db.part*"))
    assert not (home / "library.db.next").exists()


def test_the_file_taken_away_while_open_is_noticed_before_the_next_write(
    library: Library, home: Path, tmp_path: Path
):
    number = library.cases.new(case("甲"))
    moved = home / "elsewhere.db"
    (home / "library.db").rename(moved)
    with pytest.raises(Vanished, match="另存"):
        library.cases.save(number, case("乙"), 1)
    assert not (home / "library.db").exists()
    (home / "library.db").write_bytes(b"another file")
    with pytest.raises(Vanished):
        library.cases.new(case())
    assert (home / "library.db").read_bytes() == b"another file"
    library.save_elsewhere(tmp_path / "另存")
    with place.unlock(tmp_path / "另存", passphrase=PASSPHRASE) as saved:
        assert saved.cases.row(number).program == "甲"
    with pytest.raises(FileProblem, match="已经有"):
        library.save_elsewhere(tmp_path / "另存")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk(tmp_path: Path):
    import subprocess

    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(small)], check=False)
    if mounted.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        made, _ = place.create(small / "库", PASSPHRASE)
        number = made.cases.new(case("甲"))
        version, draft = 1, made.cases.load(number).draft
        for step in range(2000):
            draft = draft.with_answer("subject.comment", f"{step}" + "字" * 3000)
            try:
                version = made.cases.save(number, draft, version)
            except StorageFull:
                break
        with pytest.raises(StorageFull, match="空间不足"):
            made.cases.save(number, draft, version)
        saved = made.cases.load(number)
        assert saved.version == version
        with pytest.raises(StorageFull, match="空间不足"):
            made.backups.make()
        assert list(small.glob("库/backups/*")) == []
        subprocess.run(["mount", "-o", "remount,size=30m", str(small)], check=True)
        assert made.cases.save(number, draft, version) == version + 1  # the same window goes on
        made.backups.make()
        made.close()
        with place.unlock(small / "库", passphrase=PASSPHRASE) as again:
            assert again.backups.verify_library() == ""
            assert again.cases.load(number).version == version + 1
    finally:
        subprocess.run(["umount", str(small)], check=False)


@pytest.mark.skipif(os.name == "nt", reason="a limit that other systems set")
def test_an_attachment_that_meets_a_limit_of_the_system(library: Library, home: Path, reopen: Reopen):
    import resource
    import signal

    number = library.cases.new(case("甲"))
    old_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    old_signal = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2 * 1024 * 1024, old_limit[1]))
        with pytest.raises((DiskTrouble, StorageFull)):
            library.files.write(number, "大.jpg", os.urandom(4 * 1024 * 1024))
        assert library.files.of(number) == []
        assert library.cases.load(number).row.program == "甲"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, old_limit)
        signal.signal(signal.SIGXFSZ, old_signal)
    library.files.write(number, "大.jpg", b"fits")
    library.close()
    assert reopen().files.read(number, "大.jpg") == b"fits"


def test_a_database_of_somebody_else_in_its_place_is_refused_and_kept_aside_by_restoring(
    library: Library, home: Path, reopen: Reopen
):
    fill(library)
    made = library.backups.make()
    library.close()
    foreign = b"SQLite format 3\0" + bytes(5000)
    (home / "library.db").write_bytes(foreign)
    with pytest.raises(ForeignFile, match="restore 恢复"):
        reopen()
    assert (home / "library.db").read_bytes() == foreign
    with place.unlock(home, backup=made.path, passphrase=PASSPHRASE) as again:
        assert again.cases.count() == 40
    assert [path.read_bytes() for path in home.glob("library.db.damaged-*")] == [foreign]
