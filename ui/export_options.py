"""The choices of an export on the page: a line that says what holds, and below it, on demand, the boxes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui.export_choices import ExportChoices
from ui.style import MARKS

BOXES = (
    ("purpose", "证件影像加用途水印", "写明只用于本次备案，印在空白处，不盖住字、头像和公章"),
    (
        "mark_uploads",
        "上传图片里的证件照片也加",
        "平台多半要没有水印的：确知可以才选。只管这一个案件，换案件就取消",
    ),
    ("with_report", "自检报告也放进材料包", "排在最后，只供内部核对；交给客户或平台的不要放"),
    ("archival", "存成长期存档格式（PDF/A-1b）", "多年以后照样打得开；不能加密码，不能带附件"),
    ("with_case", "材料包里附上案件文件和图片", "收到的人用备案助手打开，就是同一个案件"),
)
LOCKED = "只有 PDF 加了密码：上传图片、填报文本和案件文件没有加，交给别人以前另行收好"


class ExportOptions(QWidget):
    """Shows `choices` and changes them; what contradicts itself is said at once."""

    opened = Signal(bool)

    def __init__(self, choices: ExportChoices) -> None:
        super().__init__()
        self.choices = choices
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._line())
        self.panel = self._panel()
        self.panel.hide()
        column.addWidget(self.panel)
        self.problem = QLabel()
        self.problem.setObjectName("problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        column.addWidget(self.problem)
        choices.changed.connect(self.refresh)
        self.refresh()

    def _line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        lead = QLabel("选项")
        lead.setObjectName("lead")
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.change = QPushButton("更改选项")
        self.change.setAutoDefault(True)
        self.change.clicked.connect(lambda: self.open(self.panel.isHidden()))
        row.addWidget(lead)
        row.addWidget(self.told, 1)
        row.addWidget(self.change)
        return row

    def _panel(self) -> QWidget:
        panel = QWidget()
        grid = QGridLayout(panel)
        grid.setContentsMargins(0, 0, 0, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        self.boxes: dict[str, QCheckBox] = {}
        for name, words, hint in BOXES:
            box = self.boxes[name] = QCheckBox(words)
            box.clicked.connect(lambda checked, name=name: self.choices.choose(name, checked))
            self._row(grid, box, hint)
            if name == "mark_uploads":
                self._receiver(grid)
        self.lock = QCheckBox("给 PDF 加密码")
        self.lock.clicked.connect(self._lock)
        self._row(grid, self.lock, "AES-256；密码只在这次用，不会保存，忘了就打不开")
        self._password(grid)
        grid.setColumnStretch(1, 1)
        return panel

    def _row(self, grid: QGridLayout, box: QCheckBox, hint: str) -> None:
        told = QLabel(hint)
        told.setObjectName("help")
        told.setWordWrap(True)
        box.setAccessibleDescription(hint)
        number = grid.rowCount()
        grid.addWidget(box, number, 0)
        grid.addWidget(told, number, 1)

    def _receiver(self, grid: QGridLayout) -> None:
        self.receiver = QLineEdit()
        self.receiver.setMaxLength(40)
        self.receiver.setAccessibleName("交给谁（选填），印在用途水印里")
        self.receiver.setPlaceholderText("例如 某某代办公司")
        self.receiver.textEdited.connect(self.choices.name_receiver)
        self.receiver_label = QLabel("交给谁（选填）")
        self.receiver_label.setBuddy(self.receiver)
        self.receiver_label.setContentsMargins(26, 0, 0, 0)
        number = grid.rowCount()
        grid.addWidget(self.receiver_label, number, 0)
        grid.addWidget(self.receiver, number, 1)

    def _password(self, grid: QGridLayout) -> None:
        self.secret = QWidget()
        row = QHBoxLayout(self.secret)
        row.setContentsMargins(22, 0, 0, 0)
        row.setSpacing(8)
        self.password, self.again = QLineEdit(), QLineEdit()
        for words, name, field in (
            ("密码", "给 PDF 设的密码", self.password),
            ("再输一遍", "再输一遍密码", self.again),
        ):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setAccessibleName(name)
            field.setMinimumWidth(150)
            field.textEdited.connect(self._typed)
            field.editingFinished.connect(self._tell)
            label = QLabel(words)
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field, 1)
        self.show_password = QCheckBox("显示密码")
        self.show_password.clicked.connect(self._echo)
        row.addWidget(self.show_password)
        number = grid.rowCount()
        grid.addWidget(self.secret, number, 0, 1, 2)
        self.bare = QLabel(LOCKED)
        self.bare.setObjectName("help")
        self.bare.setWordWrap(True)
        self.bare.setContentsMargins(26, 0, 0, 0)
        grid.addWidget(self.bare, number + 1, 0, 1, 2)

    def open(self, wanted: bool) -> None:
        """Show the boxes, or only the line."""
        self.panel.setVisible(wanted)
        self.change.setText("收起选项" if wanted else "更改选项")
        self.opened.emit(wanted)

    def refresh(self) -> None:
        """Show what holds."""
        choices = self.choices
        for name, box in self.boxes.items():
            box.setChecked(choices.kept[name])
        self.lock.setChecked(choices.locked)
        for field, text in (
            (self.receiver, choices.receiver),
            (self.password, choices.password),
            (self.again, choices.again),
        ):
            if not field.hasFocus() and field.text() != text:
                field.setText(text)
        for widget in (self.receiver, self.receiver_label):
            widget.setVisible(choices.kept["purpose"] or choices.kept["mark_uploads"])
        for part in (self.secret, self.bare):
            part.setVisible(choices.locked)
        self._tell()

    def _tell(self) -> None:
        self.told.setText(self.choices.words())
        self.say(self.choices.conflict())

    def say(self, text: str) -> None:
        """Say what cannot be, below the choices."""
        self.problem.setText(f"{MARKS['error']} {text}" if text else "")
        self.problem.setVisible(bool(text))

    def _lock(self, wanted: bool) -> None:
        self.choices.locked = wanted
        self.refresh()
        if wanted:
            self.password.setFocus()

    def _typed(self) -> None:
        self.choices.password, self.choices.again = self.password.text(), self.again.text()
        if not self.problem.isHidden():
            self._tell()

    def _echo(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.password.setEchoMode(mode)
        self.again.setEchoMode(mode)

    def complain(self, text: str) -> None:
        """Open the boxes, say what is wrong, and go to where it is mended."""
        self.open(wanted=True)
        self.say(text)
        if not self.choices.locked:
            self.boxes["archival"].setFocus()
        elif self.choices.kept["archival"]:
            self.lock.setFocus()
        else:
            (self.again if self.choices.password else self.password).setFocus()
