"""彻底删除: asked once, done, and a receipt that names nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from ui import clock
from ui.busy import wait_for
from ui.lock import OF_THE_LIBRARY
from ui.questions import chosen
from wizard.picture import weight

if TYPE_CHECKING:
    from wizard.library.library import Library
    from wizard.library.records import Receipt


def purge(parent: QWidget, library: Library, cases: list[int]) -> str:
    """Ask, delete `cases` for good and show the receipt; what to say of it, empty where nothing was done.

    Raises:
        FileProblem: see `Privacy.purge`.
    """
    also = QCheckBox("备份里的也立刻删掉（先做一份新备份，再删掉以前的备份）")
    sure = chosen(
        parent,
        "彻底删除",
        f"彻底删除选中的 {len(cases)} 个案件",
        "内容、附件和修改记录都删掉，不能恢复。以前的备份里还有，到回执上写的日期为止；勾选下面一项就立刻一起删。",
        ("彻底删除", "不删"),
        careful=True,
        icon=QMessageBox.Icon.Warning,
        role=QMessageBox.ButtonRole.DestructiveRole,
        mark=OF_THE_LIBRARY,
        check=also,
    )
    if not sure:
        return ""
    at_once, today = also.isChecked(), clock.today()
    receipt = wait_for(
        parent, "正在彻底删除…", lambda: library.privacy.purge(cases, today, from_backups=at_once)
    )
    show_receipt(parent, receipt)
    return f"已彻底删除 {receipt.cases} 个案件，回执 {receipt.number}"


def words_of(receipt: Receipt) -> str:
    """A receipt as text. It names no case and no person."""
    until = (
        f"以前的备份里还留有副本，到 {receipt.backups_until.isoformat()} 为止，到期自动删除"
        if receipt.backups_until
        else "备份里也没有副本"
    )
    return (
        f"删除回执 {receipt.number}\n"
        f"时间：{receipt.at:%Y-%m-%d %H:%M}\n"
        f"彻底删除案件 {receipt.cases} 个，附件 {receipt.files} 个，共 {weight(receipt.bytes)}\n"
        f"{until}。\n回执不含任何个人信息，可以交给客户。"
    )


def show_receipt(parent: QWidget, receipt: Receipt) -> None:
    """Show a receipt, with the way to print it."""
    from ui.printing import ask_and_print

    box = QMessageBox(parent)
    box.setProperty(OF_THE_LIBRARY, True)  # noqa: FBT003 - Qt takes no names
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle("删除回执")
    box.setText(words_of(receipt))
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    paper = box.addButton("打印…", QMessageBox.ButtonRole.ActionRole)
    done = box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(done)
    box.setEscapeButton(done)
    box.exec()
    if box.clickedButton() is paper:
        ask_and_print(parent, "删除回执", words_of(receipt))
