import os
import subprocess
import sys
from pathlib import Path

import pytest

from ui.app import input_method

ROOT = Path(__file__).resolve().parents[2]


def test_fcitx_is_reached_by_the_protocol_that_qt_brings_along():
    assert input_method({"QT_IM_MODULE": "fcitx"}) == {"QT_IM_MODULE": "ibus"}
    assert input_method({"XMODIFIERS": "@im=fcitx"}) == {"QT_IM_MODULE": "ibus"}


def test_what_the_person_has_set_otherwise_stays():
    assert input_method({"QT_IM_MODULE": "ibus"}) == {}
    assert input_method({"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;ibus"}) == {}
    assert input_method({}) == {}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_crash_writes_no_memory_to_the_disk():
    told = "import resource as r; print(r.getrlimit(r.RLIMIT_CORE)[0])"
    code = f"from ui import errors; errors.leave_no_dump(); {told}"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there always is a screen")
def test_without_a_screen_it_says_so_and_what_can_be_done():
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    bare = {name: value for name, value in os.environ.items() if name not in named}
    done = subprocess.run([sys.executable, "main.py"], cwd=ROOT, env=bare, capture_output=True, timeout=60)
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (2, 1)
    assert "没有显示器" in said
    assert "python main.py demo" in said
