"""The menu 客户库: what the library offers beside the list of cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from wizard.masking import masked_name, masked_within

if TYPE_CHECKING:
    from ui.library_room import LibraryRoom
    from wizard.library.library import Library
    from wizard.library.records import CaseRow

_RECENT = 8


class LibraryMenu(QObject):
    """Entries that need an open library say so by being there only while it is."""

    def __init__(self, room: LibraryRoom, menu: QMenu) -> None:
        super().__init__(room)
        self._room, self._menu = room, menu
        self.list = QAction("案件列表", room.window)
        self.list.setShortcut(QKeySequence("Ctrl+Shift+O"))
        self.list.triggered.connect(lambda _: room.show_list())
        menu.addAction(self.list)
        self.recent = menu.addMenu("最近的案件")
        self.recent.aboutToShow.connect(self._fill_recent)
        self.take_in = self._add("把现在的案件收进客户库…", room.making.offer_to_take_in)
        menu.addSeparator()
        self._needing = [
            self.recent.menuAction(),
            self.take_in,
            self._add("备份与恢复…", self.show_backups),
            self._add("保存期限已到的…", self.show_retention),
            self._add("一个人的资料…", self.show_person),
            self._add("备案统计…", self.show_figures),
            self._add("操作记录…", self.show_audit),
            self._add("客户库设置…", self.show_settings),
        ]
        menu.addSeparator()
        self._add("建立客户库…", room.making.create)
        self._add("打开客户库…", room.making.choose)
        menu.aboutToShow.connect(self._fill)

    def _add(self, words: str, act: Callable[[], None]) -> QAction:
        action = QAction(words, self._room.window)
        action.triggered.connect(lambda _=False: act())
        self._menu.addAction(action)
        return action

    def _fill(self) -> None:
        library, window = self._room.session.library, self._room.window
        for action in self._needing:
            action.setVisible(library is not None)
        inside = library is not None and window.case.store is window.keeping.library
        self.take_in.setVisible(library is not None and not inside)

    def _fill_recent(self) -> None:
        from wizard.library.records import Query

        library = self._room.session.library
        self.recent.clear()
        for row in library.cases.rows(Query(), limit=_RECENT) if library else ():
            action = QAction(_named(row), self.recent)
            action.triggered.connect(lambda _=False, case=row.id: self._room.open_case(case))
            self.recent.addAction(action)

    def _library(self) -> Library:
        library = self._room.session.library
        assert library is not None
        return library

    def show_backups(self) -> None:
        """Backups, and the way back to one."""
        from ui.backups_dialog import BackupsDialog

        dialog = BackupsDialog(self._library(), self._room.ready_to_restore, self._room.window)
        dialog.restored.connect(self._room.restored)
        dialog.exec()

    def show_retention(self) -> None:
        """Cases that have been kept long enough."""
        from ui.retention_dialog import RetentionDialog

        dialog = RetentionDialog(self._library(), self._room.window)
        dialog.purged.connect(self._room.purged)
        dialog.exec()

    def show_person(self) -> None:
        """What is held of one person."""
        from ui.person_dialog import PersonDialog

        self._room.window.case.save()
        PersonDialog(self._library(), self._room.window).exec()
        self._room.reload()

    def show_figures(self) -> None:
        """How the filings fare, in numbers."""
        from ui.figures_dialog import FiguresDialog

        self._room.window.case.save()
        FiguresDialog(self._library(), self._room.window).exec()

    def show_audit(self) -> None:
        """What was done."""
        from ui.audit_dialog import AuditDialog

        AuditDialog(self._library(), self._room.window).exec()

    def show_settings(self) -> None:
        """What can be set."""
        from ui.settings_dialog import SettingsDialog

        SettingsDialog(self._library(), self._room.put_settings_to_use, self._room.window).exec()


def _named(row: CaseRow) -> str:
    """A case as the menu calls it: nobody is named in full."""
    people = row.people.split("、")
    subject = masked_name(row.subject) if row.subject in people else masked_within(row.subject)
    program = masked_within(row.program)
    return "　".join(part for part in (program, subject) if part).replace("&", "&&") or "未命名的案件"
