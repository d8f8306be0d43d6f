"""How long the window takes to appear and a key to be answered, beside a bare hello of the same Qt.

`make benchmark` prints the figures. Nothing is asserted about time: the machine may be busy.
"""

import os
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = 9

HELLO = """
import time
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWizard, QWizardPage
class Page(QWizardPage):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.time())
        app.quit()
app = QApplication([])
QFontDatabase.addApplicationFont("resources/fonts/NotoSansSC-Regular.ttf")
app.setFont(QFont("Noto Sans SC"))
wizard, page = QWizard(), Page()
QVBoxLayout(page).addWidget(QLabel("你好"))
wizard.addPage(page)
wizard.show()
app.exec()
"""

OURS = """
import sys
import time
sys.path.insert(0, ".")
from pathlib import Path
from ui import app as starting
from ui.store import FileStore
app = starting.application()
window = starting.window(FileStore(Path(sys.argv[1])))
window.begin = lambda: (print(time.time()), app.quit())
window.show()
app.exec()
"""


def first_paint(code, kept, *arguments):
    """Seconds until the first paint; modules are compiled once, into `kept`, as on a machine in use."""
    compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        env=compiled | {"PYTHONPYCACHEPREFIX": str(kept)},
    )
    return float(done.stdout) - began


@pytest.mark.benchmark
def test_cold_start_beside_a_bare_wizard(tmp_path, capsys):
    kept = tmp_path / "compiled"
    first_paint(HELLO, kept), first_paint(OURS, kept, str(tmp_path))
    pairs = [(first_paint(HELLO, kept), first_paint(OURS, kept, str(tmp_path))) for _ in range(RUNS)]
    hello, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(b / a for a, b in pairs)
    with capsys.disabled():
        print(f"\nfirst paint: bare {hello * 1000:.0f} ms, ours {ours * 1000:.0f} ms, ratio {ratio:.2f}")


@pytest.mark.benchmark
def test_a_key_is_answered(qtbot, tmp_path, capsys):
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from ui import style
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore
    from wizard.draft import load
    from wizard.resource_files import path

    style.apply(QApplication.instance())
    store = FileStore(tmp_path)
    place = tmp_path / "a.beian.json"
    window = MainWindow(Case(load(path("samples", "company.json")), place, store, date(2026, 11, 23)), store)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.case.report is not None)
    for page_id in ("principal", "mini_program", "contact", "papers", "check", "export", "subject"):
        window.go(page_id)
    target = window.page("subject").rows["subject.address"].editor.target
    target.setFocus()
    took = []
    for _ in range(60):
        began = time.perf_counter()
        QTest.keyClick(target, "1")
        QApplication.processEvents()
        took.append((time.perf_counter() - began) * 1000)
    with capsys.disabled():
        print(f"\nkey to answer: median {statistics.median(took):.1f} ms, worst {max(took):.1f} ms (goal 16)")
