"""A case frozen for export: everything a packet is made of. The same snapshot gives the same bytes."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from wizard.draft import Draft
from wizard.finding import Citation, Finding
from wizard.reading import Reading

_NUMBER = re.compile(r"BA-[0-9]{8}-[0-9A-F]{4}")


class Stage(Protocol):
    """One stage of the procedure, as the packet shows it."""

    @property
    def id(self) -> str:
        """Its name in the code."""
        ...

    @property
    def title(self) -> str:
        """Its name on paper."""
        ...

    @property
    def duration(self) -> str:
        """How long it takes, in words."""
        ...

    @property
    def who(self) -> str:
        """Whose turn it is."""
        ...

    @property
    def steps(self) -> Sequence[str]:
        """What is to be done."""
        ...

    @property
    def hints(self) -> Sequence[str]:
        """What is good to know."""
        ...

    @property
    def workdays(self) -> tuple[int, int] | None:
        """Least and most working days, where it is counted so."""
        ...

    @property
    def sources(self) -> Sequence[Citation]:
        """Who says so."""
        ...


class Material(Protocol):
    """One paper that this case needs, as the packet lists it; `field` is where it is attached."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def need(self) -> str:
        """必需, 按情况 or 平台提供."""
        ...

    @property
    def form(self) -> str:
        """Original, scan or copy."""
        ...

    @property
    def why(self) -> str:
        """Why this case needs it."""
        ...

    @property
    def field(self) -> str:
        """The field it is attached to, or empty."""
        ...

    @property
    def copies(self) -> int:
        """How many."""
        ...

    @property
    def signs(self) -> str:
        """Who signs it."""
        ...

    @property
    def stamps(self) -> str:
        """Whose stamp it bears."""
        ...

    @property
    def valid_until(self) -> date | None:
        """The last day it is valid."""
        ...

    @property
    def signed_on(self) -> date | None:
        """The day it was signed."""
        ...


@dataclass(frozen=True)
class Snapshot:
    """What goes into a packet.

    `on` is the day the findings were made for, `made_at` when it was frozen (it becomes the date of the
    file), `number` and `version` name this packet, `final` tells it from a draft, `rules` and `program`
    are the versions of both, `stages` the procedure (none leaves that part out), `materials` the papers
    worked out for the case (with none, those that the field catalogue may ask for are listed), `dates` when
    each stage of this case ends, in words by stage id.
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


def packet_number(made_at: datetime, draft: Draft) -> str:
    """The number of a case's packets, such as BA-20261123-7F3A.

    A case that was exported before keeps its number. The last four signs tell cases of one day apart; they
    are too few to find anything out from.
    """
    kept = _kept(draft).get("number")
    if isinstance(kept, str) and _NUMBER.fullmatch(kept):
        return kept
    named = [draft.text(f"{part}.name").strip() for part in ("subject", "mini_program")]
    case = "\n".join([*named, draft.text("mini_program.appid").strip()])
    digest = hashlib.sha256(case.encode("utf-8", "replace")).hexdigest()[:4].upper()
    return f"BA-{made_at:%Y%m%d}-{digest}"


def next_version(draft: Draft) -> int:
    """1 for a case that was never exported, else one more than the case file says."""
    kept = _kept(draft).get("version")
    return kept + 1 if isinstance(kept, int) and 0 < kept < 10_000 else 1


def _kept(draft: Draft) -> dict[str, object]:
    kept = draft.rest.get("packet")
    return kept if isinstance(kept, dict) else {}
