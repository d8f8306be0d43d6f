"""What changing a base fact brings: what is no longer asked, what is asked anew. Nothing is deleted by it."""

from dataclasses import dataclass
from datetime import date

from wizard.check.materials import materials
from wizard.draft import Draft
from wizard.reading import Reading, understand
from wizard.sections import catalogue

BASE_FACTS = ("subject.filing_type", "subject.type", "subject.province", "subject.certificate_type")
_MOST = 6


@dataclass(frozen=True, slots=True)
class Effects:
    """The labels of fields and papers that go and come; `kept`: some of the former hold an answer."""

    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    kept: bool = False

    def words(self) -> str:
        """The effects as one line for the person, empty where there are none."""
        parts = [f"不再需要{_listed(self.gone)}"] if self.gone else []
        parts += [f"新增{_listed(self.new)}"] if self.new else []
        if not parts:
            return ""
        kept = "；已填的都留着，改回来就会回来" if self.kept else ""
        return "，".join(parts) + kept


def effects(before: Draft, after: Draft, on: date) -> Effects:
    """What changes in what is asked, and in the papers needed, from one draft to the other."""
    old, new = understand(before, on), understand(after, on)
    held = {*before.answers, *before.attachments}
    gone = [field.id for field in catalogue().values() if field.id in old.asked - new.asked]
    come = [
        field.id
        for field in catalogue().values()
        if field.id in new.asked - old.asked and not field.ask.optional
    ]
    lost = _papers(old) - _papers(new)
    more = _papers(new) - _papers(old)
    return Effects(
        gone=(*_labels(gone), *sorted(lost - set(_labels(gone)))),
        new=(*_labels(come), *sorted(more - set(_labels(come)))),
        kept=any(field_id in held for field_id in gone),
    )


def _labels(field_ids: list[str]) -> tuple[str, ...]:
    known = catalogue()
    return tuple(
        known[i].label if i.startswith(("subject.", "mini_program.")) else known[i].heading.replace("·", "的")
        for i in field_ids
    )


def _papers(reading: Reading) -> set[str]:
    """The papers that no asked field stands for by itself: those of the province and of the case."""
    asked = {catalogue()[i].label for i in reading.asked}
    needed = (paper for paper in materials(reading) if paper.need != "平台提供")
    return {paper.name for paper in needed if paper.name not in asked or paper.field.startswith("materials.")}


def _listed(labels: tuple[str, ...]) -> str:
    shown = "、".join(labels[:_MOST])
    return f"{shown}等 {len(labels)} 项" if len(labels) > _MOST else shown
