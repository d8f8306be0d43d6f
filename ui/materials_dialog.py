"""The list of materials as computed for the case: what is needed, in which form, who signs, what lacks."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.case import Case
from ui.dialog_parts import as_table, button, sized, text_label
from ui.style import COLOURS, MARKS
from wizard.check.materials import Material, materials
from wizard.days import written

COLUMNS = ("材料", "要不要", "有没有", "形式", "份数", "签名", "盖章", "有效期至")
_FIELD = Qt.ItemDataRole.UserRole + 1
_STRETCHED = (0, 3)


class MaterialsDialog(QDialog):
    """Stands beside the window and follows the case; Enter or a double click goes to a paper's place."""

    go_to = Signal(str)

    def __init__(self, case: Case, parent: QWidget) -> None:
        super().__init__(parent)
        self.case = case
        self._shown: tuple[Material, ...] = ()
        self.setWindowTitle("材料清单")
        sized(self, 980, 560)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 18)
        self.lead = text_label()
        column.addWidget(self.lead)
        self.tree = self._tree()
        column.addWidget(self.tree, 1)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setMinimumHeight(64)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.detail)
        column.addLayout(self._buttons())
        case.judged.connect(self.refresh)
        self.refresh()

    def _tree(self) -> QTreeWidget:
        tree = as_table(QTreeWidget(), "材料清单", COLUMNS, _STRETCHED)
        tree.currentItemChanged.connect(lambda item, _: self._tell(item))
        tree.itemActivated.connect(self._open)
        return tree

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(button("复制为文字", self._copy))
        row.addWidget(button("打印…", self._print))
        row.addStretch(1)
        row.addWidget(button("关闭", self.close))
        return row

    def refresh(self) -> None:
        """Show the list as the case stands."""
        report = self.case.report
        listed = materials(report.reading) if report else ()
        if listed == self._shown:
            return
        self._shown = listed
        missing = [one for one in listed if one.need == "必需" and not one.present]
        counts = f"还缺 {len(missing)} 项必需的" if missing else "必需的都有了"
        self.lead.setText(f"按现在填的主体性质、省份、备案类型和人员列出，共 {len(listed)} 项，{counts}。")
        at = self.tree.indexOfTopLevelItem(self.tree.currentItem()) if self.tree.currentItem() else 0
        self.tree.clear()
        self.tree.addTopLevelItems([_item(one) for one in listed])
        if listed:
            self.tree.setCurrentItem(self.tree.topLevelItem(min(max(at, 0), len(listed) - 1)))

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        index = self.tree.indexOfTopLevelItem(item) if item else -1
        self.detail.setText("\n".join(ground(self._shown[index])) if index >= 0 else "")

    def _open(self, item: QTreeWidgetItem) -> None:
        if field := item.data(0, _FIELD):
            self.go_to.emit(field)

    def text(self) -> str:
        """The list as plain text."""
        lines = ["材料清单", self.lead.text()]
        for number, one in enumerate(self._shown, 1):
            cells = [
                f"{head}：{cell}" for head, cell in zip(COLUMNS[1:], _cells(one)[1:], strict=True) if cell
            ]
            lines += ["", f"{number}. {one.name}", "　".join(cells), *ground(one)]
        return "\n".join(lines)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text())

    def _print(self) -> None:
        from ui.printing import ask_and_print

        ask_and_print(self, "材料清单", self.text())


def ground(one: Material) -> list[str]:
    """Why a paper is asked for, and who says so."""
    lines = [f"为什么：{one.why}"]
    if one.signed_on:
        lines.append(f"签署日期：{written(one.signed_on)}")
    if cite := one.cite:
        lines.append(
            f"依据：{cite.title} · {cite.issuer}（发布 {cite.published or '未注明'}，查阅 {cite.checked}）"
        )
    return lines


def _cells(one: Material) -> tuple[str, ...]:
    provided = one.need == "平台提供"
    state = "不用备" if provided else "已有" if one.present else "缺" if one.need == "必需" else "没有附"
    ends = written(one.valid_until) if one.valid_until else ""
    return (one.name, one.need, state, one.form, str(one.copies), one.signs, one.stamps, ends)


def _item(one: Material) -> QTreeWidgetItem:
    cells = list(_cells(one))
    severity = "ok" if one.present else "error" if cells[2] == "缺" else ""
    if severity:
        cells[2] = f"{MARKS[severity]} {cells[2]}"
    item = QTreeWidgetItem(cells)
    if severity:
        item.setForeground(2, QBrush(QColor(COLOURS[severity])))
    for number, cell in enumerate(cells):
        item.setToolTip(number, cell)
    item.setData(0, _FIELD, one.field)
    return item
