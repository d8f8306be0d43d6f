"""The five stages of a filing side by side: sign, word and dates of each."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.style import COLOURS, GREY, INK
from wizard.tracking.following import Following
from wizard.tracking.stages import stages
from wizard.tracking.timeline import StageDates, words

DONE, NOW, LATER, BACK = "✓ 已完成", "▶ 现在", "○ 还没到", "× 被退回"
_TONES = {DONE: COLOURS["ok"], NOW: INK, LATER: GREY, BACK: COLOURS["error"]}


class Shown(NamedTuple):
    """One stage as it is shown."""

    title: str
    how: str
    dates: str


def shown(now: Following, line: Sequence[StageDates], today: date) -> tuple[Shown, ...]:
    """The stages of a filing; `line` has their dates, empty where it was not handed in."""
    order = [stage.id for stage in stages()]
    at = order.index(now.state) if now.state in order else _rejected_at(now, order)
    dated = {dates.stage_id: words(dates, today) for dates in line}
    found = []
    for number, stage in enumerate(stages()):
        how = DONE if number < at else LATER
        if number == at:
            how = BACK if now.state == "rejected" else DONE if now.state in ("filed", "stopped") else NOW
        known = "" if how == BACK or (now.state == "rejected" and number > at) else dated.get(stage.id, "")
        found.append(Shown(stage.title, how, known if number or how == DONE else ""))
    return tuple(found)


def _rejected_at(now: Following, order: list[str]) -> int:
    """The stage in which it was sent back, or all of them for one that is over."""
    if now.state != "rejected" or not now.events:
        return len(order) if now.matter == "注销" else -1
    return order.index(now.events[-1].kind.after[0]) if now.events[-1].kind.after else 1


class StageStrip(QWidget):
    """Shows the stages; nothing in it takes the focus, a screen reader reads the whole as one."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._labels: list[tuple[QFrame, QLabel, QLabel, QLabel]] = []
        for _ in stages():
            card = QFrame()
            card.setObjectName("card")
            column = QVBoxLayout(card)
            column.setContentsMargins(12, 8, 12, 8)
            column.setSpacing(2)
            title, how, dates = QLabel(), QLabel(), QLabel()
            title.setObjectName("strong")
            dates.setObjectName("quiet")
            dates.setWordWrap(True)
            for label in (title, how, dates):
                column.addWidget(label)
            column.addStretch(1)
            row.addWidget(card, 1)
            self._labels.append((card, title, how, dates))

    def fill(self, found: Sequence[Shown]) -> None:
        """Show them."""
        for (card, title, how, dates), one in zip(self._labels, found, strict=True):
            title.setText(one.title)
            how.setText(one.how)
            how.setStyleSheet(f"color: {_TONES[one.how]}; font-size: 13px;")
            dates.setText(one.dates)
            card.setAccessibleName("，".join(filter(None, (one.title, one.how[2:], one.dates))))
        self.setAccessibleName("；".join(f"{one.title}{one.how[2:]}" for one in found))
