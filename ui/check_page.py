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
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.case import Case
from ui.page_head import page_column
from ui.pages import PageInfo
from ui.style import COLOURS, GREY, MARKS
from wizard.finding import SEVERITIES, SEVERITY_REASONS, SEVERITY_WORDS, Citation, Finding
from wizard.sections import SECTIONS, catalogue

_FINDING = Qt.ItemDataRole.UserRole + 1
_FITTING = QHeaderView.ResizeMode.ResizeToContents
ALL = "全部"
FILTERS = (ALL, *SEVERITY_WORDS.values())
SIGNS = {ALL: "", **{word: f"{MARKS[severity]} " for severity, word in SEVERITY_WORDS.items()}}


class CheckPage(QWidget):
    """What would be rejected, why, how to mend it, and where the rule comes from."""

    go_to = Signal(str)

    def __init__(self, case: Case, info: PageInfo) -> None:
        super().__init__()
        self.case, self.page_id = case, info.id
        self._shown: tuple[object, ...] = ()
        column = QVBoxLayout(self)
        column.setSpacing(0)
        self.counts = page_column(column, info.title, info.hint)
        column.addLayout(self._bar())
        column.addSpacing(10)
        self.tree = _Tree()
        self.tree.itemDoubleClicked.connect(lambda item, _: self._open(item))
        self.tree.entered.connect(self._open)
        self.tree.currentItemChanged.connect(lambda item, _: self._tell(item))
        column.addWidget(self.tree, 1)
        column.addSpacing(12)
        column.addWidget(self._card())
        case.judged.connect(self.refresh)
        self.refresh()

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        self._filter = QButtonGroup(self)
        for word in FILTERS:
            button = QPushButton(word)
            button.setObjectName("filter")
            button.setCheckable(True)
            button.setAutoDefault(True)
            button.setChecked(word == ALL)
            self._filter.addButton(button)
            row.addWidget(button)
        self._filter.buttonClicked.connect(lambda _: self.refresh(force=True))
        row.addStretch(1)
        copy = QPushButton("复制为文字")
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.text()))
        row.addWidget(copy)
        paper = QPushButton("打印…")
        paper.clicked.connect(self._print)
        row.addWidget(paper)
        return row

    def _print(self) -> None:
        from ui.printing import ask_and_print

        ask_and_print(self, "自检结果", self.text())

    def _card(self) -> QWidget:
        card = QWidget()
        card.setObjectName("card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card.setFixedHeight(176)
        box = QHBoxLayout(card)
        box.setContentsMargins(18, 14, 18, 14)
        box.setSpacing(16)
        scroll = QScrollArea()
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidgetResizable(True)
        scroll.setWidget(QWidget())
        words = QVBoxLayout(scroll.widget())
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(6)
        self.what, self.detail = QLabel(), QLabel()
        self.what.setObjectName("strong")
        self.detail.setObjectName("lead")
        for label in (self.what, self.detail):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        words.addStretch(1)
        box.addWidget(scroll, 1)
        self.mend = QPushButton("去修改")
        self.mend.setObjectName("primary")
        self.mend.setAutoDefault(True)
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
        self.counts.setText(f"初筛，不代表审核结果。规则 {report.rules}，按 {report.on.isoformat()} 检查。")
        counts = (len(report.findings), report.errors, report.warnings, report.notes)
        for button, word, count in zip(self._filter.buttons(), FILTERS, counts, strict=True):
            button.setText(f"{SIGNS[word]}{word} {count}")
        self._fill(report.findings)

    @property
    def wanted(self) -> str:
        """Which findings are shown: 全部, or the word of one severity."""
        return FILTERS[self._filter.buttons().index(self._filter.checkedButton())]

    def _fill(self, findings: tuple[Finding, ...]) -> None:
        wanted = self.wanted
        kept = self.tree.currentItem().data(0, _FINDING) if self.tree.currentItem() else None
        self.tree.clear()
        for section in SECTIONS:
            of_section = [
                f
                for f in findings
                if _section(f) == section.id and wanted in (ALL, SEVERITY_WORDS[f.severity])
            ]
            if of_section:
                self._branch(section.title, sorted(of_section, key=lambda f: SEVERITIES.index(f.severity)))
        rest = [f for f in findings if _section(f) not in {s.id for s in SECTIONS}]
        if rest and wanted in (ALL, SEVERITY_WORDS["note"]):
            self._branch("其他", rest)
        if self.tree.topLevelItemCount() == 0:
            self._head("没有发现问题" if wanted == ALL else f"没有{wanted}")
        self._choose(kept)

    def _branch(self, title: str, findings: list[Finding]) -> None:
        branch = self._head(f"{title}（{len(findings)}）")
        for finding in findings:
            word = f"{MARKS[finding.severity]} {SEVERITY_WORDS[finding.severity]}"
            item = QTreeWidgetItem([word, finding.message, _where(finding)])
            item.setForeground(0, QBrush(QColor(COLOURS[finding.severity])))
            item.setForeground(2, QBrush(QColor(GREY)))
            item.setToolTip(1, finding.message)
            item.setData(0, _FINDING, finding)
            branch.addChild(item)
        branch.setExpanded(True)

    def _head(self, text: str) -> QTreeWidgetItem:
        branch = QTreeWidgetItem([text])
        font = branch.font(0)
        font.setBold(True)
        branch.setFont(0, font)
        branch.setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.tree.addTopLevelItem(branch)
        branch.setFirstColumnSpanned(True)
        return branch

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
        self.what.setText(finding.message if finding else "")
        self.detail.setText("\n".join(ground(finding)) if finding else "")

    def _open(self, item: QTreeWidgetItem | None) -> None:
        finding = item.data(0, _FINDING) if item else None
        if finding:
            self.go_to.emit(finding.fields[0])

    def text(self) -> str:
        """All findings as plain text, for the clipboard."""
        findings = self.case.report.findings if self.case.report else ()
        lines = ["自检结果（初筛，不代表审核结果）"]
        for finding in findings:
            known = catalogue()
            places = (f"{known[f].section.title}·{known[f].label}" for f in finding.fields if f in known)
            lines += ["", f"【{SEVERITY_WORDS[finding.severity]}】{'、'.join(places)}", told(finding)]
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
        self.setColumnCount(3)
        self.setAccessibleName("自检发现")
        self.setUniformRowHeights(True)
        self.setIndentation(14)
        self.setRootIsDecorated(False)
        self.header().setStretchLastSection(False)
        for column, mode in enumerate((_FITTING, QHeaderView.ResizeMode.Stretch, _FITTING)):
            self.header().setSectionResizeMode(column, mode)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self.currentItem())
            return
        super().keyPressEvent(event)


def told(finding: Finding) -> str:
    """A finding in full: what, how to mend it, on what ground."""
    return "\n".join([finding.message, *ground(finding)])


def ground(finding: Finding) -> list[str]:
    """Why it is said, how to mend it, and who says so."""
    lines = [f"为什么：{SEVERITY_REASONS[finding.severity]}"] if finding.cite else []
    if finding.fix:
        lines.append(f"怎么改：{finding.fix}")
    if finding.cite:
        sure = f"；{finding.sure}" if finding.sure else ""
        lines.append(f"依据：{_basis(finding.cite)}{sure}")
    if finding.cite2:
        lines.append(f"另见：{_basis(finding.cite2)}")
    lines += [f"出处：{cite.url}" for cite in (finding.cite, finding.cite2) if cite and cite.url]
    return lines


def _basis(cite: Citation) -> str:
    source = " · ".join(part for part in (cite.title, cite.article, cite.issuer) if part)
    return f"{source}（发布 {cite.published or '未注明'}，查阅 {cite.checked}）"


def _where(finding: Finding) -> str:
    known = catalogue()
    labels = [known[f].label for f in finding.fields if f in known]
    return f"{labels[0]} 等 {len(labels)} 处" if len(labels) > 1 else "".join(labels)


def _section(finding: Finding) -> str:
    return finding.fields[0].partition(".")[0] if finding.fields else ""
