"""The list of 100 000 cases in the window: opened, typed into, scrolled, sorted; what stands still meanwhile.

Each figure stands beside the floor: how long the same window stands still while nothing is asked of it.
"""

import os
import random
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.test_library_speed import MANY, add
from ui import demo_hand as hand
from ui.library_model import COLUMNS, SORTS
from wizard.library import place
from wizard.library.library import Library

PASSPHRASE = "蓝鲸台灯"
TYPED = ("wx0a1", "91110", "zzzzz")


def marked(library: Library) -> None:
    """States, tags and deadlines, as in a library that is used."""
    chosen, states = random.Random(3), ("filling", "waiting", "ready", "rejected", "filed")
    tags = [(chosen.choice(("加急", "老客户", "餐饮", "电商")), case) for case in range(3, MANY + 1, 3)]
    with library.transaction():
        run = library._database.run
        for number, state in enumerate(states):
            run("UPDATE cases SET state = ? WHERE id % 5 = ?", (state, number))
        run("UPDATE cases SET deadline = date('2026-12-01', (id % 400 - 30) || ' days') WHERE id % 4 = 0")
        library._database.run_many("INSERT INTO tags VALUES (?, ?)", tags)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The library; the one in ``BEIAN_LARGE_LIBRARY`` where that is set, for making it takes a minute."""
    if ready := os.environ.get("BEIAN_LARGE_LIBRARY"):
        return Path(ready)
    folder = tmp_path_factory.mktemp("large") / "客户库"
    library, _ = place.create(folder, PASSPHRASE)
    add(library.cases, library._database, MANY)
    marked(library)
    library.close()
    return folder


@pytest.fixture
def window(qtbot, qapp, tmp_path, monkeypatch):
    from ui import style
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore
    from wizard.draft import Draft

    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "settings"))
    monkeypatch.setenv("BEIAN_HOME", str(tmp_path))
    style.apply(qapp)
    store = FileStore(tmp_path)
    window = MainWindow(Case(Draft(folder=tmp_path), tmp_path / "a.beian.json", store), store)
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    qtbot.waitUntil(lambda: window.case.report is not None)
    return window


@pytest.fixture
def heart(qapp: object) -> Heartbeat:
    return Heartbeat()


def memory() -> float:
    """Megabytes held now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def until(act: Callable[[], object], there: Callable[[], bool], heart: Heartbeat) -> tuple[float, float]:
    """Milliseconds from `act` until it shows, and the longest standstill on the way."""
    with heart.running():
        begun = time.perf_counter()
        act()
        assert hand.wait(there)
        taken = (time.perf_counter() - begun) * 1000
        QTest.qWait(30)
    return taken, heart.worst


@pytest.mark.benchmark
def test_a_hundred_thousand_cases_in_the_window(window, large, heart):
    session, told = window.room.session, []
    with heart.running():
        QTest.qWait(1000)
    print(f"\nfloor: stands still {heart.worst:.0f} ms at most")
    open_ = lambda: session.open(large, {"passphrase": PASSPHRASE}, lambda: told.append(1), told.append)  # noqa: E731
    print("unlocked after {:.0f} ms, still {:.0f} ms".format(*until(open_, lambda: told == [1], heart)))
    if window.room.page is not None:
        window.room.show_case()
    resets: list[int] = []

    def show() -> None:
        window.room.show_list()
        window.room.page.model.counted.connect(resets.append)

    print("list shown after {:.0f} ms, still {:.0f} ms".format(*until(show, lambda: bool(resets), heart)))
    page, table = window.room.page, window.room.page.table
    QTest.qWait(500)
    _type(page, heart)
    _sort(page, heart)
    _scroll(table, heart)
    _filter(page, heart)
    _choose_all(page, heart)


def _type(page, heart: Heartbeat) -> None:
    model, answers, counts = page.model, [], []
    model.modelReset.connect(lambda: answers.append(1))
    model.counted.connect(counts.append)
    for text in TYPED:
        page.bar.search.setFocus()
        QTest.keyClick(page.bar.search, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        taken, worst = [], 0.0
        for key in text:
            answers.clear()
            one, still = until(
                lambda key=key: QTest.keyClicks(page.bar.search, key), lambda: bool(answers), heart
            )
            taken.append(one)
            worst = max(worst, still)
        assert hand.wait(lambda: bool(counts))
        found = model.rowCount()
        told = " ".join(f"{one:.0f}" for one in taken)
        print(f"search {text}: first rows after {told} ms a key ({found} found), still {worst:.0f} ms")
    page.bar.search.clear()
    answers.clear()
    page.bar.changed.emit()
    assert hand.wait(lambda: bool(answers))


def _sort(page, heart: Heartbeat) -> None:
    answers: list[int] = []
    page.model.counted.connect(answers.append)
    for column, sort in enumerate(SORTS):
        if sort:
            for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
                answers.clear()
                act = lambda c=column, o=order: page.table.horizontalHeader().setSortIndicator(c, o)  # noqa: E731
                taken, still = until(act, lambda: bool(answers), heart)
                print(f"sorted by {COLUMNS[column]} {order.name[:4]}: {taken:.0f} ms, still {still:.0f} ms")


def _scroll(table, heart: Heartbeat) -> None:
    before, bar = memory(), table.verticalScrollBar()
    table.setFocus()
    with heart.running():
        for _ in range(60):
            QTest.keyClick(table, Qt.Key.Key_PageDown)
            QTest.qWait(5)
    print(f"60 pages down: still {heart.worst:.0f} ms")
    with heart.running():
        for at in range(0, bar.maximum(), max(1, bar.maximum() // 300)):
            bar.setValue(at)
            QTest.qWait(8)
    print(f"dragged through all: still {heart.worst:.0f} ms, memory {before:.0f} -> {memory():.0f} MB")


def _filter(page, heart: Heartbeat) -> None:
    answers: list[int] = []
    page.model.counted.connect(answers.append)
    for box, name in ((page.bar.state, "state"), (page.bar.province, "province"), (page.bar.tag, "tag")):
        answers.clear()

        def choose(box=box) -> None:
            box.setCurrentIndex(1)
            box.activated.emit(1)

        taken, still = until(choose, lambda: bool(answers), heart)
        print(f"filter by {name}: {taken:.0f} ms ({answers[-1]} found), still {still:.0f} ms")
        box.setCurrentIndex(0)


def _choose_all(page, heart: Heartbeat) -> None:
    answers: list[int] = []
    page.model.counted.connect(answers.append)
    page.bar.changed.emit()
    assert hand.wait(lambda: bool(answers))
    page.table.setFocus()
    taken, still = until(
        lambda: QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier),
        lambda: "已选" in page.counts.text(),
        heart,
    )
    print(f"all chosen: {taken:.0f} ms, still {still:.0f} ms")
