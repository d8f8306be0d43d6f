"""A case frozen for export: everything a packet is made of. The same snapshot gives the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from wizard.draft import Draft
from wizard.finding import Finding
from wizard.packet.protocols import Card, Material, Pointing, Stage
from wizard.reading import Reading


@dataclass(frozen=True)
class Snapshot:
    """What goes into a packet.

    `on` is the day the findings were made for, `made_at` when it was frozen (it becomes the date of the
    file), `number` and `version` name this packet, `final` tells it from a draft, `rules` and `program`
    are the versions of both, `stages` the procedure (none leaves that part out), `materials` the papers
    worked out for the case (with none, those that the field catalogue may ask for are listed), `dates` when
    each stage of this case ends, in words by stage id; `words` point to 前置审批, `card` is that of 备案省;
    `record` has what became of it so far: day, what was done, result, reason; `changing` the fields that a
    变更 is about, where that was noted.
    """

    draft: Draft
    reading: Reading
    findings: tuple[Finding, ...]
    on: date
    made_at: datetime
    number: str
    version: int
    final: bool
    rules: str
    program: str
    stages: tuple[Stage, ...] = ()
    materials: tuple[Material, ...] = ()
    dates: Mapping[str, str] = field(default_factory=dict)
    words: tuple[Pointing, ...] = ()
    card: Card | None = None
    record: tuple[tuple[str, str, str, str], ...] = ()
    changing: tuple[str, ...] = ()

    def text(self, field_id: str) -> str:
        """What was typed into a field, on one line."""
        return " ".join(self.draft.text(field_id).split())

    @property
    def subject(self) -> str:
        """The name of the subject, as typed."""
        return self.text("subject.name")

    @property
    def mini_program(self) -> str:
        """The name of the mini-program, as typed."""
        return self.text("mini_program.name")
