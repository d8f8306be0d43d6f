"""The page of papers: drop, paste, take out, put back; refused files are told why."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import demo_hand as hand
from wizard.resource_files import path

FRONT = "principal.certificate_photo_front"
PICTURE = path("samples", "pictures", "id-lin-zhiyuan-front.jpg")


@pytest.fixture
def page(window):
    window.go("papers")
    return window.page("papers")


def test_a_dropped_picture_is_copied_beside_the_draft(page, window, tmp_path, qtbot):
    hand.drop(page.slots[FRONT], PICTURE)
    (kept,) = window.case.draft.attachments[FRONT]
    assert (tmp_path / kept).read_bytes() == PICTURE.read_bytes()
    assert kept.startswith("案件.附件/")
    label = next(iter(page.slots[FRONT]._pictures.values()))
    qtbot.waitUntil(lambda: not label.pixmap().isNull(), timeout=5000)
    assert page.slots[FRONT].message.isHidden()


def test_a_picture_that_is_too_small_is_told_at_once(page):
    hand.drop(page.slots[FRONT], path("samples", "pictures", "id-lin-zhiyuan-front-too-small.jpg"))
    assert "600×378" in page.slots[FRONT].message.text()


def test_no_slot_is_covered_by_the_next_group(page, window, reader, qtbot):
    """Its message grows after the picture was read."""
    answers = {"subject.type": "社会团体", "subject.name": "1临溪市云杉区餐饮行业协会"}
    for field_id, value in answers.items():
        window.case.answer(field_id, value)
    said = {
        "uscc": "51339801MA91425548",
        "name": "临溪市云杉区餐饮行业协会",
        "address": "浙江省临溪市松影大道9号",
    }
    reader.says["主体证件照片"] = ("other_certificate", said)
    slot, group = page.slots["subject.certificate_photo"], page._groups["subject"]
    window.resize(1024, 700)
    for name in ("licence-company.jpg", "licence-individual-business.jpg"):
        hand.drop(slot, path("samples", "pictures", name))
        qtbot.waitUntil(lambda: not page.desk.state(slot.field.id)[0])
        qtbot.waitUntil(lambda: slot.geometry().bottom() < group.height())


def test_a_picture_that_is_made_smaller_later_frightens_nobody(page, window, tmp_path):
    heavy = tmp_path / "大图.jpg"
    heavy.write_bytes(PICTURE.read_bytes() + bytes(2_200_000))
    hand.drop(page.slots[FRONT], heavy)
    slot = page.slots[FRONT]
    assert slot.message.text() == "● 超过 2 MB，不用处理：导出时会自动缩到 2 MB 以内"
    assert not slot.property("severity")
    (found,) = [one for one in window.case.findings(FRONT) if one.rule == "picture.too-heavy"]
    assert found.severity == "warning"


def test_a_certificate_can_be_dropped_before_anything_is_chosen(page, window):
    assert page.slots["subject.certificate_photo"].isVisible()
    window.go("subject")
    hand.answer(window.page("subject").rows["subject.type"].editor, "个人")
    window.go("papers")
    page.fill()
    assert not page.slots["subject.certificate_photo"].isVisible()


def test_what_is_no_picture_is_refused_with_a_sentence(page, window, tmp_path):
    fake = tmp_path / "照片.jpg"
    fake.write_bytes(b"<!doctype html><title>login</title>")
    hand.drop(page.slots[FRONT], fake)
    assert "照片.jpg" in page.slots[FRONT].message.text()
    assert FRONT not in window.case.draft.attachments


def test_a_pasted_picture_becomes_a_file(page, window, tmp_path, qtbot):
    image = QImage(1300, 800, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    QApplication.clipboard().setImage(image)
    page.slots[FRONT].setFocus()
    QTest.keyClick(page.slots[FRONT], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not page.slots[FRONT].busy)
    (kept,) = window.case.draft.attachments[FRONT]
    assert (tmp_path / kept).read_bytes().startswith(b"\x89PNG")


def test_a_removed_picture_can_be_put_back(page, window):
    hand.drop(page.slots[FRONT], PICTURE)
    before = window.case.draft.attachments
    page.slots[FRONT].setFocus()
    QTest.keyClick(page.slots[FRONT], Qt.Key.Key_Delete)
    assert FRONT not in window.case.draft.attachments
    hand.click(hand.button(page, "撤销移除"))
    assert window.case.draft.attachments == before


def test_the_remove_button_of_a_file_takes_it_out(page, window):
    hand.drop(page.slots[FRONT], PICTURE)
    hand.click(hand.button(page.slots[FRONT], "移除"))
    assert FRONT not in window.case.draft.attachments


def test_several_files_where_several_may_be(page, window):
    page.more.click()
    slot = page.slots["materials.applets_other_materials"]
    assert slot.isVisible()
    hand.drop(slot, PICTURE, PICTURE)
    hand.drop(slot, PICTURE)
    assert len(window.case.draft.attachments["materials.applets_other_materials"]) == 3


def test_rare_papers_are_folded_away(page):
    assert not page.slots["materials.promise_video"].isVisible()
    hand.click(page.more)
    assert page.slots["materials.promise_video"].isVisible()


def test_a_folder_that_cannot_be_written_is_told(page, window, tmp_path, monkeypatch):
    import errno
    import os

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    hand.drop(page.slots[FRONT], PICTURE)
    monkeypatch.undo()
    assert "磁盘空间不足" in page.slots[FRONT].message.text()
    assert FRONT not in window.case.draft.attachments


def test_a_replaced_picture_can_be_put_back(page, window):
    hand.drop(page.slots[FRONT], PICTURE)
    before = window.case.draft.attachments
    hand.drop(page.slots[FRONT], path("samples", "pictures", "id-su-xiaolan-front.jpg"))
    assert window.case.draft.attachments != before
    hand.click(hand.button(page, "撤销更换"))
    assert window.case.draft.attachments == before


def test_more_files_than_there_is_room_for_are_named(page, window):
    hand.drop(page.slots[FRONT], PICTURE, path("samples", "pictures", "id-su-xiaolan-front.jpg"))
    assert len(window.case.draft.attachments[FRONT]) == 1
    assert "最多放 1 个文件，没有放进来：id-su-xiaolan-front.jpg" in page.slots[FRONT].message.text()


def test_the_window_lives_while_a_file_is_brought_in(page, window, monkeypatch, qtbot):
    from threading import Event

    from ui import intake

    held = Event()

    def slow(*_):
        held.wait(10)
        return intake.Kept("案件.附件/慢.jpg", PICTURE)

    monkeypatch.setattr(intake, "take_picture", slow)
    slot = page.slots[FRONT]
    slot.files_given.emit(FRONT, [PICTURE])
    assert slot.busy
    assert "正在放进来" in slot.message.text()
    hand.answer(window.page("subject").rows["subject.name"].editor, "甲公司")
    assert window.case.draft.text("subject.name") == "甲公司"
    assert slot.busy
    held.set()
    qtbot.waitUntil(lambda: not slot.busy)
    assert window.case.draft.attachments[FRONT] == ("案件.附件/慢.jpg",)


def test_a_file_under_way_is_kept_when_the_window_closes(page, window, place):
    from wizard.draft import load

    page.slots[FRONT].files_given.emit(FRONT, [PICTURE])
    window.close()
    assert load(place).attachments[FRONT]


def test_a_file_for_a_case_that_was_left_does_not_land_in_the_next(page, window, qtbot):
    from threading import Event

    from ui import intake

    held = Event()
    intake_take = intake.take_picture
    intake.take_picture = lambda *a: (held.wait(10), intake_take(*a))[1]
    try:
        page.slots[FRONT].files_given.emit(FRONT, [PICTURE])
        window.keeping.new()
        held.set()
        page.intake.wait()
    finally:
        intake.take_picture = intake_take
    assert window.case.draft.attachments == {}
    assert not page.slots[FRONT].busy
