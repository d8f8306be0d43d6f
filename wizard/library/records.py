"""The plain values that the library gives and takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

from wizard import states
from wizard.draft import Answer, Draft

STATES: Final = states.STATES
"""The states of a case with their words, in the order in which a case goes through them."""

CLOSED: Final = ("filed", "stopped")
"""States after which the time of keeping (保存期限) begins."""

UNDER_WAY: Final = ("preliminary_review", "sms_verification", "administration_review", "rejected")
"""States of a case that was handed in and is not decided."""

Sort = Literal["updated", "created", "deadline", "state", "subject", "program", "province"]
Where = Literal["open", "archived", "bin", "templates"]


@dataclass(frozen=True, slots=True)
class Query:
    """Which cases, in which order. Every condition that is given must hold.

    `text` is searched as typed: words apart by blanks must all occur in names, programs, AppID or codes;
    a whole ID or phone number finds its cases although it is in no index. `where` is the list looked at,
    None all but the bin. `due_by` takes cases whose deadline is that day or earlier.
    """

    text: str = ""
    where: Where | None = "open"
    states: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    due_by: date | None = None
    sort: Sort = "updated"
    descending: bool = True


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list. It holds no ID or phone number, masked or not."""

    id: int
    subject: str
    program: str
    appid: str
    province: str
    people: str
    state: str
    deadline: date | None
    updated: datetime
    created: datetime
    tags: tuple[str, ...]
    archived: bool
    binned: datetime | None
    template: bool
    retain_until: date | None
    version: int

    @property
    def state_word(self) -> str:
        """The state in words."""
        return STATES.get(self.state, self.state)


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case with all that is kept of it; `version` is what `Cases.save` wants back.

    `draft.folder` is empty: attachments are inside the library (`Files`). `undo` is what the window kept with
    the case, empty where it kept nothing.
    """

    id: int
    draft: Draft
    version: int
    row: CaseRow
    undo: bytes = b""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a case under the name that the draft uses."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Change:
    """One field as it was before a change at `at`, and what it became (None: it is still so)."""

    id: int
    at: datetime
    field: str
    before: Answer | tuple[str, ...]
    after: Answer | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A subject or person that occurs in the library, with the answers of its newest case.

    `answers` are by the bare name of the field (``mobile``), ready for either role; `cases` are the ids.
    `key` names the party in `Parties` and `Privacy`; it tells nothing of the number behind it.
    """

    key: str
    name: str
    masked: str
    answers: Mapping[str, Answer] = field(repr=False)
    cases: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the audit list: what was done when to which case, never with a value."""

    at: datetime
    who: str
    action: str
    case: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """That cases were deleted for good: how much, and until when backups keep a copy. No personal data."""

    number: str
    at: datetime
    cases: int
    files: int
    bytes: int
    backups_until: date | None
