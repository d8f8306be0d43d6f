"""The page of the self-check: counts, then every finding by section, with the way to the field."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.case import Case
from ui.pages import PageInfo
from ui.style import COLOURS, GREY, MARKS
from wizard.finding import SEVERITIES, SEVERITY_WORDS, Finding
from wizard.sections import SECTIONS, catalogue

_FINDING = Qt.ItemDataRole.UserRole + 1
FILTERS = ("全部", "错误", "提醒", "说明")


class CheckPage(QWidget):
    """What would be rejected, why, how to mend it, and where the rule comes from."""

    go_to = Signal(str)

    def __init__(self, case: Case, info: PageInfo) -> None:
        super().__init__()
        self.case, self.page_id = case, info.id
        self._shown: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(36, 26, 36, 20)
        column.setSpacing(10)
        heading = QLabel(info.title)
        heading.setObjectName("heading")
        column.addWidget(heading)
        self.counts = QLabel()
        self.counts.setWordWrap(True)
        column.addWidget(self.counts)
        column.addLayout(self._bar())
        self.tree = _Tree()
        self.tree.itemDoubleClicked.connect(lambda item, _: self._open(item))
        self.tree.entered.connect(self._open)
        self.tree.currentItemChanged.connect(lambda item, _: self._tell(item))
        column.addWidget(self.tree, 3)
        column.addWidget(self._card(), 2)
        case.judged.connect(self.refresh)
        self.refresh()

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._filter = QButtonGroup(self)
        for word in FILTERS:
            button = QRadioButton(word)
            button.setAccessibleName(f"只看{word}" if word != "全部" else "看全部")
            button.setChecked(word == "全部")
            self._filter.addButton(button)
            row.addWidget(button)
        self._filter.buttonClicked.connect(lambda _: self.refresh(force=True))
        row.addStretch(1)
        copy = QPushButton("复制为文字")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text()))
        row.addWidget(copy)
        return row

    def _card(self) -> QWidget:
        card = QWidget()
        card.setObjectName("card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card.setMinimumHeight(150)
        box = QHBoxLayout(card)
        box.setContentsMargins(16, 12, 16, 12)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.addWidget(self.detail, 1)
        self.mend = QPushButton("去修改")
        self.mend.setObjectName("primary")
        self.mend.clicked.connect(lambda: self._open(self.tree.currentItem()))
        box.addWidget(self.mend, 0, Qt.AlignmentFlag.AlignTop)
        return card

    def refresh(self, force: bool = False) -> None:
        """Show the findings as they stand; nothing is rebuilt when nothing changed."""
        report = self.case.report
        if report is None or not (self.isVisible() or force):
            return
        if self._shown == report.findings and not force:
            return
        self._shown = report.findings
        self.counts.setText(
            f"{MARKS['error']} 错误 {report.errors}　　{MARKS['warning']} 提醒 {report.warnings}　　"
            f"{MARKS['note']} 说明 {report.notes}　　　初筛，不代表审核结果　·　规则 {report.rules}　·　"
            f"按 {report.on.isoformat()} 检查"
        )
        self._fill(report.findings)

    def _fill(self, findings: tuple[Finding, ...]) -> None:
        checked = self._filter.checkedButton()
        wanted = checked.text() if checked else "全部"
        kept = self.tree.currentItem().data(0, _FINDING) if self.tree.currentItem() else None
        self.tree.clear()
        for section in SECTIONS:
            of_section = [
                f
                for f in findings
                if _section(f) == section.id and wanted in ("全部", SEVERITY_WORDS[f.severity])
            ]
            if of_section:
                self._branch(section.title, sorted(of_section, key=lambda f: SEVERITIES.index(f.severity)))
        rest = [f for f in findings if _section(f) not in {s.id for s in SECTIONS}]
        if rest and wanted in ("全部", "说明"):
            self._branch("其他", rest)
        if self.tree.topLevelItemCount() == 0:
            self.tree.addTopLevelItem(
                QTreeWidgetItem(["没有发现问题" if wanted == "全部" else f"没有{wanted}"])
            )
        self._choose(kept)

    def _branch(self, title: str, findings: list[Finding]) -> None:
        branch = QTreeWidgetItem([f"{title}（{len(findings)}）"])
        font = branch.font(0)
        font.setBold(True)
        branch.setFont(0, font)
        branch.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.tree.addTopLevelItem(branch)
        for finding in findings:
            item = QTreeWidgetItem(
                [
                    f"{MARKS[finding.severity]} {SEVERITY_WORDS[finding.severity]}　{finding.message}",
                    _where(finding),
                ]
            )
            item.setForeground(0, QBrush(QColor(COLOURS[finding.severity])))
            item.setForeground(1, QBrush(QColor(GREY)))
            item.setToolTip(0, finding.message)
            item.setData(0, _FINDING, finding)
            branch.addChild(item)
        branch.setExpanded(True)

    def _choose(self, finding: Finding | None) -> None:
        first = None
        for index in range(self.tree.topLevelItemCount()):
            branch = self.tree.topLevelItem(index)
            for number in range(branch.childCount()):
                item = branch.child(number)
                first = first or item
                if item.data(0, _FINDING) == finding:
                    self.tree.setCurrentItem(item)
                    return
        if first:
            self.tree.setCurrentItem(first)
        self._tell(first)

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        finding = item.data(0, _FINDING) if item else None
        self.mend.setVisible(finding is not None)
        self.detail.setText(told(finding) if finding else "")

    def _open(self, item: QTreeWidgetItem | None) -> None:
        finding = item.data(0, _FINDING) if item else None
        if finding:
            self.go_to.emit(finding.fields[0])

    def text(self) -> str:
        """All findings as plain text, for the clipboard."""
        findings = self.case.report.findings if self.case.report else ()
        lines = ["自检结果（初筛，不代表审核结果）"]
        for finding in findings:
            lines += ["", f"【{SEVERITY_WORDS[finding.severity]}】{_where(finding)}", told(finding)]
        return "\n".join(lines)

    def visit_all(self) -> None:
        """Having seen the list, the person has seen every field."""
        self.case.visit(catalogue())

    def focus(self, field_id: str = "") -> None:
        """Put the focus into the list."""
        self.visit_all()
        self.refresh(force=True)
        self.tree.setFocus()


class _Tree(QTreeWidget):
    entered = Signal(object)  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setColumnCount(2)
        self.setAccessibleName("自检发现")
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.currentItem())
            return
        super().keyPressEvent(event)


def told(finding: Finding) -> str:
    """A finding in full: what, how to mend it, on what ground."""
    lines = [finding.message]
    if finding.fix:
        lines.append(f"怎么改：{finding.fix}")
    if finding.cite:
        source = " · ".join(
            part for part in (finding.cite.title, finding.cite.article, finding.cite.issuer) if part
        )
        published = finding.cite.published or "未注明"
        lines.append(f"依据：{source}（发布 {published}，查阅 {finding.cite.checked}）")
        if finding.cite.url:
            lines.append(f"出处：{finding.cite.url}")
    return "\n".join(lines)


def _where(finding: Finding) -> str:
    known = catalogue()
    return "、".join(f"{known[f].section.title}·{known[f].label}" for f in finding.fields[:2] if f in known)


def _section(finding: Finding) -> str:
    return finding.fields[0].partition(".")[0] if finding.fields else ""
