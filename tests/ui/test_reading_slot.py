"""Under each picture: how reading goes, what came of it; the window lives meanwhile, nothing is lost."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.heartbeat import Heartbeat
from ui import demo_hand as hand
from ui import paper_reading, reading_desk
from wizard.intake.page import Page
from wizard.resource_files import path

FRONT = "principal.certificate_photo_front"
PICTURE = path("samples", "pictures", "id-lin-zhiyuan-front.jpg")
CARD = ("id_front", {"name": "林知远", "id_number": "11011519840312991X"})


@pytest.fixture
def page(window):
    window.go("papers")
    return window.page("papers")


def strip(page):
    return page.reading.strips[FRONT]


def given(page, qtbot):
    hand.drop(page.slots[FRONT], PICTURE)
    qtbot.waitUntil(lambda: not page.desk.state(FRONT)[0])


def test_a_picture_that_is_brought_in_is_read_and_kept(page, window, reader, place, qtbot):
    reader.says["证件正面"] = CARD
    given(page, qtbot)
    (kept,) = window.case.draft.attachments[FRONT]
    assert window.case.draft.scans[kept].value("name") == "林知远"
    assert "读到 3 项，其中 3 项还没填" in strip(page).text.text()
    assert strip(page).look.isVisible()
    window.case.save()
    from wizard.draft import load

    assert load(place).scans[kept].kind == "id_front"


def test_places_are_kept_as_parts_of_the_attachment(page, window, reader, qtbot):
    """The reader tells them in the picture it has put upright; what is kept has to fit what is attached."""
    reader.says["证件正面"] = CARD
    reader.lies = Page(turned=90, back=(0, 1, 0, -1, 0, 1, 0, 0, 1))
    given(page, qtbot)
    (scan,) = window.case.draft.scans.values()
    upper_left, upper_right, *_ = scan.fields["name"].corners
    assert upper_left == pytest.approx((0.1, 0.9))
    assert upper_right == pytest.approx((0.1, 0.5))


def test_the_original_is_kept_untouched_beside(page, window, tmp_path, qtbot):
    given(page, qtbot)
    originals = list((tmp_path / "案件.附件" / "原件").iterdir())
    assert [file.read_bytes() for file in originals] == [PICTURE.read_bytes()]
    assert originals[0].stem == PICTURE.stem
    assert all("原件" not in kept for kept in window.case.draft.attachments[FRONT])


def test_the_reader_is_warmed_when_the_page_opens_and_closed_with_the_window(page, window, reader, qtbot):
    qtbot.waitUntil(lambda: "warm" in reader.asked)
    given(page, qtbot)
    window.close()
    assert reader.closed


def test_the_window_lives_while_a_picture_is_read(page, window, reader, qtbot):
    reader.slow = Event()
    reader.says["证件正面"] = CARD
    hand.drop(page.slots[FRONT], PICTURE)
    qtbot.waitUntil(strip(page).bar.isVisible)
    assert "正在读" in strip(page).text.text()
    heart = Heartbeat()
    assert heart.during(400) >= 15, "the event loop stood still"
    window.go("subject")
    hand.answer(window.page("subject").rows["subject.name"].editor, "甲公司")
    assert window.case.draft.text("subject.name") == "甲公司"
    reader.slow.set()
    qtbot.waitUntil(lambda: not page.desk.state(FRONT)[0])
    assert window.case.draft.text("subject.name") == "甲公司"
    assert window.case.draft.scans


def test_reading_can_be_cancelled_and_begun_again(page, window, reader, qtbot):
    reader.slow = Event()
    reader.says["证件正面"] = CARD
    hand.drop(page.slots[FRONT], PICTURE)
    qtbot.waitUntil(strip(page).stop.isVisible)
    hand.click(strip(page).stop)
    assert not strip(page).bar.isVisible()
    assert window.case.draft.attachments[FRONT]
    assert not window.case.draft.scans
    reader.slow.set()
    hand.click(strip(page).again)
    qtbot.waitUntil(lambda: bool(window.case.draft.scans))


def test_the_death_of_the_worker_is_told_and_the_picture_stays(page, window, reader, qtbot):
    reader.dies = "读“证件正面.jpg”时识别程序意外结束，窗口里的内容没有受影响"
    given(page, qtbot)
    assert "意外结束" in strip(page).text.text()
    assert window.case.draft.attachments[FRONT]
    reader.dies = ""
    reader.says["证件正面"] = CARD
    assert strip(page).again.text() == "再试一次"
    hand.click(strip(page).again)
    qtbot.waitUntil(lambda: "读到" in strip(page).text.text())


def test_a_picture_that_says_nothing_here(page, reader, qtbot):
    given(page, qtbot)
    assert "没有读到" in strip(page).text.text()


def test_a_picture_changed_since_is_read_again_when_asked(page, window, reader, qtbot):
    reader.says["证件正面"] = CARD
    given(page, qtbot)
    (kept,) = window.case.draft.attachments[FRONT]
    file = window.case.draft.file(kept)
    file.write_bytes(file.read_bytes() + b"\0")
    page.reading.refresh(FRONT)
    assert strip(page).again.text() == "识别图片上的字"


def test_a_read_for_a_case_that_was_left_does_not_land_in_the_next(page, window, reader, qtbot):
    reader.slow = Event()
    reader.says["证件正面"] = CARD
    hand.drop(page.slots[FRONT], PICTURE)
    qtbot.waitUntil(strip(page).bar.isVisible)
    window.keeping.new()
    reader.slow.set()
    qtbot.waitUntil(lambda: page.desk._job is None)
    assert not window.case.draft.scans
    assert not strip(page).isVisible()


def test_pictures_wait_for_each_other(page, window, reader, qtbot):
    reader.slow = Event()
    back = "principal.certificate_photo_back"
    hand.drop(page.slots[FRONT], PICTURE)
    hand.drop(page.slots[back], path("samples", "pictures", "id-lin-zhiyuan-back.jpg"))
    qtbot.waitUntil(lambda: page.reading.strips[back].text.text() == reading_desk.WAITING)
    reader.slow.set()
    qtbot.waitUntil(lambda: not page.desk.state(back)[0])
    assert [one for one in reader.asked if one.startswith("read")] == [
        "read 证件正面.jpg",
        "read 证件反面.jpg",
    ]


def test_a_file_with_several_pages_offers_the_others(page, window, reader, qtbot):
    reader.pages = 3
    given(page, qtbot)
    assert "第 1 页，共 3 页" in strip(page).page.text()
    hand.click(strip(page).page)
    from ui.page_choice import PageChoice

    dialog = window.findChild(PageChoice)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull())
    hand.click(hand.button(dialog, "用这一页"))
    qtbot.waitUntil(lambda: "第 2 页，共 3 页" in strip(page).page.text())
    assert any(one.endswith(" 2") for one in reader.asked if one.startswith("clean"))


def test_without_its_parts_the_program_works_and_says_so_once(open_window, monkeypatch, tmp_path, qtbot):
    monkeypatch.setattr(reading_desk, "_STANDS_ON", ("rapidocr", "no_such_package"))
    said = []
    for _ in range(2):
        window = open_window(place=tmp_path / f"{len(said)}.beian.json")
        window.go("papers")
        said.append(window.notice.text.text() if window.notice.isVisible() else "")
        slot = window.page("papers").slots[FRONT]
        hand.drop(slot, PICTURE)
        (kept,) = window.case.draft.attachments[FRONT]
        assert window.case.draft.file(kept).read_bytes() == PICTURE.read_bytes()
        assert not strip(window.page("papers")).isVisible()
        window.close()
    assert said == [paper_reading.NOT_INSTALLED, ""]


def test_the_real_reader_reads_a_card_beside_the_living_window(window, monkeypatch, qtbot):
    """The one test with the process of its own: brought in, read, offered; the window beats all the while."""
    from wizard.intake.reader import Reader

    monkeypatch.setattr(reading_desk, "own_reader", Reader)
    window.go("papers")
    page = window.page("papers")
    page.slots[FRONT].files_given.emit(FRONT, [PICTURE])
    heart = Heartbeat()
    qtbot.waitUntil(lambda: bool(window.case.draft.scans), timeout=120_000)
    assert heart.beats >= 20
    (scan,) = window.case.draft.scans.values()
    assert scan.value("id_number") == CARD[1]["id_number"]
    assert strip(page).look.isVisible()
    window.close()
