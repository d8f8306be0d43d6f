"""How long the window stands still while a packet with eight 12-megapixel photos is seen, printed, written.

Printed beside two floors: the same heartbeat while another thread sleeps, and while two are at work that hold
nothing of ours: what a busy machine takes from everybody. `make benchmark` runs it.
"""

import hashlib
import os
import shutil
import threading
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest

from tests.benchmarks.heartbeat import Heartbeat
from tests.benchmarks.test_packet_speed import PHOTOS, photo
from ui import demo_hand as hand
from ui.jobs import Job
from wizard.draft import Draft, load
from wizard.resource_files import path

pytestmark = pytest.mark.benchmark
PASSPHRASE = "蓝鲸台灯"
WANTED = 50
FIELDS = (
    *("subject.certificate_photo", "principal.certificate_photo_front", "principal.certificate_photo_back"),
    *("materials.commitment_letter", "materials.holding_certificate_photo"),
    *("materials.subject_other_materials", "materials.applets_other_materials"),
)


def photographed(folder: Path) -> Draft:
    """The sample company with photographs straight from a telephone, two of them in the last field."""
    for number in range(PHOTOS):
        (folder / f"{number}.jpg").write_bytes(photo(number))
    attachments = {field: (f"{number}.jpg",) for number, field in enumerate(FIELDS)}
    attachments[FIELDS[-1]] = (f"{PHOTOS - 2}.jpg", f"{PHOTOS - 1}.jpg")
    return Draft(load(path("samples", "company.json")).answers, attachments, folder=folder)


@pytest.fixture
def window(qtbot, qapp, tmp_path):
    from ui import style
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore

    style.apply(qapp)
    store = FileStore(tmp_path)
    window = MainWindow(
        Case(photographed(tmp_path), tmp_path / "a.beian.json", store, date(2026, 11, 23)), store
    )
    qtbot.addWidget(window)
    window.resize(1280, 720)
    window.show()
    qtbot.waitUntil(lambda: window.case.report is not None)
    window.go("export")
    return window


def digest():
    """Work that lets every other thread run."""
    data = bytes(4_000_000)
    end = time.monotonic() + 4
    while time.monotonic() < end:
        hashlib.sha256(data).digest()


def stalls(name, act, until):
    """What was done, how long it took, and how long the window stood still in it."""
    heart = Heartbeat()
    began = time.perf_counter()
    with heart.running():
        act()
        assert hand.wait(until, 120), name
    took = (time.perf_counter() - began) * 1000
    stood = f"longest stall {heart.worst:.0f} ms, over {WANTED}: {heart.over(WANTED)}"
    return f"  {name}: {took:.0f} ms, {stood}; most work of the window at a time {max(heart.work):.0f} ms"


def test_the_window_lives_on(window, tmp_path, capsys):
    said = []
    sleeping = Job(lambda progress, cancelled: time.sleep(2), window)
    said.append(stalls("floor, a thread asleep", sleeping.start, lambda: not sleeping.running))
    threads = [threading.Thread(target=digest) for _ in range(2)]
    begin = lambda: [thread.start() for thread in threads]  # noqa: E731
    said.append(stalls("floor, two threads at work", begin, lambda: not any(t.is_alive() for t in threads)))
    card = window.page("export").card
    card.folder = tmp_path / "交付"
    said.append(
        stalls(
            "preview opened",
            window.beside.show_preview,
            lambda: window.beside.preview and window.beside.preview.preview,
        )
    )
    preview = window.beside.preview
    quiet = lambda: not preview._updating and preview.images.resting  # noqa: E731
    said.append(stalls("its first pages", lambda: None, quiet))

    def leaf():
        for page in range(1, preview.preview.count + 1):
            preview.sheets.go(page)
            QTest.qWait(30)

    said.append(stalls("every page looked at", leaf, quiet))
    edit = lambda: window.case.answer("mini_program.name", "青柠记账")  # noqa: E731
    said.append(stalls("an edit", edit, quiet))
    card.choices.receiver = "甲"
    said.append(stalls("another mark: pictures anew", preview.build.touch, quiet))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setResolution(300)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "纸.pdf"))
    said.append(
        stalls("print", lambda: preview.printing.begin(printer), lambda: preview.printing.job is None)
    )
    preview.close()
    said.append(stalls("export", lambda: hand.click(card.draft), lambda: card.written is not None))
    card.written = None
    card.choices.kept["with_case"], card.choices.locked = True, True
    card.choices.password = card.choices.again = "a1b2"
    said.append(
        stalls("locked, with its case", lambda: hand.click(card.draft), lambda: card.written is not None)
    )
    with capsys.disabled():
        print(f"\n{PHOTOS} photographs; wanted: no stall over {WANTED} ms", *said, sep="\n")


def with_library(window, folder):
    """The window goes on with the same case in a library."""
    from wizard.library import place

    library, _ = place.create(folder / "客户库", PASSPHRASE)
    case = library.cases.new(window.case.draft)
    library.close()
    told = []
    window.room.session.open(
        folder / "客户库", {"passphrase": PASSPHRASE}, lambda: told.append(1), told.append
    )
    assert hand.wait(lambda: told == [1]), told
    assert window.keeping.open_case(case)
    window.go("export")
    return window.page("export").card


def typing(window):
    """Ten names typed into a field, key by key, and another page after each: pauses and pages save."""
    for number in range(10):
        window.go("mini_program", "mini_program.name")
        target = window.page("mini_program").rows["mini_program.name"].editor.target
        for letter in f"abc{number}":
            QTest.keyClick(target, letter)
            QTest.qWait(20)
        QTest.keyClick(target, Qt.Key.Key_Tab)
        QTest.qWait(700)
        window.go("subject")
        QTest.qWait(50)


def slow(monkeypatch, milliseconds):
    """Every fsync and every commit takes so much longer, as with a disk that turns."""
    from wizard.library.engine import Database

    fsync, write = os.fsync, Database.write

    @contextmanager
    def slowly(database):
        with write(database):
            yield
            time.sleep(milliseconds / 1000)

    monkeypatch.setattr(os, "fsync", lambda file: (time.sleep(milliseconds / 1000), fsync(file)))
    monkeypatch.setattr(Database, "write", slowly)


def test_saving(window, tmp_path, capsys, monkeypatch):
    """On this disk, and on two on which it takes longer, beside the same keys with nothing saved."""
    from ui.writer import Writer

    said, done = [], lambda: True
    typing(window)  # every page is built
    with monkeypatch.context() as patch:
        patch.setattr(Writer, "put", lambda *_: None)
        said.append(stalls("floor, the same keys and pages, nothing saved", lambda: typing(window), done))
    for where in ("files", "library"):
        if where == "library":
            with_library(window, tmp_path)
            window.go("subject")
        for milliseconds in (0, 40, 300):
            with monkeypatch.context() as patch:
                slow(patch, milliseconds)
                name = f"typing and turning pages, {where}, each wait for the disk {milliseconds} ms longer"
                said.append(stalls(name, lambda: typing(window), done))
                assert window.case.save()
    with capsys.disabled():
        print("", *said, sep="\n")


def test_locking(window, tmp_path, capsys):
    card = with_library(window, tmp_path)
    card.folder, said = tmp_path / "交付", []

    def export_and_lock():
        hand.click(card.draft)
        assert hand.wait(lambda: card.told.text().startswith("正在"))
        QTest.qWait(150)
        window.lock.lock()

    said.append(
        stalls("the library locks during an export", export_and_lock, lambda: card.written is not None)
    )
    with capsys.disabled():
        print("", *said, sep="\n")
    window.lock.curtains[0].tried.emit(PASSPHRASE, False)  # noqa: FBT003 - a signal takes no names
    assert hand.wait(lambda: not window.lock.on and window.case.save())


def test_cancel(window, tmp_path, capsys):
    card = window.page("export").card
    card.choices.kept["with_case"], card.choices.locked = True, True
    card.choices.password = card.choices.again = "a1b2"
    waits = []
    for number, after in enumerate((0, 100, 300, 600, 900, 1200, 1600, 2000, 2600, 3200)):
        card.folder, card.written = tmp_path / f"不要了{number}", None
        hand.click(card.draft)
        QTest.qWait(after)
        if card.cancel.isHidden():
            shutil.rmtree(card.folder)
            continue
        began = time.perf_counter()
        hand.click(card.cancel)
        assert hand.wait(lambda: card.told.text() == "已取消，没有留下文件" or card.written is not None)
        waits.append((after, round((time.perf_counter() - began) * 1000)))
    with capsys.disabled():
        print("\n  from the click on 取消导出 to the word, ms (wanted ≤ 500), by when it was clicked:", waits)
