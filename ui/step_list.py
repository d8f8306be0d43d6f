"""The list of steps at the left: where one is, what is done, what is not."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyledItemDelegate, QStyleOptionViewItem

from ui.step_state import NOT_BEGUN, StepState
from ui.style import COLOURS, GREY, INK

_STATE = Qt.ItemDataRole.UserRole + 1
_TONE = Qt.ItemDataRole.UserRole + 2
_SIGN = Qt.ItemDataRole.UserRole + 3


class _Painter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(180, 56)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        rect: QRect = option.rect.adjusted(8, 1, -8, -1)
        if option.state & option.state.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#dbe7f5"))
            painter.drawRoundedRect(rect, 6, 6)
        elif option.state & option.state.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#e8edf3"))
            painter.drawRoundedRect(rect, 6, 6)
        tone = QColor(COLOURS.get(index.data(_TONE), GREY))
        painter.setPen(tone)
        painter.drawText(rect.adjusted(12, 7, 0, 0), Qt.AlignmentFlag.AlignLeft, index.data(_SIGN))
        font = QFont(painter.font())
        font.setBold(bool(option.state & option.state.State_Selected))
        painter.setFont(font)
        painter.setPen(QColor(INK))
        painter.drawText(
            rect.adjusted(36, 7, 0, 0), Qt.AlignmentFlag.AlignLeft, index.data(Qt.ItemDataRole.DisplayRole)
        )
        font.setBold(False)
        font.setPixelSize(12)
        painter.setFont(font)
        painter.setPen(tone)
        painter.drawText(rect.adjusted(36, 29, 0, 0), Qt.AlignmentFlag.AlignLeft, index.data(_STATE))
        painter.restore()


class StepList(QListWidget):
    """Every step with its state as a sign and a word; a click or Enter goes there."""

    chosen = Signal(int)

    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName("steps")
        self.setAccessibleName("步骤")
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        for title in titles:
            self.addItem(QListWidgetItem(title))
        for index in range(self.count()):
            self.tell(index, NOT_BEGUN)
        self.itemClicked.connect(lambda item: self.chosen.emit(self.row(item)))

    def tell(self, index: int, state: StepState) -> None:
        """Show the state of one step."""
        item = self.item(index)
        item.setData(_STATE, state.word)
        item.setData(_TONE, state.tone)
        item.setData(_SIGN, state.sign)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"第 {index + 1} 步 {item.text()}，{state.word}")

    def state_word(self, index: int) -> str:
        """The word that stands at a step."""
        return str(self.item(index).data(_STATE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrows move as a click does."""
        super().keyPressEvent(event)
        if event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
        ):
            self.chosen.emit(self.currentRow())
