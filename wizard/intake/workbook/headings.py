"""Which column of a table is which field: guessed from its heading, and never sure without saying so."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Literal

from wizard.fields import Field
from wizard.intake.workbook.table import Raw
from wizard.resource_files import ResourceError, toml
from wizard.sections import catalogue
from wizard.types import Papers

Confidence = Literal["exact", "sure", "likely", "proposed", "none"]
CONFIDENCE_WORDS: Mapping[Confidence, str] = {
    "exact": "名称一致",
    "sure": "别的叫法",
    "likely": "按上下文推断",
    "proposed": "相近，没有采用",
    "none": "没有认出",
}
USED: tuple[Confidence, ...] = ("exact", "sure", "likely")
_PEOPLE = ("principal", "contact")
_REMARK = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_SIGNS = re.compile(r"[\s*＊:：·・•.,，。、/\\|_\-—–?？!！\"“”']+")
_CLOSE = 0.82


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place (0 is A), its heading, and the field it is read as; `field` is empty for none."""

    place: int
    heading: str
    field: str = ""
    confidence: Confidence = "none"

    @property
    def used(self) -> bool:
        """Whether it is read in as `field`, a mere proposal is not."""
        return bool(self.field) and self.confidence in USED


@cache
def importable() -> dict[str, Field]:
    """The fields a workbook can hold: all that are typed, not the papers."""
    return {id_: field for id_, field in catalogue().items() if not isinstance(field.kind, Papers)}


def guess(headings: Sequence[Raw], *, propose: bool = False) -> tuple[Column, ...]:
    """The columns of a table by its headings; columns without one are left out.

    A heading that two persons share (手机号码) is the one's whose columns stand before it. With `propose`
    a field of nearly the same name is named for a column that would be read as none.
    """
    columns: list[Column] = []
    section = ""
    for place, heading in enumerate(headings):
        if not isinstance(heading, str) or not heading.strip():
            continue
        column = _one(place, " ".join(heading.split()), section, propose)
        if column.used:
            section = column.field.partition(".")[0]
        columns.append(column)
    return tuple(columns)


def plain(heading: str) -> str:
    """A heading as it is compared: simplified, without remarks in brackets, signs, blanks and capitals."""
    folded = unicodedata.normalize("NFKC", heading).translate(_simplified())
    bare = _SIGNS.sub("", _REMARK.sub("", folded)) or _SIGNS.sub("", folded)
    return bare.removesuffix("必填").removesuffix("选填").casefold()


def _one(place: int, heading: str, section: str, propose: bool) -> Column:
    words = plain(heading)
    if field := _exact().get(words):
        return Column(place, heading, field, "exact")
    known = _known()
    if found := known.get(words):
        return Column(place, heading, *found)
    if part := _parts().get(words):
        return Column(place, heading, _by_context(part, section), "likely")
    if propose and (close := get_close_matches(words, known, 1, _CLOSE)):
        return Column(place, heading, known[close[0]][0], "proposed")
    return Column(place, heading)


def _by_context(part: str, section: str) -> str:
    """Whose a heading is that both persons, or the subject, could have."""
    if part == "certificate_number" and section == "subject":
        return "subject.certificate_number"
    return f"{section if section in _PEOPLE else 'principal'}.{part}"


@cache
def _exact() -> dict[str, str]:
    """Each field by its heading, its id, and its label where no other field has that."""
    labels = [plain(field.label) for field in importable().values()]
    found: dict[str, str] = {}
    for id_, field in importable().items():
        found[plain(field.heading)] = found[plain(id_)] = id_
        if labels.count(label := plain(field.label)) == 1:
            found[label] = id_
    return found


@cache
def _known() -> dict[str, tuple[str, Confidence]]:
    """Each other way to name a field, and how sure it is.

    Raises:
        ResourceError: the list names a field there is not, or one name for two fields.
    """
    found: dict[str, tuple[str, Confidence]] = {name: (id_, "exact") for name, id_ in _exact().items()}
    for name, id_, sure in _listed():
        if id_ not in importable():
            raise ResourceError(f"headings.toml: no field «{id_}»")
        if plain(name) in _exact():  # 法定代表人姓名 is a field of its own
            continue
        if found.setdefault(plain(name), (id_, sure))[0] != id_:
            raise ResourceError(f"headings.toml: «{name}» names two fields")
    return found


def _listed() -> Iterator[tuple[str, str, Confidence]]:
    data = toml("intake", "headings.toml")
    for id_, names in data["field"].items():
        for name in names:
            yield name, id_, "sure"
    sure: Confidence
    for sure in ("sure", "likely"):
        for role, titles in data["role"][sure].items():
            for title in titles:
                yield title, f"{role}.name", "likely"
                for part, names in data["part"].items():
                    for name in names:
                        yield title + name, f"{role}.{part}", sure


@cache
def _parts() -> dict[str, str]:
    return {
        plain(name): part for part, names in toml("intake", "headings.toml")["part"].items() for name in names
    }


@cache
def _simplified() -> dict[int, str]:
    """Traditional characters of headings with their simplified forms.

    Raises:
        ResourceError: the two lines are not of one length.
    """
    before, after = toml("intake", "headings.toml")["traditional"]
    if len(before) != len(after):
        raise ResourceError("headings.toml: «traditional» has lines of two lengths")
    return {ord(one): other for one, other in zip(before, after, strict=True)}


@cache
def ignored() -> frozenset[str]:
    """Headings of columns that are no part of a filing (序号), of which nothing need be said."""
    return frozenset(map(plain, toml("intake", "headings.toml")["ignored"]))
