"""The picture as it will be, beside the limits of the platform."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.bench_work import Made
from ui.style import COLOURS, MARKS
from wizard.intake.bench.shape import Limits

_ROOM = QSize(430, 400)


class BenchResult(QWidget):
    """Shows a picture, its size and weight, and whether each is within the limits."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.picture = QLabel("正在打开…")
        self.picture.setObjectName("thumbnail")
        self.picture.setMinimumSize(_ROOM)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setWordWrap(True)
        self.picture.setAccessibleName("调整后的图片")
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        column.addWidget(self.picture, 1)
        column.addWidget(self.told)

    def say(self, text: str) -> None:
        """Say something in place of a picture."""
        self.picture.setText(text)

    def show_result(self, made: Made, image: QImage) -> None:
        """Show what a picture looks like, brought to size, and how it stands to the limits."""
        self.picture.setPixmap(QPixmap.fromImage(image))
        (width, height), limits = made.size, self._limits
        light = len(made.data) <= limits.most_bytes
        large = limits.large(made.size)
        sign = {True: MARKS["ok"], False: MARKS["error"]}
        most = limits.most_bytes / 1_048_576
        self.told.setText(
            f"{width}×{height} 像素 {sign[large]}　·　"
            f"{made.format} {len(made.data) / 1_048_576:.2f} MB {sign[light]}\n"
            f"平台要求：不小于 {limits.short}×{limits.long} 像素，不超过 {most:.0f} MB"
        )
        self.told.setStyleSheet(f"color: {COLOURS['ok' if light and large else 'error']}; font-size: 13px;")
