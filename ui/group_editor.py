"""Editors for answers that are lists: service content types, and the rows of 前置审批."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.approval_row import ApprovalRow, Take
from ui.editors import Editor
from wizard.catalogue import code_set
from wizard.types import Rows, Several

NOT_INVOLVED = "以上都不涉及"


class SeveralEditor(Editor):
    """Boxes for the entries that are known, and a line for those that the platform has beside them."""

    def __init__(self, kind: Several) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._boxes = {item.label: QCheckBox(item.label) for item in kind.items()}
        row = QHBoxLayout()
        for item in kind.items():
            self._boxes[item.label].setToolTip(item.help)
            row.addWidget(self._boxes[item.label])
        row.addStretch(1)
        column.addLayout(row)
        self._others = QLineEdit()
        self._others.setPlaceholderText("平台列表里的其他二级类型，用顿号隔开")
        column.addWidget(self._others)
        super().__init__(box, next(iter(self._boxes.values())))
        for part in (*self._boxes.values(), self._others):
            if part is not self.target:
                part.installEventFilter(self)
        for each in self._boxes.values():
            each.clicked.connect(lambda _: self.edited.emit())
        self._others.textEdited.connect(lambda _: self.edited.emit())
        self._others.returnPressed.connect(self.finished)

    def describe(self, name: str, description: str) -> None:
        """See `Editor.describe`."""
        self.widget.setAccessibleName(name)
        for label, box in self._boxes.items():
            box.setAccessibleName(f"{name}：{label}")
            box.setAccessibleDescription(description)
        self._others.setAccessibleName(f"{name}：其他")
        self._others.setAccessibleDescription(description)

    def value(self) -> tuple[str, ...]:  # type: ignore[override]
        """The chosen labels, those typed last."""
        text = self._others.text()
        for mark in "，,；;/ ":
            text = text.replace(mark, "、")
        typed = (part.strip() for part in text.split("、"))
        return (
            *(label for label, box in self._boxes.items() if box.isChecked()),
            *(part for part in typed if part),
        )

    def set_value(self, answer: Any) -> None:
        """See `Editor.set_value`; a bare text counts as one entry."""
        listed = (answer,) if isinstance(answer, str) and answer else tuple(answer)
        if listed == self.value():
            return
        for label, box in self._boxes.items():
            box.setChecked(label in listed)
        self._others.setText("、".join(part for part in listed if part not in self._boxes))


class RowsEditor(Editor):
    """A list of 前置审批, with «以上都不涉及» as one click."""

    def __init__(self, kind: Rows) -> None:
        box = QWidget()
        self._column = QVBoxLayout(box)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._none = QCheckBox(NOT_INVOLVED)
        self._add = QPushButton("添加一项审批")
        line = QHBoxLayout()
        line.addWidget(self._none)
        line.addWidget(self._add)
        line.addStretch(1)
        self._column.addLayout(line)
        self._told = QLabel()
        self._told.setObjectName("help")
        self._told.setWordWrap(True)
        self._told.hide()
        self._column.addWidget(self._told)
        self._rows: list[ApprovalRow] = []
        self.take: Take = lambda files, label, receiver, then: then(())
        super().__init__(box, self._none)
        self._add.installEventFilter(self)
        labels = code_set("pre_approvals").labels()
        self._options = tuple(label for label in labels if label != NOT_INVOLVED)
        self._none.clicked.connect(lambda _: self.edited.emit())
        self._add.clicked.connect(self._new)

    def describe(self, name: str, description: str) -> None:
        """See `Editor.describe`."""
        self.widget.setAccessibleName(name)
        self._none.setAccessibleName(f"{name}：{NOT_INVOLVED}")
        self._none.setAccessibleDescription(description)
        self._add.setAccessibleName(f"{name}：添加一项")

    def _new(self) -> None:
        self._none.setChecked(False)
        row = self._show({})
        row._type.target.setFocus()
        self.edited.emit()

    def _show(self, cells: Mapping[str, Any]) -> ApprovalRow:
        row = ApprovalRow(self._options, cells, self.take)
        row.changed.connect(self._changed)
        row.gone.connect(lambda: self._drop(row))
        self._rows.append(row)
        self._column.addWidget(row)
        row.show()
        return row

    def _changed(self) -> None:
        if any(row.cells().get("type") for row in self._rows):
            self._none.setChecked(False)
        self._tell()
        self.edited.emit()

    def _drop(self, row: ApprovalRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self._tell()
        self.edited.emit()

    def _tell(self) -> None:
        items = [code_set("pre_approvals").find(str(row.cells().get("type", ""))) for row in self._rows]
        words = [
            f"{item.label}：{item.facts['document']}（{item.facts['authority']}）"
            for item in items
            if item and item.facts.get("document")
        ]
        self._told.setText("；".join(words))
        self._told.setVisible(bool(words))

    def value(self) -> tuple[dict[str, Any], ...]:  # type: ignore[override]
        """The rows as they stand in a draft."""
        rows = tuple(row.cells() for row in self._rows)
        return (
            ({"type": NOT_INVOLVED}, *rows) if self._none.isChecked() else tuple(row for row in rows if row)
        )

    def set_value(self, answer: Any) -> None:
        """See `Editor.set_value`."""
        rows = [{"type": answer}] if isinstance(answer, str) and answer else list(answer)
        rows = [row if isinstance(row, Mapping) else {"type": str(row)} for row in rows]
        if tuple(dict(row) for row in rows) == self.value():
            return
        for row in list(self._rows):
            self._rows.remove(row)
            row.deleteLater()
        self._none.setChecked(any(row.get("type") == NOT_INVOLVED for row in rows))
        for cells in rows:
            if cells.get("type") != NOT_INVOLVED:
                self._show(cells)
        self._tell()
