"""The page of one section: its fields as rows, shown as the answers make them apply."""

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.base_facts import BaseFacts
from ui.case import Case
from ui.checking import Checking
from ui.editors import ComboEditor
from ui.field_row import FieldRow
from ui.group_editor import RowsEditor
from ui.page_head import HEAD, page_column
from wizard.fields import Field
from wizard.when import holds

REMARK = "mini_program.comment"
UNCHECKED_RULE = "scan.unchecked"
"""What the mark beside each answer says already: it is not said again below it."""


Told = Callable[[tuple[str, ...], str], None]
Bring = Callable[[list[Path], str, QObject, Told], None]
"""Brings files in (`ui.intake.Intake.papers`)."""


class SectionPage(QScrollArea):
    """A heading and the rows of `fields`. It listens to the case and to the person, never to itself."""

    problem = Signal(str)
    ended = Signal()

    def __init__(self, case: Case, page_id: str, title: str, hint: str, fields: Iterable[Field]) -> None:
        super().__init__()
        self.case, self.page_id, self.title = case, page_id, title
        self.bring: Bring = lambda files, label, receiver, told: told((), "")
        self._at = ""
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setSpacing(2)
        page_column(self.column, title, hint)
        self.rows = {field.id: FieldRow(field) for field in fields}
        self.base_facts = BaseFacts(case, self.rows, self._change)
        for row in self.rows.values():
            self._add(row)
        self.checking = Checking(case, self.rows, self)
        if REMARK in self.rows:
            self.draft_remark = self.rows[REMARK].offer("按已填的内容起草一段备注")
            self.draft_remark.clicked.connect(self._draft_remark)
        self.column.addStretch(1)
        self.setWidget(inner)
        case.judged.connect(self.refresh)
        case.replaced.connect(self._begin_anew)
        case.put.connect(self._was_put)
        self.fill()

    def offer(self, words: str) -> QPushButton:
        """A quiet button under the heading for something the program can do for the whole page."""
        button = QPushButton(words)
        button.setObjectName("link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.column.insertWidget(HEAD, button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _begin_anew(self) -> None:
        """Another case is open: nobody has been anywhere in it."""
        self._at = ""
        self.base_facts.forget()
        self.fill()

    def _was_put(self) -> None:
        self.base_facts.forget()
        self.fill()

    def _add(self, row: FieldRow) -> None:
        self.column.addWidget(row)
        row.edited.connect(self._edited)
        row.left.connect(self._left)
        row.finished.connect(self._finished)
        row.suggested.connect(self._suggested)
        if isinstance(row.editor, RowsEditor):
            row.editor.take = self._take

    def fill(self) -> None:
        """Show the answers of the draft, and only the rows that are asked for."""
        from ui.places import options

        choices = self._choices()
        for field_id, row in self.rows.items():
            shown = holds(row.field.when, choices)
            if row.isVisibleTo(self.widget()) != shown or row.isHidden() == shown:
                row.setVisible(shown)
            if isinstance(row.editor, ComboEditor):
                offered = options(row.field, self.case.draft)
                if offered is not None:
                    row.editor.set_options(offered)
            row.put(self.case.draft.answers.get(field_id, ""))
        self.refresh()

    def refresh(self) -> None:
        """Say what is to be said at each field the person has been to, and where its answer comes from."""
        self.checking.refresh()
        if self.case.report is None:
            return
        from wizard.insight import insight

        for field_id, row in self.rows.items():
            if not row.isHidden():
                told = insight(row.field, self.case.draft, self.case.on)
                shown = [one for one in self.case.shown(field_id) if one.rule != UNCHECKED_RULE]
                row.say(shown, told.suggestion if shown else "", told.known)

    def _choices(self) -> dict[str, object]:
        from wizard.reading import choices_of

        return choices_of(self.case.draft)

    def _edited(self, field_id: str) -> None:
        if not self.base_facts.waits(field_id):
            self._change(field_id)

    def _change(self, field_id: str) -> None:
        from wizard.insight import insight

        row = self.rows[field_id]
        self.case.answer(field_id, row.editor.value())
        if insight(row.field, self.case.draft, self.case.on).complete:
            self.case.visit([field_id])
        self.fill()

    def _left(self, field_id: str) -> None:
        self.base_facts.settle(field_id)
        self._at = field_id
        if self.rows[field_id].editor.value():
            self.case.visit([field_id])
        self.case.go(self.page_id, field_id)

    def _finished(self, field_id: str) -> None:
        self.base_facts.settle(field_id)
        self.case.visit([field_id])
        shown = [row for row in self.rows.values() if not row.isHidden()]
        after = shown[shown.index(self.rows[field_id]) + 1 :]
        if after:
            self.focus(after[0].field.id)
        else:
            self.ended.emit()

    def _suggested(self, field_id: str, text: str) -> None:
        """Take a repair over as if it had been typed, so that Ctrl+Z brings the old text back."""
        self.focus(field_id)
        self.rows[field_id].editor.replace(text)
        self.case.visit([field_id])

    def _draft_remark(self) -> None:
        from wizard.remark import added, remark

        report, now = self.case.report, self.case.draft.text(REMARK)
        text = remark(self.case.draft, report.reading) if report else ""
        if not text:
            self.problem.emit("先填好主体名称和小程序名称，再起草备注")
        elif text not in now:
            self.case.answer(REMARK, added(now, text))
            self.fill()
            self.focus(REMARK)

    def _take(
        self, files: list[Path], label: str, receiver: QObject, then: Callable[[tuple[str, ...]], None]
    ) -> None:
        """Bring files in like those on the page of papers; what is refused is told at the top."""

        def told(paths: tuple[str, ...], refusal: str) -> None:
            if refusal:
                self.problem.emit(refusal)
            then(paths)

        self.bring(files, label, receiver, told)

    def visit_all(self) -> None:
        """Judge every field of the page aloud from now on."""
        self.base_facts.settle()
        self.case.visit(field_id for field_id, row in self.rows.items() if not row.isHidden())

    def focus(self, field_id: str = "") -> None:
        """Put the focus into a field: the one named, else where the person was, else `_first_empty`."""
        there = self.rows.get(field_id or self._at)
        row = self._first_empty() if there is None or there.isHidden() else there
        if row is None:
            return
        row.editor.target.setFocus(Qt.FocusReason.OtherFocusReason)
        line = row.editor.target.lineEdit() if isinstance(row.editor, ComboEditor) else row.editor.target
        if field_id and isinstance(line, QLineEdit):
            line.selectAll()
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(row, 0, 40))

    def _first_empty(self) -> FieldRow | None:
        """The first row that wants an answer; where none has one the very first, which may spare the rest."""
        shown = [row for row in self.rows.values() if not row.isHidden()]
        empty = [row for row in shown if not self.case.draft.answers.get(row.field.id)]
        if empty == shown:
            return next(iter(shown), None)
        return next((row for row in empty if not row.field.ask.optional), shown[0])
