"""A page of fields, used by keys, mouse and input method."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from ui import demo_hand as hand
from ui.editors import TextEditor
from wizard.resource_files import path

GOOD = "91110115MA01QFMA2Y"
APPROVALS = "mini_program.pre_approvals"


@pytest.fixture
def page(window):
    page = window.page("subject")
    hand.answer(page.rows["subject.type"].editor, "企业")
    return page


def leave(page, field_id):
    QTest.keyClick(page.rows[field_id].editor.target, Qt.Key.Key_Tab)


def test_nothing_is_said_on_a_first_visit(window):
    page = window.page("subject")
    assert [row.message.text() for row in page.rows.values() if not row.message.isHidden()] == []
    assert window.case.report.errors > 5


def test_a_wrong_answer_is_told_when_it_is_left_and_forgiven_as_it_is_mended(page):
    row = page.rows["subject.address"]
    hand.type_text(row.editor.target, "路")
    assert row.message.isHidden()
    leave(page, "subject.address")
    assert "地址只有 1 个字" in row.message.text()
    assert "错误" in row.message.text()
    hand.type_text(row.editor.target, "旧桥路25号院1号楼")
    assert row.message.isHidden()


def test_an_empty_field_that_is_passed_by_is_not_scolded(page):
    page.rows["subject.name"].editor.target.setFocus()
    leave(page, "subject.name")
    assert page.rows["subject.name"].message.isHidden()


def test_a_number_is_judged_once_it_is_complete(page):
    row = page.rows["subject.certificate_number"]
    hand.type_text(row.editor.target, GOOD[:-1])
    assert row.message.isHidden()
    hand.type_text(row.editor.target, "X")
    assert "最后一位与前 17 位对不上" in row.message.text()
    QTest.keyClick(row.editor.target, Qt.Key.Key_Backspace)
    hand.type_text(row.editor.target, "Y")
    assert row.message.isHidden()
    assert "已核对校验位 ✓" in row.known.text()
    assert "大兴区" in row.known.text()


def test_a_look_alike_is_offered_and_taken_by_one_click(page, window):
    row = page.rows["subject.certificate_number"]
    hand.type_text(row.editor.target, GOOD.replace("MA01", "MAO1"))
    leave(page, "subject.certificate_number")
    assert "字母 O" in row.message.text()
    assert window.case.draft.text("subject.certificate_number").count("O") == 1
    assert row.suggestion.text() == f"改成 {GOOD}"
    hand.click(row.suggestion)
    assert window.case.draft.text("subject.certificate_number") == GOOD
    assert row.message.isHidden()
    assert row.suggestion.isHidden()


def test_a_long_number_is_grouped_for_the_eye_and_copied_plain(page, window):
    target = page.rows["subject.certificate_number"].editor.target
    hand.type_text(target, GOOD)
    leave(page, "subject.certificate_number")
    assert target.text() == "91 110115 MA01QFMA2 Y"
    assert window.case.draft.text("subject.certificate_number") == GOOD
    target.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.keyClick(target, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(target, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == GOOD


def test_the_wrong_text_stays(page, window):
    row = page.rows["subject.certificate_number"]
    hand.type_text(row.editor.target, "１２３ abc")
    leave(page, "subject.certificate_number")
    assert window.case.draft.text("subject.certificate_number") == "１２３ abc"
    assert row.editor.value() == "１２３ abc"


def test_fields_follow_the_nature_and_answers_come_back(page, window):
    number = page.rows["subject.certificate_number"]
    assert number.isVisible()
    assert not page.rows["subject.has_seal"].isVisible()
    hand.type_text(number.editor.target, GOOD)
    hand.answer(page.rows["subject.type"].editor, "个人")
    leave(page, "subject.type")
    assert not number.isVisible()
    hand.answer(page.rows["subject.type"].editor, "个体工商户")
    leave(page, "subject.type")
    assert page.rows["subject.has_seal"].isVisible()
    assert number.isVisible()
    assert window.case.draft.text("subject.certificate_number") == GOOD


def test_certificates_offered_go_with_the_nature(page):
    combo = page.rows["subject.certificate_type"].editor.widget
    hand.answer(page.rows["subject.type"].editor, "政府机关")
    assert [combo.itemText(i) for i in range(combo.count())] == ["", "统一社会信用代码证书", "组织机构代码证"]


def test_places_lie_within_each_other(page):
    rows = page.rows
    hand.answer(rows["subject.province"].editor, "广东省")
    cities = rows["subject.city"].editor.widget
    offered = [cities.itemText(i) for i in range(cities.count())]
    assert "深圳市" in offered
    assert "杭州市" not in offered
    hand.answer(rows["subject.city"].editor, "深圳市")
    districts = rows["subject.district"].editor.widget
    assert "南山区" in [districts.itemText(i) for i in range(districts.count())]
    hand.answer(rows["subject.district"].editor, "余杭区")
    leave(page, "subject.district")
    assert "不在广东省深圳市" in rows["subject.district"].message.text()


def test_a_city_without_districts_stands_for_its_own(page, window):
    hand.answer(page.rows["subject.province"].editor, "广东省")
    hand.answer(page.rows["subject.city"].editor, "东莞市")
    box = page.rows["subject.district"].editor.widget
    assert [box.itemText(i) for i in range(box.count())] == ["东莞市"]
    hand.answer(page.rows["subject.district"].editor, "东莞市")
    assert window.case.report.reading.filing.subject.district == "441900"


def test_enter_goes_on_to_the_next_field(page):
    target = page.rows["subject.name"].editor.target
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.rows["subject.province"].editor.target


@pytest.mark.parametrize("page_id", ["subject", "principal", "mini_program", "contact"])
def test_enter_alone_goes_through_the_fields_of_a_page(window, page_id):
    window.go(page_id)
    rows = [row for row in window.page(page_id).rows.values() if row.isVisible()]
    rows[0].editor.target.setFocus()
    for row in rows:
        assert QApplication.focusWidget() is row.editor.target
        if isinstance(row.editor, TextEditor):  # there Enter begins another line
            QTest.keyClick(row.editor.target, Qt.Key.Key_Return)
            break
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    else:
        assert window.current != page_id
    assert window.case.draft.answers.keys() <= {"subject.comment", "mini_program.comment"}


def test_enter_on_a_chosen_button_goes_on_and_leaves_the_choice(window):
    row = window.page("subject").rows["subject.filing_type"]
    hand.answer(row.editor, "变更")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert QApplication.focusWidget() is window.page("subject").rows["subject.record_number"].editor.target
    assert window.case.draft.text("subject.filing_type") == "变更"


def test_a_page_nobody_has_been_to_begins_at_what_may_spare_the_rest(window):
    window.go("contact")
    rows = window.page("contact").rows
    assert QApplication.focusWidget() is rows["contact.same_as_principal"].editor.target
    hand.answer(rows["contact.is_administrator"].editor, "是")
    window.go("principal")
    window.page("contact")._begin_anew()
    window.go("contact")
    assert QApplication.focusWidget() is not rows["contact.same_as_principal"].editor.target


def test_the_wheel_does_not_change_a_choice(page, qtbot):
    combo = page.rows["subject.type"].editor.widget
    before = combo.currentText()
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt takes it by place only
    )
    QApplication.sendEvent(combo, event)
    assert combo.currentText() == before


def test_chinese_comes_by_the_input_method(page, window):
    hand.type_text(page.rows["subject.name"].editor.target, "北京𬍛䶮科技有限公司")
    assert window.case.draft.text("subject.name") == "北京𬍛䶮科技有限公司"


def test_one_box_links_the_contact_to_the_principal(window):
    hand.answer(window.page("principal").rows["principal.name"].editor, "林知远")
    window.go("contact")
    page = window.page("contact")
    assert page.rows["contact.name"].isVisible()
    hand.click(page.rows["contact.same_as_principal"].editor.widget)
    assert not page.rows["contact.name"].isVisible()
    assert window.case.report.reading.filing.contact.name == "林知远"
    hand.click(page.rows["contact.same_as_principal"].editor.widget)
    assert page.rows["contact.name"].isVisible()


def test_the_same_words_stand_at_both_fields_concerned(window):
    for person in ("principal", "contact"):
        page = window.page(person)
        window.go(person)
        hand.answer(page.rows[f"{person}.name"].editor, "林知远" if person == "principal" else "苏晓岚")
        hand.answer(page.rows[f"{person}.mobile"].editor, "13800000101")
        QTest.keyClick(page.rows[f"{person}.mobile"].editor.target, Qt.Key.Key_Tab)
    said = {window.page(p).rows[f"{p}.mobile"].message.text() for p in ("principal", "contact")}
    assert len(said) == 1
    assert "同一个手机号" in said.pop()


def test_the_length_of_a_remark_is_counted(window):
    window.go("mini_program")
    row = window.page("mini_program").rows["mini_program.comment"]
    hand.answer(row.editor, "记账小工具")
    assert "现在 5 字（20–200 字）" in row.help.text()


def test_pre_approvals_are_rows_or_one_click(window):
    window.go("mini_program")
    page = window.page("mini_program")
    editor = page.rows["mini_program.pre_approvals"].editor
    hand.click(editor.target)
    assert window.case.draft.answers["mini_program.pre_approvals"] == ({"type": "以上都不涉及"},)
    hand.click(hand.button(page, "添加一项审批"))
    (row,) = editor._rows
    hand.answer(row._type, "新闻")
    hand.type_text(row._code, "123")
    assert window.case.draft.answers["mini_program.pre_approvals"] == ({"type": "新闻", "code": "123"},)
    assert not editor._none.isChecked()
    hand.click(hand.button(page, "删除这一项"))
    assert "mini_program.pre_approvals" not in window.case.draft.answers


def test_service_types_are_boxes_and_a_line_for_the_rest(window):
    window.go("mini_program")
    page = window.page("mini_program")
    editor = page.rows["mini_program.service_content_types"].editor
    hand.answer(editor, ("工具",))
    hand.type_text(editor._others, "房产，求职")
    assert window.case.draft.answers["mini_program.service_content_types"] == ("工具", "房产", "求职")


def test_a_remark_is_drafted_by_one_click_and_overwrites_nothing(window):
    hand.answer(window.page("subject").rows["subject.name"].editor, "北京绿柠檬科技有限公司")
    window.go("mini_program")
    page = window.page("mini_program")
    hand.click(page.draft_remark)
    assert "先填好" in window.notice_text.text()
    hand.answer(page.rows["mini_program.name"].editor, "绿柠檬便民工具")
    hand.answer(page.rows["mini_program.comment"].editor, "我自己写的一句")
    hand.click(page.draft_remark)
    text = window.case.draft.text("mini_program.comment")
    assert text.startswith("我自己写的一句\n“绿柠檬便民工具”是北京绿柠檬科技有限公司的自有小程序")
    assert "【谁】" in text
    hand.click(page.draft_remark)
    assert window.case.draft.text("mini_program.comment") == text
    assert "没填的" in page.rows["mini_program.comment"].message.text()


NATURE = "subject.type"


def told(row) -> str:
    """What stands under the input about a change that waits; empty where nothing waits."""
    return "".join(
        label.text() for label in row.findChildren(QLabel) if "以后：" in label.text() and seen(label)
    )


def seen(widget) -> bool:
    return widget.isVisible() and not widget.visibleRegion().isEmpty()


@pytest.fixture
def company(page, window):
    """A page on which the kind of filing, the nature and a number are given already."""
    hand.answer(page.rows["subject.filing_type"].editor, "新增备案(首次)")
    hand.answer(page.rows[NATURE].editor, "企业")
    leave(page, NATURE)
    hand.type_text(page.rows["subject.certificate_number"].editor.target, GOOD)
    return page


def test_what_a_changed_base_fact_brings_is_told_before_it_is_changed(company, window):
    row = company.rows[NATURE]
    hand.answer(row.editor, "个人")
    assert "主体性质改为“个人”以后：不再需要" in told(row)
    assert "改回来就会回来" in told(row)
    assert window.case.draft.text(NATURE) == "企业"
    hand.click(hand.button(row, "改为“个人”（回车）"))
    assert window.case.draft.text(NATURE) == "个人"
    assert told(row) == ""


def test_escape_takes_a_base_fact_back(company, window):
    row = company.rows[NATURE]
    hand.answer(row.editor, "个人")
    QTest.keyClick(row.editor.target, Qt.Key.Key_Escape)
    assert row.editor.value() == window.case.draft.text(NATURE) == "企业"
    assert told(row) == ""
    hand.answer(row.editor, "个人")
    hand.click(hand.button(row, "不改，仍是“企业”（Esc）"))
    assert row.editor.value() == window.case.draft.text(NATURE) == "企业"


@pytest.mark.parametrize("way", ["leave", "enter", "page", "close"])
def test_going_on_makes_the_change(company, window, way):
    row = company.rows[NATURE]
    hand.answer(row.editor, "个人")
    if way == "leave":
        company.rows["subject.name"].editor.target.setFocus(Qt.FocusReason.TabFocusReason)
    elif way == "enter":
        QTest.keyClick(row.editor.target, Qt.Key.Key_Return)
    elif way == "page":
        QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    else:
        window.close()
    assert window.case.draft.text(NATURE) == "个人"


def test_the_first_answer_and_one_that_brings_nothing_do_not_wait(page, window):
    hand.answer(page.rows[NATURE].editor, "企业")
    assert window.case.draft.text(NATURE) == "企业"
    assert told(page.rows[NATURE]) == ""


def test_a_province_half_typed_waits_and_says_nothing_yet(company, window):
    row = company.rows["subject.province"]
    hand.answer(row.editor, "天津市")
    leave(company, "subject.province")
    hand.clear(row.editor.target)
    hand.type_text(row.editor.target, "西")
    assert told(row) == ""
    hand.type_text(row.editor.target, "藏自治区")
    assert hand.wait(lambda: "备案省改为“西藏自治区”以后：新增党建确认函" in told(row), 5)
    assert window.case.draft.text("subject.province") == "天津市"


@pytest.fixture
def approval(window):
    """A row for 新闻, without documents yet."""
    window.go("mini_program")
    page = window.page("mini_program")
    hand.click(hand.button(page, "添加一项审批"))
    (row,) = page.rows["mini_program.pre_approvals"].editor._rows
    hand.answer(row._type, "新闻")
    return row


def media(window):
    return [each for cells in window.case.draft.answers[APPROVALS] for each in cells.get("media", ())]


def test_documents_of_an_approval_are_listed_and_taken_out(window, approval, qtbot):
    approval.add([path("samples", "pictures", "licence-company.jpg")])
    qtbot.waitUntil(lambda: media(window) == ["案件.附件/批准文件.jpg"])
    hand.click(hand.button(approval, "移除"))
    assert window.case.draft.answers[APPROVALS] == ({"type": "新闻"},)


def test_documents_of_an_approval_come_in_like_other_pictures(window, approval, reader, tmp_path, qtbot):
    """Made anew by the worker, every page, the original beside; what is no picture is told."""
    reader.pages = 3
    (tmp_path / "假.jpg").write_bytes(b"<html>")
    approval.add([path("samples", "pictures", "licence-company.jpg"), tmp_path / "假.jpg"])
    assert not approval._add_button.isEnabled()
    qtbot.waitUntil(lambda: len(media(window)) == 3)
    assert [asked.split()[-1] for asked in reader.asked if asked.startswith("clean")] == ["1", "2", "3"]
    assert len(list((tmp_path / "案件.附件" / "原件").iterdir())) == 1
    assert "假.jpg" in window.notice.text.text()
    assert approval._add_button.isEnabled()


def test_a_document_under_way_to_a_row_that_is_gone_changes_nothing(window, approval, reader, qtbot):
    held = Event()
    clean = reader.clean
    reader.clean = lambda *wanted: (held.wait(10), clean(*wanted))[1]
    approval.add([path("samples", "pictures", "licence-company.jpg")])
    hand.click(hand.button(approval, "删除这一项"))
    held.set()
    qtbot.waitUntil(lambda: not window.page("papers").intake._jobs)
    assert not window.case.draft.answers.get(APPROVALS)


def test_a_repair_taken_over_can_be_undone(page, window):
    row = page.rows["subject.certificate_number"]
    typed = GOOD.replace("MA01", "MAO1")
    hand.type_text(row.editor.target, typed)
    leave(page, "subject.certificate_number")
    hand.click(row.suggestion)
    assert window.case.draft.text("subject.certificate_number") == GOOD
    assert QApplication.focusWidget() is row.editor.target
    QTest.keyClick(row.editor.target, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.case.draft.text("subject.certificate_number") == typed
