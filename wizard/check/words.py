"""Words in a filing that point to a 前置审批: where they stand, what they point to, what is said of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.check.given import WordGroups
from wizard.check.program import affirmed, whole_words
from wizard.reading import Filing, Reading
from wizard.resource_files import toml
from wizard.sections import catalogue

_NAMES, _SCOPES = "approval_names", "approval_scopes"
_TEXTS = {"mini_program.name": _NAMES, "mini_program.comment": _NAMES, "subject.business_scope": _SCOPES}


@dataclass(frozen=True, slots=True)
class Pointing:
    """Words of one field that point to one item of 前置审批; `chosen` says that the item is answered so."""

    field: str
    label: str
    words: tuple[str, ...]
    item: str
    chosen: bool


def pointing_words(reading: Reading) -> tuple[Pointing, ...]:
    """The words of the nation's lists, those denied in their own clause (不发布新闻) left out."""
    return tuple(_found(reading.filing, reading.asked))


def _found(filing: Filing, asked: frozenset[str]) -> Iterator[Pointing]:
    chosen = {row.type for row in filing.mini_program.pre_approvals or ()}
    for field_id, listed in _TEXTS.items():
        text = (filing.value(field_id) or "") if field_id in asked else ""
        for item, words in _groups(listed).items() if text else ():
            if found := whole_words(word for word in words if affirmed(text, word)):
                yield Pointing(field_id, catalogue()[field_id].label, found, item, item in chosen)


def _groups(name: str) -> WordGroups:
    return WordGroups({item: tuple(words) for item, words in toml("words.toml")[name]["words"].items()})
