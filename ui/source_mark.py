"""The small word beside an answer that was not typed: where it comes from, and whether it was checked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ui.style import COLOURS, GREY, MARKS
from wizard.draft import SOURCE_WORDS, TYPED

UNCHECKED = "read"


class SourceMark(QWidget):
    """Hidden for what was typed; what was read and not checked yet can be looked at in the picture."""

    check_wanted = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.source = TYPED
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.word = QLabel()
        self.button = QPushButton("对照图片核对")
        self.button.setObjectName("link")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.setAccessibleName(f"{label}：对照图片核对")
        self.button.clicked.connect(self.check_wanted)
        row.addWidget(self.word)
        row.addWidget(self.button)
        row.addStretch(1)
        self.hide()

    def show_source(self, source: str) -> None:
        """Say where the answer comes from: a key of `SOURCE_WORDS`."""
        self.source = source
        unchecked = source == UNCHECKED
        mark = MARKS["warning"] if unchecked else MARKS["note"]
        self.word.setText(f"{mark} {SOURCE_WORDS[source]}")
        self.word.setStyleSheet(f"color: {COLOURS['warning'] if unchecked else GREY}; font-size: 12px;")
        self.button.setVisible(unchecked)
        self.setVisible(source != TYPED)
