"""A workbook read, checked and shown in the window, and many cases exported, and how long it stands still.

Targets: 1,000 rows ≤ 3 s, 10,000 ≤ 25 s, no gap over 50 ms. Nothing timed is asserted; a bare read of the
same file stands beside it.
"""

import time
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from python_calamine import CalamineWorkbook

from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.test_intake_speed import filled
from ui import demo_hand as hand
from wizard.process.child import held

pytestmark = pytest.mark.benchmark
WANTED = 50


@pytest.fixture
def window(qtbot, qapp, tmp_path, monkeypatch):
    from ui import style
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore
    from wizard.draft import Draft

    monkeypatch.setenv("BEIAN_HOME", str(tmp_path / "文档"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    style.apply(qapp)
    store = FileStore(tmp_path)
    window = MainWindow(
        Case(Draft(folder=tmp_path), tmp_path / "a.beian.json", store, date(2026, 11, 25)), store
    )
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.case.report is not None)
    return window


@pytest.mark.parametrize("rows", [1_000, 10_000])
def test_from_file_to_preview(window, tmp_path, rows):
    from ui.book_dialog import BookDialog

    file = filled(tmp_path / "a.xlsx", rows)
    began = time.perf_counter()
    CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    bare = time.perf_counter() - began
    dialog = BookDialog(file, None, window)
    dialog.show()
    assert hand.wait(lambda: not dialog.work.busy, 120)
    before = held()
    dialog.work.open(file, lambda _: {})
    beat = Heartbeat()
    with beat.running():
        began = time.perf_counter()
        assert hand.wait(lambda: not dialog.work.busy, 120)
        QTest.keyClick(dialog.next, Qt.Key.Key_Return)
        assert hand.wait(lambda: not dialog.work.busy and dialog.stack.currentIndex() == 1, 240)
        took = time.perf_counter() - began
        assert dialog.preview.model.rowCount() == rows
    shown = Heartbeat()
    with shown.running():
        dialog.preview.table.setFocus()
        for _ in range(60):
            QTest.keyClick(dialog.preview.table, Qt.Key.Key_PageDown)
            QTest.qWait(10)
    dialog.reject()
    print(
        f"\n{rows} rows: file to preview {took:.1f} s, ×{took / bare:.0f} a bare read; longest gap "
        f"{beat.worst:.0f} ms, over {WANTED}: {beat.over(WANTED)}; turning pages {shown.worst:.0f} ms; "
        f"{(held() - before) / rows / 1000:.1f} kB of the window a row"
    )


def test_the_window_lives_while_many_are_exported(window, tmp_path, monkeypatch):
    from ui.batch_dialog import BatchDialog
    from wizard.draft import load
    from wizard.library import key, place
    from wizard.resource_files import path

    monkeypatch.setitem(key._COST, "memory_kib", 8192)
    library, _ = place.create(tmp_path / "客户库", "蓝鲸台灯")
    sample = load(path("samples", "company.json"))
    cases = [library.cases.new(sample.with_answer("mini_program.name", f"程序{n}")) for n in range(40)]
    dialog = BatchDialog(library, ([], cases), window.beside.choices.for_files, "", window)
    dialog.choices.folder = tmp_path / "交付"
    dialog.show()
    beat = Heartbeat()
    with beat.running():
        began = time.perf_counter()
        dialog.start()
        assert hand.wait(dialog.begin.isVisible, 240)
        took = time.perf_counter() - began
    assert "已导出 40 个" in dialog.said.text(), dialog.said.text()
    dialog.reject()
    library.close()
    print(f"\n40 sets in {took:.1f} s: longest gap {beat.worst:.0f} ms, over {WANTED}: {beat.over(WANTED)}")
