"""The place for the files of one field: choose, drop or paste; see them small; take them out again."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.style import COLOURS, GREY, MARKS
from ui.thumbnails import SIZE
from wizard.fields import Field
from wizard.finding import SEVERITY_WORDS, Finding
from wizard.picture import PictureFacts, weight
from wizard.types import Papers

PICTURES = "图片 (*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff *.heic *.pdf);;所有文件 (*)"
_LEAST_HEIGHT = 84
MENDED_RULE = "picture.too-heavy"
"""What the program puts right by itself when it exports: said calmly here."""
_CALM = (MENDED_RULE, "picture.over-200k")
"""Nearly every photograph is over 200 KB, which one source would not have: the self-check says it once."""
_VIDEOS = "视频 (*.mp4 *.mov *.m4v *.avi)"


class DropArea(QFrame):
    """Holds nothing itself: it tells what the person wants and shows what it is given."""

    files_given = Signal(str, list)
    image_given = Signal(str, QImage)
    removed = Signal(str, str)
    bench_wanted = Signal(str)
    look_wanted = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.kind: Papers = field.kind  # type: ignore[assignment]
        self.setObjectName("slot")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self._paths: tuple[str, ...] = ()
        self._known: tuple[object, ...] = ()
        self.busy = False
        self._pictures: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 14)
        column.setSpacing(8)
        column.addLayout(self._head())
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        column.addLayout(self._list)
        self._column = column
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.message.hide()
        column.addWidget(self.message)
        column.addStretch(1)
        self.describe("")

    def below(self, widget: QWidget) -> None:
        """Put `widget` between the files and what is wrong with them."""
        self._column.insertWidget(self._column.indexOf(self.message), widget)

    def _head(self) -> QHBoxLayout:
        field = self.field
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = QLabel(f"{field.label}（选填）" if field.ask.optional else field.label)
        self.title.setObjectName("label")
        self.title.setBuddy(self)
        self.hint = QLabel(field.ask.help)
        self.hint.setObjectName("help")
        self.hint.setWordWrap(True)
        words.addWidget(self.title)
        words.addWidget(self.hint)
        head.addLayout(words, 1)
        self.choose = QPushButton("选择文件")
        self.choose.setAccessibleName(f"{field.label}：选择文件")
        self.choose.clicked.connect(self._choose)
        head.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def describe(self, text: str) -> None:
        """What a screen reader says of the slot."""
        held = f"已有 {len(self._paths)} 个文件" if self._paths else "还没有文件"
        self.setAccessibleName(f"{self.field.label}，{held}")
        self.setAccessibleDescription("，".join(part for part in (self.field.ask.help, text) if part))

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, f"选择{self.field.label}", "", _VIDEOS if self.kind.video else PICTURES
        )
        if names:
            self.files_given.emit(self.field.id, [Path(name) for name in names])

    def show_files(self, paths: Sequence[str], folder: Path, facts: dict[str, PictureFacts]) -> None:
        """Show the attachments `paths`, which lie in `folder`."""
        known = (folder, tuple(paths), tuple(facts.get(path) for path in paths))
        if known == self._known:
            return
        self._known, self._paths = known, tuple(paths)
        self._pictures.clear()
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for path in paths:
            line = self._line(path, folder / path, facts.get(path))
            self._list.addWidget(line)
            line.show()
        self.choose.setText("再加一个" if paths and self.kind.most > 1 else "换一个" if paths else "选择文件")
        self.setProperty("held", "true" if paths else "false")
        self._restyle()
        self.describe("")

    def _line(self, path: str, file: Path, facts: PictureFacts | None) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        picture = QLabel("…")
        picture.setObjectName("thumbnail")
        picture.setFixedSize(SIZE)
        picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture.setAccessibleName(f"{self.field.label}的缩略图")
        self._pictures[str(file)] = picture
        row.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(3)
        for text, name in ((file.name, "label"), (_measures(facts), "help")):
            label = QLabel(text)
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            words.addWidget(label)
        words.addStretch(1)
        words.addLayout(self._line_buttons(path, file))
        row.addLayout(words, 1)
        return line

    def _line_buttons(self, path: str, file: Path) -> QHBoxLayout:
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        adjust = [] if self.kind.video else [("调整", lambda: self.bench_wanted.emit(path))]
        for word, act in (
            *adjust,
            ("打开", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))),
            ("移除", lambda: self.removed.emit(self.field.id, path)),
        ):
            button = QPushButton(word)
            button.setAccessibleName(f"{self.field.label}：{word} {file.name}")
            button.setObjectName("small")
            button.clicked.connect(act)
            buttons.addWidget(button)
        buttons.addStretch(1)
        return buttons

    def show_picture(self, file: str, image: QImage) -> None:
        """Put a thumbnail in its place."""
        if label := self._pictures.get(file):
            if image.isNull():
                label.setText("没有预览")
            else:
                label.setPixmap(QPixmap.fromImage(image))

    def wait_for(self, files: int) -> None:
        """Say that so many files are on their way; 0 when they are there."""
        self.busy = files > 0
        if self.busy:
            self.message.setStyleSheet(f"color: {GREY}; font-size: 13px;")
            self.message.setText(f"正在放进来：{files} 个文件")
        self.message.setVisible(self.busy)

    def pictures(self) -> tuple[str, ...]:
        """The files whose thumbnails are shown."""
        return tuple(self._pictures)

    def say(self, findings: Sequence[Finding], refusal: str = "") -> None:
        """Show what is wrong with the files, or why one was refused."""
        if self.busy:
            return
        aloud = [f for f in findings if f.severity != "note" and f.rule not in _CALM]
        severity = "error" if refusal else aloud[0].severity if aloud else ""
        lines = [f"{MARKS['error']} {refusal}"] if refusal else []
        if any(f.rule == MENDED_RULE for f in findings):
            lines.append(f"{MARKS['note']} 超过 2 MB，不用处理：导出时会自动缩到 2 MB 以内")
        for each in aloud[:3]:
            fix = f"\n{each.fix}" if each.fix and each.fix != self.field.ask.help else ""
            lines.append(f"{MARKS[each.severity]} {SEVERITY_WORDS[each.severity]}　{each.message}{fix}")
        self.message.setText("\n".join(lines))
        self.message.setVisible(bool(lines))
        self.message.setStyleSheet(f"color: {COLOURS[severity or 'note']}; font-size: 13px;")
        if self.property("severity") != severity:
            self.setProperty("severity", severity)
            self._restyle()
        self.describe("，".join(lines))

    def _restyle(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)

    def _take(self, data: QMimeData) -> bool:
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.files_given.emit(self.field.id, files)
        elif data.hasImage() and not self.kind.video:
            self.image_given.emit(self.field.id, QImage(data.imageData()))
        else:
            return False
        return True

    def event(self, event: QEvent) -> bool:
        """Keep the room that its words need: the grid it stands in reckons with words on fewer lines."""
        handled = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.setMinimumHeight(max(_LEAST_HEIGHT, self.heightForWidth(self.width())))
        return handled

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a file may be dropped here."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()
            self.setProperty("over", "true")
            self._restyle()

    def dragLeaveEvent(self, event: object) -> None:
        """Back to normal."""
        self.setProperty("over", "false")
        self._restyle()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self.dragLeaveEvent(event)
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses, Ctrl+V pastes, Delete takes the last out, F2 adjusts it, F4 shows what was read."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._take(QApplication.clipboard().mimeData())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose()
        elif event.key() == Qt.Key.Key_Delete and self._paths:
            self.removed.emit(self.field.id, self._paths[-1])
        elif event.key() == Qt.Key.Key_F2 and self._paths and not self.kind.video:
            self.bench_wanted.emit(self._paths[-1])
        elif event.key() == Qt.Key.Key_F4:
            self.look_wanted.emit()
        else:
            super().keyPressEvent(event)


def _measures(facts: PictureFacts | None) -> str:
    if facts is None:
        return "找不到这个文件"
    size = weight(facts.bytes)
    return f"{facts.format} · {facts.width}×{facts.height} 像素 · {size}" if facts.width else size
