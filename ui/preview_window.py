"""The packet as it will be, in a window of its own beside the form: pages, outline, fields, the printer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QIntValidator, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ui.case import Case
from ui.dialog_parts import sized
from ui.packet_desk import PacketDesk
from ui.preview_build import Choose, PreviewBuild
from ui.preview_images import PageImages
from ui.preview_lists import Fields, Outline, Thumbnails
from ui.preview_print import PreviewPrint
from ui.preview_sheets import WHOLE, WIDTH, Sheets
from ui.store import remember_shape, shape_of

if TYPE_CHECKING:
    from wizard.packet.pages import Preview

FIRST = "正在生成预览…"
AGAIN = "正在更新…"


class PreviewWindow(QWidget):
    """Follows the case while it is open. `go_to` names a field that the person wants to mend."""

    go_to = Signal(str)

    def __init__(self, case: Case, options: Choose, packets: PacketDesk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.images = PageImages(packets, self)
        self.build = PreviewBuild(case, options, packets, self)
        self.printing = PreviewPrint(case, options, packets, self)
        self._wanted, self._updating = "", True
        self._print_when_there = False
        self.setWindowTitle("材料包预览 – 备案助手")
        self.setObjectName("preview")
        self.sheets = Sheets(self.images)
        self.thumbnails, self.outline, self.fields = Thumbnails(self.images), Outline(), Fields()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        column.addWidget(self._body(), 1)
        self._connect()
        self._keys()
        self._shape()

    def _bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("strip")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        self._lay_number(row)
        row.addSpacing(6)
        for words, act, hint in (
            ("缩小", lambda: self.sheets.larger(-1), "Ctrl+-"),
            ("放大", self.sheets.larger, "Ctrl++"),
            ("适合宽度", lambda: self.sheets.scale_to(1, WIDTH), "Ctrl+0"),
            ("整页", lambda: self.sheets.scale_to(1, WHOLE), "Ctrl+9"),
        ):
            row.addWidget(_button(words, act, hint))
        self.size_told = QLabel()
        self.size_told.setObjectName("quiet")
        self.size_told.setMinimumWidth(44)
        row.addWidget(self.size_told)
        self.sign = QLabel()
        self.sign.setObjectName("lead")
        self.sign.setWordWrap(True)
        row.addWidget(self.sign, 1)
        self.again = _button("再试一次", self.build.now, "")
        self.again.hide()
        self.stop = _button("取消打印", self.printing.cancel, "")
        self.stop.hide()
        self.paper = _button("打印…", self.print, "Ctrl+P")
        self.to_form = _button("回到填写", self._back, "Esc 关闭预览")
        for button in (self.again, self.stop, self.paper, self.to_form):
            row.addWidget(button)
        return bar

    def _lay_number(self, row: QHBoxLayout) -> None:
        self.number = QLineEdit("1")
        self.number.setAccessibleName("页码，输入后回车跳到这一页")
        self.number.setValidator(QIntValidator(1, 9999, self.number))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setFixedWidth(52)
        self.number.setMaxLength(4)
        self.count_told = QLabel()
        row.addWidget(self.number)
        row.addWidget(self.count_told)

    def _body(self) -> QSplitter:
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.setAccessibleName("页面、目录、栏目")
        tabs.addTab(self.thumbnails, "页面")
        tabs.addTab(self.outline, "目录")
        tabs.addTab(self.fields, "栏目")
        tabs.setMinimumWidth(180)
        self.tabs = tabs
        body = QSplitter()
        body.setChildrenCollapsible(False)
        body.addWidget(tabs)
        body.addWidget(self.sheets)
        body.setStretchFactor(1, 1)
        body.setSizes([220, 800])
        return body

    def _connect(self) -> None:
        self.build.began.connect(self._began)
        self.build.built.connect(self._built)
        self.build.failed.connect(self._failed)
        self.printing.told.connect(self.sign.setText)
        self.printing.ended.connect(self._printed)
        self.sheets.page_changed.connect(self._at)
        self.sheets.zoomed.connect(lambda: self.size_told.setText(f"{self.sheets.zoom:.0%}"))
        self.sheets.picked.connect(self.go_to)
        self.thumbnails.chosen.connect(self.sheets.go)
        self.outline.chosen.connect(self.sheets.go)
        self.fields.pointed.connect(self._point)
        self.fields.picked.connect(self.go_to)

        self.number.editingFinished.connect(self._typed)

    def _keys(self) -> None:
        keys: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl++", self.sheets.larger),
            ("Ctrl+=", self.sheets.larger),
            ("Ctrl+-", lambda: self.sheets.larger(-1)),
            ("Ctrl+0", lambda: self.sheets.scale_to(1, WIDTH)),
            ("Ctrl+9", lambda: self.sheets.scale_to(1, WHOLE)),
            ("Ctrl+P", self.print),
            ("Ctrl+W", self.close),
            ("Esc", self.close),
        )
        for key, act in keys:
            QShortcut(QKeySequence(key), self).activated.connect(act)

    def _shape(self) -> None:
        self.setMinimumSize(720, 480)
        sized(self, 1120, 980)
        shape = shape_of("preview")
        if not shape.isEmpty():
            self.restoreGeometry(shape)

    @property
    def preview(self) -> "Preview | None":
        """What is shown."""
        return self.sheets.preview

    def open_at(self, field: str = "") -> None:
        """Show the window, at the page of a field where it is in the packet."""
        self._wanted = field
        self.show()
        self.activateWindow()
        self.raise_()
        self.sheets.setFocus()
        if self.preview is not None and not self._updating:
            self._find()

    def _find(self) -> None:
        spot = self.fields.find(self._wanted) if self._wanted else None
        self._wanted = ""
        if spot is not None:
            self._point(spot)

    def _point(self, spot: object) -> None:
        self.sheets.go(spot.page)  # type: ignore[attr-defined]
        self.sheets.mark(spot)  # type: ignore[arg-type]

    def _began(self) -> None:
        self._updating = True
        self.again.hide()
        self.sign.setText(AGAIN if self.preview else FIRST)

    def _built(self, preview: "Preview", why: str) -> None:
        self._updating = False
        said = [why] if why else []
        if preview.unprintable:
            said.append("字体里没有、印成“〓”的字：" + "、".join(preview.unprintable))
        self.sign.setText("；".join(said) or "与正式版一致")
        self.images.show(preview)
        for part in (self.thumbnails, self.outline, self.fields):
            part.show_preview(preview)
        self.count_told.setText(f"/ {preview.count} 页")
        self.sheets.show_preview(preview)
        self._at(self.sheets.page)
        if self._wanted:
            self._find()
        if self._print_when_there:
            self._print_when_there = False
            QTimer.singleShot(0, self, self.print)

    def _failed(self, why: str) -> None:
        self._updating = False
        self.sign.setText(why)
        self.again.show()
        self._print_when_there = False

    def _at(self, page: int) -> None:
        if self.preview is None:
            return
        if not self.number.isModified():
            self.number.setText(str(page))
        self.thumbnails.follow(page)
        part = next((line.title for line in reversed(self.preview.outline) if line.page <= page), "")
        self.sheets.setAccessibleDescription(f"第 {page} 页，共 {self.preview.count} 页：{part}")

    def _typed(self) -> None:
        if not self.number.isModified():
            return
        self.number.setModified(False)
        self.sheets.go(int(self.number.text() or self.sheets.page))
        self.number.setText(str(self.sheets.page))

    def print(self) -> None:
        """Ask for a printer and print; where the pages are still being built, as soon as they are there."""
        if self.preview is None or self._updating:
            self._print_when_there = True
            if not self._updating:
                self.build.now()
            return
        if self.printing.start(self, self.preview.count, self.sheets.page):
            self.stop.setVisible(self.printing.job is not None)
            self.paper.setVisible(self.printing.job is None)

    def _printed(self, text: str) -> None:
        self.sign.setText(text)
        self.stop.hide()
        self.paper.show()

    def _back(self) -> None:
        self.go_to.emit("")

    def showEvent(self, event: QShowEvent) -> None:
        """While it is in sight, it follows the case."""
        super().showEvent(event)
        if not event.spontaneous():
            self.windowHandle().setTransientParent(None)  # or it would always lie above the form
            self.build.watch(watched=True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is built for nobody."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.build.watch(watched=False)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep its place on the screen for the next time."""
        remember_shape("preview", self.saveGeometry())
        super().closeEvent(event)

    def pause(self) -> None:
        """The windows are locked: nothing is built and drawn behind the curtain."""
        self.images.pause(paused=True)
        self.build.pause()

    def go_on(self) -> None:
        """The windows are open again."""
        self.images.pause(paused=False)
        self.build.go_on()

    def wait(self) -> None:
        """Stop all work and let it end (when the main window closes)."""
        self.printing.wait()
        self.build.wait()
        self.images.wait()


def _button(words: str, act: Callable[[], object], hint: str) -> QPushButton:
    button = QPushButton(words)
    button.setObjectName("small")
    button.setAutoDefault(True)
    button.setToolTip(hint)
    button.clicked.connect(lambda _=False: act())
    return button
