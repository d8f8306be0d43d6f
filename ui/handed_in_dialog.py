"""What was handed in with one submission, and what of it is different now."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from ui.field_words import label_of, value_of
from ui.hold_button import HoldButton
from ui.jobs import Job
from ui.list_dialog import ListDialog
from wizard.draft import Draft
from wizard.tracking.events import Event
from wizard.tracking.freezing import GONE, OTHER, differences, files_now, lines

HEADS = ("栏目", "当时交的", "现在")


class HandedInDialog(ListDialog):
    """Every field as it was handed in; where it is not so any more, what stands there now."""

    def __init__(self, event: Event, draft: Draft, parent: QWidget) -> None:
        super().__init__("当时交了什么", HEADS, parent, stretched=(1, 2))
        self._event, self._draft = event, draft
        self.names = HoldButton("按住显示姓名和号码")
        self.names.held.connect(lambda shown: self._fill(covered=not shown))
        self._row.insertWidget(0, self.names)
        changed = len({one.field_id for one in differences(event.frozen, draft)})
        since = f"以后改了 {changed} 处，排在前面" if changed else "以后没有改动"
        self._told = f"{event.at:%Y-%m-%d %H:%M} 提交的内容，存下以后不再变。{since}。"
        self.say(f"{self._told}正在核对附件…")
        self._fill(covered=True)
        self.job = Job(lambda _, stop: files_now(event.frozen, draft, stop), self)
        self.job.done.connect(lambda found: self.say(self._told + files_said(found)))
        self.job.failed.connect(lambda _: self.say(self._told))
        self.job.start()

    def done(self, result: int) -> None:
        """The reading is stopped with the dialog."""
        self.job.cancel()
        self.job.wait()
        super().done(result)

    def _fill(self, *, covered: bool) -> None:
        self.fill(rows(self._event, self._draft, covered=covered))


def files_said(found: Mapping[str, str]) -> str:
    """Whether the files that were handed in are still there."""
    if not found:
        return "没有附件。"
    parts = []
    for how, words in ((OTHER, "换过"), (GONE, "找不到了")):
        if names := [name for name, now in found.items() if now == how]:
            parts.append(f"{'、'.join(names)} {words}")
    if parts:
        return f"当时的 {len(found)} 份附件里，{'；'.join(parts)}。"
    return f"当时的 {len(found)} 份附件都还在，与提交时一字不差（SHA-256 相同）。"


def rows(event: Event, draft: Draft, *, covered: bool) -> Sequence[tuple[str, str, str]]:
    """The lines to show: what is different first, then the rest in the order of the form."""
    changed = differences(event.frozen, draft)
    found = [
        (label_of(one.field_id), _as(one.field_id, one.then, covered), _as(one.field_id, one.now, covered))
        for one in changed
    ]
    same = {one.field_id for one in changed}
    found += [
        (label_of(field_id), _as(field_id, text, covered), "同左")
        for field_id, text in lines(event.frozen)
        if field_id not in same
    ]
    return found


def _as(field_id: str, text: str, covered: bool) -> str:
    return value_of(field_id, text, covered=covered)
