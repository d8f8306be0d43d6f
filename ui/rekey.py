"""更换数据密钥: asked once, done beside the window, and the new recovery key that goes into a drawer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox, QWidget

from ui.busy import follow
from ui.lock import OF_THE_LIBRARY
from ui.passphrase_dialog import PassphraseDialog
from ui.questions import chosen
from ui.recovery_key_page import RecoveryKeyDialog
from wizard.process.work import Cancelled

if TYPE_CHECKING:
    from wizard.library.library import Library

_WHEN = (
    "知道口令或恢复密钥的人离开、或者它们可能被别人看到时用。全部内容用新的密钥重新加密，以前的口令和恢复密钥"
    "再也打不开这个客户库；以前的备份仍用当时的口令。先自动做一份备份，中途可以停下，停下就和原来一样。"
)


def rekey(parent: QWidget, library: Library) -> str:
    """Ask, encrypt everything anew and show the new recovery key; what to say of it.

    Raises:
        FileProblem: see `Keys.rekey`.
    """
    if not _sure(parent):
        return ""
    keys, taken = library.keys, list[str]()
    if "passphrase" in keys.ways():
        dialog = PassphraseDialog(keys.fits, taken.append, parent)
        dialog.setWindowTitle("更换数据密钥：设新口令")
        if not dialog.exec():
            return ""
    passphrase = taken[0] if taken else None
    try:
        made = follow(
            parent,
            "正在更换数据密钥…",
            lambda progress, cancelled: keys.rekey(passphrase, progress, cancelled),
        )
    except Cancelled:
        return "没有更换，客户库和原来一样，仍用原来的口令"
    RecoveryKeyDialog(made, parent).exec()
    return "数据密钥换好了，以前的口令和恢复密钥都打不开了，旧的那张纸可以撕掉"


def _sure(parent: QWidget) -> bool:
    return chosen(
        parent,
        "更换数据密钥",
        "把整个客户库用新的密钥重新加密",
        _WHEN,
        ("更换", "不换"),
        careful=True,
        icon=QMessageBox.Icon.Question,
        mark=OF_THE_LIBRARY,
    )
