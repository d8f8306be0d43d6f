"""The image bench: turned, put straight, cropped, undone; applied it is a new attachment beside the old."""

import os
from random import Random
from threading import Event

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.specimens import draw, geometry
from tests.specimens.shot import shot
from tests.ui.heartbeat import Heartbeat
from ui import demo_hand as hand
from ui.bench_dialog import BenchDialog
from ui.bench_state import WHOLE, WHOLE_CORNERS
from wizard.intake.bench.shape import Shape
from wizard.intake.page import Page
from wizard.resource_files import path

FRONT = "principal.certificate_photo_front"
PICTURE = path("samples", "pictures", "id-lin-zhiyuan-front.jpg")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(window):
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[FRONT], PICTURE)
    return page


@pytest.fixture(scope="module")
def photographed(tmp_path_factory):
    """A card on a desk, seen from aside; and where its corners are, in parts of the picture."""
    dice = Random(4)
    picture = shot(draw.drawn(dice, "id_front")[0])
    geometry.perspective(picture, dice)
    file = tmp_path_factory.mktemp("photo") / "照片.jpg"
    Image.fromarray(picture.image).save(file, quality=92)
    return file, picture.sheet / picture.image.shape[1::-1]


def laid(page, window, qtbot) -> BenchDialog:
    page.slots[FRONT].setFocus()
    QTest.keyClick(page.slots[FRONT], Qt.Key.Key_F2)
    dialog = window.findChild(BenchDialog)
    settled(dialog, qtbot)
    return dialog


def settled(dialog, qtbot):
    qtbot.waitUntil(lambda: not dialog._jobs and dialog.result_picture is not None, timeout=20_000)


def keys(widget, *pressed):
    for key in pressed:
        QTest.keyClick(widget, key[0], key[1]) if isinstance(key, tuple) else QTest.keyClick(widget, key)


def test_before_and_after_stand_side_by_side_with_the_limits(page, window, qtbot):
    dialog = laid(page, window, qtbot)
    assert not dialog.canvas.image.isNull()
    assert not dialog.after.picture.pixmap().isNull()
    assert dialog.after.told.text().startswith("1280×810 像素 ✓　·　JPEG")
    assert "MB ✓\n平台要求：不小于 720×1280 像素，不超过 2 MB" in dialog.after.told.text()


def test_it_is_turned_by_keys_and_every_step_is_undone(page, window, qtbot):
    dialog = laid(page, window, qtbot)
    keys(dialog, Qt.Key.Key_R)
    settled(dialog, qtbot)
    assert dialog.result_picture.size == (810, 1280)
    keys(dialog, (Qt.Key.Key_R, SHIFT), (Qt.Key.Key_R, SHIFT))
    assert dialog.shape.turn == 270
    keys(dialog, (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Z, CTRL))
    assert dialog.shape.turn == 90
    keys(dialog, (Qt.Key.Key_Y, CTRL))
    assert dialog.shape.turn == 0
    keys(dialog, Qt.Key.Key_R)
    hand.click(dialog.tools.buttons["恢复原图"])
    assert dialog.shape == Shape()
    settled(dialog, qtbot)
    assert dialog.result_picture.size == (1280, 810)


def test_the_paper_is_found_and_put_straight_in_its_own_proportion(photographed, window, reader, qtbot):
    file, corners = photographed
    reader.says["证件正面"] = ("id_front", {"name": "林知远"})
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[FRONT], file)
    qtbot.waitUntil(lambda: bool(window.case.draft.scans))
    dialog = laid(page, window, qtbot)
    assert np.abs(np.array(dialog.canvas.corners) - corners).max() < 0.003
    width, height = dialog.result_picture.size
    assert width / height == pytest.approx(85.6 / 54, abs=0.003)
    keys(dialog, (Qt.Key.Key_Z, CTRL))
    assert dialog.canvas.corners == WHOLE_CORNERS
    assert not dialog.tools.buttons["撤销"].isEnabled()
    keys(dialog, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: bool(dialog.shape.corners))


def test_where_no_paper_is_found_it_is_said(page, window, qtbot):
    dialog = laid(page, window, qtbot)
    keys(dialog, Qt.Key.Key_F)
    qtbot.waitUntil(lambda: "没有找到证件的四角" in dialog.lead.text())
    assert dialog.shape == Shape()


def test_how_the_writing_was_found_to_stand_is_taken(window, reader, qtbot):
    reader.lies = Page(turned=90)
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[FRONT], PICTURE)
    dialog = laid(page, window, qtbot)
    qtbot.waitUntil(lambda: dialog.shape.turn == 90)
    settled(dialog, qtbot)
    assert dialog.result_picture.size == (810, 1280)


def pulled(canvas, number, across, down):
    start = canvas.place(number).toPoint()
    room = canvas.room()
    aim = start + QPoint(round(room.width() * across), round(room.height() * down))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NONE, start)
    QTest.mouseMove(canvas, aim)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NONE, aim)


def test_a_corner_is_pulled_by_the_mouse(page, window, qtbot):
    dialog = laid(page, window, qtbot)
    pulled(dialog.canvas, 0, 0.25, 0.2)
    assert dialog.shape.corners[0] == pytest.approx((0.25, 0.2), abs=0.02)
    assert dialog.shape.corners[1:] == WHOLE_CORNERS[1:]


def test_a_corner_is_moved_by_keys_and_never_leaves_the_picture(page, window, qtbot):
    dialog = laid(page, window, qtbot)
    canvas = dialog.canvas
    keys(canvas, Qt.Key.Key_3, Qt.Key.Key_Right)
    assert canvas.corners[2] == (1.0, 1.0)
    keys(canvas, (Qt.Key.Key_Left, SHIFT), Qt.Key.Key_Up)
    x, y = dialog.shape.corners[2]
    assert 1 - x == pytest.approx(10 / canvas.room().width())
    assert 1 - y == pytest.approx(1 / canvas.room().height())
    assert "右下角" in canvas.accessibleDescription()


def test_cropping_and_putting_straight_have_corners_of_their_own(page, window, qtbot):
    dialog = laid(page, window, qtbot)
    pulled(dialog.canvas, 0, 0.1, 0.1)
    corners = dialog.shape.corners
    keys(dialog, Qt.Key.Key_C)
    settled(dialog, qtbot)
    assert dialog.before.text() == "拉正以后的"
    assert dialog.canvas.corners == WHOLE_CORNERS
    pulled(dialog.canvas, 2, -0.3, -0.2)
    left, top, right, bottom = dialog.shape.crop
    assert (left, top) == (0, 0)
    assert (right, bottom) == pytest.approx((0.7, 0.8), abs=0.02)
    assert dialog.shape.corners == corners
    settled(dialog, qtbot)
    cropped = dialog.result_picture.size
    keys(dialog, Qt.Key.Key_L)
    assert dialog.canvas.corners == corners
    keys(dialog, (Qt.Key.Key_Z, CTRL))
    settled(dialog, qtbot)
    assert dialog.shape == Shape(corners)
    assert dialog.result_picture.size[0] * 0.7 == pytest.approx(cropped[0], rel=0.03)


def test_a_cropped_part_stays_the_same_when_it_is_turned(page, window, qtbot):
    dialog = laid(page, window, qtbot)
    keys(dialog, Qt.Key.Key_C)
    settled(dialog, qtbot)
    keys(dialog.canvas, Qt.Key.Key_1, *[(Qt.Key.Key_Right, SHIFT)] * 5)
    before = dialog.shape.crop
    settled(dialog, qtbot)
    size = dialog.result_picture.size
    keys(dialog, Qt.Key.Key_R)
    settled(dialog, qtbot)
    assert dialog.result_picture.size == size[::-1]
    keys(dialog, (Qt.Key.Key_R, SHIFT))
    assert dialog.shape.crop == pytest.approx(before)


def test_applied_by_enter_it_is_a_new_attachment_and_is_read_again(page, window, reader, qtbot):
    (before,) = window.case.draft.attachments[FRONT]
    kept = window.case.draft.file(before).read_bytes()
    dialog = laid(page, window, qtbot)
    keys(dialog, Qt.Key.Key_R)
    keys(dialog.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.case.draft.attachments[FRONT] != (before,))
    (after,) = window.case.draft.attachments[FRONT]
    assert window.case.draft.file(before).read_bytes() == kept
    facts = window.case.pictures()[after]
    assert (facts.width, facts.height) == (810, 1280)
    qtbot.waitUntil(lambda: f"read {after.rpartition('/')[2]}" in reader.asked)
    hand.click(hand.button(page, "撤销更换"))
    assert window.case.draft.attachments[FRONT] == (before,)


def test_a_png_that_fits_stays_a_png(window, tmp_path, qtbot):
    Image.open(PICTURE).save(tmp_path / "证件.png")
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[FRONT], tmp_path / "证件.png")
    (before,) = window.case.draft.attachments[FRONT]
    dialog = laid(page, window, qtbot)
    keys(dialog, Qt.Key.Key_R)
    hand.click(dialog.use)
    qtbot.waitUntil(lambda: window.case.draft.attachments[FRONT] != (before,))
    (after,) = window.case.draft.attachments[FRONT]
    assert after.endswith(".png")
    assert window.case.draft.file(after).read_bytes().startswith(b"\x89PNG")


def test_a_picture_too_heavy_is_brought_under_the_limit(window, tmp_path, qtbot):
    noise = np.frombuffer(os.urandom(2000 * 1500 * 3), np.uint8).reshape(1500, 2000, 3)
    Image.fromarray(noise).save(tmp_path / "重.jpg", quality=95)
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[FRONT], tmp_path / "重.jpg")
    dialog = laid(page, window, qtbot)
    assert "MB ✓" in dialog.after.told.text()
    assert "像素 ✓" in dialog.after.told.text()


def test_escape_changes_nothing(page, window, qtbot):
    before = window.case.draft.attachments
    dialog = laid(page, window, qtbot)
    keys(dialog, Qt.Key.Key_R, Qt.Key.Key_Escape)
    assert window.case.draft.attachments == before
    qtbot.waitUntil(lambda: window.page("papers").reading.bench is None)


def test_the_window_lives_while_the_bench_works(page, window, reader, qtbot):
    dialog = laid(page, window, qtbot)
    reader.slow_bench = Event()
    keys(dialog, Qt.Key.Key_R)
    heart = Heartbeat()
    assert heart.during(300) >= 12
    keys(dialog, Qt.Key.Key_R)
    assert dialog.shape.turn == 180
    reader.slow_bench.set()
    settled(dialog, qtbot)
    assert dialog.result_picture.size == (1280, 810)


def test_closing_gives_up_what_is_under_way(page, window, reader, qtbot):
    dialog = laid(page, window, qtbot)
    reader.slow_bench = Event()
    keys(dialog, Qt.Key.Key_R)
    heart = Heartbeat()
    keys(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert heart.during(200) >= 10
    qtbot.waitUntil(lambda: window.page("papers").reading.bench is None)


def test_the_window_can_be_closed_while_the_bench_works(page, window, reader, qtbot):
    dialog = laid(page, window, qtbot)
    reader.slow_bench = Event()
    keys(dialog, Qt.Key.Key_R)
    window.close()
    assert not any(job.running for job in dialog._jobs)


def test_corners_of_no_paper_are_told_and_can_be_undone(page, window, qtbot):
    dialog = laid(page, window, qtbot)
    pulled(dialog.canvas, 0, 0.9, 0.9)
    settled(dialog, qtbot)
    assert "四个角挨得太近或拉得太斜" in dialog.after.picture.text()
    keys(dialog, (Qt.Key.Key_Z, CTRL))
    qtbot.waitUntil(lambda: not dialog.after.picture.pixmap().isNull())
    assert dialog.shape.crop == WHOLE


def test_a_picture_that_is_gone_is_told(page, window, qtbot):
    (path_,) = window.case.draft.attachments[FRONT]
    window.case.draft.file(path_).unlink()
    page.slots[FRONT].setFocus()
    QTest.keyClick(page.slots[FRONT], Qt.Key.Key_F2)
    dialog = window.findChild(BenchDialog)
    qtbot.waitUntil(lambda: not dialog._jobs)
    assert "打不开" in dialog.after.picture.text()
    keys(dialog, Qt.Key.Key_R)
    hand.click(dialog.use)
    dialog.reject()
    assert window.case.draft.attachments[FRONT] == (path_,)
