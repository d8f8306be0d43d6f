"""The tools of the image bench: two that are taken in hand, and buttons for what is done at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget


class BenchTools(QWidget):
    """`crops` says which tool is in hand: the one that crops, or the one that puts straight."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.straighten, self.crop = self._button("拉正（L）"), self._button("裁剪（C）")
        self._group = QButtonGroup(self)
        for tool in (self.straighten, self.crop):
            tool.setCheckable(True)
            self._group.addButton(tool)
            row.addWidget(tool)
        self.straighten.setChecked(True)
        self._group.buttonClicked.connect(lambda _: self.changed.emit())
        row.addSpacing(16)
        self.buttons: dict[str, QPushButton] = {}
        for word in (
            *("左转（Shift+R）", "右转（R）", "自动找四角（F）", "恢复原图"),
            *("撤销（Ctrl+Z）", "重做（Ctrl+Y）"),
        ):
            self.buttons[word.partition("（")[0]] = button = self._button(word)
            row.addWidget(button)
        row.addStretch(1)

    def _button(self, word: str) -> QPushButton:
        button = QPushButton(word)
        button.setObjectName("small")
        button.setAutoDefault(False)
        return button

    @property
    def crops(self) -> bool:
        """Whether the tool that crops is in hand."""
        return self.crop.isChecked()

    def take(self, *, crops_: bool) -> None:
        """Take a tool in hand by its key."""
        tool = self.crop if crops_ else self.straighten
        if not tool.isChecked():
            tool.setChecked(True)
            self.changed.emit()
