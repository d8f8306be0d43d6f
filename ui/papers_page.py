"""The page of papers: a slot for each file the filing asks for, the rare ones folded away."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.case import Case
from ui.drop_area import DropArea
from ui.field_row import FieldRow
from ui.intake import Intake, Taken
from ui.page_head import page_column
from ui.pages import PageInfo, paper_fields
from ui.paper_reading import PaperReading
from ui.reading_desk import ReadingDesk
from ui.thumbnails import Thumbnails
from ui.undo_bar import UndoBar
from wizard.intake.suggestion import PHOTO
from wizard.types import Papers
from wizard.when import holds

COLUMNS = 2


class PapersPage(QScrollArea):
    """Slots by section; files are copied beside the draft, taken out at a click, and put back by 撤销."""

    problem = Signal(str)
    materials_wanted = Signal()

    def __init__(self, case: Case, info: PageInfo) -> None:
        super().__init__()
        self.case, self.page_id = case, info.id
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.thumbnails = Thumbnails(self)
        self.thumbnails.ready.connect(self._picture)
        self.desk = ReadingDesk(case, self)
        self.intake = Intake(case, self.desk, self)
        self.intake.taken.connect(self._taken)
        self.slots: dict[str, DropArea] = {}
        self.rows: dict[str, FieldRow] = {}
        self._parts: dict[str, DropArea | FieldRow] = {}
        self._groups: dict[str, QWidget] = {}
        self._grids: dict[str, QGridLayout] = {}
        self._blanks: dict[str, QWidget] = {}
        self._lay_out(info)
        self.reading = PaperReading(self)
        case.judged.connect(self.refresh)
        case.replaced.connect(self._forget)
        case.replaced.connect(self.fill)
        case.put.connect(self._was_put)
        self.fill()

    def _lay_out(self, info: PageInfo) -> None:
        inner = QWidget()
        self.column = QVBoxLayout(inner)
        self.column.setSpacing(0)
        page_column(self.column, info.title, info.hint)
        self.materials = QPushButton("材料清单：要备什么、谁签字、谁盖章、还缺什么")
        self.materials.setObjectName("link")
        self.materials.setCursor(Qt.CursorShape.PointingHandCursor)
        self.materials.clicked.connect(self.materials_wanted)
        self.column.addWidget(self.materials, 0, Qt.AlignmentFlag.AlignLeft)
        self._undo_bar = UndoBar()
        self.column.addWidget(self._undo_bar)
        self.column.addSpacing(10)
        for field in paper_fields():
            if field.section.id not in self._groups:
                self._head(field.section.id, field.section.title)
            self._add_field(field)
        self.column.addStretch(1)
        self.setWidget(inner)

    def _head(self, section: str, title: str) -> None:
        group, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 22)
        column.setSpacing(10)
        label = QLabel("其他材料（按需）" if section == "materials" else title)
        label.setObjectName("group")
        column.addWidget(label)
        if section == "materials":
            self.more = QPushButton("展开：省里或平台要求时才需要的材料")
            self.more.setCheckable(True)
            self.more.clicked.connect(self.fill)
            column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._blanks[section] = QWidget(group)
        self._grids[section] = grid = QGridLayout()
        grid.setSpacing(14)
        for number in range(COLUMNS):
            grid.setColumnStretch(number, 1)
        column.addLayout(grid)
        group.setLayout(column)
        self._groups[section] = group
        self.column.addWidget(group)

    def _add_field(self, field: object) -> None:
        if isinstance(field.kind, Papers):  # type: ignore[attr-defined]
            slot = DropArea(field)  # type: ignore[arg-type]
            slot.files_given.connect(self._files)
            slot.image_given.connect(self._image)
            slot.removed.connect(self._removed)
            self.slots[field.id] = slot  # type: ignore[attr-defined]
        else:
            row = FieldRow(field)  # type: ignore[arg-type]
            row.edited.connect(self._typed)
            row.left.connect(lambda field_id: self.case.visit([field_id]))
            self.rows[field.id] = row  # type: ignore[attr-defined]
        self._parts[field.id] = part = self.slots.get(field.id) or self.rows[field.id]  # type: ignore[attr-defined]
        part.setParent(self._groups[field.section.id])  # type: ignore[attr-defined]

    def fill(self) -> None:
        """Show the slots that apply and what is in them.

        Before anything is chosen the certificate has its place too: all else can be read from it.
        """
        from wizard.reading import choices_of

        choices, draft = choices_of(self.case.draft), self.case.draft
        facts = self.case.pictures()
        unfolded = self.more.isChecked()
        self.more.setText("收起没有用到的" if unfolded else "展开：省里或平台要求时才需要的材料")
        for field_id, part in self._parts.items():
            rare = part.field.section.id == "materials"
            used = field_id in draft.attachments or field_id in draft.answers
            first = field_id == PHOTO and choices.get("subject.type") == ""
            part.setVisible((first or holds(part.field.when, choices)) and (unfolded or used or not rare))
        for section, group in self._groups.items():
            group.setVisible(self._arrange(section) or section == "materials")
        for field_id, slot in self.slots.items():
            slot.show_files(draft.attachments.get(field_id, ()), draft.folder, facts)
            for file in slot.pictures():
                self.thumbnails.ask(Path(file))
        for field_id, row in self.rows.items():
            row.put(draft.answers.get(field_id, ""))
        self.refresh()

    def _arrange(self, section: str) -> bool:
        """Put the slots of a section that apply side by side; whether there are any."""
        grid = self._grids[section]
        while item := grid.itemAt(0):
            # not takeAt: the item would live on in Python, and the next be deaf to a slot that grows
            grid.removeWidget(item.widget())
        place = 0
        for part in self._parts.values():
            if part.field.section.id != section or part.isHidden():
                continue
            if isinstance(part, FieldRow):
                place += -place % COLUMNS
                grid.addWidget(part, place // COLUMNS, 0, 1, COLUMNS)
                place += COLUMNS
            else:
                grid.addWidget(part, place // COLUMNS, place % COLUMNS)
                place += 1
        if place == 1:
            grid.addWidget(self._blanks[section], 0, 1)
        return place > 0

    def refresh(self) -> None:
        """Say what is wrong at the slots that hold something or have been visited."""
        if self.case.report is None:
            return
        for field_id, slot in self.slots.items():
            if not slot.isHidden():
                held = field_id in self.case.draft.attachments
                slot.say(self.case.findings(field_id) if held else self.case.shown(field_id))
        for field_id, row in self.rows.items():
            row.say(self.case.shown(field_id))
        self.reading.refresh_all()

    def _picture(self, file: str, image: QImage) -> None:
        for slot in self.slots.values():
            slot.show_picture(file, image)

    def _typed(self, field_id: str) -> None:
        self.case.answer(field_id, self.rows[field_id].editor.value())

    def _files(self, field_id: str, files: list[Path]) -> None:
        slot = self.slots[field_id]
        held = len(self.case.draft.attachments.get(field_id, ()))
        slot.wait_for(len(files))
        self.intake.files(slot.field, files, slot.kind.most - held if slot.kind.most > 1 else 1)

    def _image(self, field_id: str, image: QImage) -> None:
        self.slots[field_id].wait_for(1)
        self.intake.image(self.slots[field_id].field, image)

    def _taken(self, taken: Taken) -> None:
        field_id, paths, refusal = taken.field_id, taken.paths, taken.refusal
        slot = self.slots[field_id]
        slot.wait_for(0)
        if paths:
            held = self.case.draft.attachments.get(field_id, ())
            if held and (slot.kind.most == 1 or taken.instead):
                self._remember("换掉", field_id)
            self.case.attach(field_id, _with(held, paths, taken.instead) if slot.kind.most > 1 else paths)
        self.reading.arrived(taken)
        self.case.visit([field_id])
        self.case.go(self.page_id, field_id)
        self.fill()
        if refusal:
            slot.say(self.case.findings(field_id) if paths else (), refusal)

    def _remember(self, what: str, field_id: str) -> None:
        """Keep the way back, and show it."""
        before = self.case.draft.attachments.get(field_id, ())
        field = self.slots[field_id].field
        self._undo_bar.offer(
            f"已{what}{field.section.title}的{field.label}，原来的文件还在附件文件夹里",
            "撤销更换" if what == "换掉" else "撤销移除",
            lambda: self._put_back(field_id, before),
        )

    def _removed(self, field_id: str, path: str) -> None:
        self._remember("移除", field_id)
        left = tuple(each for each in self.case.draft.attachments.get(field_id, ()) if each != path)
        self.case.attach(field_id, left)
        self.fill()
        self.slots[field_id].setFocus()

    def _put_back(self, field_id: str, before: tuple[str, ...]) -> None:
        self.case.attach(field_id, before)
        self.fill()
        self.slots[field_id].setFocus()

    def _forget(self) -> None:
        """Another case: there is nothing to undo in it, and nothing on its way."""
        self._undo_bar.forget()
        for slot in self.slots.values():
            slot.wait_for(0)

    def _was_put(self) -> None:
        """Taken back by the window, or filled: what the bar offers to undo may be undone already."""
        self._undo_bar.forget()
        self.fill()

    def showEvent(self, event: QShowEvent) -> None:
        """The page comes into sight: whoever goes here has a picture in hand."""
        super().showEvent(event)
        self.reading.begin()

    def close_down(self) -> None:
        """Bring what is on its way to its end, and let the reader go (when the window closes)."""
        self.intake.wait()
        self.reading.close_down()
        self.desk.close()
        self.thumbnails.wait()

    def visit_all(self) -> None:
        """Judge every slot aloud from now on."""
        self.case.visit(field_id for field_id, slot in self.slots.items() if not slot.isHidden())

    def focus(self, field_id: str = "") -> None:
        """Put the focus to a slot: the one named, else the first empty one."""
        if field_id in self.slots and self.slots[field_id].isHidden():
            self.more.setChecked(True)
            self.fill()
        part: QWidget | None = self.slots.get(field_id)
        target = part
        if part is None and field_id in self.rows:
            part = self.rows[field_id]
            target = self.rows[field_id].editor.target
        if part is None:
            shown = [slot for slot in self.slots.values() if not slot.isHidden()]
            empty = [slot for slot in shown if slot.field.id not in self.case.draft.attachments]
            target = part = (empty or shown)[0]
        assert target is not None
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(part, 0, 40))


def _with(held: tuple[str, ...], paths: tuple[str, ...], instead: str) -> tuple[str, ...]:
    """The files held with new ones: in the place of one of them, or after all."""
    if instead not in held:
        return (*held, *paths)
    place = held.index(instead)
    return (*held[:place], *paths, *held[place + 1 :])
