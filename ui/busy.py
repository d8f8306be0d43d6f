"""Work that takes a moment, beside the window, while the person waits for it and sees that it goes on."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QPushButton, QWidget
from shiboken6 import isValid

from ui.jobs import Job
from wizard.process.work import Progress

SHOWN_AFTER = 300
"""Milliseconds after which the sign appears: what is done sooner needs none."""
Result = TypeVar("Result")


def wait_for(parent: QWidget, words: str, work: Callable[[], Result]) -> Result:
    """Do `work` in another thread and give back what it gave; the window waits meanwhile.

    Raises:
        Exception: whatever `work` raised.
    """
    sign = sign_of(parent, words)
    sign.setCancelButton(None)  # type: ignore[arg-type]
    return _followed(sign, Job(lambda _progress, _cancelled: work(), sign))  # type: ignore[no-any-return]


def follow(
    parent: QWidget,
    words: str,
    work: Callable[[Progress, Callable[[], bool]], Result],
    stop: str = "停下",
) -> Result:
    """As `wait_for`, for work that says how far it is and can be called off with a button, named by `stop`.

    Raises:
        Exception: whatever `work` raised; what it raises where it was called off is its own affair.
    """
    sign = sign_of(parent, words)
    button, bar = QPushButton(stop), QProgressBar(sign)
    sign.setCancelButton(button)
    sign.setBar(bar)
    job = Job(work, sign)

    def tell(done: int, total: int, what: str) -> None:
        bar.setRange(0, total)  # by the bar itself: the sign would let every event in, the next of these too
        bar.setValue(done)
        if not job.cancelled:
            sign.setLabelText(f"{what}…")

    def call_off() -> None:
        """The sign has gone with the button: it comes back until the work has ended."""
        job.cancel()
        button.setEnabled(False)
        sign.setLabelText("正在停下…")
        sign.show()

    job.progress.connect(tell)
    sign.canceled.connect(call_off)
    return _followed(sign, job)  # type: ignore[no-any-return]


def sign_of(parent: QWidget, words: str) -> QProgressDialog:
    """The sign that something goes on, not shown yet."""
    sign = QProgressDialog(words, "", 0, 0, parent)
    sign.setWindowTitle("请稍等")
    sign.setWindowModality(Qt.WindowModality.WindowModal)
    sign.setMinimumDuration(0)
    sign.setAutoClose(False)
    sign.setAutoReset(False)
    sign.reset()
    return sign


def _followed(sign: QProgressDialog, job: Job) -> Any:
    """What came of the job; the sign is shown once it takes longer."""
    parent = sign.parentWidget()
    loop, ended = QEventLoop(), dict[str, Any]()
    timer = QTimer(sign, singleShot=True, interval=SHOWN_AFTER)
    timer.timeout.connect(sign.show)

    def end(name: str, value: object) -> None:
        ended[name] = value
        loop.quit()

    job.done.connect(lambda value: end("done", value))
    job.failed.connect(lambda error: end("failed", error))
    job.start()
    timer.start()
    focus = parent.focusWidget()
    parent.setEnabled(False)
    sign.setEnabled(True)  # it is disabled with its parent
    loop.exec()
    parent.setEnabled(True)
    if focus is not None and isValid(focus):
        focus.setFocus()
    timer.stop()
    sign.close()
    sign.deleteLater()
    if "failed" in ended:
        raise ended["failed"]
    return ended["done"]
