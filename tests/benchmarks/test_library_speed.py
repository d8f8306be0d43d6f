"""A library of 100 000 made cases: opened, searched, saved; and what encryption costs beside plain SQLite."""

import os
import random
import shutil
import sqlite3
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from wizard.draft import Draft
from wizard.library import cipher, engine, place, schema
from wizard.library.cases import Cases
from wizard.library.engine import Database
from wizard.library.files import Files
from wizard.library.history import History
from wizard.library.library import Library
from wizard.library.records import Query

MANY, PART = 100_000, 10_000
SEARCHES = ["科技有限公司", "柠檬", "张", "wx0a1", "91110", "不在里面的字", "丁丂七丄"]
PRIVATE = "110101199003078891"
_HAN = [chr(0x4E00 + point) for point in range(2500)]


def made(number: int, chosen: random.Random) -> Draft:
    """An invented case as large as a real one."""
    answers = {
        "subject.name": "".join(chosen.choices(_HAN, k=4)) + "科技有限公司",
        "subject.province": chosen.choice(["北京市", "上海市", "广东省", "四川省"]),
        "subject.certificate_number": f"9111{chosen.randrange(10**13):013d}X",
        "subject.certificate_address": "某市某区某路某号" * 4,
        "subject.business_scope": "技术开发、技术咨询、技术服务；" * 20,
        "mini_program.name": "".join(chosen.choices(_HAN, k=6)),
        "mini_program.appid": f"wx{chosen.getrandbits(64):016x}",
        "mini_program.comment": "本小程序提供点餐、外卖和会员服务。" * 5,
    }
    for role in ("principal", "contact"):
        answers[f"{role}.name"] = "".join(chosen.choices(_HAN, k=3))
        answers[f"{role}.certificate_number"] = f"{110101_1990_0000_0000 + number}"
        answers[f"{role}.mobile"] = f"13{chosen.randrange(10**9):09d}"
    return Draft(answers={**answers, "subject.comment": f"第 {number} 个"})


def add(cases: Cases, database: Database, many: int) -> float:
    chosen, begun = random.Random(7), time.perf_counter()
    for start in range(0, many, 1000):
        with database.write():
            for number in range(start, min(start + 1000, many)):
                cases.new(made(number, chosen))
    return time.perf_counter() - begun


def timed(act: Callable[[], Any], times: int = 5) -> float:
    """The median of a few runs, in milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("large") / "库"
    library, _ = place.create(folder, "口令")
    seconds = add(library.cases, library._database, MANY)
    print(f"\n{MANY} cases made in {seconds:.0f} s, {library._database.path.stat().st_size / 1e6:.0f} MB")
    library.close()
    yield folder
    shutil.rmtree(folder)


@pytest.mark.benchmark
def test_a_large_library_is_opened_searched_and_saved(large: Path):
    def open_and_list() -> Library:
        library = place.unlock(large, passphrase="口令")
        library.cases.rows(limit=100)
        return library

    fsync = timed(lambda: _synced(large / "floor"), 20)
    begun = time.perf_counter()
    open_and_list().close()
    print(f"\ncold open to list: {(time.perf_counter() - begun) * 1000:.0f} ms (aim 1000)")
    library = open_and_list()
    for text in [*SEARCHES, PRIVATE]:
        query = Query(text)
        shown = "(an ID number)" if text == PRIVATE else text
        print(f"search {shown}: {timed(lambda query=query: library.cases.rows(query)):.1f} ms (aim 50)")
    for offset in (0, MANY // 2, MANY - 100):
        print(f"100 rows from {offset}: {timed(lambda o=offset: library.cases.rows(offset=o)):.1f} ms")
    for sort in ("subject", "deadline", "state"):
        print(f"sorted by {sort}: {timed(lambda s=sort: library.cases.rows(Query(sort=s))):.1f} ms")
    version = [library.cases.row(5).version]
    draft = library.cases.load(5).draft

    def save() -> None:
        changed = draft.with_answer("subject.comment", f"{version[0]}")
        version[0] = library.cases.save(5, changed, version[0])

    print(f"save: {timed(save, 40):.2f} ms (aim 10; one fsync here {fsync:.2f} ms)")
    print(f"subjects by name: {timed(lambda: library.parties.subjects('科技')):.0f} ms")
    tracemalloc.start()
    for offset in range(0, MANY, 1000):
        library.cases.rows(offset=offset)
    print(f"scrolled through all: {tracemalloc.get_traced_memory()[1] / 1e6:.2f} MB at most")
    tracemalloc.stop()
    begun = time.perf_counter()
    library.backups.make()
    print(f"backup, checked: {time.perf_counter() - begun:.1f} s")
    library.close()


def _synced(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"x" * 8192)
        file.flush()
        os.fsync(file.fileno())


class Plain:
    """The driver of the standard library in the place of the encrypting one."""

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)


@pytest.mark.benchmark
def test_what_encryption_costs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    results: dict[str, tuple[float, list[float]]] = {}
    for kind in ("plain", "encrypted"):
        with monkeypatch.context() as patch:
            if kind == "plain":
                for module in (cipher, engine):
                    patch.setattr(module, "driver", Plain)
                patch.setattr(cipher, "SAFE", (3, 7, 0))
                # an older SQLite takes a full-text index in a trigger for unsafe
                patch.setattr(engine, "PRAGMAS", [one for one in engine.PRAGMAS if "trusted" not in one])
            results[kind] = _measured(tmp_path / f"{kind}.db")
    (plain_insert, plain_search), (insert, search) = results["plain"], results["encrypted"]
    print(
        f"\ninsert {PART}: {insert:.2f} s, plain {plain_insert:.2f} s: x{insert / plain_insert:.2f} (aim 1.5)"
    )
    for text, one, other in zip(SEARCHES, search, plain_search, strict=True):
        print(f"search {text}: {one:.2f} ms, plain {other:.2f} ms: x{one / other:.2f}")
    print(f"all searches: x{sum(search) / sum(plain_search):.2f} (aim 1.2)")


def _build(connection: Any) -> None:
    """The same tables for both; the setting that an older SQLite does not know costs only at deleting."""
    for statement in schema.TABLES:
        connection.execute(statement)
    for name, value in (("revision", 0), ("number_key", b"k" * 32)):
        connection.execute("INSERT INTO meta VALUES (?, ?)", (name, value))


def _measured(path: Path) -> tuple[float, list[float]]:
    connection = engine.connect(path, b"k" * 32, create=True)
    _build(connection)
    connection.close()
    database = Database(path, b"k" * 32)
    cases = Cases(database, Files(database), History(database))
    seconds = add(cases, database, PART)
    searches = [timed(lambda text=text: cases.rows(Query(text)), 9) for text in SEARCHES]
    database.close()
    return seconds, searches
