"""What was read from a picture, beside the place it stands at: looked at, and taken over."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import crops
from ui.dialog_parts import as_table, button, sized, text_label
from ui.jobs import Job
from ui.style import COLOURS, GREY, MARKS
from wizard.intake.suggestion import Suggestion
from wizard.sections import catalogue

COLUMNS = ("栏目", "读到的", "图片上", "把握", "表里现在")
_CROP = QSize(250, 30)
_DETAIL = QSize(860, 120)
_STATES = {
    "empty": ("还没填", GREY),
    "same": (f"{MARKS['ok']} 一致", COLOURS["ok"]),
    "different": (f"{MARKS['warning']} 不同", COLOURS["warning"]),
}


class SuggestionsDialog(QDialog):
    """Shows suggestions and tells which are taken over: `taken` maps field ids to value and source mark.

    What the person ticks with the place in sight counts as checked; what is taken over in one go does not.
    Nothing that is filled in is replaced unless it is ticked.
    """

    taken = Signal(dict)

    def __init__(self, title: str, file: Path, offered: Sequence[Suggestion], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"从{title}读到的")
        sized(self, 940, 620)
        self.offered = tuple(offered)
        self._places: list[QImage] = [QImage() for _ in self.offered]
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(
            text_label("对照图片看一眼再勾选。空格勾选，回车采用勾选的；已填的内容，不勾选就不会改。")
        )
        self.tree = self._tree()
        column.addWidget(self.tree, 1)
        self.place = QLabel("正在取图…")
        self.place.setObjectName("thumbnail")
        self.place.setFixedHeight(_DETAIL.height())
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place.setAccessibleName("图片上的这一处")
        column.addWidget(self.place)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setMinimumHeight(44)
        column.addWidget(self.detail)
        column.addLayout(self._buttons())
        self._fill()
        self._job = Job(crops.work(file, [one.corners for one in self.offered], _DETAIL), self)
        self._job.done.connect(self._cut)
        self._job.start()

    def _tree(self) -> QTreeWidget:
        tree = as_table(_Tree(), "读到的各项", COLUMNS, (1,))
        tree.setUniformRowHeights(False)
        tree.setIconSize(_CROP)
        tree.currentItemChanged.connect(lambda item, _: self._tell(item))
        tree.itemChanged.connect(lambda *_: self._count())
        tree.entered.connect(self._take_ticked)
        return tree

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.all = button("", self._take_sure)
        self.ticked = button("", self._take_ticked, primary=True)
        row.addWidget(self.all)
        row.addStretch(1)
        row.addWidget(self.ticked)
        row.addWidget(button("关闭", self.reject))
        return row

    def _fill(self) -> None:
        self.tree.addTopLevelItems([self._item(one) for one in self.offered])
        first = next((n for n, one in enumerate(self.offered) if one.state != "same"), 0)
        self.tree.setCurrentItem(self.tree.topLevelItem(first))
        sure = len(self._sure())
        self.all.setText(f"直接采用有凭据的空栏 {sure} 项，以后再核对(&A)")
        self.all.setVisible(sure > 0)
        self._count()

    def _item(self, one: Suggestion) -> QTreeWidgetItem:
        state, colour = _STATES[one.state]
        sure = "有凭据" if one.sure else "待核对"
        item = QTreeWidgetItem([self._label(one.field_id), one.value, "", sure, state])
        item.setForeground(4, QBrush(QColor(colour)))
        item.setForeground(3, QBrush(QColor(COLOURS["ok"] if one.sure else COLOURS["warning"])))
        for number, text in ((1, one.value), (4, one.now)):
            item.setToolTip(number, text)
        if one.state != "same":
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Unchecked)
        item.setSizeHint(1, QSize(0, _CROP.height() + 8))
        return item

    def _label(self, field_id: str) -> str:
        """What a field is called here: with its section where fields of several are offered."""
        field = catalogue()[field_id]
        title, several = (
            field.section.title,
            len({one.field_id.partition(".")[0] for one in self.offered}) > 1,
        )
        return f"{title}的{field.label}" if several and not field.label.startswith(title[:2]) else field.label

    def _cut(self, images: list[QImage]) -> None:
        whole, *self._places = images
        for number, image in enumerate(self._places):
            item = self.tree.topLevelItem(number)
            if image.isNull():
                follows = self.offered[number].source == "computed"
                item.setText(2, "由别的内容推得" if follows else "没有记下位置")
                continue
            fit, icon = QPixmap.fromImage(crops.fitted(image, _CROP)), QIcon()
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
                icon.addPixmap(fit, mode)
            item.setIcon(2, icon)
        self._whole = whole
        self._tell(self.tree.currentItem())

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        number = self.tree.indexOfTopLevelItem(item) if item else -1
        if number < 0:
            return
        one, image = self.offered[number], self._places[number]
        image = image if not image.isNull() else getattr(self, "_whole", QImage())
        if not image.isNull():
            self.place.setPixmap(QPixmap.fromImage(image))
        now = f"表里现在：{one.now}" if one.now else "表里现在：空着"
        self.detail.setText(f"读到的：{one.value}\n{now}")

    def _sure(self) -> list[int]:
        return [n for n, one in enumerate(self.offered) if one.sure and one.state == "empty"]

    def _ticked(self) -> list[int]:
        rows = range(self.tree.topLevelItemCount())
        on = Qt.CheckState.Checked
        return [
            n
            for n in rows
            if self.offered[n].state != "same" and self.tree.topLevelItem(n).checkState(0) == on
        ]

    def _count(self) -> None:
        ticked = len(self._ticked())
        self.ticked.setText(f"采用勾选的 {ticked} 项(&T)" if ticked else "采用勾选的(&T)")

    def _take_ticked(self) -> None:
        self._take(self._ticked(), "read_checked")

    def _take_sure(self) -> None:
        self._take(self._sure(), "read")

    def _take(self, rows: list[int], mark: str) -> None:
        if not rows:
            self.detail.setText("还没有勾选：用空格勾选要采用的，再按回车")
            return
        found: Mapping[str, tuple[str, str]] = {
            self.offered[n].field_id: (
                self.offered[n].value,
                mark if self.offered[n].source == "read" else "computed",
            )
            for n in rows
        }
        self.accept()
        self.taken.emit(dict(found))

    def done(self, result: int) -> None:
        """Close, once the pictures are there or given up."""
        self._job.wait()
        super().done(result)


class _Tree(QTreeWidget):
    entered = Signal()  # type: ignore[assignment]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the row wherever in it the person is, Enter takes over what is ticked."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Space and item:
            if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
                on = item.checkState(0) == Qt.CheckState.Checked
                item.setCheckState(0, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        else:
            super().keyPressEvent(event)
