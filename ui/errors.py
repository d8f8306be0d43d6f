"""When the program itself fails: the draft is saved, one sentence is said, no personal data is logged."""

import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths

PATIENCE = 5.0
"""Seconds a program that failed, or has to end, waits for what was entered to be saved."""
_ROOT = Path(__file__).resolve().parent.parent


def log_file() -> Path:
    """Where failures of the program are noted."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericStateLocation)
    folder = folder or QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder) / "beian-assistant" / "failures.log"


def log(error: BaseException) -> None:
    """Note a failure: its type and the places in our code, never a message or a value."""
    from ui import clock
    from wizard.process.errand import WorkFailed

    places = [
        f"{Path(frame.filename).resolve().relative_to(_ROOT)}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename).resolve().is_relative_to(_ROOT)
    ]
    places.reverse()
    name = type(error).__name__
    if isinstance(error, WorkFailed):  # it came up in another process
        name, places = error.error, [*error.places, *places]
    line = f"{clock.now():%Y-%m-%d %H:%M:%S} {name} {' < '.join(places)}\n"
    try:
        file = log_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as out:
            out.write(line)
    except OSError:
        sys.stderr.write(line)


def leave_no_dump() -> None:
    """Let the system write no memory of this program to the disk if it crashes: what was typed is in it."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def install(save: Callable[[], bool], say: Callable[[str], None]) -> None:
    """From now on an exception nobody caught saves the draft and says one sentence."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log(error)
        kept = save()
        say(
            "程序出了问题，"
            + ("填写的内容已保存，可以继续。" if kept else "填写的内容还没能保存，换个位置另存一份。")
        )

    sys.excepthook = hook
