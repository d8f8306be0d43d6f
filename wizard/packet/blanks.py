"""Filling the blanks of a letter from the case; what is not answered stays a line, with its label."""

import re
from collections.abc import Callable, Iterator, Mapping

from wizard.packet.answers import shown
from wizard.packet.conditions import Asker
from wizard.sections import SECTIONS, catalogue
from wizard.sections.natures import INDIVIDUAL_BUSINESS

LINE = "________"
PERSON = "person"
_BLANK = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)?)\}")
_TITLES = {section.id: section.title for section in SECTIONS}


def blanks(text: str) -> Iterator[str]:
    """The names of the blanks in `text`."""
    return (found[1] for found in _BLANK.finditer(text))


def known(name: str, people: tuple[str, ...]) -> bool:
    """Whether a blank of that name can be filled; ``person.x`` needs a field of everybody in `people`."""
    part, _, rest = name.partition(".")
    if part == PERSON:
        return bool(people) and all(f"{one}.{rest}" in catalogue() for one in people)
    return name in catalogue() or name in _OTHERS


def filled(text: str, asker: Asker) -> str:
    """`text` with its blanks filled, once: what an answer holds is never taken for a blank."""
    return _BLANK.sub(lambda found: _answer(found[1], asker), text)


def _answer(name: str, asker: Asker) -> str:
    if name in _OTHERS:
        return _OTHERS[name](asker)
    part, _, rest = name.partition(".")
    return _of_field(f"{asker.person}.{rest}" if part == PERSON else name, asker)


def _of_field(field_id: str, asker: Asker) -> str:
    asked = catalogue()[field_id]
    value = " ".join(shown(asker.snapshot, asked).value.split()) if _counts(field_id, asker) else ""
    return value or f"{LINE}（{asked.label}）"


def _counts(field_id: str, asker: Asker) -> bool:
    """Whether the answer is asked for: one that waits for another choice is none of this case's."""
    return field_id in asker.snapshot.reading.asked or field_id.startswith("contact.")


def _head(asker: Asker) -> str:
    return "经营者" if asker.nature in INDIVIDUAL_BUSINESS else "法定代表人"


def _legal_person(name: str) -> Callable[[Asker], str]:
    """His answer to `name`: that of 主体负责人 where they are one, else what was asked of him alone."""

    def find(asker: Asker) -> str:
        for person in ("principal", "contact"):
            if asker.choice(f"{person}.is_legal_person") == "是":
                return _of_field(f"{person}.{name}", asker)
        return _of_field(f"subject.legal_person_{name}", asker)

    return find


def _words(asker: Asker) -> str:
    return "；".join(
        f"{found.label}里的“{'”“'.join(found.words)}”（{found.item}）" for found in asker.snapshot.words
    )


_OTHERS: Mapping[str, Callable[[Asker], str]] = {
    "role": lambda asker: _TITLES.get(asker.person, ""),
    "head": _head,
    "legal_person.name": _legal_person("name"),
    "legal_person.number": _legal_person("certificate_number"),
    "words": _words,
}
