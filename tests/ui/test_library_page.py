"""The list of cases: found as one types, opened by Enter, changed many at once, private as lists must be."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog, QLineEdit

from ui import demo_hand as hand
from ui import library_model, questions
from wizard.draft import Draft, load
from wizard.library import place
from wizard.library.records import Query
from wizard.resource_files import path

PASSPHRASE = "蓝鲸台灯"
NUMBER = "110101199003074476"


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """A library with cases in it, made once; each test works on a copy."""
    folder = tmp_path_factory.mktemp("库") / "客户库"
    library, _ = place.create(folder, PASSPHRASE)
    base = replace(load(path("samples", "company.json")), attachments={}, place={}, folder=Path("nowhere"))
    for number in range(30):
        draft = base.with_answer("mini_program.name", f"点餐{number:02}")
        draft = draft.with_answer("principal.mobile", f"138000{number:05}")
        library.cases.new(draft)
    person = Draft(folder=Path("nowhere"))
    for field, text in (
        ("subject.type", "个人"),
        ("subject.name", "苏晓岚"),
        ("principal.name", "苏晓岚"),
        ("principal.certificate_number", NUMBER),
        ("mini_program.name", "晓岚的小店"),
    ):
        person = person.with_answer(field, text)
    library.cases.new(person)
    library.close()
    return folder


@pytest.fixture
def page(window, ready, tmp_path, monkeypatch):
    import shutil

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "settings"))
    monkeypatch.setenv("BEIAN_HOME", str(tmp_path / "文档"))
    monkeypatch.setattr(questions, "whether_to_take_in", lambda *_: False)
    shutil.copytree(ready, tmp_path / "客户库")
    opened = []
    window.room.session.open(
        tmp_path / "客户库", {"passphrase": PASSPHRASE}, lambda: opened.append(1), opened.append
    )
    assert hand.wait(lambda: opened == [1]), opened
    window.activateWindow()
    assert hand.wait(window.isActiveWindow)
    QTest.keyClick(
        window.windowHandle(),
        Qt.Key.Key_O,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    page = window.room.page
    assert hand.wait(lambda: page.model.rowCount() == 31)
    page.window_ = window
    return page


def library(page):
    return page.session.library


def shows(page, count):
    return hand.wait(lambda: page.model.rowCount() == count and not page.bar._timer.isActive())


def cell(page, line, column):
    index = page.model.index(line, column)
    hand.wait(lambda: page.model.row(line) is not None)
    return page.model.data(index)


def choose(page, *lines):
    page.table.clearSelection()
    for line in lines:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        page.table.selectionModel().select(page.model.index(line, 0), flags)


def test_typing_filters_and_enter_opens(page):
    assert page.bar.search.hasFocus()
    hand.type_text(page.bar.search, "点餐07")
    assert shows(page, 1)
    QTest.keyClick(page.bar.search, Qt.Key.Key_Return)
    window = page.window_
    assert window.outer.currentIndex() == 0
    assert window.case.draft.text("mini_program.name") == "点餐07"


def test_enter_right_after_the_last_key_opens_what_was_typed(page):
    hand.type_text(page.bar.search, "点餐11")
    QTest.keyClick(page.bar.search, Qt.Key.Key_Return)
    assert hand.wait(lambda: page.window_.case.draft.text("mini_program.name") == "点餐11")


def test_a_whole_number_finds_its_case_and_is_shown_nowhere(page):
    hand.type_text(page.bar.search, NUMBER)
    assert shows(page, 1)
    shown = "".join(str(cell(page, 0, column)) for column in range(8))
    assert "苏**" in shown
    assert "苏晓岚" not in shown
    assert NUMBER not in shown
    hand.clear(page.bar.search)
    hand.type_text(page.bar.search, NUMBER[:10])
    assert shows(page, 0)
    assert "没有符合" in page.empty.text()


def test_names_are_shown_while_the_button_is_held(page):
    hand.type_text(page.bar.search, "晓岚的小店")
    assert shows(page, 1)
    QTest.mousePress(page.names, Qt.MouseButton.LeftButton)
    assert cell(page, 0, 1) == "苏晓岚"
    QTest.mouseRelease(page.names, Qt.MouseButton.LeftButton)
    assert cell(page, 0, 1) == "苏**"


def test_letters_typed_in_the_list_go_on_in_the_search(page):
    page.table.setFocus()
    QTest.keyClick(page.table, "x")
    assert page.bar.search.hasFocus()
    assert page.bar.search.text() == "x"
    QTest.keyClick(page.bar.search, Qt.Key.Key_Escape)
    assert page.bar.search.text() == ""
    QTest.keyClick(page.bar.search, Qt.Key.Key_Escape)
    assert page.window_.outer.currentIndex() == 0


def test_many_cases_are_given_a_state_and_a_tag_at_once(page, monkeypatch):
    choose(page, 0, 1, 2)
    page.acts.set_state("waiting")
    assert hand.wait(lambda: cell(page, 0, 0) == "◇ 等客户补资料")
    assert cell(page, 2, 0) == "◇ 等客户补资料"
    assert cell(page, 3, 0) == "○ 填写中"
    monkeypatch.setattr(QInputDialog, "getItem", lambda *_, **__: ("加急，老客户", True))
    choose(page, 0, 1)
    page.acts.tag()
    assert hand.wait(lambda: cell(page, 0, 6) == "加急、老客户")
    assert hand.wait(lambda: page.bar.tag.findData("加急") > 0)
    page.bar.tag.setCurrentIndex(page.bar.tag.findData("加急"))
    page.bar.tag.activated.emit(0)
    assert shows(page, 2)


def test_what_is_done_to_all_reaches_also_those_whose_rows_were_never_shown(page):
    draft = Draft(folder=Path("nowhere")).with_answer("subject.name", "甲公司")
    for _ in range(600):
        library(page).cases.new(draft)
    page.refresh()
    assert shows(page, 631)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert "已选 631 个" in page.counts.text()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert shows(page, 0)
    assert library(page).cases.count(Query(where="bin")) == 631


def test_what_was_chosen_stays_chosen_when_the_list_is_shown_anew(page):
    choose(page, 2, 3, 5)
    chosen = page.chosen_ids()
    page.acts.set_state("ready")
    assert hand.wait(lambda: cell(page, 2, 0) == "◆ 可以提交")
    assert page.chosen_ids() == chosen
    assert page.lines() == [2, 3, 5]


def test_scrolling_through_a_long_list_holds_few_rows(page, monkeypatch):
    from ui import library_model

    monkeypatch.setattr(library_model, "PAGE", 20)
    monkeypatch.setattr(library_model, "KEPT", 4)
    draft = Draft(folder=Path("nowhere")).with_answer("subject.name", "甲公司")
    for _ in range(300):
        library(page).cases.new(draft)
    page.refresh()
    assert shows(page, 331)
    for line in range(0, 331, 7):
        assert hand.wait(lambda line=line: page.model.row(line) is not None)
    assert len(page.model._rows) == 4
    assert cell(page, 0, 1) == "甲公司"


def test_the_bin_and_back(page):
    choose(page, 0, 1)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert shows(page, 29)
    hand.click(hand.button(page, "回收站"))
    assert shows(page, 2)
    assert not page.open_button.isVisible()
    choose(page, 0)
    hand.click(page.put_back_button)
    assert shows(page, 1)


def test_archived_cases_leave_the_daily_list(page):
    choose(page, 0)
    page.acts.archive(archived=True)
    assert shows(page, 30)
    hand.click(hand.button(page, "已归档"))
    assert shows(page, 1)


def test_a_copy_and_a_template(page):
    choose(page, 0)
    name = cell(page, 0, 2)
    hand.click(page.copy_button)
    assert shows(page, 32)
    choose(page, 0)
    page.acts.make_template()
    hand.click(hand.button(page, "模板"))
    assert shows(page, 1)
    hand.click(hand.button(page, "用它新建"))
    assert page.window_.case.draft.text("mini_program.name") == name
    assert page.window_.outer.currentIndex() == 0


def test_a_filter_is_kept_under_a_name(page, monkeypatch):
    choose(page, 0)
    page.acts.set_state("rejected")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("被驳回的", True))
    page.bar.state.setCurrentIndex(page.bar.state.findData("rejected"))
    page.bar.state.activated.emit(0)
    assert shows(page, 1)
    page.bar._keep()
    page.bar.state.setCurrentIndex(0)
    page.bar.state.activated.emit(0)
    assert shows(page, 31)
    page.bar.kept.setCurrentIndex(page.bar.kept.findData("被驳回的"))
    page.bar.kept.activated.emit(0)
    assert shows(page, 1)


def test_what_is_due_comes_by_its_day(page):
    today = page.bar.today
    first, second = (page.model.row(n).id for n in (0, 1))
    library(page).marks.set_deadline([first], date.fromordinal(today.toordinal() - 2))
    library(page).marks.set_deadline([second], date.fromordinal(today.toordinal() + 20))
    page.bar.due.setCurrentIndex(1)
    page.bar.due.activated.emit(0)
    assert shows(page, 1)
    assert cell(page, 0, 5).startswith("已过")
    page.bar.due.setCurrentIndex(3)
    page.bar.due.activated.emit(0)
    assert shows(page, 2)


def test_the_header_sorts(page):
    page.table.horizontalHeader().setSortIndicator(2, Qt.SortOrder.AscendingOrder)
    assert hand.wait(lambda: str(cell(page, 0, 2)) == "晓岚的小店" or str(cell(page, 0, 2)) == "点餐00")
    assert page.bar.order.currentText() == "按小程序"


def test_a_field_is_put_back_to_what_it_held(page):
    from ui.case_history_dialog import CaseHistoryDialog

    case = page.model.row(0).id
    stored = library(page).cases.load(case)
    changed = stored.draft.with_answer("principal.mobile", "13900000109")
    library(page).cases.save(case, changed, stored.version)
    dialog = CaseHistoryDialog(library(page), case, page)
    dialog.show()
    assert dialog.tree.topLevelItemCount() == 1
    line = dialog.tree.topLevelItem(0)
    assert line.text(1) == "主体负责人·手机号码"
    assert line.text(3) == "139****0109"
    hand.click(dialog.restore)
    now = library(page).cases.load(case).draft
    assert now.text("principal.mobile") == stored.draft.text("principal.mobile")
    assert dialog.tree.topLevelItemCount() == 2


def test_what_was_changed_elsewhere_is_shown_by_field_and_nothing_is_lost(page, monkeypatch):
    from ui import clash_dialog

    window, case = page.window_, page.model.row(0).id
    window.keeping.open_case(case)
    stored = library(page).cases.load(case)
    elsewhere = stored.draft.with_answer("subject.address", "甲路 1 号")
    elsewhere = elsewhere.with_answer("mini_program.name", "别处的名字")
    library(page).cases.save(case, elsewhere, stored.version)
    seen = []

    def run(self):
        self.show()
        seen.append([self.tree.topLevelItem(n).text(0) for n in range(self.tree.topLevelItemCount())])
        names = [field for field, _ in self._items()]
        self.tree.setCurrentItem(self.tree.topLevelItem(names.index("subject.address")))
        QTest.keyClick(self.tree, Qt.Key.Key_Right)
        self.close()
        return 1

    monkeypatch.setattr(clash_dialog.ClashDialog, "exec", run)
    window.go("mini_program")
    hand.answer(window.page("mini_program").rows["mini_program.name"].editor, "我的名字")
    window.case.save()
    assert len(seen) == 1
    assert len(seen[0]) == 2
    kept = library(page).cases.load(case).draft
    assert kept.text("mini_program.name") == "我的名字"
    assert kept.text("subject.address") == "甲路 1 号"
    assert window.page("subject").rows["subject.address"].editor.value() == "甲路 1 号"


def test_nothing_is_asked_of_the_library_while_it_is_locked(page):
    page.window_.lock.lock()
    assert page.session.library is None
    page.refresh()
    assert not [w for w in page.findChildren(QLineEdit) if w.isVisible()]


def test_a_thousand_lines_are_no_widgets(page):
    draft = Draft(folder=Path("nowhere")).with_answer("subject.name", "甲公司")
    for _ in range(400):
        library(page).cases.new(draft)
    before = len(page.findChildren(QLineEdit))
    page.refresh()
    assert shows(page, 431)
    page.table.scrollToBottom()
    assert hand.wait(lambda: page.model.row(430) is not None)
    assert len(page.findChildren(QLineEdit)) == before
    assert len(page.model._rows) <= 3


def test_after_nothing_was_found_the_first_rows_are_in_sight_before_they_are_counted(page, monkeypatch):
    monkeypatch.setattr(library_model, "PAGE", 10)  # as if there were thousands: they are counted later
    hand.type_text(page.bar.search, "没有这个")
    assert hand.wait(page.empty.isVisible)
    counted = []
    page.model.counted.connect(counted.append)
    page.bar.search.selectAll()
    hand.type_text(page.bar.search, "点餐")
    assert hand.wait(page.table.isVisible)
    assert page.model.rowCount() == 10
    assert not counted
    assert shows(page, 30)
    assert counted == [30]


def test_enter_before_the_rows_are_there_goes_by_what_was_typed(page, monkeypatch):
    asked, rows = [], type(library(page).cases).rows

    def slowly(cases, query, *more, **named):
        asked.append(query.text)
        time.sleep(0.2)
        return rows(cases, query, *more, **named)

    monkeypatch.setattr(type(library(page).cases), "rows", slowly)
    hand.type_text(page.bar.search, "点餐11")
    assert hand.wait(lambda: "点餐11" in asked)
    QTest.keyClick(page.bar.search, Qt.Key.Key_Return)
    assert page.window_.outer.currentWidget() is page
    assert hand.wait(lambda: page.window_.case.draft.text("mini_program.name") == "点餐11")
