"""Which letters, paragraphs and boxes a case gets: by answers, by 备案省, and by a few named conditions.

`When` says «this answer is one of these»; whatever needs more is a function here, named in the TOML.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wizard.packet.snapshot import Snapshot
from wizard.sections import CONTACT_LINK
from wizard.sections.natures import INDIVIDUAL_BUSINESS, ORGANISATIONS, PERSON
from wizard.when import When, holds

NOT_INVOLVED = "以上都不涉及"


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a case, the person a letter is made out for (a section id, or empty), its field."""

    snapshot: Snapshot
    person: str = ""
    field: str = ""

    def choice(self, field_id: str) -> object:
        """The answer to a choice, empty where it is open or not asked for."""
        reading = self.snapshot.reading
        return reading.choices.get(field_id, "") if field_id in reading.asked else ""

    @property
    def province(self) -> str:
        """The code of 备案省, empty while it is open."""
        return self.snapshot.reading.filing.subject.province or ""

    @property
    def nature(self) -> object:
        """主体性质."""
        return self.choice("subject.type")


@dataclass(frozen=True, slots=True)
class Condition:
    """What must hold. `provinces` and `exceptions` are codes of 备案省; an empty tuple stands for all."""

    when: When = field(default_factory=dict)
    provinces: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    named: str = ""

    def holds(self, asker: Asker) -> bool:
        """Whether it does for `asker`."""
        if self.provinces and asker.province not in self.provinces:
            return False
        if asker.province in self.exceptions:
            return False
        answers = {field_id: asker.choice(field_id) for field_id in self.when}
        return holds(self.when, answers) and (not self.named or NAMED[self.named](asker))


def _field_asked(asker: Asker) -> bool:
    """The field the signed letter goes to is asked for."""
    return asker.field in asker.snapshot.reading.asked


def _organisation(asker: Asker) -> bool:
    return asker.nature not in PERSON


def _renamed(asker: Asker) -> bool:
    """An organisation whose name changes, or of which nobody noted what changes."""
    changing = asker.snapshot.changing
    return asker.nature in ORGANISATIONS and (not changing or "subject.name" in changing)


def _sealed(asker: Asker) -> bool:
    """An organisation that has a seal, as far as is known."""
    return _organisation(asker) and not _unsealed_business(asker)


def _unsealed_business(asker: Asker) -> bool:
    return asker.nature in INDIVIDUAL_BUSINESS and asker.choice("subject.has_seal") == "无"


def _linked(asker: Asker) -> bool:
    return asker.choice(CONTACT_LINK) == "是"


def _own_person(asker: Asker) -> bool:
    """The person stands for himself: 小程序负责人 does unless he is 主体负责人."""
    return asker.person == "principal" or not _linked(asker)


def _words_denied(asker: Asker) -> bool:
    """A text has words that point to a 前置审批 while none is said to be involved."""
    rows = asker.snapshot.reading.filing.mini_program.pre_approvals or ()
    involved = any(row.type and row.type != NOT_INVOLVED for row in rows)
    return bool(asker.snapshot.words) and not involved


NAMED: Mapping[str, Callable[[Asker], bool]] = {
    "field_asked": _field_asked,
    "organisation": _organisation,
    "renamed": _renamed,
    "sealed": _sealed,
    "unsealed_business": _unsealed_business,
    "own_person": _own_person,
    "for_principal": lambda asker: asker.person == "principal",
    "principal_for_both": lambda asker: asker.person == "principal" and _linked(asker),
    "words_denied": _words_denied,
}
