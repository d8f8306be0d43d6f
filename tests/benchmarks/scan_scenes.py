"""Scenes with scans in the real window, with the real reader, each a first time: run in a process of its own.

``python -m tests.benchmarks.scan_scenes FOLDER`` prints, per scene, how long the window stood still.
"""

import hashlib
import os
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import NamedTuple

import cv2
import numpy as np
from PIL import Image

from tests.specimens import draw, geometry
from tests.specimens.shot import shot

PHOTOS = 8
SIZE = (4000, 3000)
WANTED = 50
PHOTO, FRONT = "subject.certificate_photo", "principal.certificate_photo_front"
SLOTS = (
    *(PHOTO, FRONT, "principal.certificate_photo_back", "contact.certificate_photo_front"),
    *("contact.certificate_photo_back", "materials.commitment_letter", "materials.holding_certificate_photo"),
    "materials.subject_other_materials",
)


class Scene(NamedTuple):
    """A scene: how long it took, the longest gap, gaps over `WANTED`, the most work at a time; all in ms."""

    name: str
    took: float
    worst: float
    over: list[int]
    work: float


def photo(file: Path, layout: str, seed: int) -> None:
    """A paper on a desk, seen a little from aside, with 12 megapixels."""
    dice = Random(seed)
    sheet, _ = draw.drawn(dice, layout)
    picture = shot(sheet)
    geometry.skew(picture, dice)
    large = cv2.resize(picture.image, SIZE, interpolation=cv2.INTER_CUBIC)
    grain = np.random.default_rng(seed).normal(0, 4, large.shape)
    Image.fromarray((large + grain).clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=88)


def digest() -> None:
    """Work that lets every other thread run."""
    data = bytes(4_000_000)
    end = time.monotonic() + 3
    while time.monotonic() < end:
        hashlib.sha256(data).digest()


def scene(name: str, act: Callable[[], object], until: Callable[[], object]) -> Scene:
    from tests.benchmarks.heartbeat import Heartbeat
    from ui import demo_hand as hand

    heart = Heartbeat()
    began = time.perf_counter()
    with heart.running():
        act()
        hand.QTest.qWait(20)
        assert hand.wait(lambda: bool(until()), 120), name
        hand.QTest.qWait(60)
    took = (time.perf_counter() - began) * 1000
    return Scene(name, took, heart.worst, heart.over(WANTED), max(heart.work))


def window(folder: Path):
    from PySide6.QtTest import QTest

    from ui.app import application
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.store import FileStore
    from wizard.draft import Draft, load
    from wizard.resource_files import path

    application()
    answers = load(path("samples", "company.json")).answers
    kept = {name: value for name, value in answers.items() if not name.startswith("subject.cert")}
    store = FileStore(folder)
    made = MainWindow(
        Case(Draft(kept, folder=folder), folder / "a.beian.json", store, date(2026, 11, 23)), store
    )
    made.resize(1280, 800)
    made.show()
    while made.case.report is None:
        QTest.qWait(5)
    return made


def floors(window: object) -> list[Scene]:
    from ui.jobs import Job

    job = Job(lambda progress, cancelled: time.sleep(1), window)  # type: ignore[arg-type]
    threads = [threading.Thread(target=digest) for _ in range(2)]
    return [
        scene("floor, a thread asleep", job.start, lambda: not job.running),
        scene(
            "floor, two threads at work",
            lambda: [thread.start() for thread in threads],
            lambda: not any(thread.is_alive() for thread in threads),
        ),
    ]


def papers(window, files: list[Path]) -> list[Scene]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from ui.suggestions_dialog import SuggestionsDialog

    found = [scene("page of papers first opened", lambda: window.go("papers"), lambda: True)]
    page = window.page("papers")
    slots = [page.slots[name] for name in SLOTS]

    def throw() -> None:
        for slot, file in zip(slots, files, strict=True):
            slot.files_given.emit(slot.field.id, [file])

    found.append(scene("eight photos dropped", throw, lambda: not any(slot.busy for slot in slots)))
    read = lambda: not any(page.desk.state(name)[0] for name in page.reading.strips)  # noqa: E731
    found.append(scene("five of them read", lambda: None, read))
    slot = page.slots[PHOTO]
    slot.setFocus()

    def dialog() -> SuggestionsDialog | None:
        return window.findChild(SuggestionsDialog)

    for name in ("first opened", "opened again"):
        found.append(
            scene(
                f"suggestions {name}",
                lambda: QTest.keyClick(slot, Qt.Key.Key_F4),
                lambda: dialog() and not dialog().place.pixmap().isNull(),
            )
        )
        QTest.keyClick(dialog(), Qt.Key.Key_Escape)
        QTest.qWait(50)
    return [*found, *bench(window, slot)]


def bench(window, slot) -> list[Scene]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    found = []

    def dialog():
        from ui.bench_dialog import BenchDialog

        return window.findChild(BenchDialog)

    def settled() -> bool:
        return bool(dialog() and not dialog()._jobs and dialog().result_picture is not None)

    def key(name: str, press: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = dialog().canvas if dialog() else slot
        found.append(scene(name, lambda: QTest.keyClick(target, press, held), settled))

    key("bench first opened, paper found", Qt.Key.Key_F2)
    key("turned", Qt.Key.Key_R)
    key("turned back", Qt.Key.Key_R, shift)
    key("a corner moved", Qt.Key.Key_Right, shift)
    for _ in range(3):
        key("undone", Qt.Key.Key_Z, ctrl)
    key("paper looked for", Qt.Key.Key_F)
    before = slot.pictures()
    found.append(scene("applied", dialog().use.click, lambda: not slot.busy and slot.pictures() != before))
    return found


def main() -> None:
    folder = Path(sys.argv[1])
    files = [folder / f"{number}.jpg" for number in range(PHOTOS)]
    for number, (file, layout) in enumerate(
        zip(
            files,
            ("landscape_2019", "id_front", "id_back", "id_front", "id_back", *["a4_both_sides"] * 3),
            strict=True,
        )
    ):
        photo(file, layout, number)
    shown = window(folder)
    ahead = [scene("page of papers made ahead", lambda: None, lambda: "papers" in shown.pages)]
    for one in (*ahead, *floors(shown), *papers(shown, files)):
        print(
            f"  {one.name}: {one.took:.0f} ms, longest stall {one.worst:.0f} ms, over {WANTED}: {one.over}; "
            f"most work of the window at a time {one.work:.0f} ms",
            flush=True,
        )
    shown.close()
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
