"""Which page of a file is meant: its pages one after the other, each looked at before it is taken."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QListWidget, QPushButton, QVBoxLayout, QWidget

from ui import crops
from ui.jobs import Job
from ui.reading_desk import ReadingDesk
from wizard.files import FileProblem

_ROOM = QSize(420, 520)


class PageChoice(QDialog):
    """Tells by `chosen` which page is taken."""

    chosen = Signal(int)

    def __init__(self, file: Path, page: int, pages: int, desk: ReadingDesk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{file.name} 共 {pages} 页，用哪一页")
        self._file, self._desk = file, desk
        self._seen: dict[int, QImage] = {}
        self._job: Job | None = None
        row = QHBoxLayout()
        self.list = QListWidget()
        self.list.setAccessibleName("页")
        self.list.addItems([f"第 {number} 页" for number in range(1, pages + 1)])
        self.list.setFixedWidth(130)
        self.list.itemActivated.connect(lambda _: self._take())
        self.preview = QLabel()
        self.preview.setObjectName("thumbnail")
        self.preview.setFixedSize(_ROOM)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setWordWrap(True)
        row.addWidget(self.list)
        row.addWidget(self.preview)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for word, act in (("用这一页", self._take), ("取消", self.reject)):
            button = QPushButton(word)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.addLayout(row)
        column.addLayout(buttons)
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.list.setCurrentRow(page - 1)

    @property
    def page(self) -> int:
        """The page in sight, from 1."""
        return self.list.currentRow() + 1

    def _show(self) -> None:
        if self.page in self._seen:
            self.preview.setPixmap(QPixmap.fromImage(self._seen[self.page]))
            return
        self.preview.setText("正在取这一页…")
        if self._job is None:
            page = self.page
            self._job = Job(lambda _progress, _cancelled: self._picture(page), self)
            self._job.done.connect(lambda image: self._got(page, image))
            self._job.failed.connect(lambda error: self._lost(page, error))
            self._job.start()

    def _picture(self, page: int) -> QImage:
        return crops.fitted(crops.from_bytes(self._desk.clean(self._file, page).data), _ROOM)

    def _got(self, page: int, image: QImage) -> None:
        self._seen[page] = image
        self._job = None
        self._show()

    def _lost(self, page: int, error: Exception) -> None:
        self._job = None
        if self.page != page:
            self._show()
        else:
            self.preview.setText(str(error) if isinstance(error, FileProblem) else "这一页取不出来")

    def _take(self) -> None:
        page = self.page
        self.accept()
        self.chosen.emit(page)

    def done(self, result: int) -> None:
        """Close, once no page is under way."""
        if self._job:
            self._job.wait()
        super().done(result)
