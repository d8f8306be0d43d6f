"""办理记录: every line that was noted, the newest first; what was taken back is struck through."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.field_words import label_of
from ui.private import names_in
from ui.style import GREY
from wizard.draft import Draft
from wizard.masking import masked_within
from wizard.tracking.events import PHONES, Event
from wizard.tracking.following import counting
from wizard.tracking.record import UNKNOWN, Record

COLUMNS = ("时间（北京时间）", "发生了什么", "内容", "记下的时间")
HANDED_IN, UNDERSTAND = "看当时交了什么(&S)", "看懂驳回(&U)"
_LONGEST = 120
_EMPTY = "还没有记录。在平台点了“提交”以后，回来点“已提交平台”。"
_CANCELS = {"service": "注销小程序", "subject": "注销主体", "access": "取消接入"}


class ProgressList(QWidget):
    """`opened` has the number of a line (from 0, the oldest) whose content is to be seen."""

    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        title = QLabel("办理记录")
        title.setObjectName("group")
        self.open_button = QPushButton(HANDED_IN)
        self.open_button.setAutoDefault(True)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.open_button)
        column.addLayout(head)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("办理记录")
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setHeaderLabels(COLUMNS)
        self.tree.setMinimumHeight(96)
        self.tree.header().setStretchLastSection(False)
        for number in range(len(COLUMNS)):
            fit = QHeaderView.ResizeMode
            self.tree.header().setSectionResizeMode(
                number, fit.Stretch if number == 2 else fit.ResizeToContents
            )
        column.addWidget(self.tree, 1)
        self.empty = QLabel(_EMPTY)
        self.empty.setObjectName("lead")
        column.addWidget(self.empty)
        self.tree.currentItemChanged.connect(lambda *_: self._tell())
        self.tree.itemActivated.connect(lambda *_: self._open())
        self.open_button.clicked.connect(self._open)
        self._events: tuple[Event, ...] = ()

    def fill(self, record: Record, draft: Draft) -> None:
        """Show the lines of a case."""
        self._events = record.events
        counted = {id(event) for event in counting(record.events)}
        names = names_in(draft)
        self.tree.clear()
        for number, event in reversed(list(enumerate(record.events))):
            struck = id(event) not in counted and event.kind.id != "corrected"
            self.tree.addTopLevelItem(_item(number, event, names, struck))
        if record.strange:
            self.tree.addTopLevelItem(
                QTreeWidgetItem(["", "看不懂的记录", f"有 {record.strange} 条由别的版本记下，原样留着", ""])
            )
        shown = bool(record.events or record.strange)
        self.tree.setVisible(shown)
        self.empty.setVisible(not shown)
        if shown:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        self._tell()

    def current(self) -> tuple[int, Event] | None:
        """The line that is chosen, by its number."""
        item = self.tree.currentItem()
        number = item.data(0, Qt.ItemDataRole.UserRole) if item else None
        return None if number is None else (number, self._events[number])

    def _tell(self) -> None:
        """The button is there for lines that hold more than they show."""
        found = self.current()
        event = found[1] if found else None
        self.open_button.setText(UNDERSTAND if event and event.text("rejection") else HANDED_IN)
        self.open_button.setVisible(bool(event and (event.frozen or event.text("rejection"))))

    def _open(self) -> None:
        found = self.current()
        if found and (found[1].frozen or found[1].text("rejection")):
            self.opened.emit(found[0])


def _item(number: int, event: Event, names: tuple[str, ...], struck: bool) -> QTreeWidgetItem:
    noted = _written(event.noted) if event.noted else "由表格推得"
    title = event.kind.title + ("（已更正，不算）" if struck else "")
    said = masked_within(content(event), names)
    item = QTreeWidgetItem([_written(event.at), title, said, noted])
    item.setData(0, Qt.ItemDataRole.UserRole, number)
    item.setToolTip(2, said)
    if struck:
        font = item.font(1)
        font.setStrikeOut(True)
        for column in range(len(COLUMNS)):
            item.setFont(column, font)
            item.setForeground(column, QBrush(QColor(GREY)))
    return item


def content(event: Event) -> str:
    """What was entered with an event, on one line; of what was handed in how much there was."""
    parts = [PHONES[phone]] if (phone := event.text("phone")) in PHONES and phone != "both" else []
    parts += [_CANCELS.get(event.text("cancel"), "")]
    for name in ("text", "rejection", "service_icp_number", "subject_icp_number", "police_number"):
        parts.append(" ".join(event.text(name).split()))
    fields = event.values.get("change", ())
    parts += [label_of(field) for field in fields] if isinstance(fields, (list, tuple)) else []
    if event.frozen:
        answers, files = event.frozen.get("answers"), event.frozen.get("files")
        count = sum(len(one) for one in files.values()) if isinstance(files, dict) else 0
        parts.append(
            f"{len(answers) if isinstance(answers, dict) else 0} 项填写、{count} 份附件{_packet(event)}"
        )
    text = "，".join(part for part in parts if part)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _packet(event: Event) -> str:
    packet = event.frozen.get("packet")
    if not isinstance(packet, dict):
        return ""
    same = "" if packet.get("same") else "（以后又改过）"
    return f"，材料包 {packet.get('number')} 第 {packet.get('version')} 版{same}"


def _written(moment: datetime) -> str:
    return "未注明" if moment == UNKNOWN else f"{moment:%Y-%m-%d %H:%M}"
