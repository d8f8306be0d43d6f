"""Fills a whole filing into the window by real events, waits until it is saved, and is then killed.

Run as a program of its own: `python -m tests.flows.filler PLACE`. It prints the page and field it was at.
"""

import os
import signal
import sys
from datetime import date
from pathlib import Path

from tests.flows.filing import ANSWERS, PICTURES


def main(place: Path) -> None:
    from ui import demo_hand as hand
    from ui.app import application
    from ui.case import Case
    from ui.main_window import MainWindow
    from ui.pages import FORM_PAGES
    from ui.store import FileStore
    from wizard.draft import Draft

    application()
    store = FileStore(place.parent)
    window = MainWindow(Case(Draft(folder=place.parent), place, store, date(2026, 11, 23)), store)
    window.show()
    hand.wait(lambda: window.case.report is not None)
    for page_id in FORM_PAGES:
        window.go(page_id)
        page = window.page(page_id)
        for field_id, row in page.rows.items():
            if field_id in ANSWERS and not row.isHidden():
                hand.answer(row.editor, ANSWERS[field_id])
    window.go("papers")
    for field_id, file in PICTURES.items():
        hand.drop(window.page("papers").slots[field_id], file)
    window.go_to_field("contact.email")
    target = window.page("contact").rows["contact.email"].editor.target
    hand.clear(target)
    hand.type_text(target, ANSWERS["contact.email"])
    hand.wait(lambda: not window.case.unsaved)
    print("saved", flush=True)
    os.kill(os.getpid(), signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
