"""办理进度 in the window, with real keys and clicks: noting, freezing, rejections, 变更, calendar files."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog

from tests.tracking.cases import NUMBERS, a_draft, followed
from tests.tracking.ics_reader import read
from ui import clock
from ui import demo_hand as hand
from ui.changes_dialog import ChangesDialog
from ui.handed_in_dialog import HandedInDialog
from wizard.draft import load
from wizard.files import FileProblem
from wizard.tracking.record import record_of
from wizard.tracking.timeline import BEIJING

NOW = datetime(2026, 11, 25, 14, 30, tzinfo=BEIJING)


@pytest.fixture(autouse=True)
def _now(monkeypatch, own_settings):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def progress(open_window, tmp_path):
    """Opens the page on a draft with events."""

    def open_(*steps, draft=None):
        made = followed(*steps, draft=draft or a_draft())
        window = open_window(replace(made, folder=tmp_path))
        window.progress.show()
        return window

    return open_


def in_dialog(act):
    """Does `act` with the dialog that comes up next."""

    def later():
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, later)
        else:
            act(dialog)

    QTimer.singleShot(20, later)


def kinds_of(window):
    return [event.kind.id for event in record_of(window.case.draft).events]


def note(qtbot, window, words, act=lambda dialog: None):
    """Press the button with those words, do `act` in the dialog, and Enter on 记下."""

    def fill(dialog):
        act(dialog)
        qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)

    in_dialog(fill)
    qtbot.mouseClick(window.progress.page.buttons()[words], Qt.MouseButton.LeftButton)


def test_from_submitting_to_the_countdown(qtbot, progress, tmp_path):
    window = progress()
    (tmp_path / "a.jpg").write_bytes(b"picture")
    window.case.attach("subject.certificate_photo", ("a.jpg",))
    note(qtbot, window, "已提交平台")
    assert hand.wait(lambda: kinds_of(window) == ["submitted"])
    event = record_of(load(window.case.place)).events[0]
    assert event.frozen["files"]["subject.certificate_photo"][0]["size"] == 7
    assert window.case.draft.text("progress.submitted_on") == "2026-11-25"
    page = window.progress.page
    assert page.now.text() == "现在：平台初审"
    assert "11 月 26 日–11 月 27 日" in page.ahead.text()

    note(qtbot, window, "收到 12381 短信")
    assert page.countdown.text() == "还有 1 天"
    assert "11-26 14:30 前核验" in page.todo.text()
    assert "核验完成" in page.buttons()


def test_the_countdown_goes_on_by_itself(progress, monkeypatch):
    window = progress(("submitted", "2026-11-24"), ("sms_received", "2026-11-24 15:00"))
    page = window.progress.page
    assert page.countdown.text() == "还有 30 分"
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=31))
    window.progress._tick()
    assert page.countdown.text() == "已过 1 分"
    assert "被系统驳回了" in page.todo.text()


def test_a_time_that_cannot_be_is_told_in_the_dialog(qtbot, progress):
    window = progress(("submitted", "2026-11-25 14:00"))
    said = []

    def wrong(dialog):
        dialog.time.setDateTime(dialog.time.dateTime().addDays(-3))
        qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
        said.append(dialog.problem.text())
        dialog.reject()

    in_dialog(wrong)
    qtbot.mouseClick(window.progress.page.buttons()["平台初审通过了"], Qt.MouseButton.LeftButton)
    assert "早于上一条" in said[0]
    assert kinds_of(window) == ["submitted"]


def test_a_number_is_judged_as_it_is_typed(qtbot, progress):
    window = progress(("submitted", "2026-11-20"), ("sms_done", "2026-11-21"))
    told = []

    def fill(dialog):
        line = dialog.inputs.number_lines["service_icp_number"]
        hand.type_text(line.edit, "粤ICP备2026012345号-1X")
        told.append(line.told.text())
        line.edit.clear()
        hand.type_text(line.edit, NUMBERS["service_icp_number"])
        told.append(line.told.text())

    note(qtbot, window, "登记备案号", fill)
    assert "广东省发的" in told[0]
    assert told[1] == "✓ 北京市，小程序"
    assert window.case.draft.text("progress.service_icp_number") == NUMBERS["service_icp_number"]
    assert window.progress.page.now.text() == "现在：备案成功"
    assert "登记备案号" not in window.progress.page.buttons()
    qtbot.mouseClick(window.progress.page.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().text() == NUMBERS["service_icp_number"]


def test_a_rejection_is_kept_understood_and_leads_to_the_field(qtbot, progress):
    window = progress(("submitted", "2026-11-24"))
    note(
        qtbot,
        window,
        "平台驳回了…",
        lambda dialog: dialog.inputs._text_edit.setPlainText("通讯地址未精确到门牌号。今天天气不好。"),
    )
    assert record_of(window.case.draft).events[-1].text("rejection").startswith("通讯地址")
    rejection = window.progress.rejection
    assert hand.wait(lambda: rejection.tree.topLevelItemCount() == 1)
    assert "没有认出，自己对照原文：今天天气不好" in rejection.told.text()
    assert not rejection.note.isVisible()
    rejection.tree.setFocus()
    qtbot.keyClick(rejection.tree, Qt.Key.Key_Return)
    assert (window.current, window.case.draft.place["field"]) == ("subject", "subject.address")
    assert not window.progress.in_sight
    window.progress.show()
    assert "已提交平台" in window.progress.page.buttons()


def test_a_pasted_rejection_that_is_not_noted_yet(qtbot, progress):
    window = progress(("submitted", "2026-11-24"))
    window.progress.understand()
    rejection = window.progress.rejection
    rejection.text.setPlainText("通讯地址未精确到门牌号")
    assert hand.wait(lambda: rejection.tree.topLevelItemCount() == 1)
    qtbot.mouseClick(rejection.note, Qt.MouseButton.LeftButton)
    assert kinds_of(window) == ["submitted", "review_rejected"]
    assert not rejection.note.isVisible()
    rejection.open_with("天空是蓝的", noted=False)
    assert hand.wait(lambda: "没有认出" in rejection.told.text())
    assert rejection.tree.topLevelItemCount() == 0
    assert not rejection.to_field.isEnabled()


def test_a_line_noted_by_mistake_is_struck_through_and_stays(qtbot, progress):
    window = progress(("submitted", "2026-11-24"), ("review_passed", "2026-11-25"))
    in_dialog(lambda dialog: qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton))
    action = next(one for one in window.progress.page.menu.actions() if one.text() == "上一条记错了")
    action.trigger()
    page = window.progress.page
    assert page.now.text() == "现在：平台初审"
    assert page.list.tree.topLevelItem(1).text(1) == "平台初审通过（已更正，不算）"
    assert page.list.tree.topLevelItem(1).font(1).strikeOut()
    assert page.list.tree.topLevelItemCount() == 3


def test_what_was_handed_in_and_what_changed_since(qtbot, progress, tmp_path):
    window = progress(draft=a_draft(principal__name="张小满", principal__mobile="13800005678"))
    (tmp_path / "a.jpg").write_bytes(b"picture")
    window.case.attach("subject.certificate_photo", ("a.jpg",))
    note(qtbot, window, "已提交平台")
    assert hand.wait(lambda: kinds_of(window) == ["submitted"])
    window.case.answer("mini_program.name", "改了的名称")
    seen = []

    def look(dialog):
        assert isinstance(dialog, HandedInDialog)
        assert hand.wait(lambda: "1 份附件都还在" in dialog.lead.text())
        tree = dialog.tree
        seen.extend(
            tuple(tree.topLevelItem(n).text(c) for c in range(3)) for n in range(tree.topLevelItemCount())
        )
        dialog.names.held.emit(True)  # noqa: FBT003 - a signal takes no names
        seen.append(tuple(tree.topLevelItem(n).text(1) for n in range(tree.topLevelItemCount())))
        dialog.reject()

    in_dialog(look)
    qtbot.mouseClick(window.progress.page.list.open_button, Qt.MouseButton.LeftButton)
    assert seen[0] == ("小程序·小程序名称", "绿柠檬便民工具", "改了的名称")
    assert ("主体负责人·姓名", "张**", "同左") in seen
    assert ("主体负责人·手机号码", "138****5678", "同左") in seen
    assert "张小满" in seen[-1]


def test_a_change_of_a_granted_filing_is_begun_from_the_table(qtbot, progress):
    window = progress(("submitted", "2026-11-20"), ("number_granted", "2026-11-24", NUMBERS))

    def begin(dialog):
        assert isinstance(dialog, ChangesDialog)
        dialog.tree.setCurrentItem(dialog.tree.topLevelItem(1))
        assert not dialog.begin.isVisible()
        dialog.tree.setCurrentItem(dialog.tree.topLevelItem(0))
        assert "更名函" in dialog.detail.text()
        qtbot.mouseClick(dialog.begin, Qt.MouseButton.LeftButton)

    in_dialog(begin)
    qtbot.mouseClick(window.progress.page.buttons()["办理变更…"], Qt.MouseButton.LeftButton)
    assert kinds_of(window)[-1] == "change_begun"
    assert window.progress.page.now.text() == "现在：填写中（变更）"
    assert window.case.draft.text("subject.filing_type") == "变更"


def test_the_calendar_file_of_the_case(qtbot, progress, tmp_path, monkeypatch):
    window = progress(("submitted", "2026-11-24"))
    file = tmp_path / "期限.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    qtbot.mouseClick(window.progress.page.calendar, Qt.MouseButton.LeftButton)
    assert len(read(file.read_bytes()).children) == 1


def test_keys_lead_there_and_back(qtbot, open_window):
    window = open_window(a_draft())
    qtbot.keyClick(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    assert window.progress.in_sight
    qtbot.keyClick(window.progress.page, Qt.Key.Key_Escape)
    assert not window.progress.in_sight


def test_everything_on_the_page_is_reached_by_tab_and_has_a_name(qtbot, progress):
    window = progress(("submitted", "2026-11-24"))
    page, seen = window.progress.page, []
    page.focus()
    for _ in range(30):
        focused = QApplication.focusWidget()
        if focused in seen:
            break
        seen.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    named = [widget for widget in seen if widget.accessibleName() or getattr(widget, "text", str)()]
    assert named == seen
    assert {page.more, page.back, page.calendar, page.changes, page.list.tree} <= set(seen)


def test_a_case_of_the_library_gets_its_state_and_next_date_in_the_list(qtbot, with_library):
    window = with_library(lambda library: library.cases.new(a_draft()))
    library = window.room.session.library
    (row,) = library.cases.rows()
    window.keeping.open_case(row.id)
    window.progress.show()
    note(qtbot, window, "已提交平台")
    assert hand.wait(lambda: library.cases.row(row.id).state == "preliminary_review")
    assert library.cases.row(row.id).deadline.isoformat() == "2026-11-27"
    assert record_of(library.cases.load(row.id).draft).following.state == "preliminary_review"
    assert [one.id for one in library.cases.due()] == [row.id]


def test_a_followed_file_that_comes_into_the_library_brings_its_state_along(with_library, tmp_path):
    window = with_library()
    window.case.follow(followed(("submitted", "2026-11-24"), draft=a_draft()))
    assert window.keeping.take_in()
    (row,) = window.room.session.library.cases.rows()
    assert (row.state, row.deadline.isoformat()) == ("preliminary_review", "2026-11-26")


def test_nothing_is_cut_off_in_the_narrowest_window(progress):
    window = progress(("submitted", "2026-11-24"), ("sms_received", "2026-11-25 10:00"))
    window.resize(window.minimumSize())
    page = window.progress.page
    assert hand.wait(lambda: page.width() <= 900)
    inner = page.strip.parentWidget()
    assert inner.width() <= page.width()
    assert page.more.mapTo(page, page.more.rect().bottomRight()).x() < page.width()


def test_a_line_that_could_not_be_saved_is_told_on_the_page_and_kept(qtbot, progress, monkeypatch):
    window = progress(("submitted", "2026-11-24"))

    def refuse(*_):
        raise FileProblem("磁盘空间不足")

    monkeypatch.setattr(window.case.store, "save", refuse)
    note(qtbot, window, "平台初审通过了")
    page = window.progress.page
    assert "磁盘空间不足" in page.problem.text()
    assert page.problem.isVisible()
    assert kinds_of(window) == ["submitted", "review_passed"]
    monkeypatch.undo()
    assert window.case.save()
    assert not page.problem.isVisible()
    assert [one.kind.id for one in record_of(load(window.case.place)).events] == [
        "submitted",
        "review_passed",
    ]


def test_lines_noted_in_the_library_from_elsewhere_are_kept_beside_ours(qtbot, with_library):
    window = with_library(
        lambda library: library.cases.new(followed(("submitted", "2026-11-24"), draft=a_draft()))
    )
    library = window.room.session.library
    (row,) = library.cases.rows()
    window.keeping.open_case(row.id)
    elsewhere = library.cases.load(row.id)
    theirs = followed(("remarked", "2026-11-25 09:00", {"text": "别处"}), draft=elsewhere.draft)
    library.cases.save(row.id, theirs, elsewhere.version)
    window.progress.show()
    note(qtbot, window, "平台初审通过了")
    kinds = [one.kind.id for one in record_of(library.cases.load(row.id).draft).events]
    assert sorted(kinds) == ["remarked", "review_passed", "submitted"]
    assert kinds_of(window) == kinds


def test_what_comes_next_is_noted_with_two_keys(qtbot, progress):
    window = progress(("submitted", "2026-11-24"))
    for noted in (["submitted", "review_passed"], ["submitted", "review_passed", "sms_received"]):
        window.activateWindow()  # no window manager does it here once a dialog is gone
        qtbot.waitUntil(window.isActiveWindow)
        qtbot.wait(50)
        in_dialog(lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Return))
        qtbot.keyClick(window.progress.page, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        assert hand.wait(lambda noted=noted: kinds_of(window) == noted)
