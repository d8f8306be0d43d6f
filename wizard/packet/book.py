"""The parts of a packet in their order, with the numbers of the pages in the lists in front."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wizard.packet.answers import SHEETS
from wizard.packet.checklist import checklist
from wizard.packet.contents import contents
from wizard.packet.cover import cover
from wizard.packet.flow import Flow
from wizard.packet.history import changed, record
from wizard.packet.items import items
from wizard.packet.letter_pages import letter_pages
from wizard.packet.letters import letters_for
from wizard.packet.page import Entry
from wizard.packet.papers import Paper
from wizard.packet.pictures import Picture
from wizard.packet.remarks import remarks
from wizard.packet.report import report
from wizard.packet.requirements import requirements
from wizard.packet.scans import Plate, expiries, scans
from wizard.packet.schedule import schedule
from wizard.packet.sheet import TARGET as SHEETS_TARGET
from wizard.packet.sheet import sheets
from wizard.packet.snapshot import Snapshot
from wizard.packet.todo import by_field, tasks, todo, unreadable
from wizard.packet.versions import changes, hashes

TITLE = "备案材料包"
_AGAIN = 3


@dataclass
class Book:
    """A packet before it is printed; `pictures` go by the target of the sheet they show."""

    snapshot: Snapshot
    papers: Sequence[Paper]
    plates: Sequence[Plate]
    pictures: Mapping[str, Picture]
    with_report: bool = False

    def __post_init__(self) -> None:
        unprinted = unreadable(self.snapshot, self.papers, self.pictures)
        self.tasks = tasks([*self.snapshot.findings, *unprinted])
        self.changes = changes(self.snapshot, hashes(self.papers, self.pictures))
        self.body = [flow for flow in self._body() if flow]

    def flows(self) -> list[Flow]:
        """All parts; those in front are set again until the numbers in them are right."""
        flows = [*self._front({}, 0), *self.body]
        for _ in range(_AGAIN):
            pages = numbered(flows)
            total = sum(len(flow.pages) for flow in flows)
            flows = [*self._front(pages, total), *self.body]
            if numbered(flows) == pages:
                break
        return flows

    def entries(self, flows: Sequence[Flow]) -> list[Entry]:
        """The lines of the outline: the data sheets stand under one heading."""
        lines: list[Entry] = []
        for flow in flows:
            if flow.entries[0].target == f"sheet-{SHEETS[0]}":
                lines.append(Entry("信息表", SHEETS_TARGET))
            lines.extend(flow.entries)
        return lines

    def _front(self, pages: Mapping[str, int], total: int) -> list[Flow]:
        listed = items(self.snapshot, self.papers)
        missing = sum(item.wanted and not item.whole(self.pictures) for item in listed)
        findings = [task.finding for task in self.tasks]
        first = cover(self.snapshot, TITLE, total, missing, findings, self.changes)
        listing = checklist(listed, self.pictures, pages)
        found = changed(self.changes)
        lists = [listing, todo(self.tasks), *([found] if found else [])]
        entries = [*first.entries, *self.entries([*lists, *self.body])]
        return [first, contents(entries, pages), *lists]

    def _body(self) -> list[Flow | None]:
        numbers = by_field(self.tasks)
        marked = self.changes.fields if self.changes else frozenset()
        sheets_of = [sheets(self.snapshot, self.papers, numbers, section, marked) for section in SHEETS]
        sheets_of[0].pages[0].targets[SHEETS_TARGET] = 0.0
        notes = expiries(self.snapshot, self.papers)
        signed = frozenset(paper.field.id for paper in self.papers if paper.present)
        return [
            *sheets_of,
            requirements(self.snapshot),
            remarks(self.snapshot),
            letter_pages(letters_for(self.snapshot), self.snapshot.final, signed),
            scans(self.plates, self.pictures, notes),
            schedule(self.snapshot),
            record(self.snapshot),
            report(self.snapshot) if self.with_report else None,
        ]


def numbered(flows: Sequence[Flow]) -> dict[str, int]:
    """The page of every target."""
    pages = [page for flow in flows for page in flow.pages]
    return {name: number for number, page in enumerate(pages, 1) for name in page.targets}
