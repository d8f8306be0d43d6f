"""Backups: whole or not there, thinned by number, put back without bringing back what was purged."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.conftest import PASSPHRASE, case
from wizard.files import FileProblem
from wizard.library import backup, migrations, place, schema
from wizard.library.engine import connect
from wizard.library.library import Library
from wizard.library.problems import Damaged, ForeignFile
from wizard.library.records import Query
from wizard.library.thinning import kept
from wizard.library.wipe import copy_of

Reopen = Callable[..., Library]
TODAY = date(2026, 11, 25)


def test_a_backup_is_a_library_of_its_own(library: Library, tmp_path: Path):
    number = library.cases.new(case("甲"))
    assert library.backups.due()
    made = library.backups.make()
    assert not library.backups.due()
    assert (made.number, made.cases, made.size > 0) == (1, 1, True)
    assert sorted(path.name for path in made.path.iterdir()) == ["about.json", "library.db", "library.key"]
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("library.db", "library.key"):
        (copy / name).write_bytes((made.path / name).read_bytes())
    with place.unlock(copy, passphrase=PASSPHRASE) as opened:
        assert opened.cases.row(number).program == "甲"


def test_closing_makes_one_only_where_something_changed(library: Library, reopen: Reopen):
    library.cases.new(case())
    assert library.close(backup=True) is not None
    again = reopen()
    again.close(backup=True)
    assert [one.cases for one in backup.listed(library.folder / "backups")] == [1, 1]  # the opening is noted


def test_the_second_place_has_them_too(library: Library, tmp_path: Path):
    library.settings.put("second_place", str(tmp_path / "U盘"))
    library.cases.new(case())
    made = library.backups.make()
    copies = list((tmp_path / "U盘").glob("*/*"))
    assert [path.name for path in copies] == [made.path.name]
    assert (copies[0] / "library.db").read_bytes() == made.file.read_bytes()
    (tmp_path / "file").write_bytes(b"")
    library.settings.put("second_place", str(tmp_path / "file" / "U盘"))
    with pytest.raises(FileProblem, match="本机的备份已做好"):
        library.backups.make()
    assert len(library.backups.all()) == 2


def test_restoring_while_open(library: Library):
    number = library.cases.new(case("甲"))
    made = library.backups.make()
    library.cases.new(case("乙"))
    assert library.backups.restore(made) is None
    assert library.cases.count() == 1
    assert library.cases.save(number, case("甲二"), 1) == 2
    newest = library.backups.all()[0]
    assert newest.cases == 2  # what was replaced is a backup now
    library.backups.restore(newest)
    assert library.cases.count() == 2
    assert not list(library.folder.glob("*.damaged-*"))


def test_restoring_does_not_bring_back_what_was_purged(library: Library):
    one, _ = library.cases.new(case("删掉的")), library.cases.new(case("留下的"))
    library.files.write(one, "a.jpg", b"picture")
    made = library.backups.make()
    receipt = library.privacy.purge([one], TODAY)
    library.backups.restore(made)
    assert [row.program for row in library.cases.rows()] == ["留下的"]
    assert library._database.value("SELECT count(*) FROM blobs") == 0
    assert [one.number for one in library.privacy.receipts()] == [receipt.number]


def test_a_damaged_backup_is_not_put_back(library: Library):
    library.cases.new(case("甲"))
    made = library.backups.make()
    library.cases.new(case("乙"))
    data = bytearray(made.file.read_bytes())
    data[len(data) // 2] ^= 1
    made.file.write_bytes(data)
    assert library.backups.verify(made) == "备份文件已损坏"
    with pytest.raises(Damaged):
        library.backups.restore(made)
    assert library.cases.count() == 2


def test_a_backup_that_fails_its_check_replaces_nothing(library: Library, monkeypatch: pytest.MonkeyPatch):
    library.cases.new(case())
    first = library.backups.make()
    monkeypatch.setattr(backup, "examine_file", lambda *_: backup.Health.DAMAGED)
    with pytest.raises(Damaged):
        library.backups.make()
    assert library.backups.all() == [first]
    assert list((library.folder / "backups").iterdir()) == [first.path]


def test_the_newest_is_told_by_its_number_when_the_clock_is_wrong(
    library: Library, monkeypatch: pytest.MonkeyPatch
):
    real = backup.clock.now
    for years in (0, -1, 1, -1):
        monkeypatch.setattr("wizard.library.clock.now", lambda years=years: real() + years * 365 * 86_400_000)
        library.cases.new(case())
        library.backups.make()
    assert [one.cases for one in library.backups.all()] == [4, 3, 2, 1]


@pytest.mark.parametrize("name", ["about.json", "library.key"])
def test_a_backup_that_lost_its_facts_is_still_a_backup(library: Library, name: str):
    library.cases.new(case("甲"))
    made = library.backups.make()
    (made.path / name).write_bytes(b"{")
    (listed,) = library.backups.all()
    assert library.backups.verify(listed) == ""
    library.backups.restore(listed)


def days(text: str) -> list[tuple[int, date]]:
    return [(number, date.fromisoformat(day)) for number, day in enumerate(text.split(), 1)]


def test_what_is_thinned():
    start = date(2026, 1, 1)
    made = [(day * 4 + part, start + timedelta(days=day)) for day in range(329) for part in range(4)]
    stay = kept(made)
    by_day = dict(made)
    newest = max(by_day)
    assert {newest - back for back in range(12)} <= stay
    assert {by_day[number] for number in stay} >= {TODAY - timedelta(days=back - 1) for back in range(1, 7)}
    assert {(by_day[number].year, by_day[number].month) for number in stay} == {
        (2026, m) for m in range(6, 12)
    }
    assert len(stay) <= 12 + 7 + 4 + 6
    assert kept(days("2026-11-25 2025-11-25 2026-11-25")) == {1, 2, 3}


@given(st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)), max_size=80))
def test_thinning_keeps_the_newest_and_never_goes_back_on_itself(made: list[date]):
    numbered = list(enumerate(made, 1))
    stay = kept(numbered)
    assert stay >= {number for number, _ in numbered[-12:]}
    assert kept([one for one in numbered if one[0] in stay]) == stay


def test_an_older_version_is_brought_up_to_date_on_a_copy(
    library: Library, home: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
):
    number = library.cases.new(case("甲"))
    key = copy_of(library._database.key)
    older = library.backups.make()
    library.close()
    added = "CREATE TABLE later (id INTEGER PRIMARY KEY)"
    now = schema.VERSION
    monkeypatch.setattr(schema, "VERSION", now + 1)
    monkeypatch.setattr(schema, "TABLES", (*schema.TABLES, added))
    monkeypatch.setattr(migrations, "STEPS", {now: lambda connection: connection.execute(added)})
    with reopen() as again:
        assert again.cases.row(number).program == "甲"
        assert again._database.value("PRAGMA user_version") == now + 1
        before = again.backups.all()[0]
        assert schema.version_at(before.file, key) == now
        again.backups.restore(older)
        assert again._database.value("PRAGMA user_version") == now + 1


def as_of_version_1(connection: Any) -> None:
    """Make a library what it was before words of one and two characters were in the index."""
    for statement in schema.ADDED:
        kind, name = ("TABLE", 3) if "VIRTUAL" in statement else ("INDEX", 2)
        connection.execute(f"DROP {kind} {statement.split()[name]}")
    connection.execute("UPDATE search SET words = rtrim(words, char(10))")
    connection.execute("PRAGMA user_version = 1")


def test_a_library_of_the_first_version_finds_short_words_too(library: Library, reopen: Reopen):
    number = library.cases.new(case("甲乙店", subject__name=""))
    key, file = copy_of(library._database.key), library._database.path
    library.close()
    connection = connect(file, key)
    as_of_version_1(connection)
    connection.close()
    with reopen() as again:
        assert again._database.value("PRAGMA user_version") == schema.VERSION
        for text in ("甲", "乙店", "店", "甲乙店"):
            assert [row.id for row in again.cases.rows(Query(text))] == [number]
        assert again.backups.verify_library() == ""
        assert schema.version_at(again.backups.all()[0].file, key) == 1


def test_a_first_version_with_something_foreign_in_it_is_left_alone(library: Library, reopen: Reopen):
    key, file = copy_of(library._database.key), library._database.path
    library.close()
    connection = connect(file, key)
    connection.execute("CREATE TRIGGER evil AFTER UPDATE ON cases BEGIN DELETE FROM cases; END")
    as_of_version_1(connection)
    connection.close()
    before = file.read_bytes()
    with pytest.raises(ForeignFile, match="不是本程序建立的内容"):
        reopen()
    assert file.read_bytes() == before


def test_a_migration_that_fails_leaves_the_old_library(
    library: Library, home: Path, reopen: Reopen, monkeypatch: pytest.MonkeyPatch
):
    library.cases.new(case("甲"))
    library.close()

    def fail(connection: object) -> None:
        raise RuntimeError("step")

    with monkeypatch.context() as patch:
        now = schema.VERSION
        patch.setattr(schema, "VERSION", now + 1)
        patch.setattr(migrations, "STEPS", {now: fail})
        with pytest.raises(RuntimeError):
            reopen()
    again = reopen()
    assert again.cases.count() == 1
    assert not list(home.glob("library.db.part*"))


def test_what_a_backup_says_of_itself_holds_no_personal_data(library: Library):
    library.cases.new(case("秘密的名字"))
    made = library.backups.make()
    about = json.loads((made.path / "about.json").read_text(encoding="utf-8"))
    assert set(about) == {"made", "cases", "revision"}
    assert datetime.fromisoformat(about["made"]).tzinfo
    assert connect(made.file, library._database.key, look_only=True).execute("SELECT 1").fetchone() == (1,)
