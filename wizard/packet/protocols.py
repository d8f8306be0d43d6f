"""What other rooms hand to the packet, as it needs to see it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from wizard.finding import Citation, Severity


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
    def letter(self) -> str:
        """The letter of the packet that is to be signed for it, or empty."""
        ...

    @property
    def signed_on(self) -> date | None:
        """The day it was signed."""
        ...


class Pointing(Protocol):
    """Words in one field that point to an item of 前置审批; `chosen` says that the item is answered so."""

    @property
    def field(self) -> str:
        """The field they stand in."""
        ...

    @property
    def label(self) -> str:
        """Its label."""
        ...

    @property
    def words(self) -> Sequence[str]:
        """The words."""
        ...

    @property
    def item(self) -> str:
        """What they point to."""
        ...

    @property
    def chosen(self) -> bool:
        """Whether that is among the answers."""
        ...


class Demand(Protocol):
    """One rule of a province, said as a demand; `found` is how grave what the self-check found by it is."""

    @property
    def text(self) -> str:
        """What is asked for, or what was found."""
        ...

    @property
    def fix(self) -> str:
        """What is to be done, where something was found."""
        ...

    @property
    def fields(self) -> Sequence[str]:
        """The fields concerned."""
        ...

    @property
    def found(self) -> Severity | None:
        """How grave; None where the case keeps the rule."""
        ...

    @property
    def sure(self) -> str:
        """How sure the rule is, in words."""
        ...

    @property
    def cite(self) -> Citation:
        """Who says so."""
        ...

    @property
    def cite2(self) -> Citation | None:
        """Who else, or who says otherwise."""
        ...


class Card(Protocol):
    """The rules of 备案省 that are in force for the case."""

    @property
    def province(self) -> str:
        """Its name."""
        ...

    @property
    def version(self) -> str:
        """The version of its rules."""
        ...

    @property
    def checked(self) -> date:
        """The day they were looked up."""
        ...

    @property
    def demands(self) -> Sequence[Demand]:
        """The rules."""
        ...
