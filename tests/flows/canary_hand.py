"""A person at the real window, in a process of its own: canaries are typed, a picture dropped, keys pressed.

``python -m tests.flows.canary_hand CONTROL PICTURE plain|library`` says each stage by a file ``STAGE.at`` in
CONTROL and goes on once ``STAGE.go`` lies there; the other side (`test_canaries`) looks, and kills.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.flows.canaries import PASSPHRASE, TYPED
from tests.ui.fake_reader import FakeReader
from ui import app, questions, reading_desk
from ui import demo_hand as hand
from ui.main_window import MainWindow
from ui.store import FileStore

SHIFTED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
PHOTO = "principal.certificate_photo_front"
PAGES = ("subject", "principal", "mini_program")


class Stages:
    """Where the two sides meet."""

    def __init__(self, control: Path) -> None:
        self._control = control

    def reach(self, name: str, **facts: object) -> None:
        """Say that a stage was reached, and wait until the other side has looked."""
        (self._control / f"{name}.part").write_text(json.dumps(facts))
        (self._control / f"{name}.part").rename(self._control / f"{name}.at")
        assert hand.wait((self._control / f"{name}.go").exists, 120), name


def make_library(window: MainWindow) -> None:
    """Make a library by its dialog, with the passphrase typed twice."""
    window.room.making.create()
    dialog = window.room.making.dialog
    assert dialog is not None
    for line in (dialog.first, dialog.second):
        hand.type_text(line, PASSPHRASE)
    hand.click(dialog.create)
    assert hand.wait(dialog.recovery.isVisible, 60)
    hand.click(dialog.recovery.kept)
    hand.click(dialog.recovery.go_on)
    assert hand.wait(lambda: window.room.open and not dialog.isVisible())


def fill_in(window: MainWindow, picture: Path) -> None:
    """Type every canary into its field, and drop the picture."""
    for page in PAGES:
        window.go(page)
        for field, text in TYPED.items():
            if field.startswith(f"{page}."):
                hand.answer(window.page(page).rows[field].editor, text)
    window.go("papers")
    hand.drop(window.page("papers").slots[PHOTO], picture)
    assert hand.wait(lambda: bool(window.case.draft.attachments.get(PHOTO)))
    assert window.case.save()


def main(control: Path, picture: Path, kind: str) -> None:
    """Go through the stages; the process ends as a person ends it, unless it is killed before."""
    stages, application = Stages(control), app.application()
    reading_desk.own_reader = FakeReader  # type: ignore[assignment]
    questions.whether_to_take_in = lambda *_: False  # type: ignore[assignment]
    window = app.window(FileStore())
    window.begun.connect(lambda: window.room.start())  # noqa: PLW0108 - it has no room yet
    window.show()
    assert hand.wait(lambda: window.case.report is not None, 60)
    window.activateWindow()
    if kind == "library":
        make_library(window)
    fill_in(window, picture)
    stages.reach("open", folder=str(window.case.draft.folder))
    if kind == "library":
        window.room.session.library.backups.make()
        window.activateWindow()
        assert hand.wait(window.isActiveWindow)
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_L, SHIFTED)
        assert hand.wait(lambda: window.lock.on)
        stages.reach("locked")
        form = window.lock.curtains[0].form
        hand.type_text(form.secret, PASSPHRASE)
        QTest.keyClick(form.secret, Qt.Key.Key_Return)
        assert hand.wait(lambda: not window.lock.on, 60)
        window.room.show_list()
        assert hand.wait(lambda: window.room.page.model.rowCount() == 1)
        hand.type_text(window.room.page.bar.search, TYPED["principal.certificate_number"])
        stages.reach("again")
    window.close()
    stages.reach("closed")
    application.quit()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
