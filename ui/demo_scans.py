"""The part of the demonstration in which a photographed licence is read, looked at, and put on the bench."""

from pathlib import Path

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF, QTransform
from PySide6.QtTest import QTest

from ui import demo_hand as hand
from ui.demo_steps import Demo
from ui.main_window import MainWindow
from ui.papers_page import PapersPage
from wizard.draft import Draft
from wizard.resource_files import path

SLOT = "subject.certificate_photo"
_SIZE = (2000, 1500)
_CORNERS = ((260, 210), (1780, 150), (1830, 1290), (170, 1230))


def photograph(file: Path) -> None:
    """The sample's licence as somebody takes it with a telephone: on a dark desk, from aside."""
    paper = QImage(str(path("samples", "pictures", "licence-company.jpg")))
    desk = QImage(*_SIZE, QImage.Format.Format_RGB32)
    desk.fill(QColor("#54463a"))
    width, height = paper.width(), paper.height()
    flat = [QPointF(0, 0), QPointF(width, 0), QPointF(width, height), QPointF(0, height)]
    laid = QTransform()
    QTransform.quadToQuad(QPolygonF(flat), QPolygonF([QPointF(*corner) for corner in _CORNERS]), laid)
    painter = QPainter(desk)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setTransform(laid)
    painter.drawImage(0, 0, paper)
    painter.end()
    desk.save(str(file), "JPEG", 92)


def scans(demo: Demo) -> None:
    """Drop the photograph into an empty case, look at what was read, take it over; put the picture straight.

    Where the parts that read are not installed, the window says so and the demonstration goes on without.
    """
    folder = demo.folder / "识别"
    folder.mkdir()
    photograph(folder / "手机照片.jpg")
    window = demo.open(Draft(folder=folder), folder / "识别.beian.json")
    window.go("papers")
    page = window.page("papers")
    assert isinstance(page, PapersPage)
    hand.drop(page.slots[SLOT], folder / "手机照片.jpg")
    if page.desk.open:
        _read(demo, page)
        _straighten(demo, page)
    window.close()


def _read(demo: Demo, page: PapersPage) -> None:
    from ui.suggestions_dialog import SuggestionsDialog

    if not hand.wait(lambda: not page.desk.state(SLOT)[0], 120) or not page.reading.offered(SLOT):
        raise LookupError("样本执照没有读出来")
    page.focus(SLOT)
    demo.picture(page.window(), "12_识别_读完")
    QTest.keyClick(page.slots[SLOT], Qt.Key.Key_F4)
    dialog = page.window().findChild(SuggestionsDialog)
    assert isinstance(dialog, SuggestionsDialog)
    hand.wait(lambda: not dialog.place.pixmap().isNull())
    demo.picture(dialog, "13_识别_逐项对照")
    for _ in dialog.offered:
        QTest.keyClick(dialog.tree, Qt.Key.Key_Space)
        QTest.keyClick(dialog.tree, Qt.Key.Key_Down)
    QTest.keyClick(dialog.tree, Qt.Key.Key_Return)
    window = page.window()
    assert isinstance(window, MainWindow)
    window.go("subject", "subject.name")
    demo.picture(window, "14_识别_采用以后")
    window.go("papers", SLOT)


def _straighten(demo: Demo, page: PapersPage) -> None:
    before = page.slots[SLOT].pictures()
    QTest.keyClick(page.slots[SLOT], Qt.Key.Key_F2)
    bench = page.reading.bench
    if bench is None or not hand.wait(lambda: bench.settled and bool(bench.shape.corners), 60):
        raise LookupError("图片工作台没有找到执照的四角")
    demo.picture(bench, "15_图片工作台")
    QTest.keyClick(bench.canvas, Qt.Key.Key_Return)
    hand.wait(lambda: page.slots[SLOT].pictures() != before)
    hand.wait(lambda: not page.desk.state(SLOT)[0], 120)
