"""Work that takes a moment, beside the window, while the person waits for it and sees that it goes on."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget
from shiboken6 import isValid

from ui.jobs import Job

SHOWN_AFTER = 300
"""Milliseconds after which the sign appears: what is done sooner needs none."""
Result = TypeVar("Result")


def wait_for(parent: QWidget, words: str, work: Callable[[], Result]) -> Result:
    """Do `work` in another thread and give back what it gave; the window waits meanwhile.

    Raises:
        Exception: whatever `work` raised.
    """
    loop, ended = QEventLoop(), dict[str, Any]()
    sign = QProgressDialog(words, "", 0, 0, parent)
    sign.setCancelButton(None)  # type: ignore[arg-type]
    sign.setWindowTitle("请稍等")
    sign.setWindowModality(Qt.WindowModality.WindowModal)
    sign.setMinimumDuration(0)
    sign.reset()
    timer = QTimer(sign, singleShot=True, interval=SHOWN_AFTER)
    timer.timeout.connect(sign.show)
    job = Job(lambda _progress, _cancelled: work(), sign)

    def end(name: str, value: object) -> None:
        ended[name] = value
        loop.quit()

    job.done.connect(lambda value: end("done", value))
    job.failed.connect(lambda error: end("failed", error))
    job.start()
    timer.start()
    focus = parent.focusWidget()
    parent.setEnabled(False)
    loop.exec()
    parent.setEnabled(True)
    if focus is not None and isValid(focus):
        focus.setFocus()
    timer.stop()
    sign.close()
    sign.deleteLater()
    if "failed" in ended:
        raise ended["failed"]
    return ended["done"]  # type: ignore[no-any-return]
