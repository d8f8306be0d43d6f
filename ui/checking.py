"""Checking what was read: the marks at the rows, and the window that sets an answer beside its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.case import Case
from ui.source_mark import UNCHECKED

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.field_row import FieldRow


class Checking(QObject):
    """Shows the source of each answer at its row, and marks as checked what the person has found right."""

    def __init__(self, case: Case, rows: dict[str, FieldRow], page: QWidget) -> None:
        super().__init__(page)
        self._case, self._rows, self._page = case, rows, page
        for row in rows.values():
            row.check_wanted.connect(self.check)

    def refresh(self) -> None:
        """Show where each answer comes from."""
        for field_id, row in self._rows.items():
            row.mark(self._case.draft.source(field_id))

    def check(self, field_id: str) -> None:
        """Set one answer beside the picture it was read from."""
        from ui.crop_dialog import CropDialog
        from wizard.intake.suggestion import where_read

        draft, row = self._case.draft, self._rows[field_id]
        found = where_read(field_id, draft)
        if found is None or draft.source(field_id) != UNCHECKED:
            self._checked(field_id)
            return
        path, read = found
        dialog = CropDialog(
            row.field.label, draft.text(field_id), draft.file(path), read.corners, self._page.window()
        )
        dialog.accepted.connect(lambda: self._checked(field_id))
        dialog.rejected.connect(row.editor.target.setFocus)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _checked(self, field_id: str) -> None:
        draft, label = self._case.draft, self._rows[field_id].field.label
        answer = draft.answers.get(field_id)
        if answer and draft.source(field_id) == UNCHECKED:
            done = draft.with_answer(field_id, answer, "read_checked")
            self._case.fill(done, field_id, f"核对{label}")
            self._rows[field_id].editor.target.setFocus()
