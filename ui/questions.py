"""What is asked in a dialog: which file to open, where to keep a case, what to do when saving failed."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ui.store import SUFFIX

ELSEWHERE, DROP, STAY = "另存为…", "不保存，关闭", "返回"


def which_to_open(parent: QWidget, near: Path) -> Path | None:
    """The draft to open, None where the person thought better of it."""
    name, _ = QFileDialog.getOpenFileName(parent, "打开草稿", str(near), "备案草稿 (*.json);;所有文件 (*)")
    return Path(name) if name else None


def which_year(parent: QWidget) -> Path | None:
    """The file of a year's 放假安排."""
    name, _ = QFileDialog.getOpenFileName(parent, "导入放假安排", "", "放假安排 (*.json);;所有文件 (*)")
    return Path(name) if name else None


def where_to_keep(parent: QWidget, now: Path) -> Path | None:
    """Another place for the case."""
    name, _ = QFileDialog.getSaveFileName(parent, "另存为", str(now), "备案草稿 (*.json)")
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
