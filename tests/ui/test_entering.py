"""填报助手, driven by keys: each value into the clipboard and on to the next, in the platform's order."""

import shutil
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui import demo_hand as hand
from ui import entering_window, reveal
from ui.entering_list import CHANGED
from wizard.draft import load
from wizard.packet.names import UPLOADS
from wizard.resource_files import path


def clipboard():
    return QApplication.clipboard().text()


def press(aid, key):
    QTest.keyClick(aid.list, key)


def signs(aid):
    return {key: item.text(0) for key, item in aid.list._items.items()}


def to(aid, key):
    aid.list.setCurrentItem(aid.list._items[key])


@pytest.fixture
def shown(monkeypatch):
    """The files that the system was asked to show."""
    asked = []
    monkeypatch.setattr(entering_window, "reveal", lambda file: asked.append(file) or True)
    return asked


@pytest.fixture
def window(open_window, tmp_path, own_settings):
    shutil.copytree(path("samples", "pictures"), tmp_path / "pictures")
    place = tmp_path / "案件.beian.json"
    shutil.copy(path("samples", "company.json"), place)
    return open_window(load(place), place)


@pytest.fixture
def aid(window):
    window.go("export")
    QTest.keyClick(window.page("export").enter, Qt.Key.Key_Space)
    return window.beside.entering


def test_enter_copies_ticks_and_moves_on_in_the_order_of_the_form(aid, window):
    assert aid.label.text() == "备案类型"
    press(aid, Qt.Key.Key_Return)
    press(aid, Qt.Key.Key_Return)
    press(aid, Qt.Key.Key_Return)
    assert clipboard() == "北京绿柠檬科技有限公司"
    assert aid.told.text() == "刚复制：主体名称　北京绿柠檬科技有限公司"
    assert aid.label.text() == "备案省"
    assert signs(aid)["subject.name"] == "✓ 已录"
    assert signs(aid)["subject.province"] == ""
    assert aid.count_told.text().startswith("已录 3 / ")


def test_long_numbers_are_grouped_for_the_eye_and_copied_whole(aid):
    to(aid, "subject.certificate_number")
    assert aid.value.text() == "9111 0115 MA01 QFMA 2Y"
    hand.click(aid.act)
    assert clipboard() == "91110115MA01QFMA2Y"


def test_private_values_are_covered_in_the_list_and_in_what_was_copied(aid):
    to(aid, "principal.certificate_number")
    press(aid, Qt.Key.Key_Return)
    assert clipboard() == "11011519840312991X"
    assert "11011519840312991X" not in aid.told.text()
    texts = [item.text(2) for item in aid.list._items.values()]
    assert "110115********991X" in texts
    assert not any("11011519840312991X" in text or "13800000101" in text for text in texts)


def test_what_was_copied_leaves_the_clipboard_in_time_and_at_the_end(aid, window, qtbot):
    window.clipboard._timer.setInterval(40)
    to(aid, "mini_program.name")
    press(aid, Qt.Key.Key_Return)
    assert clipboard() == "绿柠檬便民工具"
    qtbot.waitUntil(lambda: clipboard() == "", timeout=2000)
    assert aid.told.text() == ""
    to(aid, "mini_program.name")
    press(aid, Qt.Key.Key_Return)
    QTest.keyClick(aid, Qt.Key.Key_Escape)
    assert clipboard() == ""
    assert not aid.isVisible()


def test_what_is_copied_asks_to_be_kept_out_of_clipboard_histories(aid):
    press(aid, Qt.Key.Key_Return)
    formats = set(QApplication.clipboard().mimeData().formats())
    from ui.clipboard_guard import OTHERWISE, SECRET

    assert set(SECRET.get(sys.platform, OTHERWISE)) <= formats


def test_the_place_and_the_ticks_are_there_after_a_new_start(aid, window, open_window):
    to(aid, "principal.mobile")
    press(aid, Qt.Key.Key_Return)
    press(aid, Qt.Key.Key_Up)
    window.case.save()
    place = window.case.place
    window.close()
    again = open_window(load(place), place)
    QTest.keyClick(again, Qt.Key.Key_F9)
    assert again.beside.entering.label.text() == "手机号码"
    assert signs(again.beside.entering)["principal.mobile"] == "✓ 已录"


def test_a_value_that_changed_since_it_was_entered_is_told(aid, window):
    to(aid, "mini_program.name")
    press(aid, Qt.Key.Key_Return)
    window.case.answer("mini_program.name", "绿柠檬工具")
    assert signs(aid)["mini_program.name"] == f"▲ {CHANGED}"


def test_space_takes_a_tick_back_and_sets_it_without_copying(aid):
    press(aid, Qt.Key.Key_Space)
    assert signs(aid)["subject.filing_type"] == "✓ 已录"
    press(aid, Qt.Key.Key_Space)
    assert signs(aid)["subject.filing_type"] == ""
    assert clipboard() == ""


def test_page_keys_go_from_page_to_page(aid):
    pages = []
    for _ in range(4):
        pages.append(aid.page_told.text())
        press(aid, Qt.Key.Key_PageDown)
    assert pages == ["主体", "主体负责人", "小程序", "小程序负责人"]
    press(aid, Qt.Key.Key_PageUp)
    assert aid.page_told.text() == "小程序"


def test_what_is_missing_leads_back_to_its_field(aid, window):
    window.case.answer("principal.mobile", "")
    to(aid, "principal.mobile")
    assert aid.how.text() == "平台要填这一项，案件里还没有"
    press(aid, Qt.Key.Key_Return)
    assert window.current == "principal"
    assert window.case.draft.place["field"] == "principal.mobile"


def test_a_picture_is_shown_as_it_was_made_fit_for_the_platform(aid, window, shown, tmp_path):
    folder = tmp_path / "导出" / UPLOADS
    folder.mkdir(parents=True)
    made = folder / "01_主体证件照片_北京绿柠檬科技有限公司.jpg"
    made.write_bytes(b"x")
    aid.exported = tmp_path / "导出"
    to(aid, "subject.certificate_photo")
    press(aid, Qt.Key.Key_Return)
    assert shown == [made]
    assert signs(aid)["subject.certificate_photo"] == "✓ 已录"


def test_without_an_export_the_original_is_shown_and_said_to_be_one(aid, window, shown):
    to(aid, "subject.certificate_photo")
    press(aid, Qt.Key.Key_Return)
    assert shown == [window.case.draft.file(window.case.draft.attachments["subject.certificate_photo"][0])]
    assert aid.told.text().startswith("这是原来的图片；还没有导出上传图片")


def test_a_picture_of_the_library_is_never_shown_where_it_lies(aid, window, shown, monkeypatch):
    monkeypatch.setattr(type(window.case.store), "lies_open", False)
    to(aid, "subject.certificate_photo")
    press(aid, Qt.Key.Key_Return)
    assert shown == []
    assert aid.told.text().startswith("还没有导出上传图片")
    assert signs(aid)["subject.certificate_photo"] == ""


def test_all_entered_is_said(aid, shown):
    for _ in aid.entries:
        press(aid, Qt.Key.Key_Return)
    assert aid.told.text().endswith(entering_window.NOTHING_LEFT)
    assert aid.count_told.text() == f"已录 {len(aid.entries)} / {len(aid.entries)}"


def test_it_stays_above_unless_told_not_to(aid):
    assert aid.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    hand.click(aid.above)
    assert not aid.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert aid.isVisible()


def test_the_lock_covers_it_too(aid, window):
    window.lock.lock()
    assert not aid.value.isVisible()
    assert not aid.list.isVisible()


def test_it_follows_to_another_case(aid, window):
    from wizard.draft import Draft

    window.case.open(Draft(folder=window.case.draft.folder), window.case.store.new_place())
    assert aid.list._items.keys() == {entry.id for entry in aid.entries}
    assert not any(entry.value == "北京绿柠檬科技有限公司" for entry in aid.entries)


@pytest.mark.parametrize(
    ("platform", "words"),
    [("win32", "explorer.exe"), ("darwin", "open"), ("linux", "dbus-send")],
)
def test_each_system_is_asked_in_its_own_way_and_names_are_no_options(platform, words, tmp_path):
    command = reveal.command_for(tmp_path / "-a, b 图.jpg", platform)
    assert command[0] == words
    assert not any(part.startswith("-a") for part in command)
    if platform == "linux":
        assert "," not in command[-2]


def test_of_a_long_value_the_eye_gets_the_beginning_and_the_clipboard_all(aid, window):
    scope = "技术服务；" * 200
    window.case.answer("subject.business_scope", scope)
    to(aid, "subject.business_scope")
    assert len(aid.value.text()) < 200
    assert "共 1000 字" in aid.value.text()
    item = aid.list._items["subject.business_scope"]
    QTest.qWait(50)
    assert aid.list.viewport().rect().contains(aid.list.visualItemRect(item))
    press(aid, Qt.Key.Key_Return)
    assert clipboard() == scope
