"""What was read is looked at and taken over: ticked beside its picture or in one go, and undone in one go."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui import demo_hand as hand
from ui.crop_dialog import CropDialog
from ui.suggestions_dialog import SuggestionsDialog
from wizard.resource_files import path

FRONT = "principal.certificate_photo_front"
PHOTO = "subject.certificate_photo"
CARD = path("samples", "pictures", "id-lin-zhiyuan-front.jpg")
LICENCE = path("samples", "pictures", "licence-company.jpg")
NUMBER = "11011519840312991X"


@pytest.fixture
def read(window, reader, qtbot):
    """A window in which an ID card was brought in and read."""
    reader.says["证件正面"] = ("id_front", {"name": "林知远", "id_number": (NUMBER, 0.7)})
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[FRONT], CARD)
    qtbot.waitUntil(page.reading.strips[FRONT].look.isVisible)
    return window


def opened(window, qtbot, key=Qt.Key.Key_F4):
    slot = window.page("papers").slots[FRONT]
    slot.setFocus()
    QTest.keyClick(slot, key)
    dialog = window.findChild(SuggestionsDialog)
    qtbot.waitUntil(lambda: not dialog.place.pixmap().isNull())
    return dialog


def rows(dialog):
    tree = dialog.tree
    return [
        [tree.topLevelItem(n).text(column) for column in (0, 1, 3, 4)]
        for n in range(tree.topLevelItemCount())
    ]


def test_each_value_stands_beside_its_place_with_how_sure_it_is(read, qtbot):
    dialog = opened(read, qtbot)
    assert rows(dialog) == [
        ["姓名", "林知远", "有凭据", "还没填"],
        ["证件类型", "居民身份证", "有凭据", "还没填"],
        ["证件号码", NUMBER, "待核对", "还没填"],
    ]
    assert dialog.tree.topLevelItem(0).icon(2).availableSizes()[0].width() > 10
    assert "表里现在：空着" in dialog.detail.text()


def test_what_is_ticked_beside_its_picture_is_checked(read, qtbot):
    dialog = opened(read, qtbot)
    tree = dialog.tree
    QTest.keyClick(tree, Qt.Key.Key_Space)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Down)
    QTest.keyClick(tree, Qt.Key.Key_Space)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    draft = read.case.draft
    assert draft.text("principal.name") == "林知远"
    assert draft.source("principal.name") == "read_checked"
    assert draft.source("principal.certificate_number") == "read_checked"
    assert draft.text("principal.certificate_type") == ""


def test_what_is_taken_over_in_one_go_waits_to_be_checked(read, qtbot):
    dialog = opened(read, qtbot)
    hand.click(dialog.all)
    draft = read.case.draft
    assert draft.source("principal.name") == "read"
    assert draft.source("principal.certificate_type") == "computed"
    assert draft.text("principal.certificate_number") == "", "the reader was not sure of it"
    said = [one.message for one in read.case.report.findings if one.rule == "scan.unchecked"]
    assert said == ["有 1 栏是从图片识别的，还没有人核对：主体负责人的姓名"]


def test_one_undo_takes_all_of_it_back(read, qtbot):
    hand.click(opened(read, qtbot).all)
    read.activateWindow()
    QTest.keyClick(read.windowHandle(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: read.case.draft.text("principal.name") == "")
    assert read.case.draft.text("principal.certificate_type") == ""
    assert read.case.draft.attachments[FRONT]


def test_nothing_typed_is_replaced_without_being_ticked(read, qtbot):
    hand.answer(read.page("principal").rows["principal.name"].editor, "林致远")
    dialog = opened(read, qtbot)
    assert rows(dialog)[0][3] == "▲ 不同"
    hand.click(dialog.all)
    assert read.case.draft.text("principal.name") == "林致远"
    assert read.case.draft.source("principal.name") == "typed"


def test_what_agrees_is_said_to_agree(read, qtbot):
    hand.answer(read.page("principal").rows["principal.name"].editor, "林知远")
    dialog = opened(read, qtbot)
    assert rows(dialog)[0][3] == "✓ 一致"
    tree = dialog.tree
    QTest.keyClick(tree, Qt.Key.Key_Up)
    QTest.keyClick(tree, Qt.Key.Key_Space)
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert "还没有勾选" in dialog.detail.text()
    assert read.case.draft.source("principal.name") == "typed"


def test_a_licence_brings_the_region_along(open_window, reader, tmp_path, qtbot):
    from wizard.draft import Draft

    reader.says["主体证件"] = ("business_licence", {"address": "北京市大兴区旧桥路25号院1号楼"})
    window = open_window(Draft(answers={"subject.type": "企业"}, folder=tmp_path))
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[PHOTO], LICENCE)
    qtbot.waitUntil(page.reading.strips[PHOTO].look.isVisible)
    page.slots[PHOTO].setFocus()
    QTest.keyClick(page.slots[PHOTO], Qt.Key.Key_F4)
    hand.click(window.findChild(SuggestionsDialog).all)
    draft = window.case.draft
    assert [draft.text(f"subject.{level}") for level in ("province", "city", "district")] == [
        "北京市",
        "北京市",
        "大兴区",
    ]
    assert draft.source("subject.district") == "computed"
    assert window.page("subject").rows["subject.district"].editor.value() == "大兴区"


def test_a_certificate_of_an_association_fills_the_subject(open_window, reader, tmp_path, qtbot):
    from wizard.draft import Draft

    reader.says["主体证件"] = ("other_certificate", {"uscc": "51110000MJ0123456C", "name": "北京绿柠檬协会"})
    window = open_window(Draft(answers={"subject.type": "社会团体"}, folder=tmp_path))
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[PHOTO], LICENCE)
    qtbot.waitUntil(page.reading.strips[PHOTO].look.isVisible)
    page.slots[PHOTO].setFocus()
    QTest.keyClick(page.slots[PHOTO], Qt.Key.Key_F4)
    hand.click(window.findChild(SuggestionsDialog).all)
    draft = window.case.draft
    assert draft.text("subject.certificate_type") == "社会团体法人登记证书"
    assert draft.text("subject.certificate_number") == "51110000MJ0123456C"
    assert draft.text("subject.name") == "北京绿柠檬协会"


# ───────── the marks in the form


@pytest.fixture
def marked(read, qtbot):
    hand.click(opened(read, qtbot).all)
    read.go("principal")
    return read


def row_of(window):
    return window.page("principal").rows["principal.name"]


def test_a_field_says_where_its_answer_comes_from(marked):
    row = row_of(marked)
    assert row._mark.word.text() == "▲ 识别（未核对）"
    kind = marked.page("principal").rows["principal.certificate_type"]
    assert kind._mark.word.text() == "● 自动算出"
    assert not kind._mark.button.isVisible()


def test_it_is_checked_beside_the_picture(marked, qtbot):
    hand.click(row_of(marked)._mark.button)
    dialog = marked.findChild(CropDialog)
    qtbot.waitUntil(lambda: not dialog.place.pixmap().isNull())
    assert dialog.answer.text() == "林知远"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert marked.case.draft.source("principal.name") == "read_checked"
    assert row_of(marked)._mark.word.text() == "● 识别（已核对）"
    assert not [one for one in marked.case.report.findings if one.rule == "scan.unchecked"]


def test_escape_checks_nothing(marked):
    hand.click(row_of(marked)._mark.button)
    QTest.keyClick(marked.findChild(CropDialog), Qt.Key.Key_Escape)
    assert marked.case.draft.source("principal.name") == "read"


def test_what_is_typed_over_loses_its_mark(marked):
    hand.answer(row_of(marked).editor, "林知")
    assert marked.case.draft.source("principal.name") == "typed"
    assert not row_of(marked)._mark.isVisible()


def test_the_marks_are_there_when_the_case_is_opened_again(marked, open_window, place):
    from wizard.draft import load

    marked.case.save()
    again = open_window(load(place), place)
    again.go("principal")
    assert row_of(again)._mark.word.text() == "▲ 识别（未核对）"


ASSOCIATION = {
    "uscc": "51110000500012345D",
    "name": "北京青禾书画协会",
    "legal_person": "林知远",
    "address": "北京市大兴区黄村镇兴华大街8号",
    "business_scope": "书画交流、展览、培训",
    "term_to": "2029-06-30",
}


def dropped(window, slot_id, qtbot):
    window.go("papers")
    page = window.page("papers")
    hand.drop(page.slots[slot_id], LICENCE)
    qtbot.waitUntil(lambda: bool(window.case.draft.scans))
    return page.slots[slot_id], page.reading.strips[slot_id]


def test_an_association_s_certificate_fills_the_form(window, reader, qtbot):
    reader.says["主体证件照片"] = ("other_certificate", ASSOCIATION)
    slot, strip = dropped(window, PHOTO, qtbot)
    assert "项还没填" in strip.text.text()
    slot.setFocus()
    QTest.keyClick(slot, Qt.Key.Key_F4)
    dialog = window.findChild(SuggestionsDialog)
    assert ["主体性质", "社会团体", "有凭据", "还没填"] in rows(dialog)
    assert ["主体证件类型", "社会团体法人登记证书", "有凭据", "还没填"] in rows(dialog)
    hand.click(dialog.all)
    draft = window.case.draft
    assert draft.text("subject.name") == ASSOCIATION["name"]
    assert draft.text("subject.certificate_number") == ASSOCIATION["uscc"]
    assert draft.text("subject.type") == "社会团体"
    assert draft.source("subject.type") == "computed"
    assert "与填写的一致" in strip.text.text()


def test_an_association_s_certificate_in_a_person_s_place_is_noticed(window, reader, qtbot):
    reader.says["证件正面"] = ("other_certificate", ASSOCIATION)
    slot, strip = dropped(window, FRONT, qtbot)
    assert "没有读到这一栏要的内容" in strip.text.text()
    assert "登记证书" in slot.message.text()
    assert slot.property("severity") in ("error", "warning")
