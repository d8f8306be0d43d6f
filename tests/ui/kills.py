"""Killed while it saves beside the window: what was said to be saved is in the file, or the library.

``python -m tests.ui.kills 200`` kills 200 times in each way; `tests.library.kills` does the like to the
library itself.
"""

import json
import random
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.library import kills
from tests.library.kills import OLD, Say, Way, draft, opened, template, whole
from wizard.draft import load
from wizard.library import place
from wizard.library.desk import Desk

FILE = "案件.beian.json"


def typing(folder: Path, say: Say, in_library: bool) -> None:
    """Every few milliseconds every field is another, and it is saved as by a pause, a page, a lock."""
    from PySide6.QtCore import QCoreApplication, QTimer

    from ui.case import Case
    from ui.library_store import LibraryStore
    from ui.store import FileStore

    application = QCoreApplication([])
    files = FileStore(folder)
    case = Case(load(folder / FILE), folder / FILE, files)
    if in_library:
        library = place.unlock(folder, passphrase=OLD)
        store = LibraryStore(library, Desk())
        case.open(store.load(store.place_of(1)), store.place_of(1), store)
    chance, steps = random.Random(time.monotonic()), iter(range(2, 100_000))

    def is_saved() -> None:
        say(int(case.draft.text("mini_program.name").split()[1]))

    def type_() -> None:
        case.fill(draft(next(steps)), "mini_program.name", "")
        way = chance.random()
        if way < 0.4:
            case.begin_saving()
        elif way < 0.5 and case.save():
            is_saved()
        timer.start(chance.randrange(8))

    case.saved.connect(lambda _: is_saved())
    case.save_failed.connect(lambda why: say({"failed": why}))
    timer = QTimer(singleShot=True)
    timer.timeout.connect(type_)
    say("ready")
    timer.start(0)
    application.exec()


def in_file(folder: Path, said: list[Any]) -> None:
    kept = load(folder / FILE)
    step = int(kept.text("mini_program.name").split()[1])
    assert kept.answers == draft(step).answers, "torn"
    assert step >= max(said, default=1), (step, said[-1:])


def in_library(folder: Path, said: list[Any]) -> None:
    with opened(folder) as library:
        step = whole(library, 1)
        assert step >= max(said, default=1), (step, said[-1:])


WAYS = {
    "file": Way(lambda folder, say: typing(folder, say, in_library=False), in_file, 0.3),
    "library": Way(lambda folder, say: typing(folder, say, in_library=True), in_library, 0.3),
}


def rounds(name: str, times: int) -> dict[str, Any]:
    """Kill so many times in one way; how often it was at work, what had been said to be saved."""
    from wizard.draft import save

    chosen, killed, acknowledged = random.Random(name), 0, 0
    with tempfile.TemporaryDirectory(prefix="beian-kills-") as made:
        template(Path(made) / "template")
        save(draft(1), Path(made) / "template" / FILE)
        for _ in range(times):
            folder = Path(made) / "round" / "库"
            shutil.copytree(Path(made) / "template", folder)
            said, at_work = kills.kill_once(WAYS[name], folder, chosen.random() * WAYS[name].span)
            killed += at_work
            acknowledged += len(said)
            WAYS[name].check(folder, said)
            shutil.rmtree(folder.parent)
    return {"way": name, "times": times, "killed at work": killed, "acknowledged": acknowledged}


if __name__ == "__main__":
    for one in sys.argv[2:] or list(WAYS):
        print(json.dumps(rounds(one, int(sys.argv[1]))), flush=True)
