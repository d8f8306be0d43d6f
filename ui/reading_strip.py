"""The line under a picture that says how reading it goes, and what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.style import COLOURS, GREY, MARKS


class ReadingStrip(QWidget):
    """Says one thing at a time. It knows nothing of readers: it is told, and tells what the person wants."""

    cancelled = Signal()
    read_wanted = Signal()
    look_wanted = Signal()
    page_wanted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setFixedSize(90, 12)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(f"{name}：正在识别")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.bar)
        row.addWidget(self.text, 1)
        self.look = self._button(f"{name}：看读到的内容", self.look_wanted)
        self.again = self._button(f"{name}：识别图片上的字", self.read_wanted)
        self.stop = self._button(f"{name}：停止识别", self.cancelled)
        self.stop.setText("取消")
        self.page = self._button(f"{name}：换一页", self.page_wanted)
        for button in (self.look, self.again, self.stop, self.page):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def _button(self, name: str, signal: object) -> QPushButton:
        button = QPushButton()
        button.setObjectName("small")
        button.setAccessibleName(name)
        button.clicked.connect(signal)  # type: ignore[arg-type]
        button.hide()
        return button

    def busy(self, text: str) -> None:
        """A picture is being read, or waits for its turn."""
        self._say(text, GREY)
        self.bar.show()
        self.stop.show()

    def failed(self, text: str) -> None:
        """Reading came to nothing."""
        self._say(f"{MARKS['warning']} {text}", COLOURS["warning"])
        self._again("再试一次")

    def unread(self) -> None:
        """Nothing was read yet."""
        self._say("", GREY)
        self._again("识别图片上的字")

    def nothing(self) -> None:
        """It was read, and nothing was found that this place asks for."""
        self._say("没有读到这一栏要的内容，手工填写即可", GREY)
        self._again("再读一次")

    def found(self, count: int, differing: int) -> None:
        """So many values were read, of which some are not in the form yet."""
        if differing:
            self._say(
                f"{MARKS['note']} 读到 {count} 项，其中 {differing} 项还没填或与填写的不同", COLOURS["note"]
            )
        else:
            self._say(f"{MARKS['ok']} 读到 {count} 项，与填写的一致", COLOURS["ok"])
        self.look.setText("看一看（F4）")
        self.look.show()

    def pages(self, page: int, count: int) -> None:
        """The file that was given has more pages than the one that is shown."""
        self.page.setText(f"第 {page} 页，共 {count} 页，换一页")
        self.page.setVisible(count > 1)
        self.setVisible(count > 1 or not self.isHidden())

    def _again(self, word: str) -> None:
        self.again.setText(word)
        self.again.show()

    def _say(self, text: str, colour: str) -> None:
        for widget in (self.bar, self.look, self.again, self.stop):
            widget.hide()
        self.text.setText(text)
        self.text.setStyleSheet(f"color: {colour}; font-size: 13px;")
        self.show()
