"""Every answer of the case, by section, with the way to change it; private ones masked until held."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.case import Case
from ui.hold_button import HoldButton
from wizard.fields import Field
from wizard.masking import masked
from wizard.sections import SECTIONS, section_fields
from wizard.types import Papers, Rows, Several

HIDDEN_SECTIONS = ("progress",)


class Review(QWidget):
    """A read-only view of the draft: 未填写 where an answer is missing."""

    go_to = Signal(str)

    def __init__(self, case: Case) -> None:
        super().__init__()
        self.case = case
        self._values: dict[str, QLabel] = {}
        self._grids: list[QWidget] = []
        self._open = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        row = QHBoxLayout()
        title = QLabel("逐项核对")
        title.setObjectName("group")
        row.addWidget(title)
        row.addStretch(1)
        self.show_private = HoldButton("按住显示完整号码")
        self.show_private.held.connect(self._reveal)
        row.addWidget(self.show_private)
        column.addLayout(row)
        self._column = column
        self._asked: frozenset[str] = frozenset()

    def _reveal(self, shown: bool) -> None:
        self._open = shown
        self._write()

    def refresh(self) -> None:
        """Show the answers as they stand; the table is rebuilt only when other fields are asked."""
        report = self.case.report
        if report is None:
            return
        if report.reading.asked != self._asked:
            self._asked = report.reading.asked
            self._build()
        self._write()

    def _build(self) -> None:
        for grid in self._grids:
            grid.hide()
            grid.deleteLater()
        self._grids.clear()
        self._values.clear()
        for section in SECTIONS:
            if section.id in HIDDEN_SECTIONS:
                continue
            fields = [f for f in section_fields(section.id) if f.id in self._asked]
            if section.id == "materials":
                fields = [
                    f
                    for f in fields
                    if f.id in self.case.draft.attachments or f.id in self.case.draft.answers
                ]
            if fields:
                self._column.addWidget(self._table(section.title, fields))

    def _table(self, title: str, fields: list[Field]) -> QWidget:
        table = QFrame()
        table.setObjectName("card")
        grid = QGridLayout(table)
        grid.setContentsMargins(20, 14, 14, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        head = QLabel(title)
        head.setObjectName("strong")
        grid.addWidget(head, 0, 0, 1, 3)
        for number, field in enumerate(fields, 1):
            label = QLabel(field.label)
            label.setObjectName("grey")
            value = QLabel()
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            change = QPushButton("修改")
            change.setObjectName("link")
            change.setAutoDefault(True)
            change.setAccessibleName(f"修改{title}的{field.label}")
            change.clicked.connect(lambda _=False, field_id=field.id: self.go_to.emit(field_id))
            self._values[field.id] = value
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(change, number, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnMinimumWidth(0, 164)
        grid.setColumnStretch(1, 1)
        self._grids.append(table)
        return table

    def _write(self) -> None:
        from wizard.sections import catalogue

        for field_id, label in self._values.items():
            text = answer_text(catalogue()[field_id], self.case)
            if text and catalogue()[field_id].ask.private and not self._open:
                text = masked(text)
            label.setText(text or "未填写")
            name = "" if text else "grey"
            if label.objectName() != name:
                label.setObjectName(name)
                label.style().unpolish(label)
                label.style().polish(label)


def answer_text(field: Field, case: Case) -> str:
    """The answer to a field as one text."""
    if isinstance(field.kind, Papers):
        return "、".join(path.rpartition("/")[2] for path in case.draft.attachments.get(field.id, ()))
    answer = case.draft.answers.get(field.id, "")
    if isinstance(answer, str):
        return answer
    if isinstance(field.kind, Several):
        return "、".join(str(part) for part in answer)
    if isinstance(field.kind, Rows):
        rows = (row if not isinstance(row, str) else {"type": row} for row in answer)
        return "；".join(" ".join(str(row.get(key, "")) for key in ("type", "code")).strip() for row in rows)
    return "、".join(str(part) for part in answer)
