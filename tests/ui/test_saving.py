"""Nothing typed is lost: saved by itself, opened where one was; what cannot be used stays as it is."""

import errno
import json
import os

import pytest

from ui import demo_hand as hand
from wizard.draft import Draft, load


def typed(window, text="北京绿柠檬科技有限公司"):
    hand.answer(window.page("subject").rows["subject.name"].editor, text)


def test_half_a_second_after_the_last_key_it_is_saved(window, place, qtbot):
    typed(window)
    assert not place.exists()
    with qtbot.waitSignal(window.case.saved, timeout=3000):
        pass
    assert load(place).text("subject.name") == "北京绿柠檬科技有限公司"
    assert window.saved.text().startswith("已保存 ")


def test_a_page_change_saves_at_once(window, place):
    typed(window)
    window.step(1)
    assert not window.case._timer.isActive()
    assert hand.wait(lambda: not window.case.unsaved)
    assert load(place).text("subject.name") == "北京绿柠檬科技有限公司"


def test_a_full_disk_is_told_and_nothing_is_lost(window, place, monkeypatch, qtbot):
    typed(window, "甲公司")
    window.case.save()

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    typed(window, "乙公司")
    assert not window.case.save()
    monkeypatch.undo()
    assert window.notice.isVisible()
    assert "磁盘空间不足" in window.notice_text.text()
    assert load(place).text("subject.name") == "甲公司"
    assert window.case.draft.text("subject.name") == "乙公司"
    assert window.case.save()
    assert load(place).text("subject.name") == "乙公司"


def test_a_case_opens_at_the_page_and_field_it_was_left_at(window, place, open_window):
    window.go_to_field("principal.mobile")
    window.case.save()
    window.close()
    again = open_window(load(place), place)
    assert again.current == "principal"
    assert again.focusWidget() is again.page("principal").rows["principal.mobile"].editor.target


def test_closing_saves_without_asking(window, place):
    typed(window)
    window.close()
    assert load(place).text("subject.name") == "北京绿柠檬科技有限公司"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "格式不对"),
        (b'{"format": "beian-draft", "version": 99, "answers": {}}', "更新版本"),
        (b'{"format": "other"}', "不是备案助手的草稿"),
        (b"\xff\xfe\x00", "UTF-8"),
    ],
)
def test_a_draft_that_cannot_be_used_is_told_and_left_alone(window, tmp_path, content, words):
    bad = tmp_path / "坏.json"
    bad.write_bytes(content)
    typed(window)
    window.keeping.open(bad)
    assert words in window.notice_text.text()
    assert bad.read_bytes() == content
    assert window.case.draft.text("subject.name") == "北京绿柠檬科技有限公司"


def test_the_window_starts_anew_where_the_last_draft_is_broken(qtbot, tmp_path):
    from ui.app import window as start
    from ui.store import FileStore

    bad = tmp_path / "坏.beian.json"
    bad.write_bytes(b"{")
    shown = start(FileStore(tmp_path), bad)
    qtbot.addWidget(shown)
    assert "新的草稿" in shown.notice_text.text()
    assert shown.case.place != bad
    assert bad.read_bytes() == b"{"


def test_a_missing_attachment_is_a_finding_not_a_failure(open_window, tmp_path):
    draft = Draft(attachments={"principal.certificate_photo_front": ("没有.jpg",)}, folder=tmp_path)
    window = open_window(draft)
    window.go("papers")
    slot = window.page("papers").slots["principal.certificate_photo_front"]
    assert "找不到附件“没有.jpg”" in slot.message.text()


def test_what_the_program_does_not_know_is_kept(open_window, tmp_path, place):
    place.write_text(
        json.dumps(
            {"format": "beian-draft", "version": 1, "answers": {"later.field": "x"}, "later": {"a": 1}}
        ),
        encoding="utf-8",
    )
    window = open_window(load(place), place)
    typed(window)
    window.case.save()
    kept = json.loads(place.read_text(encoding="utf-8"))
    assert kept["later"] == {"a": 1}
    assert kept["answers"]["later.field"] == "x"


def test_another_place_takes_the_attachments_along(window, tmp_path):
    from wizard.resource_files import path

    window.go("papers")
    slot = window.page("papers").slots["principal.certificate_photo_front"]
    hand.drop(slot, path("samples", "pictures", "id-lin-zhiyuan-front.jpg"))
    other = tmp_path / "别处" / "新名.json"
    other.parent.mkdir()
    assert window.case.save_as(other)
    (kept,) = load(other).attachments["principal.certificate_photo_front"]
    assert (other.parent / kept).is_file()


def test_a_failure_of_the_program_saves_and_says_so(window, place, monkeypatch, tmp_path):
    import sys

    from ui import errors

    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    log = tmp_path / "failures.log"
    monkeypatch.setattr(errors, "log_file", lambda: log)
    errors.install(window.case.save, window.complain)
    typed(window, "机密公司")
    try:
        raise RuntimeError("110101199003070000")
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert "已保存" in window.notice_text.text()
    assert load(place).text("subject.name") == "机密公司"
    assert "RuntimeError" in log.read_text(encoding="utf-8")
    assert "1101" not in log.read_text(encoding="utf-8")
