"""变更 and 注销: what may change and how, which papers, what comes first; a granted filing begins it here."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QTreeWidgetItem, QWidget

from ui.dialog_parts import sized
from ui.field_words import label_of
from ui.list_dialog import ListDialog
from wizard import districts
from wizard.draft import Draft
from wizard.finding import Citation
from wizard.tracking.changes import HOWS, Cancellation, Change, Said, everything

HEADS = ("要变的", "怎么办", "先办", "要备的材料")
BEGIN_CHANGE, BEGIN_CANCEL = "开始变更(&V)", "开始注销(&X)"


class ChangesDialog(ListDialog):
    """`change_begun` has the fields that are to change; `cancel_begun` which of the three ways it is."""

    change_begun = Signal(list)
    cancel_begun = Signal(str)

    def __init__(self, draft: Draft, parent: QWidget, *, granted: bool) -> None:
        super().__init__("变更与注销", HEADS, parent, stretched=(2, 3))
        place = districts.named(draft.text("subject.province")) if draft.text("subject.province") else None
        self._province = place.name if place else ""
        sized(self, 1040, 660)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setMinimumHeight(150)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.insertWidget(2, self.detail)
        known = everything()
        self.entries: Sequence[Change | Cancellation] = (*known.changes, *known.cancellations)
        blocks = "\n".join(f"· {one.text}（{one.sure}）" for one in (*known.blocks, *known.duties))
        self.say(blocks)
        self.begin = self.button(BEGIN_CHANGE, self._begin, primary=True)
        self._granted = granted
        self.fill([_row(one) for one in self.entries])
        self.tree.currentItemChanged.connect(lambda item, _: self._tell(item))
        self._tell(self.tree.currentItem())

    def chosen(self) -> Change | Cancellation | None:
        """The entry that is chosen."""
        numbers = self.numbers()
        return self.entries[numbers[0]] if numbers else None

    def _tell(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        one = self.entries[self.tree.indexOfTopLevelItem(item)]
        self.detail.setText("\n".join(detail(one, self._province)))
        self.begin.setText(BEGIN_CANCEL if isinstance(one, Cancellation) else BEGIN_CHANGE)
        self.begin.setVisible(self._granted and (isinstance(one, Cancellation) or one.how == "change"))

    def _begin(self) -> None:
        one = self.chosen()
        if isinstance(one, Cancellation):
            self.cancel_begun.emit(one.id)
        elif one is not None and one.how == "change":
            chosen = [self.entries[number] for number in self.numbers()]
            self.change_begun.emit([f for each in chosen if isinstance(each, Change) for f in each.fields])
        self.accept()


def detail(one: Change | Cancellation, province: str) -> Sequence[str]:
    """Everything that is known of one entry, who says so last."""
    found = []
    if isinstance(one, Change):
        found.append(f"{one.title}：{HOWS[one.how]}。栏目：{'、'.join(map(label_of, one.fields))}")
        found += [
            f"{province}：{each.text}（历史要求，以控制台提示为准）" for each in one.in_province(province)
        ]
    else:
        sms = "要短信核验" if one.sms else "不用短信核验"
        found.append(f"{one.title}：{one.effect}。{sms}，{one.time}")
    for label, listed in (("先办", one.first), ("材料", one.papers)):
        found += [f"{label}：{'；'.join(listed)}"] if listed else []
    found.append(f"{one.says.text}（{one.says.sure}）")
    found.append(f"出处：{_cited(one.says)}")
    return found


def _cited(said: Said) -> str:
    return "；".join(map(_source, said.sources))


def _source(cite: Citation) -> str:
    return f"{cite.issuer}《{cite.title}》，查阅于 {cite.checked}"


def _row(one: Change | Cancellation) -> tuple[str, str, str, str]:
    how = HOWS[one.how] if isinstance(one, Change) else "注销"
    return one.title, how, "；".join(one.first), "；".join(one.papers)
