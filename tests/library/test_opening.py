"""The way in: secrets, key files, locks, places; each refusal is its own and changes nothing."""

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.library.conftest import ID_NUMBER, PASSPHRASE, Drawer, case
from wizard.files import FileProblem
from wizard.library import key_file, location, place, schema
from wizard.library.engine import connect
from wizard.library.library import Library
from wizard.library.problems import (
    Damaged,
    ForeignFile,
    HeldElsewhere,
    KeyLost,
    NewerVersion,
    NoEncryption,
    NoKeyStore,
    NotALibrary,
    ReadOnlyPlace,
    WaitFirst,
    WrongPassphrase,
    WrongRecoveryKey,
)
from wizard.library.recovery_key import new_recovery_key, read_recovery_key
from wizard.library.wipe import copy_of

Reopen = Callable[..., Library]


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in ("library.lock", "library.tries")
    }


def test_three_ways_in(home: Path, drawer: Drawer, reopen: Reopen):
    made, recovery_key = place.create(home, PASSPHRASE, keep_in_key_store=True)
    number = made.cases.new(case("绿柠檬"))
    made.close()
    assert place.ways_named(home) == ("key_store", "passphrase", "recovery")
    secrets: list[dict[str, object]] = [
        {"passphrase": PASSPHRASE},
        {"recovery_key": recovery_key.lower().replace("-", " ")},
        {"from_key_store": True},
    ]
    for secret in secrets:
        with reopen(**secret) as library:
            assert library.cases.row(number).program == "绿柠檬"


def test_without_a_passphrase_the_key_store_is_a_must(home: Path, drawer: Drawer, reopen: Reopen):
    with pytest.raises(FileProblem, match="口令"):
        place.create(home)
    drawer.broken = True
    with pytest.raises(NoKeyStore):
        place.create(home, keep_in_key_store=True)
    assert not home.exists()
    drawer.broken = False
    made, recovery_key = place.create(home, keep_in_key_store=True)
    made.close()
    drawer.held.clear()
    with pytest.raises(NoKeyStore):
        reopen(from_key_store=True)
    reopen(recovery_key=recovery_key).keys.remember()


def test_a_second_library_is_never_made_over_a_first(library: Library, home: Path):
    library.cases.new(case())
    library.close()
    before = content(home)
    with pytest.raises(FileProblem, match="已经有客户库"):
        place.create(home, "别的口令")
    assert content(home) == before


def test_a_wrong_passphrase_is_not_damage_and_waits_longer_each_time(
    library: Library, home: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
):
    library.close()
    before, waits, clock = content(home), [], [1000.0]
    monkeypatch.setattr("wizard.library.tries.time.time", lambda: clock[0])
    for _ in range(5):
        with pytest.raises(WrongPassphrase, match="口令不正确") as refused:
            reopen(passphrase="错的")
        waits.append(refused.value.wait)
        if refused.value.wait:
            with pytest.raises(WaitFirst):
                reopen()
        clock[0] += refused.value.wait
    assert waits == [0, 0, 2, 4, 8]
    assert content(home) == before
    again = reopen()
    assert again.audit.events(1)[0].detail == "口令输错 5 次"
    assert not (home / "library.tries").exists()


def test_a_miscopied_recovery_key_is_told_from_a_wrong_one(library: Library, reopen: Reopen):
    library.close()
    other = new_recovery_key()
    with pytest.raises(WrongRecoveryKey, match="不是这个客户库的"):
        reopen(recovery_key=other)
    wrong = "3" if other[8] != "3" else "4"
    with pytest.raises(WrongRecoveryKey, match="第 2 组"):
        reopen(recovery_key=other[:8] + wrong + other[9:])
    with pytest.raises(WrongRecoveryKey, match="34 位"):
        reopen(recovery_key=other[:-1])
    assert read_recovery_key(other.lower()) == read_recovery_key(other)


def test_changing_secrets(library: Library, reopen: Reopen, drawer: Drawer):
    assert library.keys.fits(PASSPHRASE)
    library.keys.change_passphrase("新口令")
    new_key = library.keys.new_recovery_key()
    library.keys.remember()
    library.keys.remember()
    assert len(drawer.held) == 1
    library.keys.forget()
    assert not drawer.held
    with pytest.raises(FileProblem, match="不能是空的"):
        library.keys.change_passphrase("")
    library.close()
    for secret in ({"passphrase": "新口令"}, {"recovery_key": new_key}):
        reopen(**secret).close()
    with pytest.raises(WrongPassphrase):
        reopen()


def test_a_new_data_key_opens_with_the_new_secrets_only(library: Library, reopen: Reopen, home: Path):
    number = library.cases.new(case("留下的"))
    old = library.backups.make()
    before = (home / "library.db").read_bytes()
    recovery_key = library.keys.rekey("换了人")
    assert library.backups.verify(old) == ""
    library.cases.save(number, library.cases.load(number).draft.with_answer("subject.comment", "后来"), 1)
    library.close()
    assert (home / "library.db").read_bytes()[:64] != before[:64]
    with pytest.raises(WrongPassphrase):
        reopen()
    with reopen(recovery_key=recovery_key) as again:
        assert again.cases.load(number).draft.text("subject.comment") == "后来"
        assert again.backups.restore(old) is None
        assert again.cases.load(number).draft.text("subject.comment") == ""
        assert again.backups.verify(old) == ""
    reopen(passphrase="换了人")


@pytest.mark.parametrize("lost", [("library.key",), ("library.key2",)])
def test_one_copy_of_the_key_file_is_enough_and_the_other_comes_back(
    library: Library, home: Path, reopen: Reopen, lost: tuple[str, ...]
):
    library.close()
    good = (home / "library.key").read_bytes()
    for name in lost:
        damaged = bytearray(good)
        damaged[len(good) // 2] ^= 1
        (home / name).write_bytes(damaged)
    reopen().close()
    assert [(home / name).read_bytes() for name in ("library.key", "library.key2")] == [good, good]


def test_both_copies_of_the_key_file_lost(library: Library, home: Path, reopen: Reopen):
    library.backups.make()
    library.close()
    for name in ("library.key", "library.key2"):
        (home / name).write_bytes(b"")
    reopen().close()  # a backup has it too
    for path in [*home.glob("library.key*"), *home.glob("backups/*/library.key")]:
        path.write_bytes(b"{}")
    with pytest.raises(KeyLost, match="钥匙文件"):
        reopen()


def test_settings_of_a_key_file_that_would_eat_all_memory_are_refused(library: Library):
    document = json.loads(key_file.dump(library.keys.header))
    assert document["slots"][0][1]["kind"] == "passphrase"
    document["slots"][0][1]["memory_kib"] = 1 << 30
    body = {name: value for name, value in document.items() if name != "sum"}
    document["sum"] = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    assert key_file.parse(json.dumps(document).encode()) is None


def test_an_empty_folder_and_a_strange_one(home: Path, tmp_path: Path):
    for folder in (home, tmp_path):
        with pytest.raises(NotALibrary):
            place.unlock(folder, passphrase=PASSPHRASE)
    assert not home.exists()


@pytest.mark.parametrize("kind", ["future", "foreign", "trigger", "plain"])
def test_a_file_of_somebody_else_is_refused_unchanged(
    library: Library, home: Path, reopen: Reopen, kind: str
):
    key = copy_of(library._database.key)
    library.close()
    file = home / "library.db"
    if kind == "plain":
        file.unlink()
        with sqlite3.connect(file) as plain:
            plain.execute("CREATE TABLE moz_places (id)")
        plain.close()
    else:
        connection = connect(file, key)
        statement = {
            "future": f"PRAGMA user_version = {schema.VERSION + 1}",
            "foreign": "PRAGMA application_id = 1",
            "trigger": "CREATE TRIGGER t AFTER UPDATE ON cases BEGIN DELETE FROM cases; END",
        }[kind]
        connection.execute(statement)
        connection.close()
    before = content(home)
    with pytest.raises(NewerVersion if kind == "future" else ForeignFile):
        reopen()
    assert content(home) == before


def test_the_second_window_is_told_who_has_it(library: Library, home: Path, reopen: Reopen):
    with pytest.raises(HeldElsewhere, match=f"进程 {os.getpid()}") as held:
        reopen()
    assert (held.value.pid, held.value.app, held.value.releasable) == (os.getpid(), "备案助手", False)
    with pytest.raises(HeldElsewhere):
        place.unlock(home, passphrase=PASSPHRASE, release=True)
    library.close()
    reopen()


def test_another_process_is_kept_out_and_its_death_lets_in(library: Library, home: Path, reopen: Reopen):
    library.close()
    script = (
        "import sys, time; from pathlib import Path; from wizard.library import place;"
        "library = place.unlock(Path(sys.argv[1]), passphrase=sys.argv[2]);"
        "print('open', flush=True); time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(home), PASSPHRASE], stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(HeldElsewhere, match=f"进程 {holder.pid}"):
            reopen()
    finally:
        holder.kill()
        holder.communicate()
    again = reopen()
    assert again.notices == ["上次没有正常退出，已检查整个客户库，内容完好"]


@pytest.mark.parametrize(
    ("text", "network", "waits"),
    [
        ('{"pid": 1, "host": "别的电脑", "app": "备案助手", "since": "2026-11-24T09:00:00"}', False, True),
        ('{"pid": 1, "host": "别的电脑", "app": "备案助手"', True, True),
        ('{"pid": 1, "host": "别的电脑", "app": "备案助手"', False, False),
        ("", True, False),
        ("", False, False),
    ],
)
def test_a_lock_that_nobody_can_vouch_for_is_released_by_the_person(
    library: Library,
    home: Path,
    reopen: Reopen,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    network: bool,
    waits: bool,
):
    library.close()
    (home / "library.lock").write_text(text, encoding="utf-8")
    monkeypatch.setattr(location, "kind_of", lambda folder: "network" if network else "local")
    if waits:
        with pytest.raises(HeldElsewhere, match="确认没有别的窗口") as held:
            reopen()
        assert held.value.releasable
    reopen(passphrase=PASSPHRASE, release=waits)


def test_places_that_are_warned_of(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    mounts = [("/", "ext4"), (str(tmp_path / "share"), "cifs"), (str(tmp_path / "share" / "disk"), "ext4")]
    monkeypatch.setattr(location, "_mounts", lambda: mounts)
    kinds = {
        "share/客户": "network",
        "shared": "local",
        "share/disk/客户": "local",
        "OneDrive - 公司/客户": "synced",
        "坚果云/客户": "synced",
        "one/客户": "local",
    }
    assert {name: location.kind_of(tmp_path / name) for name in kinds} == kinds
    (tmp_path / "one" / ".stfolder").mkdir(parents=True)
    assert location.kind_of(tmp_path / "one" / "客户") == "synced"


@pytest.mark.parametrize("old", [False, True])
def test_no_log_on_the_network_and_no_second_connection_with_an_old_sqlite(
    home: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch, old: bool
):
    if old:
        monkeypatch.setattr("wizard.library.cipher.SAFE", (99, 0, 0))
    else:
        monkeypatch.setattr(location, "kind_of", lambda folder: "network")
    made, _ = place.create(home, PASSPHRASE)
    number = made.cases.new(case("甲"))
    assert made._database.value("PRAGMA locking_mode") == "exclusive"
    assert made._database.value("PRAGMA journal_mode") == ("wal" if old else "delete")
    assert (home / "library.db-wal").exists() == old
    assert not (home / "library.db-shm").exists()
    assert made.backups.verify(made.backups.make()) == ""
    assert made.backups.verify_library() == ""
    made.close()
    with reopen() as again:
        assert again.cases.row(number).program == "甲"
        assert bool(again.notices) == (not old)


def test_without_the_encrypting_component_nothing_is_made(home: Path, monkeypatch: pytest.MonkeyPatch):
    from wizard.library import cipher

    cipher.driver.cache_clear()
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    try:
        for act in (place.create, place.unlock):
            with pytest.raises(NoEncryption, match="加密组件"):
                act(home, passphrase=PASSPHRASE)
    finally:
        cipher.driver.cache_clear()
    assert not home.exists()


@pytest.mark.parametrize(
    "name",
    [
        "客 户 库 😀",
        "库." if os.name != "nt" else "库",
        "很长" * 30,
        "a%20b?c#d" if os.name != "nt" else "a%20b",
    ],
)
def test_any_name_of_a_folder(tmp_path: Path, name: str):
    folder = tmp_path / name / name
    made, _ = place.create(folder, PASSPHRASE)
    number = made.cases.new(case())
    made.backups.make()
    made.close()
    with place.unlock(folder / "library.db", passphrase=PASSPHRASE) as again:
        assert again.cases.load(number).version == 1


def test_an_interrupted_first_start(home: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch):
    """The key file is written, the library is not: the next start completes it."""

    class Killed(BaseException):
        pass

    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("wizard.library.opening.move", kill)
        with pytest.raises(Killed):
            place.create(home, PASSPHRASE)
    assert not (home / "library.db").exists()
    with reopen() as library:
        library.cases.new(case())
    (home / "library.db").unlink()
    with pytest.raises(Damaged, match="不见了"):
        reopen()


def test_a_folder_that_cannot_be_written(library: Library, home: Path, monkeypatch: pytest.MonkeyPatch):
    library.close()

    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("wizard.library.lock.os.open", refuse)
    with pytest.raises(ReadOnlyPlace, match="没有权限"):
        place.unlock(home, passphrase=PASSPHRASE)


def test_the_pragmas_that_were_measured(library: Library):
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "cipher_memory_security": "0",
        "busy_timeout": 5000,
    }
    assert {name: library._database.value(f"PRAGMA {name}") for name in wanted} == wanted
    assert library._database.read("SELECT v FROM search_index_config WHERE k = 'secure-delete'") == [(1,)]


def test_files_are_readable_by_their_owner_only(library: Library, home: Path):
    library.cases.new(case())
    library.backups.make()
    if os.name != "nt":
        assert {path.stat().st_mode & 0o077 for path in home.rglob("*")} == {0}


def test_secrets_do_not_show(library: Library):
    from wizard.library.secret import Secret

    assert PASSPHRASE not in repr(Secret("passphrase", PASSPHRASE))
    assert ID_NUMBER not in repr(library.parties.people())
