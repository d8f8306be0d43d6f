"""A base fact that is changed (主体性质, 备案省, …) waits until the person has been told what it brings.

While it waits the draft stays as it was. Leaving the field, Enter or the button makes the change; Escape
takes the old answer back.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from ui.case import Case
from ui.field_row import FieldRow


class BaseFacts(QObject):
    """Stands between the rows of base facts on a page and the draft; `change` is what makes a change."""

    def __init__(self, case: Case, rows: dict[str, FieldRow], change: Callable[[str], None]) -> None:
        super().__init__()
        self._case, self._rows, self._change = case, rows, change
        self._waiting = ""
        self._panels: dict[str, _Panel] = {}

    def waits(self, field_id: str) -> bool:
        """Whether the answer now in the row of `field_id` is held back, its effects shown under it."""
        from wizard.check.effects import BASE_FACTS, effects

        if field_id not in BASE_FACTS:
            return False
        self._waiting = ""
        self._hide()
        now, old = str(self._rows[field_id].editor.value()), self._case.draft.text(field_id)
        if not old or now == old:
            return False
        words = ""
        if self._recognised(field_id, now):
            after = self._case.draft.with_answer(field_id, now)
            words = effects(self._case.draft, after, self._case.on).words()
            if not words:
                return False
        self._waiting = field_id
        if words:
            self._panel(field_id).ask(old, now, words)
        return True

    def _recognised(self, field_id: str, text: str) -> bool:
        kind = self._rows[field_id].field.kind
        return kind.judge(text, self._case.on)[0].valid

    def settle(self, field_id: str = "") -> None:
        """Make the change that waits (in that field, or in any)."""
        waiting = self._waiting
        if waiting and field_id in ("", waiting):
            self._waiting = ""
            self._hide()
            self._change(waiting)

    def take_back(self) -> None:
        """Show the old answer again; nothing was changed."""
        if self._waiting:
            row, self._waiting = self._rows[self._waiting], ""
            self._hide()
            row.put(self._case.draft.answers.get(row.field.id, ""))
            row.editor.target.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Another case is open: nothing waits any more."""
        self._waiting = ""
        self._hide()

    def _hide(self) -> None:
        for panel in self._panels.values():
            panel.hide()

    def _panel(self, field_id: str) -> "_Panel":
        if field_id not in self._panels:
            row = self._rows[field_id]
            self._panels[field_id] = panel = _Panel(row)
            panel.yes.clicked.connect(lambda: self.settle(field_id))
            panel.no.clicked.connect(self.take_back)
            row.editor.target.installEventFilter(self)
        return self._panels[field_id]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape takes back, Enter makes the change; without a change that waits both are as ever."""
        if self._waiting and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.take_back()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.settle()
        return False


class _Panel(QFrame):
    """What a change would bring, with the two ways on. Its buttons leave the focus in the field."""

    def __init__(self, row: FieldRow) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._label = row.field.label
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.words)
        buttons = QHBoxLayout()
        self.yes, self.no = QPushButton(), QPushButton()
        for button in (self.yes, self.no):
            button.setObjectName("small")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        row.insert_below_input(self)

    def ask(self, old: str, now: str, words: str) -> None:
        """Show it."""
        from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

        self.words.setText(f"{self._label}改为“{now}”以后：{words}")
        self.yes.setText(f"改为“{now}”（回车）")
        self.no.setText(f"不改，仍是“{old}”（Esc）")
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.words.text()))
