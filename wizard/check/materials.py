"""The list of materials, computed for this subject, province, type of filing and these persons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from wizard.check.words import pointing_words
from wizard.finding import Citation
from wizard.reading import Filing, Reading
from wizard.resource_files import ResourceError, toml
from wizard.sections import CONTACT_LINK
from wizard.sections.natures import ORGANISATIONS, PERSON
from wizard.when import holds

NOT_INVOLVED = "以上都不涉及"


@dataclass(frozen=True, slots=True)
class Material:
    """One paper of a filing: in which form, how many, who signs and stamps, and whether it is there.

    `need` is 必需, 按情况 or 平台提供; `valid_until` is the day its certificate ends, `signed_on` the day a
    letter was signed, where they are known. `letter` is the one of `resources/letters/` to be signed for it.
    """

    id: str
    name: str
    need: str
    form: str
    why: str
    field: str = ""
    copies: int = 1
    signs: str = ""
    stamps: str = ""
    valid_until: date | None = None
    signed_on: date | None = None
    letter: str = ""
    files: tuple[str, ...] = ()
    cite: Citation | None = None

    @property
    def present(self) -> bool:
        """Whether a file is attached for it."""
        return bool(self.files)


def materials(reading: Reading) -> tuple[Material, ...]:
    """What the filing `reading` needs on paper, in the order of handing in."""
    choices, province = reading.choices, reading.filing.subject.province
    needed: dict[str, Material] = {}
    for entry in _entries():
        if entry.get("provinces") and province not in entry["provinces"]:
            continue
        if holds(entry.get("when", {}), choices) and _applies(entry, reading):
            material = _material(entry, reading.filing)
            needed[material.field or material.id] = material
    return tuple(needed.values())


@cache
def _entries() -> tuple[Mapping[str, Any], ...]:
    return tuple(toml("materials.toml")["material"])


@cache
def _sources() -> dict[str, Citation]:
    listed = toml("materials.toml")["source"]
    return {s["id"]: Citation(**{key: text for key, text in s.items() if key != "id"}) for s in listed}


def _applies(entry: Mapping[str, Any], reading: Reading) -> bool:
    if (field := entry.get("field")) and field not in reading.asked:
        return False
    if condition := entry.get("if"):
        if condition not in _CONDITIONS:
            raise ResourceError(f"materials.toml: {entry['id']}: no condition {condition}")
        return _CONDITIONS[condition](reading)
    return True


def _material(entry: Mapping[str, Any], filing: Filing) -> Material:
    field = entry.get("field", "")
    return Material(
        id=entry["id"],
        name=entry["name"],
        need=entry["need"],
        form=entry["form"],
        why=entry["why"],
        field=field,
        copies=entry.get("copies", 1),
        signs=entry.get("signs", ""),
        stamps=entry.get("stamps", ""),
        valid_until=filing.value(entry["valid_until"]) if "valid_until" in entry else None,
        signed_on=filing.value(entry["signed_on"]) if "signed_on" in entry else None,
        letter=entry.get("letter", ""),
        files=_files(filing, field),
        cite=_sources()[entry["source"]],
    )


def _files(filing: Filing, field: str) -> tuple[str, ...]:
    if field == "mini_program.pre_approvals":
        rows = filing.mini_program.pre_approvals or ()
        return tuple(file for row in rows for file in row.media or ())
    return tuple(filing.value(field) or ()) if field else ()


def _person_from_elsewhere(reading: Reading) -> bool:
    filing = reading.filing
    number, province = filing.principal.certificate_number, filing.subject.province
    if filing.subject.type not in PERSON or not number or not province:
        return False
    return filing.principal.certificate_type == "居民身份证" and number[:2] != province[:2]


def _pre_approval_chosen(reading: Reading) -> bool:
    rows = reading.filing.mini_program.pre_approvals or ()
    return any(row.type and row.type != NOT_INVOLVED for row in rows)


def _words_denied(reading: Reading) -> bool:
    """Words point to a 前置审批, and none is said to be involved."""
    return bool(pointing_words(reading)) and not _pre_approval_chosen(reading)


def _contact_apart(reading: Reading) -> bool:
    return reading.choices.get(CONTACT_LINK) != "是"


_CONDITIONS: dict[str, Callable[[Reading], bool]] = {
    "person_from_elsewhere": _person_from_elsewhere,
    "pre_approval_chosen": _pre_approval_chosen,
    "words_denied": _words_denied,
    "contact_apart": _contact_apart,
    "organisation": lambda reading: reading.filing.subject.type in ORGANISATIONS,
}
