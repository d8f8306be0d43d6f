"""The packet before it is written: page by page, from an answer to its field, after each edit, on paper."""

import os
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from ui import demo_hand as hand
from ui import preview_build, preview_images
from ui.preview_sheets import WHOLE, WIDTH
from wizard.draft import load
from wizard.packet.draw import PDFIUM
from wizard.resource_files import path

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
NAME = "subject.name"


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """Nobody waits for the person to pause."""
    monkeypatch.setattr(preview_build, "AFTER", 60)


@pytest.fixture
def window(open_window):
    return open_window(load(path("samples", "company.json")))


@pytest.fixture
def look(qtbot):
    """Opens the preview by its key, and waits for its pages."""

    def look_(window):
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_P, CTRL)
        qtbot.waitUntil(lambda: window.beside.preview is not None and window.beside.preview.isVisible())
        preview = window.beside.preview
        qtbot.waitUntil(lambda: preview.preview is not None and not preview._updating, timeout=20_000)
        preview.resize(900, 760)
        return preview

    return look_


@pytest.fixture
def preview(window, look):
    return look(window)


def text_of(data):
    with PDFIUM, pypdfium2.PdfDocument(data) as document:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def spot_of(preview, field):
    return next(spot for spot in preview.preview.spots if spot.field == field)


def middle(preview, spot):
    return preview.sheets._frame(spot).center().toPoint()


def test_it_opens_at_the_field_one_is_at(window, look):
    window.go("principal", "principal.mobile")
    preview = look(window)
    spot = spot_of(preview, "principal.mobile")
    assert preview.sheets.page == spot.page
    assert preview.sheets._marked == spot
    room = preview.sheets.viewport().rect()
    assert room.contains(middle(preview, spot))


def test_the_pages_are_those_of_the_packet(preview):
    made = preview.preview
    assert preview.thumbnails.model().rowCount() == made.count == preview.sheets.count
    assert preview.count_told.text() == f"/ {made.count} 页"
    assert "北京绿柠檬科技有限公司" in text_of(made.data)
    assert preview.sign.text() == "与正式版一致"
    assert [preview.outline.item(row).text().split("　")[-1] for row in range(preview.outline.count())] == [
        line.title for line in made.outline
    ]


def test_while_errors_stand_it_is_a_draft_and_says_so(open_window, look):
    preview = look(open_window(load(path("samples", "company_faulty.json"))))
    assert preview.sign.text() == "还有 5 处错误，按草稿显示"
    assert "草稿·仅供核对" in text_of(preview.preview.data)


def test_page_by_page_with_the_keys(preview):
    sheets, count = preview.sheets, preview.preview.count
    QTest.keyClick(sheets, Qt.Key.Key_Home)
    for key, page in (("PageDown", 2), ("PageDown", 3), ("PageUp", 2), ("End", count), ("Home", 1)):
        QTest.keyClick(sheets, getattr(Qt.Key, f"Key_{key}"))
        assert sheets.page == page
        assert preview.number.text() == str(page)
        assert preview.thumbnails.currentIndex().row() == page - 1
        assert sheets.accessibleDescription().startswith(f"第 {page} 页，共 {count} 页：")
    preview.number.selectAll()
    QTest.keyClicks(preview.number, "5")
    QTest.keyClick(preview.number, Qt.Key.Key_Return)
    assert sheets.page == 5


def test_small_pages_and_outline_lead_to_pages(preview):
    preview.thumbnails.setFocus()
    preview.thumbnails.follow(1)
    QTest.keyClick(preview.thumbnails, Qt.Key.Key_Down)
    assert preview.sheets.page == 2
    preview.tabs.setCurrentWidget(preview.outline)
    preview.outline.setFocus()
    line = preview.preview.outline[6]
    at = preview.outline.visualItemRect(preview.outline.item(6)).center()
    QTest.mouseClick(preview.outline.viewport(), Qt.MouseButton.LeftButton, NONE, at)
    assert preview.sheets.page == line.page


def test_larger_and_smaller(preview):
    sheets = preview.sheets
    assert sheets.fit == WIDTH
    sheets.go(4)
    before = sheets.zoom
    QTest.keyClick(sheets, Qt.Key.Key_Plus, CTRL)
    assert sheets.zoom > before
    assert sheets.page == 4
    QTest.keyClick(sheets, Qt.Key.Key_Minus, CTRL)
    assert sheets.zoom == pytest.approx(before)
    at, far = QPointF(100, 100), QPoint(0, 120)
    still = Qt.ScrollPhase.NoScrollPhase
    spun = QWheelEvent(at, at, QPoint(), far, Qt.MouseButton.NoButton, CTRL, still, False)  # noqa: FBT003
    QApplication.sendEvent(sheets.viewport(), spun)
    assert sheets.zoom > before
    QTest.keyClick(sheets, Qt.Key.Key_9, CTRL)
    assert sheets.fit == WHOLE
    assert sheets._sheet(sheets.page).height() <= sheets.viewport().height()
    QTest.keyClick(sheets, Qt.Key.Key_0, CTRL)
    assert sheets.zoom == pytest.approx(before)


def test_a_click_on_an_answer_goes_to_its_field(window, preview):
    spot = spot_of(preview, "principal.email")
    preview.sheets.go(spot.page)
    preview.sheets.mark(spot)
    QTest.mouseClick(preview.sheets.viewport(), Qt.MouseButton.LeftButton, NONE, middle(preview, spot))
    assert window.current == "principal"
    assert window.focusWidget() is window.page("principal").rows["principal.email"].editor.target


def test_a_click_beside_the_answers_goes_nowhere(window, preview):
    before = window.current
    preview.sheets.go(1)
    QTest.mouseClick(preview.sheets.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(5, 5))
    assert window.current == before


def test_the_keys_lead_from_answer_to_answer_and_to_the_field(window, preview):
    preview.tabs.setCurrentWidget(preview.fields)
    preview.fields.setFocus()
    QTest.keyClick(preview.fields, Qt.Key.Key_Home)
    for _ in range(2):
        QTest.keyClick(preview.fields, Qt.Key.Key_Down)
    spot = spot_of(preview, NAME)
    assert preview.sheets.page == spot.page
    assert preview.sheets._marked == spot
    QTest.keyClick(preview.fields, Qt.Key.Key_Return)
    assert window.current == "subject"
    assert window.focusWidget() is window.page("subject").rows[NAME].editor.target


def test_an_edit_shows_by_itself_and_the_place_is_kept(window, preview, qtbot):
    built = []
    preview.build.built.connect(lambda made, why: built.append(made))
    old = preview.preview
    preview.sheets.go(6)
    window.go("mini_program")
    target = window.page("mini_program").rows["mini_program.name"].editor.target
    hand.clear(target)
    for part in ("青柠", "记", "账"):
        hand.type_text(target, part)
    assert preview.sign.text() == "正在更新…"
    assert preview.preview is old
    qtbot.waitUntil(lambda: preview.preview is not old, timeout=20_000)
    assert "青柠记账" in text_of(preview.preview.data)
    assert preview.sheets.page == 6
    assert len(built) == 1
    assert preview.sign.text() != "正在更新…"


def test_after_an_export_it_shows_the_next_version(window, preview, qtbot, tmp_path):
    assert "v1第1页" in text_of(preview.preview.data)
    window.go("export")
    card = window.page("export").card
    card.folder = tmp_path / "交付"
    hand.click(card.final)
    qtbot.waitUntil(lambda: card.written is not None, timeout=60_000)
    qtbot.waitUntil(lambda: "v2第1页" in text_of(preview.preview.data), timeout=20_000)


def test_nobody_builds_for_a_closed_window(window, preview, look):
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert not preview.isVisible()
    old = preview.preview
    window.case.answer("mini_program.name", "青柠记账")
    QTest.qWait(200)
    assert preview.build.job is None
    assert preview.preview is old
    look(window)
    assert "青柠记账" in text_of(preview.preview.data)


def test_a_failure_is_a_sentence_and_can_be_tried_again(window, preview, qtbot, monkeypatch, tmp_path):
    from ui import errors

    log = tmp_path / "failures.log"
    monkeypatch.setattr(errors, "log_file", lambda: log)
    with monkeypatch.context() as broken:
        broken.setattr(preview.build._packets.workshop, "preview", lambda *_, **__: next(iter(())))
        window.case.answer("mini_program.name", "秘密的名称")
        qtbot.waitUntil(preview.again.isVisible)
    assert preview.sign.text() == "这次没能生成预览，草稿没有变；按“再试一次”"
    assert "StopIteration" in log.read_text(encoding="utf-8")
    assert "秘密" not in log.read_text(encoding="utf-8")
    hand.click(preview.again)
    qtbot.waitUntil(lambda: "秘密的名称" in text_of(preview.preview.data), timeout=20_000)
    assert not preview.again.isVisible()


def test_images_are_bounded_and_as_fine_as_the_screen(preview, qtbot, monkeypatch):
    monkeypatch.setattr(preview_images, "ROOM", 12_000_000)
    images, sheets = preview.images, preview.sheets
    for page in range(1, preview.preview.count + 1):
        sheets.go(page)
        QTest.qWait(20)
    qtbot.waitUntil(lambda: images.resting, timeout=20_000)
    assert images.bytes <= 12_000_000
    width = round(sheets._across() * sheets.devicePixelRatioF())
    assert images.image(sheets.page, width).width() == pytest.approx(width, abs=1)


def files_below(*folders):
    return {
        (str(file), file.stat().st_mtime_ns)
        for folder in folders
        for file in Path(folder).rglob("*")
        if file.is_file()
    }


def test_nothing_is_written_but_where_the_window_stood(window, preview, qtbot, tmp_path):
    window.case.save()
    before = files_below(tmp_path, os.environ["HOME"])
    preview.build.now()
    qtbot.waitUntil(lambda: not preview._updating and preview.images.resting, timeout=20_000)
    assert files_below(tmp_path, os.environ["HOME"]) == before


def test_everything_in_it_has_a_name_and_is_reached(preview):
    preview.number.setFocus()
    seen, widget = [], preview.number
    while widget not in seen:
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
    assert {preview.sheets, preview.thumbnails, preview.paper, preview.to_form} <= set(seen)
    for each in seen:
        named = each.accessibleName() or (each.text() if isinstance(each, QPushButton) else "")
        assert named or each is preview.tabs.tabBar(), each


@pytest.fixture
def paper(monkeypatch, tmp_path):
    """The system's dialog, answered: paper that is a file; `asked` is how often it was shown."""

    class Paper:
        file, first, last, asked, wanted = tmp_path / "纸.pdf", 0, 0, 0, True

    def chosen(dialog):
        Paper.asked += 1
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(Paper.file))
        if Paper.first:
            printer.setPrintRange(QPrinter.PrintRange.PageRange)
            printer.setFromTo(Paper.first, Paper.last)
        return QDialog.DialogCode.Accepted if Paper.wanted else QDialog.DialogCode.Rejected

    monkeypatch.setattr(QPrintDialog, "exec", chosen)
    return Paper


def greys(page, across):
    """A page as rows of grey."""
    image = page.render(scale=across / page.get_width(), grayscale=True).to_pil()
    return image.resize((60, 85))


def test_pages_asked_for_come_out_of_the_printer(preview, paper, qtbot):
    paper.first, paper.last = 5, 6
    QTest.keyClick(preview, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: "2 张已交给打印机" in preview.sign.text(), timeout=60_000)
    assert preview.paper.isVisible()
    assert not preview.stop.isVisible()
    opened = pypdfium2.PdfDocument
    with PDFIUM, opened(paper.file) as printed, opened(preview.preview.data) as made:
        assert len(printed) == 2
        assert printed[0].get_size() == pytest.approx((595, 842), abs=2)
        widths = [one.get_px_size()[0] for one in printed[0].get_objects(filter=[3])]
        assert min(widths) >= 210 / 25.4 * 200
        for number in (0, 1):
            pairs = zip(
                greys(printed[number], 600).tobytes(), greys(made[number + 4], 600).tobytes(), strict=True
            )
            assert max(abs(one - other) for one, other in pairs) < 60


def test_printing_can_be_stopped_and_leaves_nothing(preview, paper, qtbot):
    hand.click(preview.paper)
    assert preview.stop.isVisible()
    qtbot.waitUntil(lambda: "正在打印第" in preview.sign.text(), timeout=60_000)
    hand.click(preview.stop)
    qtbot.waitUntil(lambda: "已取消打印" in preview.sign.text(), timeout=20_000)
    assert not paper.file.exists()
    assert preview.paper.isVisible()


def test_nothing_is_printed_where_nobody_wants_to(preview, paper):
    paper.wanted = False
    hand.click(preview.paper)
    assert paper.asked == 1
    assert preview.printing.job is None
    assert preview.paper.isVisible()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_a_sentence(preview, paper, qtbot, tmp_path):
    paper.file = tmp_path / "没有这个文件夹" / "纸.pdf"
    hand.click(preview.paper)
    qtbot.waitUntil(lambda: "打印机没有接收" in preview.sign.text(), timeout=60_000)


def test_it_goes_with_the_window(window, preview):
    window.close()
    assert not preview.isVisible()
    assert preview.build.job is None or not preview.build.job.running


def test_a_locked_window_shows_no_page(window, preview):
    assert preview.windowHandle().transientParent() is None
    window.lock.lock()
    assert preview in [curtain.parentWidget() for curtain in window.lock.curtains]
    shown = preview.childAt(preview.width() // 2, preview.height() // 2)
    assert not preview.sheets.isAncestorOf(shown)
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert preview.isVisible()
