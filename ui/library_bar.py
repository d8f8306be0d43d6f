"""Above the list: the search, where to look, and the filters, which can be kept under a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from wizard.library.records import STATES, Query

if TYPE_CHECKING:
    from wizard.library.settings import Settings

WHERE = (("open", "在办"), ("archived", "已归档"), ("templates", "模板"), ("bin", "回收站"))
_DUE = (("不限截止日期", None), ("已过截止日期", -1), ("7 天内截止", 7), ("30 天内截止", 30))
_SORTS = (
    ("最近修改在前", "updated", True),
    ("最近新建在前", "created", True),
    ("截止日期近的在前", "deadline", False),
    ("按状态", "state", False),
    ("按主体", "subject", False),
    ("按小程序", "program", False),
    ("按省份", "province", False),
)
_DAYS = "filter_days"
TYPING = 0
"""Milliseconds without a key after which is searched: none, a newer question takes an older one's place."""


class Search(QLineEdit):
    """The line to type in. The arrows go on into the list, Enter opens, Escape clears and then goes back."""

    down = Signal()
    entered = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the class."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            self.down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self.textEdited.emit("")
            else:
                self.given_up.emit()
        else:
            super().keyPressEvent(event)


class LibraryBar(QWidget):
    """Tells by `changed` that another query is wanted, by `kept_changed` that one was kept or dropped."""

    changed = Signal()
    kept_changed = Signal()

    def __init__(self, settings: Callable[[], Settings], today: date) -> None:
        super().__init__()
        self._settings, self.today = settings, today
        self._timer = QTimer(self, singleShot=True, interval=TYPING)
        self._timer.timeout.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self.search = Search()
        self.search.setPlaceholderText("主体、小程序、AppID、代码；完整的身份证号或手机号也能找到")
        self.search.setAccessibleName("查找案件")
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(lambda _: self._timer.start())
        column.addLayout(self._first())
        column.addLayout(self._second())
        self.refill((), (), ())

    def _first(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.search, 1)
        self._where = QButtonGroup(self)
        for number, (_, word) in enumerate(WHERE):
            button = QPushButton(word)
            button.setObjectName("filter")
            button.setCheckable(True)
            button.setChecked(number == 0)
            self._where.addButton(button, number)
            row.addWidget(button)
        self._where.idClicked.connect(lambda _: self.changed.emit())
        return row

    def _second(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.state, self.province, self.tag = (_combo(name) for name in ("状态", "省份", "标签"))
        self.due, self.order, self.kept = (_combo(name) for name in ("截止日期", "排序", "存好的筛选"))
        for key, word in STATES.items():
            self.state.addItem(word, key)
        self.state.insertItem(0, "全部状态", "")
        self.state.setCurrentIndex(0)
        for word, days in _DUE:
            self.due.addItem(word, days)
        for word, sort, down in _SORTS:
            self.order.addItem(word, (sort, down))
        for box in (self.state, self.province, self.tag, self.due, self.order):
            box.activated.connect(lambda _: self.changed.emit())
            row.addWidget(box)
        row.addStretch(1)
        self.kept.activated.connect(self._take_kept)
        row.addWidget(self.kept)
        return row

    def settle(self) -> bool:
        """Ask at once what the last key would have asked in a moment; whether there was such a one."""
        waits = self._timer.isActive()
        if waits:
            self._timer.stop()
            self.changed.emit()
        return waits

    def refill(self, provinces: Iterable[str], tags: Iterable[str], filters: Iterable[str]) -> None:
        """Offer the provinces and tags that occur, and the filters that are kept; what is chosen stays."""
        names = list(filters)
        for box, first, entries in ((self.province, "全部省份", provinces), (self.tag, "全部标签", tags)):
            chosen = box.currentData() or ""
            box.clear()
            box.addItem(first, "")
            for entry in entries:
                box.addItem(entry, entry)
            box.setCurrentIndex(max(0, box.findData(chosen)))
        self.kept.clear()
        self.kept.addItem("存好的筛选", "")
        for name in names:
            self.kept.addItem(name, name)
        self.kept.addItem("把现在的筛选存下来…", "+")
        if names:
            self.kept.addItem("删掉一个…", "-")
        self.kept.setCurrentIndex(0)

    @property
    def where(self) -> str:
        """Which list is looked at: open, archived, templates, bin."""
        return WHERE[self._where.checkedId()][0]

    def query(self) -> Query:
        """What is asked for."""
        days = self.due.currentData()
        sort, down = self.order.currentData()
        return Query(
            text=self.search.text(),
            where=self.where,  # type: ignore[arg-type]
            states=_one(self.state),
            provinces=_one(self.province),
            tags=_one(self.tag),
            due_by=None if days is None else self.today + timedelta(days=days),
            sort=sort,
            descending=down,
        )

    def show_query(self, query: Query) -> None:
        """Show a query in the bar."""
        self.search.setText(query.text)
        keys = [key for key, _ in WHERE]
        self._where.button(keys.index(query.where or "open")).setChecked(True)
        for box, chosen in (
            (self.state, query.states),
            (self.province, query.provinces),
            (self.tag, query.tags),
        ):
            box.setCurrentIndex(max(0, box.findData(chosen[0] if chosen else "")))
        days = (query.due_by - self.today).days if query.due_by else None
        self.due.setCurrentIndex(max(0, self.due.findData(days)))
        self.show_order(query)
        self.changed.emit()

    def show_order(self, query: Query) -> None:
        """Show by what is sorted, where that is one of the entries."""
        found = [n for n, (_, sort, _d) in enumerate(_SORTS) if sort == query.sort]
        if found:
            self.order.setItemData(found[0], (query.sort, query.descending))
            self.order.setCurrentIndex(found[0])

    def _take_kept(self) -> None:
        name = self.kept.currentData()
        self.kept.setCurrentIndex(0)
        if name == "+":
            self._keep()
        elif name == "-":
            self._drop()
        elif name:
            days = (self._settings().get(_DAYS) or {}).get(name)
            due_by = None if days is None else self.today + timedelta(days=days)
            self.show_query(replace(self._settings().filters()[name], due_by=due_by))

    def _keep(self) -> None:
        name, ok = QInputDialog.getText(self, "存下筛选", "起个名字，例如“广东等客户补资料”")
        if ok and name.strip():
            # days from today, not a day: a filter for what is due soon goes along with the calendar
            self._settings().keep_filter(name.strip()[:30], replace(self.query(), due_by=None))
            days = {**(self._settings().get(_DAYS) or {}), name.strip()[:30]: self.due.currentData()}
            self._settings().put(_DAYS, days)
            self._kept_anew()

    def _kept_anew(self) -> None:
        self.refill(_entries(self.province), _entries(self.tag), self._settings().filters())
        self.kept_changed.emit()

    def _drop(self) -> None:
        name, ok = QInputDialog.getItem(
            self, "删掉筛选", "删掉哪一个", list(self._settings().filters()), 0, editable=False
        )
        if ok and name:
            self._settings().keep_filter(name, None)
            self._kept_anew()


def _combo(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMaxVisibleItems(20)
    return box


def _one(box: QComboBox) -> tuple[str, ...]:
    return (box.currentData(),) if box.currentData() else ()


def _entries(box: QComboBox) -> list[str]:
    return [box.itemData(number) for number in range(1, box.count())]
