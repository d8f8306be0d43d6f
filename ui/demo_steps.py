"""The steps of the demonstration, one after the other, each with its picture."""

import shutil
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui import demo_hand as hand
from ui.case import Case
from ui.export_page import ExportPage
from ui.main_window import MainWindow
from ui.pages import FORM_PAGES, PAGES
from ui.papers_page import PapersPage
from ui.section_page import SectionPage
from ui.store import FileStore
from wizard.draft import Draft, load
from wizard.resource_files import path
from wizard.tracking.record import with_event
from wizard.tracking.timeline import BEIJING


class Demo:
    """Fills the bundled company's filing into an empty window, looks at every page, exports."""

    def __init__(self, out: Path, folder: Path, on: date) -> None:
        self.out, self.folder, self.on = out, folder, on
        self.sample = load(path("samples", "company.json"))
        place = folder / "样本.beian.json"
        self.window = self.open(Draft(folder=folder), place)

    def open(self, draft: Draft, place: Path) -> MainWindow:
        """A window on another case."""
        store = FileStore(self.folder)
        window = MainWindow(Case(draft, place, store, self.on), store)
        window.resize(1280, 800)
        window.show()
        if not hand.wait(lambda: window.case.report is not None):
            raise LookupError("窗口没有准备好")
        return window

    def picture(self, window: QWidget, name: str) -> None:
        """Save the window as it is to be seen."""
        QTest.qWait(120)
        file = self.out / f"{name}.png"
        if not window.grab().save(str(file)):
            raise OSError(f"无法写入“{file}”")

    def fill(self) -> None:
        """Type every answer of the sample, page by page, and drop its pictures."""
        window = self.window
        for number, info in enumerate(PAGES[:5], 1):
            window.go(info.id)
            page = window.page(info.id)
            if info.id in FORM_PAGES:
                assert isinstance(page, SectionPage)
                self.fill_page(page)
            else:
                assert isinstance(page, PapersPage)
                self.attach(page)
            page.focus(self._telling(info.id))  # type: ignore[union-attr]
            self.picture(window, f"{number:02}_{info.title}")

    def _telling(self, page_id: str) -> str:
        return {"subject": "subject.certificate_number", "principal": "principal.certificate_number"}.get(
            page_id, ""
        )

    def fill_page(self, page: SectionPage) -> None:
        """Answer each field of a page that the sample answers and the page shows."""
        for field_id, row in page.rows.items():
            value = self.sample.answers.get(field_id)
            if value and not row.isHidden():
                hand.answer(row.editor, value)
        page.visit_all()

    def attach(self, page: PapersPage) -> None:
        """Drop the pictures of the sample on their slots."""
        for field_id, paths in self.sample.attachments.items():
            hand.drop(page.slots[field_id], *(self.sample.file(each) for each in paths))
        QTest.qWait(400)

    def check(self) -> None:
        """Open the self-check; an 错误 in the sample would be a fault of the program."""
        self.window.go("check")
        self.picture(self.window, "06_自检")
        report = self.window.case.report
        if report is None or report.errors:
            said = "；".join(f.message for f in report.findings if f.severity == "error") if report else ""
            raise LookupError(f"样本应当没有错误，却有：{said}")

    def export(self) -> tuple[Path, ...]:
        """Export the final packet into the folder OUT/材料包."""
        target = self.out / "材料包"
        if target.exists():
            shutil.rmtree(target)
        self.window.go("export")
        page = self.window.page("export")
        assert isinstance(page, ExportPage)
        card = page.card
        card.folder = target
        page.fill()
        self.look()
        hand.click(hand.button(card, "导出正式材料包(&E)"))
        if (
            not hand.wait(lambda: card.written is not None or "无法" in card.told.text(), 60)
            or card.written is None
        ):
            raise LookupError(card.told.text() or "导出没有完成")
        hand.wait(lambda: not card.bar.isVisible(), 5)
        self.picture(self.window, "08_核对与导出")
        self.follow()
        self.window.close()
        return tuple(sorted(file for file in card.written.rglob("*") if file.is_file()))

    def look(self) -> None:
        """Look at the packet before it is written, at the page of one answer."""
        window = self.window
        window.beside.show_preview()
        hand.wait(lambda: window.beside.preview is not None)
        preview = window.beside.preview
        if preview is None or not hand.wait(lambda: preview.preview is not None):
            raise LookupError("预览没有生成")
        preview.tabs.setCurrentWidget(preview.fields)
        preview.fields.setFocus()
        preview.fields.setCurrentRow(2)
        hand.wait(lambda: preview.images.resting, 5)
        self.picture(preview, "07_预览")
        preview.close()

    def follow(self) -> None:
        """Show 办理进度 an hour after the message came; nothing of it is kept with the sample."""
        morning = datetime.combine(self.on, time(9, 30), BEIJING)
        came = morning + timedelta(days=1, minutes=35)
        draft = with_event(self.window.case.draft, "submitted", morning, morning)
        draft = with_event(draft, "sms_received", came, came, {"phone": "both"})
        self.window.progress.show()
        page = self.window.progress.page
        assert page is not None
        called = draft.text("mini_program.name")
        page.show_case(draft, called, self.window.progress.calendar, came + timedelta(hours=1))
        self.picture(self.window, "11_办理进度")
        self.window.progress.leave()

    def faulty(self) -> None:
        """Show what the messages look like, on a sample with faults planted in it."""
        folder = self.folder / "有错的样本"
        folder.mkdir()
        sample = load(path("samples", "company_faulty.json"))
        for paths in sample.attachments.values():
            for each in paths:
                target = folder / each
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(sample.file(each), target)
        window = self.open(replace(sample, folder=folder, place={}), folder / "有错的样本.beian.json")
        window.go("subject", "subject.certificate_number")
        self.picture(window, "09_有错时_主体")
        window.go("check")
        self.picture(window, "10_有错时_自检")
        window.close()
