"""What dialogs are laid out of: the frame, the line above, a table of texts, the buttons below."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)

from ui.lock import OF_THE_LIBRARY

_TITLE_BAR = 40
Tree = TypeVar("Tree", bound=QTreeWidget)


def framed(dialog: QDialog, title: str, width: int, height: int) -> QVBoxLayout:
    """Make it a dialog on what the library holds, which goes when that is locked; where its rows are laid."""
    dialog.setWindowTitle(title)
    dialog.setProperty(OF_THE_LIBRARY, True)  # noqa: FBT003 - Qt takes no names
    sized(dialog, width, height)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 18)
    column.setSpacing(10)
    return column


def sized(window: QWidget, width: int, height: int) -> None:
    """Give a window that size, or what the screen has: its buttons are at the bottom."""
    room = window.screen().availableGeometry()
    window.resize(min(width, room.width()), min(height, room.height() - _TITLE_BAR))


def text_label(text: str = "", name: str = "lead") -> QLabel:
    """A line of words, as long as it needs to be; `name` is the style's."""
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def as_table(tree: Tree, name: str, heads: Sequence[str], stretched: Collection[int]) -> Tree:
    """Make `tree` a table; the columns `stretched` share the room that the others leave."""
    tree.setAccessibleName(name)
    tree.setColumnCount(len(heads))
    tree.setHeaderLabels(list(heads))
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.header().setStretchLastSection(False)
    for number in range(len(heads)):
        fit = QHeaderView.ResizeMode
        wide = number in stretched
        tree.header().setSectionResizeMode(number, fit.Stretch if wide else fit.ResizeToContents)
    return tree


def button(text: str, act: Callable[[], object], *, primary: bool = False) -> QPushButton:
    """A button that Enter presses only where it has the focus."""
    made = QPushButton(text)
    made.setObjectName("primary" if primary else "")
    made.setAutoDefault(False)
    made.clicked.connect(lambda _=False: act())
    return made


def answers(act: QPushButton, leave: QPushButton, *before: QPushButton) -> QHBoxLayout:
    """The row below: at the right what Enter does from anywhere and the way out, at the left all else."""
    act.setDefault(True)
    row = QHBoxLayout()
    for each in before:
        each.setAutoDefault(False)
        row.addWidget(each)
    row.addStretch(1)
    row.addWidget(leave)
    row.addWidget(act)
    return row
