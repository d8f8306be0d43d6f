"""The window without its work: the steps at the left, room for a page, the buttons below it, the status.

It is all there is in the first paint, so it touches none of Qt's larger classes and none of the catalogue.
"""

from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.notice import Notice
from ui.step_list import StepList

MENUS = ("文件(&F)", "编辑(&T)", "步骤(&G)", "客户库(&K)", "帮助(&H)")


class Frame(QMainWindow):
    """What surrounds the page."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__()
        self.menus = [self.menuBar().addMenu(name) for name in MENUS]
        room = self.screen().availableSize()
        self.resize(min(1280, room.width()), min(800, room.height() - 60))
        self.setMinimumSize(900, 600)
        self.stack = QStackedWidget()
        self.steps = StepList(titles)
        self.notice = Notice()
        self.notice_text = self.notice.text
        self.strip = self._strip()
        self.outer = QStackedWidget()
        self.outer.addWidget(self._lay_out())
        self.setCentralWidget(self._below_the_notice())
        self.place = QLabel()
        self.place.setObjectName("quiet")
        self.saved = QLabel("填写的内容会自动保存　")
        self.saved.setObjectName("quiet")
        self.statusBar().addWidget(self.place, 1)
        self.statusBar().addPermanentWidget(self.saved)
        self.statusBar().setSizeGripEnabled(False)

    def _below_the_notice(self) -> QWidget:
        """All that may fill the window stands below the bar, so that nothing hides what it says."""
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.outer, 1)
        return whole

    def _lay_out(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side())
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self.strip)
        row.addLayout(right, 1)
        return whole

    def _side(self) -> QWidget:
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(216)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 20, 0, 14)
        column.setSpacing(2)
        name = QLabel("备案助手")
        name.setObjectName("brand")
        self.where = QLabel()
        self.where.setObjectName("quiet")
        self.todo = QLabel()
        self.todo.setObjectName("quiet")
        self.todo.setWordWrap(True)
        for label in (name, self.where, self.todo):
            label.setContentsMargins(22, 0, 12, 0)
        column.addWidget(name)
        column.addWidget(self.where)
        column.addSpacing(12)
        column.addWidget(self.steps, 1)
        column.addWidget(self.todo)
        return side

    def _strip(self) -> QFrame:
        strip = QFrame()
        strip.setObjectName("strip")
        row = QHBoxLayout(strip)
        row.setContentsMargins(36, 10, 36, 10)
        self.back = QPushButton("上一步(&B)")
        self.next = QPushButton("下一步(&N)")
        self.next.setObjectName("primary")
        self.to_check = QPushButton("回到自检")
        self.to_check.hide()
        for button in (self.back, self.to_check, self.next):
            button.setAutoDefault(True)
        row.addWidget(self.back)
        row.addWidget(self.to_check)
        row.addStretch(1)
        row.addWidget(self.next)
        return strip
