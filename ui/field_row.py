"""One field on a page: label, input, help, what is known from it, and the message under it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.editor_choice import editor_for
from ui.editors import CheckEditor
from ui.source_mark import SourceMark
from ui.style import COLOURS, MARKS
from wizard.draft import TYPED, Answer
from wizard.fields import Field
from wizard.finding import SEVERITY_WORDS, Finding
from wizard.kind import Kind
from wizard.types import Count, Day, Line, Number, NumberBy, PersonalNumber, Place, Rows, Telephone

LABEL_WIDTH = 172
SHORT, MIDDLE, LONG, WIDE = 220, 340, 520, 640


class FieldRow(QWidget):
    """The row of one field. It knows nothing of the draft: it is given values and tells of edits."""

    edited = Signal(str)
    left = Signal(str)
    finished = Signal(str)
    suggested = Signal(str, str)
    check_wanted = Signal(str)

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.editor = editor_for(field.kind, field.id, field.label)
        self._mark: SourceMark | None = None
        self._lay_out()
        self.say(())
        self.editor.edited.connect(self._edited)
        self.editor.left.connect(lambda: self.left.emit(field.id))
        self.editor.finished.connect(lambda: self.finished.emit(field.id))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(14)
        self.label = QLabel(self._label_text())
        self.label.setObjectName("label")
        self.label.setFixedWidth(LABEL_WIDTH)
        self.label.setWordWrap(True)
        self.label.setContentsMargins(0, 6, 0, 0)
        self.label.setBuddy(self.editor.target)
        row.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        self.editor.widget.setMaximumWidth(width_for(self.field.kind))
        line = QHBoxLayout()
        line.addWidget(self.editor.widget, 100)
        line.addStretch(1)
        self._line = line
        column.addLayout(line)
        self.help = _words("help")
        self.help.setText(self.field.ask.help)
        column.addWidget(self.help)
        self.known = _words("known")
        self.known.setStyleSheet(f"color: {COLOURS['ok']}; font-size: 12px;")
        self.known.hide()
        column.addWidget(self.known)
        self.message = _words("message")
        self.message.hide()
        column.addWidget(self.message)
        self.suggestion = QPushButton()
        self.suggestion.setObjectName("link")
        self.suggestion.setCursor(Qt.CursorShape.PointingHandCursor)
        self.suggestion.hide()
        self.suggestion.clicked.connect(self._take_suggestion)
        column.addWidget(self.suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        self._column = column
        row.addLayout(column, 1)

    def offer(self, words: str) -> QPushButton:
        """A quiet button under the input for something the program can do for this field."""
        button = QPushButton(words)
        button.setObjectName("link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAccessibleName(f"{self.field.label}：{words}")
        self._column.insertWidget(2, button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def insert_below_input(self, widget: QWidget) -> None:
        """Put `widget` between the input and its help."""
        self._column.insertWidget(1, widget)

    def _label_text(self) -> str:
        if isinstance(self.editor, CheckEditor):
            return ""
        return f"{self.field.label}（选填）" if self.field.ask.optional else self.field.label

    def _edited(self) -> None:
        self.count()
        self.edited.emit(self.field.id)

    def count(self) -> None:
        """Show how long a text is, where its length is limited."""
        kind = self.field.kind
        if isinstance(kind, Line) and kind.lines and kind.most <= 500:
            now = len(str(self.editor.value()).strip())
            limits = f"{kind.least}–{kind.most}" if kind.least > 1 else f"最多 {kind.most}"
            self.help.setText(f"{self.field.ask.help}　·　现在 {now} 字（{limits} 字）")

    def mark(self, source: str) -> None:
        """Say where the answer comes from, if it was not typed: a key of `SOURCE_WORDS`."""
        if self._mark is None and source != TYPED:
            self._mark = SourceMark(self.field.label)
            self._mark.check_wanted.connect(lambda: self.check_wanted.emit(self.field.id))
            self._line.insertWidget(1, self._mark)
        if self._mark is not None and self._mark.source != source:
            self._mark.show_source(source)

    def put(self, answer: Answer) -> None:
        """Show an answer of the draft."""
        self.editor.set_value(answer)  # type: ignore[arg-type]
        self.count()

    def say(self, findings: Sequence[Finding], suggestion: str = "", known: str = "") -> None:
        """Show the gravest finding with what to do, a repair to take over, and what is known."""
        aloud = [f for f in findings if f.severity != "note"]
        first = aloud[0] if aloud else None
        text = ""
        if first:
            text = f"{MARKS[first.severity]} {SEVERITY_WORDS[first.severity]}　{first.message}"
            if first.fix and first.fix != self.field.ask.help:
                text += f"\n{first.fix}"
            self.message.setStyleSheet(f"color: {COLOURS[first.severity]}; font-size: 13px;")
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.known.setText(known)
        self.known.setVisible(bool(known) and first is None)
        self.suggestion.setAccessibleName(f"{self.field.label}：改成 {suggestion}")
        self._repair = suggestion
        self.suggestion.setText(f"改成 {suggestion}")
        self.suggestion.setVisible(bool(suggestion))
        self._restyle(first.severity if first else "")
        self.editor.describe(
            self.field.label, "，".join(part for part in (self.field.ask.help, text) if part)
        )

    def _restyle(self, severity: str) -> None:
        target = self.editor.widget
        if target.property("severity") != severity:
            target.setProperty("severity", severity)
            target.style().unpolish(target)
            target.style().polish(target)

    def _take_suggestion(self) -> None:
        self.suggested.emit(self.field.id, self._repair)


def width_for(kind: Kind) -> int:
    """How wide an input is: as wide as its answers are long."""
    match kind:
        case Day() | Count():
            return SHORT
        case Number() | NumberBy() | PersonalNumber() | Telephone() | Place():
            return MIDDLE
        case Line() if kind.lines:
            return WIDE
        case Rows():
            return 10_000
        case _:
            return LONG


def _words(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label
