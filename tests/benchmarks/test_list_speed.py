"""The list of 100 000 cases in the window: opened, typed into, scrolled, sorted; what stands still meanwhile.

Each figure stands beside the floor: how long the same window stands still while nothing is asked of it.
"""

import os
import random
import resource
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest

from tests.benchmarks.heartbeat import Heartbeat, live, rest
from tests.benchmarks.test_library_speed import MANY, add
from ui import demo_hand as hand
from ui.library_model import COLUMNS, SORTS
from wizard.library import place
from wizard.library.library import Library

PASSPHRASE = "蓝鲸台灯"
TYPED = ("wx0a1", "91110", "zzzzz", "有限公司", "丁丂七", "丅店", "科技 丁")


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
        assert live(there)
        taken = (time.perf_counter() - begun) * 1000
        rest(30)
    return taken, heart.worst


@pytest.mark.benchmark
def test_a_hundred_thousand_cases_in_the_window(window, large, heart):
    session, told = window.room.session, []
    with heart.running():
        rest(1000)
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
    rest(500)
    painted = Painted(page)
    for pause in (30, 170, 260):
        _type(page, painted, heart, pause)
    for box in (page.bar.state, page.bar.province, page.bar.tag):
        painted.after(partial(_choose, box, 1), heart)
        _type(page, painted, heart, 60, f" with {box.accessibleName()}")
        painted.after(partial(_choose, box, 0), heart)
    header = page.table.horizontalHeader()
    for column, order in (
        (1, Qt.SortOrder.DescendingOrder),
        (5, Qt.SortOrder.AscendingOrder),
        (0, Qt.SortOrder.DescendingOrder),
    ):
        painted.after(partial(header.setSortIndicator, column, order), heart)
        _type(page, painted, heart, 60, f" by {COLUMNS[column]} {order.name[:4]}")
    painted.after(partial(header.setSortIndicator, 7, Qt.SortOrder.DescendingOrder), heart)
    _sort(page, heart)
    _scroll(table, heart)
    _filter(page, heart)
    _choose_all(page, heart)


class Painted(QObject):
    """How long it takes from a key until what it asked for is painted, in milliseconds."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.reset, self.there = page, False, False
        page.model.began.connect(self._began)
        for shown in (page.table.viewport(), page.empty):
            shown.installEventFilter(self)

    def _began(self, count: int) -> None:
        self.reset = not self.page.model.behind
        if self.reset and not count and self.page.empty.isVisible():
            QTimer.singleShot(0, self._there)  # nothing was found before either: nothing is painted

    def eventFilter(self, _place: QObject, event: QEvent) -> bool:
        # the cells are painted right after this; the event loop is not entered before they are
        if event.type() == QEvent.Type.Paint and self.reset:
            QTimer.singleShot(0, self._there)
        return False

    def _there(self) -> None:
        self.there = True

    def after(self, act: Callable[[], object], heart: Heartbeat) -> tuple[float, float]:
        """From `act` until its rows are painted, and the longest standstill on the way."""
        self.reset = self.there = False
        return until(act, lambda: self.there, heart)


def _type(page, painted: Painted, heart: Heartbeat, pause: int, more: str = "") -> None:
    """Each text key by key; with a pause in which the count of the one before is at work."""
    search, all_taken, all_worst = page.bar.search, [], 0.0
    for text in TYPED:
        search.setFocus()
        search.selectAll()
        taken = []
        for key in text:
            one, still = painted.after(partial(hand.type_text, search, key), heart)
            taken.append(one)
            all_worst = max(all_worst, still)
            rest(pause)
        all_taken += taken
        told = " ".join(f"{one:.0f}" for one in taken)
        found = page.model.rowCount()
        print(f"search {text}{more}, a key each {pause} ms: painted after {told} ms ({found} shown)")
    middle, most = statistics.median(all_taken), max(all_taken)
    print(f"  all{more}: {middle:.0f} ms in the middle, {most:.0f} at most, still {all_worst:.0f} ms")
    painted.after(lambda: (search.clear(), page.bar.changed.emit()), heart)


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
            rest(5)
    print(f"60 pages down: still {heart.worst:.0f} ms")
    with heart.running():
        for at in range(0, bar.maximum(), max(1, bar.maximum() // 300)):
            bar.setValue(at)
            rest(8)
    print(f"dragged through all: still {heart.worst:.0f} ms, memory {before:.0f} -> {memory():.0f} MB")


def _filter(page, heart: Heartbeat) -> None:
    answers: list[int] = []
    page.model.counted.connect(answers.append)
    for box, name in ((page.bar.state, "state"), (page.bar.province, "province"), (page.bar.tag, "tag")):
        answers.clear()

        taken, still = until(partial(_choose, box, 1), lambda: bool(answers), heart)
        print(f"filter by {name}: {taken:.0f} ms ({answers[-1]} found), still {still:.0f} ms")
        box.setCurrentIndex(0)


def _choose(box, entry: int) -> None:
    box.setCurrentIndex(entry)
    box.activated.emit(entry)


def _choose_all(page, heart: Heartbeat) -> None:
    answers: list[int] = []
    page.model.counted.connect(answers.append)
    page.bar.changed.emit()
    assert live(lambda: bool(answers))
    page.table.setFocus()
    taken, still = until(
        lambda: QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier),
        lambda: "已选" in page.counts.text(),
        heart,
    )
    print(f"all chosen: {taken:.0f} ms, still {still:.0f} ms")
