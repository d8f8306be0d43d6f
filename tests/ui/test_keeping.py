"""Where a case is kept when something is in the way: another window, a taken name, a place that is gone."""

import errno
import os
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui import app, clock, questions
from ui import demo_hand as hand
from ui.case import Case
from ui.store import FileStore
from wizard.draft import Draft, load
from wizard.resource_files import path

PICTURE = path("samples", "pictures", "id-lin-zhiyuan-front.jpg")


def typed(window, text):
    hand.answer(window.page("subject").rows["subject.name"].editor, text)


def test_what_another_window_wrote_is_not_written_over(open_window, place):
    first, second = open_window(place=place), open_window(place=place)
    typed(first, "甲公司")
    assert first.case.save()
    second.case.open(load(place), place)
    typed(second, "乙公司")
    assert second.case.save()
    typed(first, "丙公司")
    assert not first.case.save()
    assert "另一个窗口或程序改过" in first.notice_text.text()
    assert load(place).text("subject.name") == "乙公司"
    other = place.with_name("丙.beian.json")
    assert first.case.save_as(other)
    assert load(other).text("subject.name") == "丙公司"


def test_a_new_case_takes_the_next_name_when_its_own_was_taken(open_window, tmp_path):
    store = FileStore(tmp_path)
    place = store.new_place()
    window = open_window(place=place)
    place.write_text("别的内容", encoding="utf-8")
    typed(window, "甲公司")
    assert window.case.save()
    assert place.read_text(encoding="utf-8") == "别的内容"
    assert load(window.case.place).text("subject.name") == "甲公司"
    assert window.case.place == tmp_path / "未命名2.beian.json"


def test_a_draft_that_was_taken_away_is_written_again(open_window, place):
    window = open_window(place=place)
    typed(window, "甲公司")
    assert window.case.save()
    place.unlink()
    typed(window, "乙公司")
    assert window.case.save()
    assert load(place).text("subject.name") == "乙公司"


def test_saved_under_another_name_it_has_files_of_its_own(open_window, tmp_path, place):
    (tmp_path / "案件.附件").mkdir()
    for name in ("证件正面.jpg", "批文.jpg"):
        (tmp_path / "案件.附件" / name).write_bytes(PICTURE.read_bytes())
    draft = Draft(
        {"mini_program.pre_approvals": ({"type": "新闻", "media": ["案件.附件/批文.jpg"]},)},
        {"principal.certificate_photo_front": ("案件.附件/证件正面.jpg",)},
        folder=tmp_path,
    )
    window = open_window(draft, place)
    assert window.case.save_as(tmp_path / "副本.beian.json")
    kept = load(tmp_path / "副本.beian.json")
    assert kept.attachments["principal.certificate_photo_front"] == ("副本.附件/证件正面.jpg",)
    assert kept.answers["mini_program.pre_approvals"][0]["media"] == ["副本.附件/批文.jpg"]
    assert (tmp_path / "副本.附件" / "批文.jpg").is_file()
    assert (tmp_path / "案件.附件" / "批文.jpg").is_file()


def test_another_file_of_that_name_is_not_taken_for_ours(open_window, tmp_path, place):
    (tmp_path / "a.jpg").write_bytes(PICTURE.read_bytes())
    other = tmp_path / "别处" / "新.beian.json"
    (other.parent / "新.附件").mkdir(parents=True)
    (other.parent / "新.附件" / "a.jpg").write_bytes(b"foreign")
    window = open_window(Draft(attachments={"subject.certificate_photo": ("a.jpg",)}, folder=tmp_path), place)
    assert window.case.save_as(other)
    (kept,) = load(other).attachments["subject.certificate_photo"]
    assert (other.parent / kept).read_bytes() == PICTURE.read_bytes()
    assert (other.parent / "新.附件" / "a.jpg").read_bytes() == b"foreign"


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(qtbot, tmp_path):
    (tmp_path / "占用").write_bytes(b"")
    store = FileStore(tmp_path / "占用" / "备案助手")
    said = []
    case = Case(Draft(), store.new_place(), store)
    case.save_failed.connect(said.append)
    case.answer("subject.name", "甲公司")
    assert not case.save()
    assert "不是文件夹" in said[0]
    assert case.draft.text("subject.name") == "甲公司"


def test_a_last_draft_that_is_gone_is_told(qtbot, tmp_path):
    window = app.window(FileStore(tmp_path), tmp_path / "拔掉的盘" / "客户.beian.json")
    qtbot.addWidget(window)
    assert "找不到“" in window.notice_text.text()
    assert window.case.draft.answers == {}


def test_a_video_is_not_measured_as_a_picture(open_window, tmp_path):
    (tmp_path / "v.mp4").write_bytes(b"\0" * 2000)
    window = open_window(Draft(attachments={"materials.promise_video": ("v.mp4",)}, folder=tmp_path))
    assert window.case.pictures() == {}


def test_a_window_left_open_over_night_judges_by_the_new_day(qtbot, tmp_path, monkeypatch):
    store = FileStore(tmp_path)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 23))
    case = Case(Draft(), store.new_place(), store)
    case.start()
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 24))
    case.answer("subject.name", "甲公司")
    assert case.report.on == date(2026, 11, 24)


@pytest.fixture
def unsaved(window, monkeypatch):
    """A window whose last edit could not be saved, and the questions it asks."""
    typed(window, "甲公司")
    asked = []

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    monkeypatch.setattr(questions, "what_if_unsaved", lambda parent, why: asked.append(why) or window.answer)
    assert not window.case.save()
    window.asked = asked
    yield window
    window.answer = questions.DROP


def test_a_failed_save_is_said_until_a_save_succeeds(unsaved, monkeypatch):
    assert unsaved.saved.text().startswith("最后的修改没有保存")
    assert "磁盘空间不足" in unsaved.notice_text.text()
    unsaved.go("principal")
    assert unsaved.notice.isVisible()
    monkeypatch.undo()
    assert unsaved.case.save()
    assert not unsaved.notice.isVisible()
    assert unsaved.saved.text().startswith("已保存")


def test_closing_asks_only_when_something_would_be_lost(unsaved):
    unsaved.answer = questions.STAY
    unsaved.close()
    assert unsaved.isVisible()
    assert "磁盘空间不足" in unsaved.asked[0]
    unsaved.answer = questions.DROP
    unsaved.close()
    assert not unsaved.isVisible()


def test_a_new_case_begins_at_its_first_field(window):
    window.page("subject").focus("subject.name")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.page("subject").rows["subject.filing_type"].editor.target
    window.go("export")
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.current == "subject"
    assert window.focusWidget() is window.page("subject").rows["subject.filing_type"].editor.target


def test_another_case_is_not_opened_over_an_unsaved_one(unsaved, tmp_path):
    unsaved.answer = questions.STAY
    unsaved.keeping.new()
    unsaved.keeping.open(tmp_path / "x.json")
    assert unsaved.case.draft.text("subject.name") == "甲公司"


def test_an_unsaved_case_can_be_kept_elsewhere_on_the_way_out(unsaved, monkeypatch, tmp_path):
    monkeypatch.undo()
    other = tmp_path / "另一处.beian.json"
    monkeypatch.setattr(unsaved.case, "save", iter([False, True]).__next__)
    monkeypatch.setattr(questions, "what_if_unsaved", lambda parent, why: questions.ELSEWHERE)
    monkeypatch.setattr(questions, "where_to_keep", lambda *_: other)
    monkeypatch.setattr(unsaved.case, "save_as", lambda place, _store: place == other)
    unsaved.close()
    assert not unsaved.isVisible()


def test_what_was_only_worth_a_glance_goes_with_the_next_step(window):
    window.notice.say("没有要改的地方", stays=False)
    window.go("principal")
    assert not window.notice.isVisible()


def test_what_a_kill_left_half_written_goes_with_the_next_save(open_window, tmp_path, place):
    attachments = tmp_path / "案件.附件" / "原件"
    attachments.mkdir(parents=True)
    old = [folder / ".123-abcdefg_.part" for folder in (tmp_path, attachments)]
    fresh, foreign, folder = (
        tmp_path / ".124-abcdefgh.part",
        tmp_path / "别的.part",
        tmp_path / ".125-abcdefgh.part",
    )
    folder.mkdir()
    for file in (*old, fresh, foreign):
        file.write_text("机密公司", encoding="utf-8")
    for path_ in (*old, foreign, folder):
        os.utime(path_, (1, 1))
    window = open_window(place=place)
    typed(window, "甲公司")
    assert window.case.save()
    assert not any(file.exists() for file in old)
    assert all(path_.exists() for path_ in (fresh, foreign, folder))
