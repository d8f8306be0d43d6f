"""The list asked through a connection of its own: the right rows in the right order, beside saving."""

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

from tests.library.conftest import PASSPHRASE, case
from wizard.library import listing, schema
from wizard.library.library import Library
from wizard.library.problems import Vanished
from wizard.library.records import STATES, CaseRow, Query, Sort
from wizard.process.work import Cancelled

MANY = 60
TEXTS = ("", "有限", "有限公司", "wx", "wx1", "丁", "丁 公司", "甲乙丙丁", "没有", "ＷＸ1", "13800138007")
Reopen = Callable[..., Library]


@pytest.fixture
def full(library: Library) -> Library:
    """Cases of every state, some with a deadline, some put away."""
    chosen = random.Random(5)
    for number in range(MANY):
        name = "".join(chosen.choices("甲乙丙丁", k=4)) + chosen.choice(["有限公司", "商店"])
        library.cases.new(
            case(
                chosen.choice("甲乙丙") * chosen.randrange(1, 4),
                subject__name=name,
                subject__province=chosen.choice(["北京市", "广东省", ""]),
                mini_program__appid=f"wx{chosen.randrange(50)}",
                principal__mobile=f"138001380{number:02}",
            )
        )
        library.marks.set_state([number + 1], chosen.choice(list(STATES)))
        if number % 3:
            library.marks.set_deadline([number + 1], date(2026, 12, 1) + timedelta(days=chosen.randrange(9)))
    library.marks.bin([3, 7])
    library.marks.tag(range(1, MANY, 4), ["加急"])
    return library


def sorted_by_hand(rows: list[CaseRow], query: Query) -> list[int]:
    def value(row: CaseRow) -> object:
        return list(STATES).index(row.state) if query.sort == "state" else getattr(row, query.sort)

    known = [row for row in rows if query.sort != "deadline" or row.deadline]
    known.sort(key=lambda row: (value(row), row.id), reverse=query.descending)
    unknown = [row for row in rows if query.sort == "deadline" and not row.deadline]
    unknown.sort(key=lambda row: row.id, reverse=query.descending)
    return [row.id for row in known + unknown]


def has(row: CaseRow, text: str, library: Library) -> bool:
    words = library._database.value("SELECT words FROM search WHERE id = ?", (row.id,))
    if text == "13800138007":
        return row.id == 8
    return all(word in words for word in text.replace("ＷＸ", "wx").split())


@pytest.mark.parametrize("reach", [1, 12, 4000])
@pytest.mark.parametrize("sort", get_args(Sort))
def test_the_first_rows_are_the_same_however_they_are_found(
    full: Library, monkeypatch: pytest.MonkeyPatch, sort: Sort, reach: int
):
    monkeypatch.setattr(listing, "REACH", reach)
    for descending in (False, True):
        for marks in ({}, {"states": ("filling", "filed")}, {"tags": ("加急",)}, {"provinces": ("北京市",)}):
            for text in TEXTS:
                query = Query(text, sort=sort, descending=descending, **marks)  # type: ignore[arg-type]
                everything = full.cases.rows(replace(query, text=""), limit=-1)
                wanted = sorted_by_hand([row for row in everything if has(row, text, full)], query)
                for limit, offset in ((1, 0), (7, 0), (7, 5), (200, 0)):
                    found = [row.id for row in full.cases.rows(query, limit, offset)]
                    assert found == wanted[offset : offset + limit], (query, limit, offset)
                assert full.cases.ids(query) == wanted
                assert full.cases.count(query) == len(wanted)


def test_the_bin_and_all_but_the_bin_are_searched_too(full: Library):
    assert {row.id for row in full.cases.rows(Query("wx", where="bin"))} == {3, 7}
    assert len(full.cases.rows(Query("wx", where=None), limit=200)) == MANY - 2


def test_every_order_is_walked_along_an_index(full: Library):
    for sort in get_args(Sort):
        for descending in (False, True):
            sql, values = listing._nearest(Query(sort=sort, descending=descending), ["wx"], 200, 0)
            plan = [row[3] for row in full._database.read(f"EXPLAIN QUERY PLAN {sql}", values)]
            assert not [step for step in plan if "B-TREE" in step], (sort, plan)


def test_the_states_sort_as_they_are_listed():
    numbers = " ".join(f"WHEN '{state}' THEN {at}" for at, state in enumerate(STATES))
    assert f"CASE state {numbers} END" == schema.STATE_ORDER


def test_the_list_is_answered_while_somebody_else_saves(full: Library):
    before = len(full.cases.rows(limit=200))
    inside, leave = threading.Event(), threading.Event()

    def save() -> None:
        with full.transaction():
            full.cases.new(case("新的"))
            assert len(full.cases.rows(limit=200)) == before + 1
            inside.set()
            leave.wait(10)

    saving = threading.Thread(target=save)
    saving.start()
    assert inside.wait(10)
    assert len(full.cases.rows(limit=200)) == before
    leave.set()
    saving.join()
    assert len(full.cases.rows(limit=200)) == before + 1


def test_a_question_that_is_called_off_ends_and_the_next_is_answered(full: Library):
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(Cancelled):
        full._database.look(
            "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 100000000) "
            "SELECT count(*) FROM n",
            (),
            stop,
        )
    assert len(full.cases.rows(limit=5)) == 5
    with pytest.raises(Cancelled):
        full.cases.ids(cancelled=lambda: True)


def test_closing_leaves_nothing_beside_the_file_and_answers_no_more(full: Library, home: Path):
    full.cases.rows()
    full.close()
    assert not list(home.glob("library.db-*"))
    with pytest.raises(Vanished, match="已经关闭"):
        full.cases.rows()


def test_the_list_goes_on_under_a_new_key_and_after_everything_was_written_anew(full: Library):
    before = [row.id for row in full.cases.rows(limit=200)]
    full.keys.rekey(passphrase=PASSPHRASE)
    assert [row.id for row in full.cases.rows(limit=200)] == before
    full.privacy.clear()
    assert [row.id for row in full.cases.rows(limit=200)] == before


def test_a_file_put_in_the_place_of_the_open_one_is_not_read(full: Library, home: Path):
    before = [row.id for row in full.cases.rows(limit=200)]
    (home / "library.db").rename(home / "elsewhere.db")
    (home / "library.db").write_bytes(b"something else" * 1000)
    assert [row.id for row in full.cases.rows(limit=200)] == before
