"""Moving through the wizard: free, never blocked, and always knowing where one is."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui import demo_hand as hand
from ui.pages import PAGES, page_of
from wizard.draft import load
from wizard.resource_files import path
from wizard.sections import catalogue


def test_next_never_blocks_on_a_faulty_page(window):
    for expected in [page.id for page in PAGES[1:]]:
        hand.click(window.next)
        assert window.current == expected
    assert not window.next.isVisible()
    assert all(page.isEnabled() for page in window.pages.values())


def test_next_judges_the_page_that_is_left_aloud(window):
    hand.click(window.next)
    hand.click(window.back)
    row = window.page("subject").rows["subject.name"]
    assert row.message.text() == "× 错误　填写主体名称"
    assert "证件" in row.help.text()


def test_keys_move_a_step(window):
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(window, key, Qt.KeyboardModifier.AltModifier)
    assert window.current == "mini_program"
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(window, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert window.current == "subject"
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "principal"


def test_a_click_on_a_step_goes_there(window):
    hand.click(window.steps.buttons[4])
    assert window.current == "papers"
    assert window.where.text() == "第 5 步，共 7 步"


def test_each_step_says_how_it_stands(window):
    assert window.steps.state_word(0) == "未开始"
    page = window.page("subject")
    hand.answer(page.rows["subject.name"].editor, "北京绿柠檬科技有限公司")
    assert window.steps.state_word(0).startswith("还差")
    hand.answer(page.rows["subject.address"].editor, "路")
    assert window.steps.state_word(0) == "有 1 处问题"


def test_f8_goes_from_problem_to_problem(open_window):
    draft = load(path("samples", "company_faulty.json"))
    window = open_window(draft)
    seen = []
    for _ in range(3):
        QTest.keyClick(window, Qt.Key.Key_F8)
        seen.append(window.case.draft.place["field"])
    assert len(set(seen)) == 3
    QTest.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert window.case.draft.place["field"] == seen[1]


def test_every_field_has_a_page_that_shows_it():
    for field_id in catalogue():
        assert page_of(field_id) in {page.id for page in PAGES}


def test_menus_name_their_keys(window):
    keys = {a.text(): a.shortcut().toString() for m in window.menuBar().actions() for a in m.menu().actions()}
    assert keys["立即保存"] == "Ctrl+S"
    assert keys["下一处问题"] == "F8"


def test_a_page_gone_back_to_is_where_it_was(window):
    window.go("subject")
    target = window.page("subject").rows["subject.address"].editor.target
    target.setFocus()
    hand.click(window.next)
    assert window.current == "principal"
    hand.click(window.back)
    assert window.focusWidget() is target


def test_enter_in_the_last_field_goes_to_the_next_page(window):
    window.go("principal")
    rows = window.page("principal").rows
    shown = [row for row in rows.values() if row.isVisible()]
    QTest.keyClick(shown[-1].editor.target, Qt.Key.Key_Return)
    assert window.current == "mini_program"


def test_enter_presses_a_button_that_has_the_focus(window):
    window.next.setFocus()
    QTest.keyClick(window.next, Qt.Key.Key_Return)
    assert window.current == "principal"


def test_to_look_at_a_page_is_not_to_begin_it(window):
    for info in PAGES[:5]:
        window.go(info.id)
    window.go("subject")
    assert {window.steps.state_word(index) for index in range(7)} == {"未开始"}
