"""From the list to many cases at once, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.library_room import LibraryRoom


def many_at_once(room: LibraryRoom, chosen: list[int], shown: list[int]) -> None:
    """Check or export cases; a packet that was made of the case that is open is told to it."""
    from ui.batch_dialog import BatchDialog

    window, library = room.window, room.session.library
    if library is None:
        return
    window.case.save()
    choices = window.beside.choices
    dialog = BatchDialog(library, (chosen, shown), choices.for_files, choices.words(), window)
    dialog.busy.connect(window.lock.alive)
    wanted: list[int] = []
    dialog.opened.connect(wanted.append)
    dialog.exec()
    dialog.deleteLater()
    room.reload()
    if wanted:
        room.open_case(wanted[0])
    elif room.page is not None:
        room.page.refresh()
