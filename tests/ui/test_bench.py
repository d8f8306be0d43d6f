"""The image bench: turned, put straight, cropped, undone; applied it is a new attachment beside the old."""

import io
import os
from dataclasses import dataclass

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from tests.ui.heartbeat import Heartbeat
from ui import bench_work
from ui import demo_hand as hand
from ui.bench_canvas import WHOLE
from ui.bench_dialog import BenchDialog, Opened, State
from wizard.intake.page import Page
from wizard.resource_files import path

FRONT = "principal.certificate_photo_front"
PICTURE = path("samples", "pictures", "id-lin-zhiyuan-front.jpg")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FOUND = ((0.1, 0.1), (0.9, 0.12), (0.9, 0.9), (0.1, 0.88))


@dataclass
class Made:
    data: bytes
    format: str
    size: tuple[int, int]


class FakeBench:
    """Cuts out the rectangle around the corners and turns it; proposes what it is told to."""

    def __init__(self, data, proposal):
        self.image, self.proposal, self.asked = Image.open(io.BytesIO(data)), proposal, []

    def propose(self):
        return self.proposal

    def make(self, state):
        self.asked.append(state)
        width, height = self.image.size
        across, down = zip(*state.corners, strict=True)
        box = (min(across) * width, min(down) * height, max(across) * width, max(down) * height)
        cut = self.image.crop(tuple(round(side) for side in box)).rotate(-state.turn, expand=True)
        out = io.BytesIO()
        cut.save(out, "JPEG", quality=90)
        return Made(out.getvalue(), "JPEG", cut.size)


@pytest.fixture
def bench(monkeypatch):
    """Stands for what does the work: `bench.proposal` is what it finds."""

    class Told:
        proposal = State()

    def opened(file, find, limits):
        data = file.read_bytes()
        return Opened(FakeBench(data, Told.proposal), QImage.fromData(data), len(data))

    monkeypatch.setattr(bench_work, "opened", opened)
    return Told


@pytest.fixture
def page(window):
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[FRONT], PICTURE)
    return page


def laid(page, window, qtbot) -> BenchDialog:
    page.slots[FRONT].setFocus()
    QTest.keyClick(page.slots[FRONT], Qt.Key.Key_F2)
    dialog = window.findChild(BenchDialog)
    settled(dialog, qtbot)
    return dialog


def settled(dialog, qtbot):
    qtbot.waitUntil(lambda: not dialog._jobs and dialog.result_picture is not None)


def test_before_and_after_stand_side_by_side_with_the_limits(page, window, bench, qtbot):
    dialog = laid(page, window, qtbot)
    assert not dialog.canvas.image.isNull()
    assert not dialog.after.picture.pixmap().isNull()
    assert "1280×810 像素 ✓（不小于 720×1280）" in dialog.after.told.text()
    assert "✓（不超过 2 MB）" in dialog.after.told.text()


def test_it_is_turned_by_keys_and_undone(page, window, bench, qtbot):
    dialog = laid(page, window, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_R)
    settled(dialog, qtbot)
    assert dialog.result_picture.size == (810, 1280)
    QTest.keyClick(dialog, Qt.Key.Key_R, SHIFT)
    QTest.keyClick(dialog, Qt.Key.Key_R, SHIFT)
    assert dialog.state.turn == 270
    QTest.keyClick(dialog, Qt.Key.Key_Z, CTRL)
    QTest.keyClick(dialog, Qt.Key.Key_Z, CTRL)
    assert dialog.state.turn == 90
    QTest.keyClick(dialog, Qt.Key.Key_Y, CTRL)
    assert dialog.state.turn == 0
    hand.click(dialog.tools["恢复原图"])
    assert dialog.state == State()
    settled(dialog, qtbot)
    assert dialog.result_picture.size == (1280, 810)


def test_the_corners_that_were_found_are_taken_and_can_be_undone(page, window, bench, qtbot):
    bench.proposal = State(FOUND, 0)
    dialog = laid(page, window, qtbot)
    assert dialog.canvas.corners == FOUND
    hand.click(dialog.tools["撤销"])
    assert dialog.canvas.corners == WHOLE
    assert not dialog.tools["撤销"].isEnabled()


def test_a_corner_is_pulled_by_the_mouse(page, window, bench, qtbot):
    dialog = laid(page, window, qtbot)
    canvas = dialog.canvas
    start = canvas.place(0).toPoint()
    aim = start + QPoint(round(canvas.room().width() * 0.25), round(canvas.room().height() * 0.2))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    QTest.mouseMove(canvas, aim)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, aim)
    assert dialog.state.corners[0] == pytest.approx((0.25, 0.2), abs=0.02)
    assert dialog.state.corners[1:] == WHOLE[1:]


def test_a_corner_is_moved_by_keys_and_never_leaves_the_picture(page, window, bench, qtbot):
    dialog = laid(page, window, qtbot)
    QTest.keyClick(dialog.canvas, Qt.Key.Key_3)
    QTest.keyClick(dialog.canvas, Qt.Key.Key_Right)
    assert dialog.state.corners[2] == (1.0, 1.0)
    QTest.keyClick(dialog.canvas, Qt.Key.Key_Left, SHIFT)
    QTest.keyClick(dialog.canvas, Qt.Key.Key_Up)
    x, y = dialog.state.corners[2]
    assert 0.9 < x < 0.99
    assert x < y < 1.0
    assert "右下角" in dialog.canvas.accessibleDescription()


def test_cropping_keeps_the_corners_square(page, window, bench, qtbot):
    bench.proposal = State(FOUND, 0)
    dialog = laid(page, window, qtbot)
    hand.click(dialog.crop)
    assert dialog.state.corners == ((0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9))
    QTest.keyClick(dialog.canvas, Qt.Key.Key_1)
    QTest.keyClick(dialog.canvas, Qt.Key.Key_Right, SHIFT)
    (left, top), (right, also_top), _, (also_left, _) = dialog.state.corners
    assert (left, top) == (also_left, also_top)
    assert right == 0.9


def test_applied_it_is_a_new_attachment_and_is_read_again(page, window, bench, reader, qtbot):
    (before,) = window.case.draft.attachments[FRONT]
    kept = window.case.draft.file(before).read_bytes()
    dialog = laid(page, window, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_R)
    hand.click(dialog.use)
    qtbot.waitUntil(lambda: window.case.draft.attachments[FRONT] != (before,))
    (after,) = window.case.draft.attachments[FRONT]
    assert window.case.draft.file(before).read_bytes() == kept
    facts = window.case.pictures()[after]
    assert (facts.width, facts.height) == (810, 1280)
    qtbot.waitUntil(lambda: f"read {after.rpartition('/')[2]}" in reader.asked)
    hand.click(hand.button(page, "撤销更换"))
    assert window.case.draft.attachments[FRONT] == (before,)


def test_escape_changes_nothing(page, window, bench, qtbot):
    before = window.case.draft.attachments
    dialog = laid(page, window, qtbot)
    QTest.keyClick(dialog, Qt.Key.Key_R)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.case.draft.attachments == before


def test_the_window_lives_while_the_bench_works(page, window, bench, monkeypatch, qtbot):
    from threading import Event

    dialog, held = laid(page, window, qtbot), Event()
    made = dialog._bench.make
    monkeypatch.setattr(dialog._bench, "make", lambda state: (held.wait(10), made(state))[1])
    QTest.keyClick(dialog, Qt.Key.Key_R)
    heart = Heartbeat()
    assert heart.during(300) >= 12
    QTest.keyClick(dialog, Qt.Key.Key_R)
    assert dialog.state.turn == 180
    held.set()
    settled(dialog, qtbot)
    assert dialog._bench.asked[-1].turn == 180


def test_how_the_paper_was_found_to_lie_is_proposed(window, reader, qtbot):
    """With what really does the work: the reader's corners and turn, cut out and turned upright."""
    reader.lies = Page(FOUND, 90)
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[FRONT], PICTURE)
    dialog = laid(page, window, qtbot)
    qtbot.waitUntil(lambda: dialog.state == State(FOUND, 90))
    settled(dialog, qtbot)
    width, height = dialog.result_picture.size
    assert (width, height) == pytest.approx((810 * 0.78, 1280 * 0.8), rel=0.02)
    assert "×（不小于 720×1280）" in dialog.after.told.text()
    assert dialog.result_picture.data.startswith(b"\xff\xd8")


def test_a_picture_too_heavy_is_brought_under_the_limit():
    image = QImage(2400, 1800, QImage.Format.Format_RGB32)
    noise = os.urandom(image.sizeInBytes())
    image = QImage(noise, 2400, 1800, QImage.Format.Format_RGB32)
    made = bench_work.within(image, bench_work.limits())
    assert len(made.data) <= 2 * 1024 * 1024
    assert min(made.size) >= 720
    assert max(made.size) >= 1280


def test_a_picture_that_is_gone_is_told(page, window, qtbot):
    (path_,) = window.case.draft.attachments[FRONT]
    window.case.draft.file(path_).unlink()
    page.slots[FRONT].setFocus()
    QTest.keyClick(page.slots[FRONT], Qt.Key.Key_F2)
    dialog = window.findChild(BenchDialog)
    qtbot.waitUntil(lambda: not dialog._jobs)
    assert "打不开" in dialog.after.picture.text()
    QTest.keyClick(dialog, Qt.Key.Key_R)
    hand.click(dialog.use)
    dialog.reject()
    assert window.case.draft.attachments[FRONT] == (path_,)
