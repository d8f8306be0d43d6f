"""驳回 understood, beside the form: the platform's words, what they mean by field, and the way there."""

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.dialog_parts import sized
from ui.field_words import label_of
from ui.jobs import Job
from ui.lock import OF_THE_LIBRARY

COLUMNS = ("哪一栏", "原因", "怎么改", "要补的材料")
_LEAD = "把驳回原文照样粘贴进来，逐条写明哪一栏、怎么改；选一条回车就到那一栏。认不出的写“没有认出”。"
_PAUSE = 300
_LONGEST = 20_000


class RejectionWindow(QWidget):
    """Follows what is typed. `go_to` names a field; `note_wanted` has the text to keep with the case."""

    go_to = Signal(str)
    note_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("看懂驳回 – 备案助手")
        self.setProperty(OF_THE_LIBRARY, True)  # noqa: FBT003 - Qt takes no names
        self.setObjectName("rejection")
        sized(self, 860, 620)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        lead = QLabel(_LEAD)
        lead.setObjectName("lead")
        lead.setWordWrap(True)
        column.addWidget(lead)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("驳回原文")
        self.text.setPlaceholderText("例如：主体负责人证件照片不清晰；通讯地址未精确到门牌号")
        self.text.setTabChangesFocus(True)
        self.text.setMaximumHeight(130)
        column.addWidget(self.text)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.told)
        self.tree = self._tree()
        column.addWidget(self.tree, 1)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setMinimumHeight(84)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.detail)
        column.addLayout(self._buttons())
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._timer.timeout.connect(self.understand)
        self.text.textChanged.connect(self._timer.start)
        self._job: Job | None = None
        self._again = False
        self.noted = True

    def _tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName("认出的原因")
        tree.setHeaderLabels(COLUMNS)
        tree.setRootIsDecorated(False)
        tree.setWordWrap(True)
        tree.header().setStretchLastSection(False)
        for number, width in enumerate((170, 170, 280, 120)):
            fit = QHeaderView.ResizeMode
            tree.header().setSectionResizeMode(number, fit.Stretch if number == 2 else fit.Interactive)
            tree.header().resizeSection(number, width)
        tree.itemActivated.connect(lambda item, _: self._go(item))
        tree.currentItemChanged.connect(lambda item, _: self._tell(item))
        return tree

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.to_field, self.note, close = (
            QPushButton("去这一栏(&G)"),
            QPushButton("记入办理记录…(&K)"),
            QPushButton("关闭"),
        )
        self.to_field.setObjectName("primary")
        self.to_field.clicked.connect(lambda: self._go(self.tree.currentItem()))
        self.note.clicked.connect(lambda: self.note_wanted.emit(self.text.toPlainText().strip()))
        close.clicked.connect(self.close)
        for button in (self.to_field, self.note, close):
            button.setAutoDefault(True)
        row.addWidget(self.to_field)
        row.addWidget(self.note)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def open_with(self, text: str, *, noted: bool) -> None:
        """Show what `text` means; empty leaves what is there. `noted`: it is kept with the case already."""
        self.noted = noted
        self.note.setVisible(not noted)
        if text:
            self.text.setPlainText(text)
            self._timer.stop()
            self.understand()
        self.show()
        self.raise_()
        self.activateWindow()
        (self.tree if text else self.text).setFocus()

    def understand(self) -> None:
        """Read the text, beside the window: its patterns are loaded with the first."""
        if self._job is not None:
            self._again = True
            return
        text = self.text.toPlainText()[:_LONGEST]

        def work(_progress: Any, _stop: Any) -> Any:
            from wizard.tracking.rejection import understand_rejection

            return understand_rejection(text) if text.strip() else None

        self._job = Job(work, self)
        self._job.done.connect(self._show)
        self._job.failed.connect(lambda _: self._show(None))
        self._job.start()

    def _show(self, found: Any) -> None:
        self._job = None
        if self._again:
            self._again = False
            self.understand()
            return
        self.tree.clear()
        for one in found.reasons if found else ():
            fields = "、".join(label_of(field) for field in one.fields)
            said = f"{'' if one.sure else '可能是：'}{one.text}" if one.text else "没有认出原因"
            item = QTreeWidgetItem([fields or "—", said, one.change or "对照原文修改", one.paper])
            item.setData(0, Qt.ItemDataRole.UserRole, one.fields[0] if one.fields else "")
            item.setData(1, Qt.ItemDataRole.UserRole, one.quote)
            self.tree.addTopLevelItem(item)
        if self.tree.topLevelItemCount():
            self.tree.setCurrentItem(self.tree.topLevelItem(0))
        self.told.setText(_said(found))
        self.to_field.setEnabled(bool(self.tree.topLevelItemCount()))

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        """The whole of the line that is chosen, with the platform's own words."""
        if item is None:
            self.detail.setText("")
            return
        field, why, change, paper = (item.text(number) for number in range(len(COLUMNS)))
        parts = [f"{field}：{why}", f"怎么改：{change}", f"要补：{paper}" if paper else ""]
        parts.append(f"原文：{item.data(1, Qt.ItemDataRole.UserRole)}")
        self.detail.setText("\n".join(filter(None, parts)))

    def _go(self, item: QTreeWidgetItem | None) -> None:
        if item and (field := item.data(0, Qt.ItemDataRole.UserRole)):
            self.go_to.emit(field)

    def wait(self) -> None:
        """Let the reading end (when the window closes)."""
        if self._job is not None:
            self._job.wait()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


def _said(found: Any) -> str:
    """How much was recognised, and the sentences that were not."""
    if found is None:
        return ""
    parts = [f"错误码 {code.code}：{code.says}" for code in found.codes]
    if found.reasons:
        parts.insert(0, f"认出 {len(found.reasons)} 条")
    if found.unknown:
        parts.append(f"没有认出，自己对照原文：{'；'.join(found.unknown)}")
    elif not found.reasons:
        parts.append("没有认出，自己对照原文")
    return "。".join(parts)
