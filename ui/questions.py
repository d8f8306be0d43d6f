"""What is asked in a dialog: which file to open, where to keep a case, what to do when saving failed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QVBoxLayout,
    QWidget,
)

from ui.store import SUFFIX
from wizard.masking import masked_within

ELSEWHERE, DROP, STAY = "另存为…", "不保存，关闭", "返回"


def which_to_open(parent: QWidget, near: Path) -> Path | None:
    """The draft to open, None where the person thought better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, "打开草稿", str(near), "备案草稿 (*.json);;所有文件 (*)")
    return Path(name) if name else None


def which_year(parent: QWidget) -> Path | None:
    """The file of a year's 放假安排."""
    name, _ = QFileDialog.getOpenFileName(parent, "导入放假安排", "", "放假安排 (*.json);;所有文件 (*)")
    return Path(name) if name else None


def where_to_write_calendar(parent: QWidget, near: Path) -> Path | None:
    """Where a calendar file goes."""
    name, _ = QFileDialog.getSaveFileName(parent, "导出日历文件", str(near), "日历文件 (*.ics)")
    return Path(name if name.endswith(".ics") else name + ".ics") if name else None


def where_to_keep(parent: QWidget, now: Path, plain: bool = True) -> Path | None:
    """Another place for the case; one of the library leaves its protection (`plain` is False)."""
    title = "另存为" if plain else "另存为普通文件（不加密）"
    name, _ = QFileDialog.getSaveFileName(parent, title, str(now), "备案草稿 (*.json)")
    return Path(name if name.endswith(".json") else name + SUFFIX) if name else None


def what_if_unsaved(parent: QWidget, why: str) -> str:
    """What to do with a case that could not be saved: one of `ELSEWHERE`, `DROP`, `STAY`."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("最后的修改没有保存")
    box.setText("最后的修改没有保存，另存到别的位置就不会丢")
    box.setInformativeText(why)
    elsewhere = box.addButton(ELSEWHERE, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(DROP, QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(STAY, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(elsewhere)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton().text()


def which_library(parent: QWidget, near: Path) -> Path | None:
    """The folder of a library to open."""
    name = QFileDialog.getExistingDirectory(parent, "选择客户库所在的文件夹", str(near))
    return Path(name) if name else None


def where_to_go_on(parent: QWidget) -> Path | None:
    """The folder in which a library goes on whose own place is lost."""
    name = QFileDialog.getExistingDirectory(parent, "整个客户库另存到哪个文件夹里")
    return Path(name) if name else None


def whether_to_take_in(parent: QWidget, name: str) -> bool:
    """Whether a plain file that was opened is to come into the library."""
    return chosen(
        parent,
        "收进客户库",
        f"“{masked_within(name)}”是普通文件，没有加密",
        "收进客户库以后，内容和附件都加密保存在库里，按客户、小程序和手机号都能找到。",
        ("收进客户库", "留作普通文件"),
    )


def whether_to_delete(parent: QWidget, files: Sequence[Path]) -> bool:
    """Whether the plain files of a case that has come into the library are to go."""
    listed = "、".join(masked_within(file.name) for file in files[:4])
    more = f" 等 {len(files)} 个文件" if len(files) > 4 else ""
    return chosen(
        parent,
        "原来的普通文件",
        "已收进客户库。原来的普通文件没有加密，删掉吗",
        f"{listed}{more}。客户库里已有完整的一份；留着的话，拿到这台电脑的人都能打开它们。",
        ("删掉", "留着"),
        careful=True,
    )


def chosen(
    parent: QWidget,
    title: str,
    text: str,
    more: str,
    words: tuple[str, str],
    *,
    careful: bool = False,
    icon: QMessageBox.Icon = QMessageBox.Icon.Question,
    role: QMessageBox.ButtonRole = QMessageBox.ButtonRole.AcceptRole,
    mark: str = "",
    check: QCheckBox | None = None,
) -> bool:
    """Whether the first of two ways, called by `words`, was chosen; `careful` lets Enter choose the other.

    `mark` is a property by which the lock knows the box, `check` something to tick beside the question.
    """
    box = QMessageBox(parent)
    if mark:
        box.setProperty(mark, True)  # noqa: FBT003 - Qt takes no names
    box.setIcon(icon)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(more)
    if check is not None:
        box.setCheckBox(check)
    yes = box.addButton(words[0], role)
    no = box.addButton(words[1], QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(no if careful else yes)
    box.setEscapeButton(no)
    box.exec()
    if check is not None:
        check.setParent(None)  # type: ignore[call-overload] - whether it is ticked is asked after the box is gone
    return box.clickedButton() is yes


def which_day(parent: QWidget, title: str, words: str) -> tuple[bool, date | None]:
    """A day, or None for no day; the first value tells whether anything was chosen at all."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    label, edit = QLabel(words), QDateEdit(QDate.currentDate())
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setCalendarPopup(True)
    label.setBuddy(edit)
    edit.setAccessibleName(words)
    column.addWidget(label)
    column.addWidget(edit)
    buttons = QDialogButtonBox()
    buttons.addButton("确定", QDialogButtonBox.ButtonRole.AcceptRole)
    none = buttons.addButton("不设日期", QDialogButtonBox.ButtonRole.DestructiveRole)
    buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    none.clicked.connect(lambda: dialog.done(2))
    column.addWidget(buttons)
    result = dialog.exec()
    chosen = edit.date()
    return result != 0, date(chosen.year(), chosen.month(), chosen.day()) if result == 1 else None
