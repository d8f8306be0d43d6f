"""Taking a workbook of clients in: its columns agreed on, its rows looked at, then all of them or none."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import clock, known_headings
from ui.book_columns import BookColumns
from ui.book_preview import BookPreview, Where
from ui.book_work import BookWork
from ui.dialog_parts import sized
from ui.lock import OF_THE_LIBRARY
from ui.store import default_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wizard.batch.book_reader import Facts
    from wizard.batch.fate import Target
    from wizard.library.library import Library


class BookDialog(QDialog):
    """`library` is the one that is open, or None: then the filings become drafts in a folder.

    `came` tells how many came in and were updated, and the folder (None: the library).
    """

    came = Signal(int, int, object)
    busy = Signal()

    def __init__(self, path: Path, library: Library | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"导入 {path.name}")
        if library is not None:
            self.setProperty(OF_THE_LIBRARY, True)  # noqa: FBT003 - Qt takes no names
        sized(self, 980, 680)
        self.setMinimumSize(760, 520)
        self._library, self.folder = library, default_folder() / "采集表导入"
        self._names: list[str] = []
        self.work = BookWork(self._target, self)
        self.columns, self.preview, self.where = BookColumns(), BookPreview(), Where()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(10)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.columns)
        self.stack.addWidget(self.preview)
        column.addWidget(self.stack, 1)
        column.addWidget(self.where)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("读表格的进度")
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.bar)
        column.addWidget(self.said)
        column.addLayout(self._buttons())
        self._connect()
        self._show(0)
        self._wait("正在读表格…")
        self.work.open(path, self._recalled)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.back = QPushButton("上一步(&B)")
        self.next = QPushButton("下一步：预览每一行(&N)")
        self.take = QPushButton()
        self.stop = QPushButton("停下(&T)")
        self.close_button = QPushButton("关闭")
        for button, act in (
            (self.back, lambda: self._show(0)),
            (self.next, self._judge),
            (self.take, self._take),
            (self.stop, self.work.cancel),
            (self.close_button, self.reject),
        ):
            button.setAutoDefault(button is not self.close_button)
            button.clicked.connect(lambda _=False, act=act: act())
        for button in (self.next, self.take):
            button.setObjectName("primary")
        row.addWidget(self.back)
        row.addWidget(self.stop)
        row.addStretch(1)
        row.addWidget(self.close_button)
        row.addWidget(self.next)
        row.addWidget(self.take)
        return row

    def _connect(self) -> None:
        self.work.read.connect(self._read)
        self.work.judged.connect(self._judged)
        self.work.taken.connect(self._taken)
        self.work.failed.connect(self._failed)
        self.work.progress.connect(self._progress)
        self.work.looked.connect(self._looked)
        self.preview.looked_at.connect(lambda number: self.work.look(number, clock.today()))
        self.preview.again.connect(self._judge)
        self.preview.changed.connect(self._count)
        self.where.wanted.connect(self._choose)

    def _target(self) -> Target:
        if self._library is not None:
            from wizard.batch.library_target import LibraryTarget

            return LibraryTarget(self._library)
        from wizard.batch.draft_folder import DraftFolder

        return DraftFolder(self.folder)

    def _recalled(self, facts: Facts) -> Mapping[str, str]:
        names = [column.name for column in facts.columns]
        return known_headings.recall(names)

    def _show(self, page: int) -> None:
        self.stack.setCurrentIndex(page)
        self.back.setVisible(page == 1)
        self.next.setVisible(page == 0)
        self.take.setVisible(page == 1)
        self.where.setVisible(page == 1)
        place = "收进客户库，加密保存" if self._library is not None else f"存成草稿，放到 {self.folder}"
        self.where.tell(place, fixed=self._library is not None)
        (self.columns.tree if page == 0 else self.preview.table).setFocus()

    def _wait(self, words: str) -> None:
        """Something is under way: only stopping it, and closing, can be done."""
        self.said.setText(words)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.stop.show()
        for one in (self.stack, self.where, self.back, self.next, self.take):
            one.setEnabled(False)
        self.stop.setFocus()

    def _ready(self, words: str = "") -> None:
        self.bar.hide()
        self.stop.hide()
        self.said.setText(words)
        self.said.setVisible(bool(words))
        for one in (self.stack, self.where, self.back, self.next, self.take):
            one.setEnabled(True)

    def _progress(self, done: int, total: int, words: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.said.setVisible(True)
        self.said.setText(words)
        self.busy.emit()

    def _read(self, facts: Facts, agreed: Mapping[str, str]) -> None:
        self._names = [column.name for column in facts.columns]
        self.columns.show_facts(facts, agreed)
        self._ready("表头和上次的一样，照上次的读入。" if agreed else "")
        self._show(0)

    def _judge(self) -> None:
        known_headings.keep(self.columns.agreed, self._names)
        self._wait("正在读表格…")
        self.work.judge(self.columns.agreed, clock.today(), self.preview.leave_out.isChecked())

    def _judged(self, judged: object) -> None:
        self._ready()
        self.preview.show_judged(judged)  # type: ignore[arg-type]
        self._show(1)
        self._count()

    def _count(self) -> None:
        new, changed = self.preview.coming()
        words = [f"新增 {new:,} 个"] if new else []
        words += [f"更新 {changed:,} 个"] if changed else []
        self.take.setText(f"导入：{'，'.join(words)}(&I)" if words else "没有要导入的(&I)")

    def _take(self) -> None:
        from wizard.batch.book_reader import How

        if blocked := self.preview.blocked():
            self._ready(f"{blocked}，一行也没有导入：改好表格再导入，或勾上“没读入的格子留空，其余照样导入”")
            self.preview.leave_out.setFocus()
            return
        if not any(self.preview.coming()):
            self._ready("没有新的备案，也没有勾选更新，什么也没有导入")
            return
        self._wait("正在导入…")
        how = How(self.preview.leave_out.isChecked(), self.preview.update_.isChecked())
        self.work.take(how)

    def _taken(self, counts: Counter[str]) -> None:
        updated = counts["changed"] if self.preview.update_.isChecked() else 0
        self.work.end()
        self.came.emit(counts["new"], updated, None if self._library is not None else self.folder)
        self.accept()

    def _looked(self, number: int, found: object) -> None:
        if found is not None:
            self.preview.show_found(number, found[0])  # type: ignore[index]

    def _failed(self, why: str) -> None:
        read = bool(self.columns.tree.topLevelItemCount())
        self._ready(why or "已停下，什么也没有导入")
        self._show(self.stack.currentIndex())
        for one in () if read else (self.stack, self.next):
            one.setEnabled(False)
        if not read:
            self.close_button.setFocus()

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "草稿放到哪个文件夹", str(self.folder.parent))
        if name:
            self.folder = Path(name)
            self._judge()

    def reject(self) -> None:
        """Close; what is under way is stopped, and nothing came in."""
        self.work.end()
        super().reject()
