"""A draft that is kept on the disk: saved by itself, beside the window, and never over anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ui import clock
from ui.writer import Told, Writer
from wizard.files import FileProblem
from wizard.history import History

if TYPE_CHECKING:
    from ui.store import Store
    from wizard.draft import Draft

SAVE_AFTER = 500
"""Milliseconds without a key after which the draft is saved."""
NO_ANSWER = "磁盘一直没有回应，最后的修改可能没有保存；检查移动硬盘或网络是否断开，或另存到别的位置"


class Standing:
    """Where a draft is kept, and how that place looked when it was last read or written."""

    def __init__(self, place: Path, store: Store) -> None:
        self.place, self.store = place, store
        self._stamp = store.stamp(place)

    def write(self, draft: Draft, history: History) -> None:
        """Write the draft, but never over what somebody else wrote in its place meanwhile.

        Raises:
            FileProblem: it could not be written, or would be written over.
        """
        now = self.store.stamp(self.place)
        if now is not None and now != self._stamp:
            if self._stamp is not None:
                raise FileProblem(
                    f"“{self.place.name}”被另一个窗口或程序改过，没有覆盖它；用“文件 - 另存为”另存一份"
                )
            self.place = self.store.new_place()
        self.store.save(draft, self.place, history)
        self._stamp = self.store.stamp(self.place)
        self.remember()

    def remember(self) -> None:
        """This is the case to open next time."""
        self.store.remember(self.place)


class SavedDraft(QObject):
    """A draft, what can be taken back in it, and where it is kept.

    What is written is always a state as it was at one moment: what is entered while it is being written stays
    `unsaved` and goes next. `saved` tells that everything is on the disk; `clashed` has what was changed
    elsewhere; `slow` that the window has to wait for the disk. `trouble` is why the last save failed.
    """

    saved = Signal(str)
    save_failed = Signal(str)
    clashed = Signal(object)
    slow = Signal(bool)

    def __init__(self, draft: Draft, place: Path, store: Store) -> None:
        super().__init__()
        self.draft, self.history = draft, History()
        self.stands_in = False
        self.trouble: FileProblem | None = None
        self._standing = Standing(place, store)
        self._changes = self._handed = self._saved = self._turn = 0
        self._writer = self._new_writer()
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER)
        self._timer.timeout.connect(self.begin_saving)

    def _new_writer(self) -> Writer:
        writer = Writer()
        writer.slow.connect(self.slow)
        writer.unanswered.connect(self._unanswered)
        return writer

    @property
    def place(self) -> Path:
        """Where it is kept."""
        return self._standing.place

    @property
    def store(self) -> Store:
        """What it is kept in."""
        return self._standing.store

    @property
    def unsaved(self) -> bool:
        """Whether something is not on the disk yet."""
        return self._saved != self._changes

    @property
    def waited_for(self) -> bool:
        """Whether the window waits for the disk just now: no moment to close or to lock it."""
        return self._writer.waited_for

    def changed(self) -> None:
        """There is something to save, in a moment."""
        self._changes += 1
        self._timer.start()

    def _nothing_yet(self) -> bool:
        return self.stands_in and not self.draft.answers and not self.draft.attachments

    def begin_saving(self) -> None:
        """Have what is unsaved written, without waiting for it; `saved` or `save_failed` tells."""
        self._timer.stop()
        if self._handed == self._changes or self._nothing_yet():
            return
        self._handed = self._changes
        history = History(self.history.past, self.history.future)  # of its own: the person goes on
        work = partial(self._standing.write, self.draft, history)
        self._writer.put(self._standing, work, partial(self._written, self._turn, self._changes))

    def _written(self, turn: int, number: int, error: Exception | None) -> None:
        """What came of writing the state of that number; nothing is said of a case that was left since."""
        if turn != self._turn:
            return
        if error is None:
            self._saved = number
            if not self.unsaved:
                self.trouble = None
                self.saved.emit(f"已保存 {clock.now():%H:%M}")
            return
        self._handed = self._saved
        if not isinstance(error, FileProblem):
            raise error
        if hasattr(error, "theirs") and number != self._changes:
            self.begin_saving()  # asked is about what is there now
            return
        self._fail(error)
        if hasattr(error, "theirs"):
            self.clashed.emit(error)

    def _unanswered(self) -> None:
        if self._writer.busy and self.unsaved:
            self._fail(FileProblem(NO_ANSWER))

    def _fail(self, problem: FileProblem) -> None:
        self.trouble = problem
        self.save_failed.emit(str(problem))

    def save(self) -> bool:
        """Save now if anything is unsaved, and wait for it; whether everything is on the disk."""
        while True:
            number = self._changes
            self.begin_saving()
            if not self._writer.settle():
                self._fail(FileProblem(NO_ANSWER))
                return False
            if not self.unsaved or self._nothing_yet():
                return True
            if number == self._changes:
                return False

    def save_now(self, seconds: float) -> bool:
        """As `save`, letting nothing else happen meanwhile: where the program may not go on after it."""
        self.begin_saving()
        self._writer.wait(seconds)
        try:
            self._writer.tell()
        except Exception:  # noqa: BLE001 - this is asked because something failed already
            return False
        return not self.unsaved or self._nothing_yet()

    def give_up(self) -> None:
        """What is unsaved is not to be written any more."""
        self._leave()
        self._handed = self._saved = self._changes

    def remember(self) -> None:
        """Keep this as the case to open next time."""
        self._writer.put("remember", self._standing.remember, lambda _: None)

    def write_too(self, work: Callable[[], object], told: Told) -> None:
        """Write something else that belongs to the case, after what is there; `told` is as for `Writer`."""
        self._writer.put(object(), work, told)

    def _leave(self) -> None:
        """Write nothing more at this place; what is being written comes to its end."""
        self._timer.stop()
        self._turn += 1
        self._writer.forget(self._standing)
        self._handed = self._saved
        if not self._writer.settle():
            self._writer = self._new_writer()

    def _go_on_with(self, draft: Draft, place: Path, store: Store) -> None:
        """Go on with another draft, as it lies at its place."""
        self.give_up()
        self.draft, self._standing = draft, Standing(place, store)
        self.history = store.history(place)

    def save_as(self, place: Path, store: Store | None = None) -> bool:
        """Keep the draft at another place (of `store`) from now on, its attachments beside it."""
        store, old = store or self.store, (self.draft, self._standing)
        elsewhere = place != self.place
        self._leave()
        try:
            if elsewhere:
                self._carry_over(place, store)
        except (FileProblem, TimeoutError) as problem:
            self.save_failed.emit(str(problem) or NO_ANSWER)
            return False
        self._standing = Standing(place, store)
        self.changed()
        kept = self.save()
        if elsewhere and kept:
            self.history.forget_files()
        elif elsewhere:
            self._leave()
            self.draft, self._standing = old
        return kept

    def _carry_over(self, place: Path, store: Store) -> None:
        from ui.attachments import carry_over

        while True:
            before = self._changes
            draft = self._writer.do(partial(carry_over, self.draft, place, store.write))
            if before == self._changes:  # else something came in meanwhile, and is to come along
                self.draft = draft
                return
