"""What is entered with an event beside its time: whose phone, a text, numbers; each with its label."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui.style import COLOURS, MARKS
from wizard.draft import Draft
from wizard.masking import masked
from wizard.tracking.advice import one_phone
from wizard.tracking.events import PHONES, Kind
from wizard.tracking.granted import SERVICE, SUBJECT, number_doubt, number_told

_TEXTS = {"sms_failed": "页面上的提示", "corrected": "为什么（选填）", "remarked": "备注"}
_CANCELS = {
    "service": "注销小程序（只注销这一个）",
    "subject": "注销主体（名下全部备案）",
    "access": "取消接入",
}


class EventInputs(QWidget):
    """The inputs for one kind of event; `values` is what was entered. `changed`: something was typed."""

    changed = Signal()

    def __init__(self, kind: Kind, draft: Draft, form: QFormLayout) -> None:
        super().__init__()
        self._draft, self._form = draft, form
        self._read: dict[str, Any] = {}
        self.number_lines: dict[str, NumberLine] = {}
        for asked in kind.asks:
            getattr(self, f"_{asked}")(kind)

    def values(self) -> dict[str, str]:
        """What was entered, by name; empty entries are left out."""
        found = {name: str(read()).strip() for name, read in self._read.items()}
        return {name: text for name, text in found.items() if text}

    def first(self) -> QWidget | None:
        """The first input that is not a choice, for the focus."""
        return (
            next(iter(self.number_lines.values())).edit
            if self.number_lines
            else getattr(self, "_text_edit", None)
        )

    def _phone(self, kind: Kind) -> None:
        """Whose phone; where both are one person there is nothing to choose."""
        choices = phones(self._draft)
        box = QComboBox()
        for key, words in choices.items():
            box.addItem(words, key)
        self._add("短信到了谁的手机" if kind.id == "sms_received" else "谁的手机", box)
        box.setEnabled(len(choices) > 1)
        self.phone = box
        self._read["phone"] = box.currentData

    def _text_input(self, label: str, name: str, lines: int) -> None:
        edit = QPlainTextEdit()
        edit.setTabChangesFocus(True)
        edit.setFixedHeight(lines * 22 + 16)
        self._add(label, edit)
        self._text_edit = edit
        self._read[name] = edit.toPlainText
        edit.textChanged.connect(self.changed)

    def _text(self, kind: Kind) -> None:
        self._text_input(_TEXTS.get(kind.id, "说明"), "text", 3)

    def _rejection(self, kind: Kind) -> None:
        self._text_input("驳回原文（照样粘贴）", "rejection", 6)

    def _numbers(self, kind: Kind) -> None:
        for name, label, example in (
            (SERVICE, "小程序备案号", "例如 京ICP备2024012345号-1X"),
            (SUBJECT, "主体备案号（选填）", "例如 京ICP备2024012345号"),
        ):
            line = NumberLine(self._draft, name, example)
            self._add(label, line.edit, line)
            self.number_lines[name] = line
            self._read[name] = line.edit.text
            line.edit.textEdited.connect(self.changed)

    def _police_number(self, kind: Kind) -> None:
        edit = QLineEdit()
        edit.setPlaceholderText("例如 京公网安备11011502000001号")
        self._add("公安备案号（选填）", edit)
        self._read["police_number"] = edit.text

    def _change(self, kind: Kind) -> None:
        """What is to be changed is chosen in the table of 变更, before this dialog."""

    def _cancel(self, kind: Kind) -> None:
        box = QComboBox()
        for key, words in _CANCELS.items():
            box.addItem(words, key)
        self._add("注销哪一种", box)
        self._read["cancel"] = box.currentData

    def _add(self, words: str, widget: QWidget, row: QWidget | None = None) -> None:
        label = QLabel(words)
        label.setBuddy(widget)
        widget.setAccessibleName(words)
        self._form.addRow(label, row or widget)


class NumberLine(QWidget):
    """A 备案号, judged as it is typed once it is long enough or the person has left it."""

    def __init__(self, draft: Draft, name: str, example: str) -> None:
        super().__init__()
        self._draft, self._name, self._left = draft, name, False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(example)
        self.edit.setMinimumWidth(330)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.edit)
        column.addWidget(self.told)
        self.edit.textEdited.connect(self.judge)
        self.edit.editingFinished.connect(self._leave)
        self.on = date.max

    def _leave(self) -> None:
        self._left = True
        self.judge()

    def judge(self) -> None:
        """Say what is wrong with what stands there, or what it tells."""
        text = self.edit.text().strip()
        problem = number_doubt(self._draft, self._name, text, self.on) if text else ""
        quiet = bool(problem) and not self._left and "号" not in text
        tone = "error" if problem else "ok"
        told = number_told(text, self.on) if text and not problem else ""
        self.told.setMinimumHeight(38 if problem and not quiet else 0)
        self.told.setText("" if quiet or not (problem or told) else f"{MARKS[tone]} {problem or told}")
        self.told.setStyleSheet(f"color: {COLOURS[tone]}; font-size: 13px;")
        self.edit.setAccessibleDescription(self.told.text())


def phones(draft: Draft) -> dict[str, str]:
    """Whose phone a message can come to, with the number's end; one entry where it is one phone."""
    numbers = {role: draft.text(f"{role}.mobile").strip() for role in ("principal", "contact")}
    if one_phone(draft):
        return {"both": _with(f"{PHONES['principal']}（两个角色同一部手机）", numbers["principal"])}
    found = {"both": "两位负责人都收到了"}
    return found | {role: _with(PHONES[role], numbers[role]) for role in numbers}


def _with(words: str, number: str) -> str:
    return f"{words} {masked(number)}" if number else words
