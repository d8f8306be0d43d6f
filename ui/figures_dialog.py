"""备案统计: filings by state, days per stage, reasons for rejection, the share that passes at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import clock
from ui.bars import Bars
from ui.dialog_parts import button, framed, text_label
from ui.errors import log
from ui.jobs import Job
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.library.library import Library
    from wizard.tracking.figures import Figures

PERIODS = ("全部", "今年首次提交的", "去年首次提交的", "最近 90 天首次提交的")


def period(choice: int, today: date) -> tuple[date | None, date | None]:
    """From which day to which, for one of `PERIODS`."""
    if choice == 1:
        return date(today.year, 1, 1), None
    if choice == 2:
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    if choice == 3:
        return date.fromordinal(today.toordinal() - 90), None
    return None, None


class FiguresDialog(QDialog):
    """Counts the library that is open, beside the window, and shows what was counted."""

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self.figures: Figures | None = None
        self.job: Job | None = None
        self._again = False
        column = framed(self, "备案统计", 760, 720)
        column.addLayout(self._head())
        self.lead = text_label(name="lead")
        self.rate = text_label(name="heading")
        column.addWidget(self.lead)
        column.addWidget(self.rate)
        self._charts = QVBoxLayout()
        inner = QWidget()
        inner.setLayout(self._charts)
        self._charts.setContentsMargins(0, 6, 8, 6)
        self._charts.setSpacing(6)
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidget(inner)
        room.setAccessibleName("统计图")
        column.addWidget(room, 1)
        column.addLayout(self._buttons())
        self.count()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        label = QLabel("统计哪些(&W)")
        self.period = QComboBox()
        self.period.addItems(PERIODS)
        label.setBuddy(self.period)
        self.period.setAccessibleName("统计哪些")
        self.period.activated.connect(lambda _: self.count())
        row.addWidget(label)
        row.addWidget(self.period)
        row.addStretch(1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.save_pdf = button("存成 PDF…", lambda: self._save("PDF (*.pdf)", ".pdf"))
        self.save_book = button("存成表格…", lambda: self._save("表格 (*.xlsx)", ".xlsx"))
        self.told = text_label(name="quiet")
        for widget in (self.save_pdf, self.save_book):
            widget.setEnabled(False)
            row.addWidget(widget)
        row.addWidget(self.told, 1)
        row.addWidget(button("关闭", self.reject))
        return row

    def count(self) -> None:
        """Count anew; where it is being counted already, that is stopped first."""
        if self.job is not None:
            self._again = True
            self.job.cancel()
            return
        since, until = period(self.period.currentIndex(), clock.today())
        today, library = clock.today(), self._library

        def work(progress: Callable[[int, int, str], None], cancelled: Callable[[], bool]) -> Figures:
            from wizard.counting import count_library
            from wizard.library.records import Query
            from wizard.tracking.calendar import Calendar
            from wizard.tracking.figures import Tally
            from wizard.user_folder import holidays_folder

            tally = Tally(Calendar.load(holidays_folder()), today, since, until)
            count_library(
                tally,
                library,
                Query(where=None),
                lambda done, total: progress(done, total, f"正在统计 {done} / {total}…"),
                cancelled,
            )
            return tally.figures()

        self.lead.setText("正在统计…")
        self.job = Job(work, self)
        self.job.progress.connect(lambda _done, _total, what: self.lead.setText(what))
        self.job.done.connect(self._counted)
        self.job.failed.connect(self._failed)
        self.job.start()

    def _counted(self, figures: Figures) -> None:
        from wizard.counting import charts_of
        from wizard.tracking.charts import rate, whole

        self.job = None
        if self._again:
            self._again = False
            self.count()
            return
        self.figures = figures
        self.lead.setText(whole(figures))
        self.rate.setText(rate(figures))
        while (item := self._charts.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        for chart in charts_of(figures):
            title, lead, bars = text_label(name="group"), text_label(name="quiet"), Bars()
            title.setText(f"{chart.title}（{chart.unit}）")
            lead.setText(chart.lead)
            bars.show_bars(chart.title, chart.bars)
            for widget in (title, lead, bars):
                self._charts.addWidget(widget)
            self._charts.addSpacing(10)
        self._charts.addStretch(1)
        for each in (self.save_pdf, self.save_book):
            each.setEnabled(True)

    def _failed(self, error: object) -> None:
        self.job = None
        if not isinstance(error, FileProblem):
            log(error)  # type: ignore[arg-type]
        self.lead.setText(str(error) if isinstance(error, FileProblem) else "没有统计成，关上再打开试一次")

    def _save(self, kind: str, ending: str) -> None:
        if self.figures is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "另存备案统计", f"备案统计{ending}", kind)
        if not name:
            return
        target = Path(name if name.lower().endswith(ending) else name + ending)
        figures, moment = self.figures, clock.now().replace(microsecond=0)

        def work(_progress: object, _cancelled: object) -> Path:
            from wizard.counting import write
            from wizard.freeze import PROGRAM

            write(target, figures, moment, PROGRAM)
            return target

        saving = Job(work, self)
        saving.done.connect(lambda where: self.told.setText(f"已存到 {where}"))
        saving.failed.connect(self._not_saved)
        self._saving = saving
        saving.start()

    def _not_saved(self, error: object) -> None:
        if not isinstance(error, FileProblem):
            log(error)  # type: ignore[arg-type]
        self.told.setText(str(error) if isinstance(error, FileProblem) else "没有存成，换个位置再试")

    def done(self, result: int) -> None:
        """Nothing counts on for nobody."""
        for job in (self.job, getattr(self, "_saving", None)):
            if job is not None:
                job.cancel()
                job.wait()
        super().done(result)
