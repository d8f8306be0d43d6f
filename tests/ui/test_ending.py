"""Told to end from outside, right after a key: what was entered is on the disk, and nobody is asked."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from ui import demo_hand as hand
from ui.ending import Ending
from wizard.draft import load

ROOT = Path(__file__).resolve().parents[2]
TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from ui import app

def type_():
    window = next(w for w in QApplication.topLevelWidgets() if hasattr(w, "case"))
    if window.case.report is None:
        return
    timer.stop()
    window.go("mini_program", "mini_program.name")
    target = window.page("mini_program").rows["mini_program.name"].editor.target
    QTest.keyClicks(target, "abc")
    print("typed", flush=True)

app.application()
timer = QTimer(interval=20)
timer.timeout.connect(type_)
timer.start()
sys.exit(app.run())
"""


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize("told", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_signal_saves_and_ends_in_order(tmp_path, told):
    env = {**os.environ, "BEIAN_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "settings")}
    command = [sys.executable, "-c", TYPING]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout.readline() == "typed\n"
        program.send_signal(getattr(signal, told))
        assert program.wait(30) == 0
    assert load(tmp_path / "未命名1.beian.json").text("mini_program.name") == "abc"


def test_the_end_of_the_session_saves_before_it_goes_on(window, place, monkeypatch):
    monkeypatch.setattr(Ending, "_listen", lambda _: None)
    ending = Ending(window)
    hand.answer(window.page("subject").rows["subject.name"].editor, "甲公司")
    QGuiApplication.instance().commitDataRequest.emit(None)
    assert load(place).text("subject.name") == "甲公司"
    ending.deleteLater()
