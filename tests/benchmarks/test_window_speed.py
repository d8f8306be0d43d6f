"""How soon the window is there, and how soon it answers a key. Measured, never asserted.

Run with `make benchmark`. Both programs of the start are run in turn, each in a process of its own, from the
call of the interpreter to the moment its window has been painted for the first time.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

pytestmark = pytest.mark.benchmark
ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 15
ON = date(2026, 11, 23)

# Ends the process once everything in the window has been drawn: what is posted at the first paint event with
# high priority is handled right after the paint, before whatever the program put off until then.
_END = """
import os
from PySide6.QtCore import QCoreApplication, QEvent, QObject
class End(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), 100)
        return False
    def event(self, event):
        if event.type() == QEvent.Type.User:
            os._exit(0)
        return super().event(event)
"""
HELLO = f"""
import sys
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWizard, QWizardPage
{_END}
app = QApplication(sys.argv)
QFontDatabase.addApplicationFont(sys.argv[1])
app.setFont(QFont("Noto Sans SC", 10))
page = QWizardPage()
page.setTitle("备案助手")
QVBoxLayout(page).addWidget(QLabel("你好"))
wizard = QWizard()
wizard.addPage(page)
end = End()
wizard.installEventFilter(end)
wizard.show()
app.exec()
"""
OURS = f"""
from ui import app
from ui.store import FileStore
qt = app.application()
window = app.window(FileStore())
{_END}
end = End()
window.installEventFilter(end)
window.show()
qt.exec()
"""


def seconds(program: str, folder: Path) -> float:
    font = ROOT / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
    environment = {**os.environ, "BEIAN_HOME": str(folder), "PYTHONPATH": str(ROOT)}
    start = perf_counter()
    subprocess.run([sys.executable, "-c", program, str(font)], env=environment, cwd=ROOT, check=True)
    return perf_counter() - start


def test_cold_start_beside_a_bare_wizard(tmp_path: Path):
    seconds(HELLO, tmp_path), seconds(OURS, tmp_path)
    pairs = [(seconds(HELLO, tmp_path), seconds(OURS, tmp_path)) for _ in range(ROUNDS)]
    hello, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(mine / other for other, mine in pairs)
    print(f"\nfirst paint: QWizard {hello * 1000:.0f} ms, 备案助手 {ours * 1000:.0f} ms, ratio {ratio:.2f}")


@pytest.fixture
def window(qtbot, tmp_path: Path):
    from ui import app
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore
    from wizard.draft import load
    from wizard.resource_files import path

    app.style.apply(QApplication.instance())
    draft = replace(load(path("samples", "company_faulty.json")), place={})
    store = FileStore(tmp_path)
    opened = MainWindow(Case(draft, tmp_path / "案件.beian.json", store, ON), store)
    qtbot.addWidget(opened)
    opened.resize(1280, 800)
    opened.show()
    qtbot.waitUntil(lambda: opened.case.report is not None, timeout=20_000)
    return opened


def milliseconds(do: Callable[[], object]) -> float:
    start = perf_counter()
    do()
    QApplication.processEvents()
    return (perf_counter() - start) * 1000


def spread(times: list[float]) -> str:
    ordered = sorted(times)
    return (
        f"median {statistics.median(ordered):.1f} ms, p95 {ordered[int(len(ordered) * 0.95)]:.1f} ms, "
        f"worst {ordered[-1]:.1f} ms of {len(ordered)}"
    )


@pytest.mark.parametrize(
    "field_id", ["subject.certificate_number", "principal.certificate_number", "mini_program.name"]
)
def test_from_a_key_to_the_answer(window, field_id: str):
    window.go_to_field(field_id)
    QApplication.processEvents()
    target = window.page(window.current).rows[field_id].editor.target
    target.clear()
    times = [milliseconds(lambda key=key: QTest.keyClick(target, key)) for key in "91110115MA01QFMA2Y" * 3]
    print(f"\nkey to answer, {field_id}: {spread(times)}")


def test_from_a_step_to_its_page(window):
    for page_id in ("principal", "mini_program", "contact", "papers", "check", "export"):
        first = milliseconds(lambda page_id=page_id: window.go(page_id))
        again = milliseconds(lambda page_id=page_id: (window.go("subject"), window.go(page_id)))
        print(f"\nto {page_id}: first {first:.0f} ms, there and back {again:.0f} ms")


def test_the_list_of_the_self_check_made_anew(window):
    from wizard.draft import Draft

    window.case.open(Draft(folder=window.case.draft.folder), window.case.place)
    window.go("check")
    page = window.page("check")
    times = [milliseconds(lambda: page.refresh(force=True)) for _ in range(20)]
    print(f"\n{len(window.case.report.findings)} findings shown anew: {spread(times)}")
