"""The worker: what it gives back, and that nothing it does or suffers reaches the program that asked."""

import io
import os
import signal
import sys
import threading
import time
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from wizard.files import FileProblem
from wizard.intake import reader
from wizard.intake.reader import Cancelled, Reader
from wizard.process import errand
from wizard.process.child import NICER

STAND_IN = """
import os, sys, time
from wizard.intake import worker

def slow(errand, *_):
    time.sleep(60)

def greedy(errand, *_):
    kept = []
    while True:
        kept.append(bytearray(b"x" * 50_000_000))

def silly(errand, *_):
    sys.stdout.buffer.write(b"what a library prints"); sys.stdout.flush(); print("more")
    return {"format": "PNG", "size": [1, 1], "pages": 1}, b"data"

def dead(errand, *_):
    os._exit(3)

def talker(errand, *_):
    import socket
    socket.create_connection(("127.0.0.1", 9))

def liar(errand, *_):
    return {"size": ["a"], "scan": 7, "pages": "x"}, b""

def alive(errand, *_):
    return {"format": str(os.getpid()), "size": [1, 1]}, b""

def humble(errand, *_):
    return {"format": str(os.getpriority(os.PRIO_PROCESS, 0)), "size": [1, 1]}, b""

worker._ERRANDS = {name: one for name, one in globals().items() if callable(one)}
worker._ERRANDS["clean"] = lambda one, *_: globals()[os.path.basename(one["path"])](one)
worker.MOST_MEMORY = 400_000_000
worker.main()
"""


@pytest.fixture
def pictures():
    made = Reader()
    yield made
    made.close()


@pytest.fixture
def stand_in(monkeypatch):
    """A worker that does to itself what hostile files do; `clean(Path(name))` asks for it."""
    monkeypatch.setattr(errand, "command", lambda _: [sys.executable, "-c", STAND_IN])
    made = Reader()
    yield made
    made.close()


def put(folder: Path, name: str = "甲.jpg", size=(640, 400), **settings) -> Path:
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, "JPEG", **settings)
    (folder / name).write_bytes(out.getvalue())
    return folder / name


def test_a_picture_is_made_anew_from_its_pixels(pictures, tmp_path):
    marks = Image.Exif()
    marks[0x0112], marks[0x010F] = 6, "CANARY"
    file = put(tmp_path, exif=marks.tobytes())
    file.write_bytes(file.read_bytes() + b"CANARY")
    before = file.read_bytes()
    made = pictures.clean(file)
    assert (made.format, made.size, made.pages) == ("JPEG", (400, 640), 1)
    again = Image.open(io.BytesIO(made.data))
    assert again.size == (400, 640)
    assert b"CANARY" not in made.data
    assert not again.getexif()
    assert file.read_bytes() == before


def test_what_is_wrong_with_a_file_is_told(pictures, tmp_path):
    with pytest.raises(FileProblem, match=r"“乙\.jpg”.*找不到"):
        pictures.clean(tmp_path / "乙.jpg")
    file = tmp_path / "丙.png"
    file.write_bytes(b"<html>")
    with pytest.raises(FileProblem, match=r"“丙\.png”的内容不是图片"):
        pictures.clean(file)


def test_a_worker_that_dies_is_told_and_replaced(stand_in):
    with pytest.raises(FileProblem, match=r"“dead”.*意外结束"):
        stand_in.clean(Path("dead"))
    assert stand_in.clean(Path("alive")).size == (1, 1)


def test_a_worker_that_is_killed_from_outside(stand_in):
    process = int(stand_in.clean(Path("alive")).format)
    os.kill(process, signal.SIGTERM)
    time.sleep(0.2)
    assert int(stand_in.clean(Path("alive")).format) != process


def test_a_worker_that_takes_too_much_memory_ends(stand_in):
    with pytest.raises(FileProblem, match="意外结束"):
        stand_in.clean(Path("greedy"))


def test_a_worker_that_hangs_is_ended(stand_in, monkeypatch):
    monkeypatch.setattr(reader, "CLEAN_SECONDS", 0.5)
    with pytest.raises(FileProblem, match=r"“slow”读得太久"):
        stand_in.clean(Path("slow"))
    assert stand_in.clean(Path("alive")).size == (1, 1)


def test_an_errand_is_called_off_at_once(stand_in):
    stand_in.clean(Path("alive"))
    called, asked = threading.Event(), []
    threading.Timer(0.3, called.set).start()

    def cancelled() -> bool:
        asked.append(time.monotonic())
        return called.is_set()

    with pytest.raises(Cancelled):
        stand_in.clean(Path("slow"), cancelled=cancelled)
    assert max(later - sooner for sooner, later in pairwise(asked)) < 0.5
    assert stand_in.clean(Path("alive")).size == (1, 1)


def test_waiting_for_another_errand_can_be_called_off_too(stand_in):
    ended: list[Exception] = []

    def slow() -> None:
        try:
            stand_in.clean(Path("slow"))
        except Cancelled as end:
            ended.append(end)

    first = threading.Thread(target=slow)
    first.start()
    time.sleep(0.5)
    with pytest.raises(Cancelled):
        stand_in.clean(Path("alive"), cancelled=lambda: True)
    stand_in.close()
    first.join(5)
    assert ended


def test_what_libraries_print_does_not_get_between(stand_in):
    assert stand_in.clean(Path("silly")).data == b"data"


def test_the_worker_opens_no_connection(stand_in):
    with pytest.raises(FileProblem, match="意外结束"):
        stand_in.clean(Path("talker"))


@pytest.mark.skipif(sys.platform == "win32", reason="set by the program that starts it")
def test_the_worker_stands_behind_the_window(stand_in: Reader):
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert int(stand_in.clean(Path("humble")).format) == min(19, own + NICER)


def test_an_answer_that_makes_no_sense_is_no_reading(stand_in):
    assert stand_in.clean(Path("liar")).size == (0, 0)


def test_the_worker_is_let_go_after_a_while(monkeypatch, tmp_path):
    made = Reader(idle=0.1)
    made.clean(put(tmp_path))
    for _ in range(100):
        if not made._errand.alive:
            break
        time.sleep(0.05)
    assert not made._errand.alive
    assert made.clean(put(tmp_path)).size == (640, 400)
    made.close()
    with pytest.raises(Cancelled):
        made.clean(put(tmp_path))


def test_reading_leaves_nothing_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    made = Reader()
    try:
        made.warm()
    finally:
        made.close()
    assert not list(tmp_path.rglob("*"))


def test_a_program_that_is_one_file_starts_itself_as_the_worker(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    started = errand.command(reader.WORKER)
    assert started == [sys.executable, "--read-worker"]
    main = Path(__file__).resolve().parents[2] / "main.py"
    monkeypatch.setattr(errand, "command", lambda _: [sys.executable, str(main), *started[1:]])
    made = Reader()
    assert made.clean(put(tmp_path)).size == (640, 400)
    made.close()
