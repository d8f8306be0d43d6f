"""变更 and 注销 of a granted filing: what may change and how, which papers, what comes first, what blocks.

All of it is data with sources (`resources/tracking/changes.toml`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeVar

from wizard import districts
from wizard.finding import CONFIDENCE_WORDS, Citation, Confidence
from wizard.resource_files import ResourceError, toml
from wizard.sections import catalogue
from wizard.tracking.events import Event
from wizard.tracking.sources import named

HOWS: Final[Mapping[str, str]] = {
    "change": "办理变更备案",
    "anew": "不能变更，先注销再新增",
    "elsewhere": "不在备案里改",
}


@dataclass(frozen=True, slots=True)
class Said:
    """One statement with who says so and how sure it is."""

    text: str
    confidence: Confidence
    sources: tuple[Citation, ...]

    @property
    def sure(self) -> str:
        """How sure it is, in words."""
        return CONFIDENCE_WORDS[self.confidence]


@dataclass(frozen=True, slots=True)
class Province:
    """What single provinces ask for; historical, to be checked in the console."""

    names: tuple[str, ...]
    text: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that may change: the fields, how it is done, what comes first, which papers."""

    id: str
    title: str
    how: str
    fields: tuple[str, ...]
    first: tuple[str, ...]
    papers: tuple[str, ...]
    says: Said
    provinces: tuple[Province, ...] = ()

    def in_province(self, name: str) -> tuple[Province, ...]:
        """What that province asks for."""
        return tuple(one for one in self.provinces if name in one.names)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """One of the three ways to cancel: what goes with it, what comes first, whether a message is verified."""

    id: str
    title: str
    effect: str
    first: tuple[str, ...]
    papers: tuple[str, ...]
    sms: bool
    time: str
    says: Said


@dataclass(frozen=True, slots=True)
class Changes:
    """All that is known: what holds for every change first."""

    blocks: tuple[Said, ...]
    duties: tuple[Said, ...]
    changes: tuple[Change, ...]
    cancellations: tuple[Cancellation, ...]


@cache
def everything() -> Changes:
    """The whole file.

    Raises:
        ResourceError: an entry lacks something, or names a field, province or source that does not exist.
    """
    data = toml("tracking", "changes.toml")
    return Changes(
        tuple(_said(entry, entry["text"]) for entry in data["block"]),
        tuple(_said(entry, entry["text"]) for entry in data["duty"]),
        tuple(_change(entry) for entry in data["change"]),
        tuple(_cancellation(entry) for entry in data["cancel"]),
    )


def touching(fields: Iterable[str]) -> tuple[Change, ...]:
    """The changes that those fields belong to, in the order of the file."""
    wanted = set(fields)
    return tuple(change for change in everything().changes if wanted & set(change.fields))


def to_do(event: Event) -> Iterator[str]:
    """What a 变更 or 注销 that was begun asks for, before it is handed in: what comes first, which papers."""
    fields = event.values.get("change", ())
    found: list[Change | Cancellation] = list(touching(fields if isinstance(fields, (list, tuple)) else ()))
    found += [one for one in everything().cancellations if one.id == event.text("cancel")]
    for one in found:
        parts = [
            f"{label}{'；'.join(listed)}"
            for label, listed in (("先", one.first), ("备好", one.papers))
            if listed
        ]
        yield f"{one.title}：{'。'.join((*parts, one.says.text))}"


T = TypeVar("T", Change, Cancellation)


def _change(entry: dict[str, Any]) -> Change:
    where = _where(entry)
    if strange := set(entry["fields"]) - set(catalogue()):
        raise ResourceError(f"{where}: no such field {sorted(strange)}")
    if entry["how"] not in HOWS:
        raise ResourceError(f"{where}: unknown way {entry['how']}")
    return _made(Change, entry, provinces=tuple(_province(one, where) for one in entry.get("province", ())))


def _cancellation(entry: dict[str, Any]) -> Cancellation:
    return _made(Cancellation, entry)


def _made(what: type[T], entry: dict[str, Any], **more: Any) -> T:
    left_out = ("confidence", "cite", "cite2", "says", "province")
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in entry.items()
        if key not in left_out
    }
    try:
        return what(**values, says=_said(entry, entry["says"]), **more)
    except (TypeError, KeyError) as error:
        raise ResourceError(f"{_where(entry)}: {error!r}") from error


def _said(entry: dict[str, Any], text: str) -> Said:
    where = _where(entry)
    if entry.get("confidence") not in CONFIDENCE_WORDS:
        raise ResourceError(f"{where}: unknown confidence {entry.get('confidence')}")
    cited = tuple(entry[key] for key in ("cite", "cite2") if key in entry)
    if not cited:
        raise ResourceError(f"{where}: no source")
    return Said(text, entry["confidence"], named(cited, where))


def _province(entry: dict[str, Any], where: str) -> Province:
    known = {place.name for place in districts.provinces()}
    if strange := set(entry["names"]) - known:
        raise ResourceError(f"{where}: no such province {sorted(strange)}")
    return Province(tuple(entry["names"]), entry["text"], named((entry["cite"],), where))


def _where(entry: dict[str, Any]) -> str:
    return f"tracking/changes.toml: {entry.get('id', entry.get('text'))}"
