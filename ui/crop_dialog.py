"""One answer beside the place in the picture it was read from: is it right?"""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import crops
from ui.jobs import Job
from wizard.scan import Corners

_ROOM = QSize(720, 160)


class CropDialog(QDialog):
    """Accepted where the person has found the answer right; Escape leaves it as it is."""

    def __init__(self, label: str, answer: str, file: Path, corners: Corners, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"对照图片核对：{label}")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(12)
        column.addWidget(QLabel("图片上："))
        self.place = QLabel("正在取图…")
        self.place.setObjectName("thumbnail")
        self.place.setFixedSize(_ROOM)
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place.setAccessibleName("图片上的这一处")
        column.addWidget(self.place)
        column.addWidget(QLabel("表里："))
        self.answer = QLabel(answer)
        self.answer.setObjectName("strong")
        self.answer.setWordWrap(True)
        self.answer.setTextFormat(Qt.TextFormat.PlainText)
        self.answer.setAccessibleName(f"{label}：{answer}")
        column.addWidget(self.answer)
        row = QHBoxLayout()
        row.addStretch(1)
        self.right = QPushButton("核对过了，一致(&Y)")
        self.right.setObjectName("primary")
        self.right.setDefault(True)
        self.right.clicked.connect(self.accept)
        self.wrong = QPushButton("不对，去改(&N)")
        self.wrong.clicked.connect(self.reject)
        row.addWidget(self.right)
        row.addWidget(self.wrong)
        column.addLayout(row)
        self.right.setFocus()
        self._job = Job(crops.work(file, [corners], _ROOM), self)
        self._job.done.connect(self._show)
        self._job.start()

    def _show(self, images: list[QImage]) -> None:
        whole, place = images
        image = whole if place.isNull() else place
        if image.isNull():
            self.place.setText("这张图片打不开了，从附件里打开核对")
            return
        self.place.setPixmap(QPixmap.fromImage(image))

    def done(self, result: int) -> None:
        """Close, once the picture is there or given up."""
        self._job.wait()
        super().done(result)
