"""The last page: every answer once more, what is still to do, and the two ends: draft and final packet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.case import Case
from ui.export_card import ExportCard
from ui.export_choices import ExportChoices
from ui.field_row import FieldRow
from ui.packet_desk import PacketDesk
from ui.page_head import page_column
from ui.pages import PageInfo
from ui.review import Review
from ui.step_state import still_to_do
from wizard.check.run import Report
from wizard.sections import section_fields


class ExportPage(QScrollArea):
    """The export, the case as it will be printed, and what is filled in after it was submitted."""

    go_to = Signal(str)
    following_wanted = Signal()
    entering_wanted = Signal()

    def __init__(self, case: Case, info: PageInfo, choices: ExportChoices, packets: PacketDesk) -> None:
        super().__init__()
        self.case, self.page_id = case, info.id
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(0)
        self.summary = page_column(column, info.title, info.hint)
        self.card = ExportCard(case, choices, packets)
        column.addWidget(self.card)
        column.addSpacing(22)
        self.review = Review(case)
        self.review.go_to.connect(self.go_to)
        column.addWidget(self.review)
        column.addSpacing(22)
        column.addWidget(self._progress_group())
        column.addStretch(1)
        self.setWidget(inner)
        case.judged.connect(self.refresh)
        case.replaced.connect(self.fill)
        case.put.connect(self.fill)
        self.fill()

    def _progress_group(self) -> QWidget:
        group = QWidget()
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._entering())
        column.addSpacing(14)
        head = QLabel("办理进度（提交以后再填）")
        head.setObjectName("group")
        column.addWidget(head)
        column.addLayout(self._following())
        self.rows = {field.id: FieldRow(field) for field in section_fields("progress")}
        for field_id, row in self.rows.items():
            column.addWidget(row)
            row.edited.connect(lambda changed: self.case.answer(changed, self.rows[changed].editor.value()))
            row.left.connect(lambda left: self.case.visit([left]))
            row.put(self.case.draft.answers.get(field_id, ""))
        return group

    def _entering(self) -> QHBoxLayout:
        row = QHBoxLayout()
        told = QLabel("在平台上填报时，逐项复制，不用来回切换：")
        told.setObjectName("lead")
        self.enter = QPushButton("打开填报助手(&I)")
        self.enter.setToolTip("F9")
        self.enter.setAutoDefault(True)
        self.enter.clicked.connect(self.entering_wanted)
        row.addWidget(told)
        row.addWidget(self.enter)
        row.addStretch(1)
        return row

    def _following(self) -> QHBoxLayout:
        row = QHBoxLayout()
        told = QLabel("提交以后发生的事记在办理进度里，期限、短信倒计时、驳回都在那里：")
        told.setObjectName("lead")
        self.follow = QPushButton("打开办理进度(&J)")
        self.follow.setToolTip("Ctrl+J")
        self.follow.setAutoDefault(True)
        self.follow.clicked.connect(self.following_wanted)
        row.addWidget(told)
        row.addWidget(self.follow)
        row.addStretch(1)
        return row

    def fill(self) -> None:
        """Show the case from the beginning."""
        for field_id, row in self.rows.items():
            row.put(self.case.draft.answers.get(field_id, ""))
        self.card.show_place()
        self.refresh(force=True)

    def refresh(self, force: bool = False) -> None:
        """Show what is still to do and every answer."""
        report = self.case.report
        if report is None or not (self.isVisible() or force):
            return
        self.summary.setText(summary(report))
        self.review.refresh()
        for field_id, row in self.rows.items():
            row.say(self.case.shown(field_id))

    def visit_all(self) -> None:
        """Leaving this page judges nothing more."""

    def focus(self, field_id: str = "") -> None:
        """Put the focus to the export, or into a field of the progress."""
        self.fill()
        (self.rows[field_id].editor.target if field_id in self.rows else self.card.final).setFocus()


def summary(report: Report) -> str:
    """What stands in the way of the final packet, or that nothing does."""
    if todo := still_to_do(report):
        return f"{todo}。现在可以导出草稿，每页印有“草稿”二字；改好以后导出正式材料包。"
    doubts = f"；还有 {report.warnings} 处提醒，看过再决定" if report.warnings else ""
    return f"没有错误，可以导出正式材料包{doubts}"
