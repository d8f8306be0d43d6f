"""All that is to be entered on the platform, under the heading of its page, with a tick for what is done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from ui.style import COLOURS, GREY, MARKS
from wizard.masking import masked
from wizard.packet.entering import UPLOAD, Entered, Entry

DONE, CHANGED, MISSING = "已录", "改过", "未填写"
_ID = Qt.ItemDataRole.UserRole + 1
_LONGEST = 40


class EnteringList(QTreeWidget):
    """`went` names the entry in hand; `asked` that its value is wanted (Enter); `ticked` (Space) its tick."""

    went = Signal(str)
    asked = Signal()
    ticked = Signal()
    paged = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("要录入的各项")
        self.setColumnCount(3)
        self.setHeaderLabels(("", "栏目", "内容"))
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setItemsExpandable(False)
        self.header().setStretchLastSection(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column in (0, 1):
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._led = False
        self.currentItemChanged.connect(self._moved)
        self.itemDoubleClicked.connect(lambda item: self.asked.emit() if item.data(0, _ID) else None)

    def show_entries(self, entries: Sequence[Entry], so_far: Entered, at: str) -> None:
        """Show `entries` with their ticks, `at` in hand."""
        self._led = True
        if list(self._items) != [entry.id for entry in entries]:
            self._build(entries)
        for entry in entries:
            _write(self._items[entry.id], entry, so_far)
        if at in self._items:
            self.setCurrentItem(self._items[at])
        self._led = False

    def _build(self, entries: Sequence[Entry]) -> None:
        self.clear()
        self._items = {}
        head = None
        for entry in entries:
            if head is None or head.data(0, _ID + 1) != entry.page.id:
                head = self._heading(entry)
            item = QTreeWidgetItem(head)
            item.setData(0, _ID, entry.id)
            self._items[entry.id] = item
        self.expandAll()

    def _heading(self, entry: Entry) -> QTreeWidgetItem:
        head = QTreeWidgetItem(self, [entry.page.title])
        head.setData(0, _ID + 1, entry.page.id)
        head.setFlags(Qt.ItemFlag.ItemIsEnabled)
        head.setFirstColumnSpanned(True)
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        return head

    def _moved(self, now: QTreeWidgetItem | None) -> None:
        if now is not None and not self._led and (key := now.data(0, _ID)):
            self.went.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long value above makes less room: what is in hand stays in sight."""
        super().resizeEvent(event)
        if self.currentItem() is not None:
            self.scrollToItem(self.currentItem())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter for the value, Space for the tick, PgUp and PgDn for the page before and after."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.asked.emit()
        elif key == Qt.Key.Key_Space:
            self.ticked.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.paged.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)


def short(entry: Entry) -> str:
    """The value on a line, covered where it is private."""
    text = masked(entry.value) if entry.private and entry.value else " ".join(entry.value.split())
    return f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text


def _write(item: QTreeWidgetItem, entry: Entry, so_far: Entered) -> None:
    done, changed = so_far.has(entry), so_far.outdated(entry)
    sign, tone = "", ""
    if not entry.value:
        sign, tone = f"{MARKS['error']} 缺", COLOURS["error"]
    elif changed:
        sign, tone = f"{MARKS['warning']} {CHANGED}", COLOURS["warning"]
    elif done:
        sign, tone = f"{MARKS['ok']} {DONE}", COLOURS["ok"]
    what = "图片" if entry.how == UPLOAD and entry.value else short(entry)
    for column, text in enumerate((sign, entry.label, what or MISSING)):
        item.setText(column, text)
    item.setForeground(0, QBrush(QColor(tone or GREY)))
    item.setForeground(2, QBrush(QColor(GREY)))
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, sign or "还没有录")
