"""Builds each page when it is first gone to, and ties what it asks for to the window's moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.pages import FORM_PAGES, PAGES, typed_fields

ROLES = ("subject", "principal", "contact")

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

    from ui.main_window import MainWindow
    from ui.section_page import Bring, Told


def _bringing(window: MainWindow) -> Bring:
    """Files are brought in by one hand, that of the page of papers: it is asked for when it is needed."""

    def bring(files: list[Path], label: str, receiver: QObject, told: Told) -> None:
        window.page("papers").intake.papers(files, label, receiver, told)  # type: ignore[attr-defined]

    return bring


def build(window: MainWindow, page_id: str) -> QWidget:
    """The page of that id. Its module is imported here, not before the window is painted."""
    info = next(page for page in PAGES if page.id == page_id)
    if page_id in FORM_PAGES:
        from ui.section_page import SectionPage

        page = SectionPage(window.case, info.id, info.title, info.hint, typed_fields(page_id))
        page.problem.connect(window.complain)
        page.ended.connect(lambda: window.step(1))
        page.bring = _bringing(window)
        if page_id in ROLES and hasattr(window, "room"):
            window.room.reuse.offer(page)
        return page
    if page_id == "papers":
        from ui.papers_page import PapersPage

        papers = PapersPage(window.case, info)
        papers.materials_wanted.connect(window.beside.show_materials)
        papers.problem.connect(window.complain)
        return papers
    if page_id == "check":
        from ui.check_page import CheckPage

        check = CheckPage(window.case, info)
        check.go_to.connect(window.mend)
        return check
    from ui.export_page import ExportPage

    export = ExportPage(window.case, info, window.beside.choices, window.beside.packets)
    export.go_to.connect(window.go_to_field)
    export.card.blocked.connect(window.wait_for_mending)
    export.entering_wanted.connect(window.beside.show_entering)
    export.following_wanted.connect(window.progress.show)
    export.card.preview_wanted.connect(window.beside.show_preview)
    return export
