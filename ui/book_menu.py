"""The menu 客户资料采集表: the blank table and form that go out, and what comes back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QMenu

from ui import clock
from ui.store import default_folder
from wizard.files import FileProblem

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.main_window import MainWindow

_BOOKS = "采集表 (*.xlsx *.xlsm *.csv *.tsv *.txt);;所有文件 (*)"


class BookMenu:
    """Puts its entries into `menu`."""

    def __init__(self, window: MainWindow, menu: QMenu) -> None:
        self._window = window
        sub = menu.addMenu("客户资料采集表(&I)")
        self._add(sub, "导入填好的表…", self.take_in, "Ctrl+I")
        sub.addSeparator()
        self._add(sub, "导出空白表，一行一个备案…", lambda: self.template(by_rows=True))
        self._add(sub, "导出空白表，一张表一个备案…", lambda: self.template(by_rows=False))
        self._add(sub, "导出网页表单…", self.form)

    def _add(self, menu: QMenu, words: str, act: Callable[[], None], keys: str = "") -> None:
        action = QAction(words, self._window)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _=False: act())
        menu.addAction(action)

    def template(self, by_rows: bool) -> None:
        """Write the blank workbook for a client."""
        file = self._where("空白采集表.xlsx", "Excel 工作簿 (*.xlsx)")

        def make() -> bytes:
            from wizard.draft import load
            from wizard.intake.workbook.template import template
            from wizard.resource_files import path

            samples = [load(path("samples", f"{name}.json")) for name in ("company", "individual_business")]
            return template(clock.today(), samples, by_rows=by_rows)

        self._write(file, make)

    def form(self) -> None:
        """Write the form that opens in a browser and gives a file back."""
        file = self._where("客户资料表单.html", "网页 (*.html)")

        def make() -> bytes:
            from wizard.intake.workbook.form import form

            return form()

        self._write(file, make)

    def _where(self, name: str, kinds: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getSaveFileName(self._window, "放到哪里", str(default_folder() / name), kinds)
        if not chosen:
            return None
        file = Path(chosen)
        return file if file.suffix else file.with_suffix(Path(name).suffix)

    def _write(self, file: Path | None, make: Callable[[], bytes]) -> None:
        from ui.busy import wait_for
        from wizard.files import atomic_write

        if file is None:
            return

        def work() -> None:
            file.parent.mkdir(parents=True, exist_ok=True)
            atomic_write(file, make())

        try:
            wait_for(self._window, "正在写出…", work)
        except (FileProblem, OSError) as problem:
            self._window.complain(str(problem))
            return
        say = self._window.notice.say
        say(f"已导出“{file.name}”，发给客户填", stays=False, act=("打开文件夹", lambda: _open(file.parent)))

    def take_in(self) -> None:
        """Ask for a workbook that came back, and take it in."""
        from PySide6.QtWidgets import QFileDialog

        from ui.book_dialog import BookDialog

        near = str(default_folder().parent)
        name, _ = QFileDialog.getOpenFileName(self._window, "导入填好的采集表", near, _BOOKS)
        if not name:
            return
        window = self._window
        window.case.save()
        dialog = BookDialog(Path(name), window.room.session.library, window)
        dialog.came.connect(self._came)
        dialog.busy.connect(window.lock.alive)
        dialog.exec()
        dialog.deleteLater()

    def _came(self, new: int, updated: int, folder: Path | None) -> None:
        window = self._window
        words = [f"导入了 {new} 个备案"] if new else []
        words += [f"更新了 {updated} 个"] if updated else []
        said = "，".join(words) or "没有导入"
        if folder is not None:
            window.notice.say(f"{said}，在 {folder}", act=("打开文件夹", lambda: _open(folder)))
            return
        window.room.reload()
        page = window.room.page
        if page is not None and window.outer.currentWidget() is page:
            page.refresh()
        else:
            window.room.show_list()
        window.statusBar().showMessage(said, 8000)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
