"""Starting the window."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from ui import style
from ui.case import Case
from ui.main_window import MainWindow
from ui.preferences import last_case
from ui.store import FileStore, Store, last_place
from wizard.draft import Draft
from wizard.files import FileProblem

_NO_SCREEN = "没有显示器，打不开窗口。不用窗口的命令见 python main.py --help，演示用 python main.py demo\n"


def input_method(environment: Mapping[str, str]) -> dict[str, str]:
    """What to set so that Chinese can be typed: Qt's packages know ibus alone, which fcitx 5 speaks too."""
    asked = environment.get("QT_IM_MODULE", "") + environment.get("XMODIFIERS", "")
    if not environment.get("QT_IM_MODULES") and "fcitx" in asked:
        return {"QT_IM_MODULE": "ibus"}
    return {}


def application() -> QApplication:
    """The application with its fonts and colours."""
    if sys.platform.startswith("linux"):
        os.environ.update(input_method(os.environ))
    # Fusion by argument: setStyle() hands its style to Python, which loads all that can be said of styles.
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "Fusion"])
    assert isinstance(app, QApplication)
    app.setApplicationName("beian-assistant")
    app.setApplicationDisplayName("备案助手")
    style.apply(app)
    return app


def window(store: Store, place: Path | None = None) -> MainWindow:
    """The window with the case at `place`, the one last open, or a new one."""
    said = ""
    if place is None and not last_case():
        place = last_place()
    draft = Draft()
    if place is not None:
        try:
            draft = store.load(place)
        except FileProblem as problem:
            said, place = f"{problem}。先打开一份新的草稿。", None
    if place is None:
        place = store.new_place()
        draft = Draft(folder=place.parent)
    made = MainWindow(Case(draft, place, store), store)
    if said:
        made.complain(said)
    return made


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether there is something to open a window on: without it Qt ends the process with a dump."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not sys.platform.startswith("linux") or any(environment.get(name) for name in named)


def run() -> int:
    """Open the window and stay until it is closed; 2 where there is no screen."""
    if not has_screen(os.environ):
        sys.stderr.write(_NO_SCREEN)
        return 2
    app = application()
    shown = window(FileStore())
    shown.begun.connect(lambda: _enter(shown))
    shown.show()
    QTimer.singleShot(0, shown, lambda: _guard(shown))
    return app.exec()


def _enter(shown: MainWindow) -> None:
    """The window has its menus: now the library may be opened."""
    shown.room.start()


def _guard(shown: MainWindow) -> None:
    from ui import errors
    from ui.ending import Ending

    Ending(shown)
    errors.leave_no_dump()
    errors.install(lambda: shown.case.save_now(errors.PATIENCE), shown.complain)
