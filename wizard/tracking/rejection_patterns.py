"""The reasons for a rejection as patterns of words: read from `resources/rejections/`, judged when loaded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from wizard.resource_files import ResourceError, path, toml

_NAME = re.compile(r"<(\w+)>")
_KNOWN = {"id", "reason", "fields", "change", "paper", "patterns", "examples", "likely", "yields", "decisive"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that must all stand in one sentence, and words that must not."""

    all: tuple[re.Pattern[str], ...]
    none: tuple[re.Pattern[str], ...]

    def spoken(self, words: str) -> frozenset[int]:
        """The places in `words` it speaks of; none where it does not match."""
        spoken: set[int] = set()
        for part in self.all:
            found = part.search(words)
            if not found:
                return frozenset()
            spoken.update(range(*found.span()))
        return frozenset() if any(part.search(words) for part in self.none) else frozenset(spoken)


@dataclass(frozen=True, slots=True)
class Reason:
    """One way to be rejected: `reason` is its id in rules/reasons.toml, `text` what that table calls it.

    `likely` marks words so general that they are never taken for sure; before a reason among `yields` in the
    same sentence it steps back (负责人不是法人，请上传授权书 asks for the letter). The words of a `decisive`
    one mean nothing else, however little of a sentence they are.
    """

    id: str
    reason: str
    text: str
    fields: tuple[str, ...]
    change: str
    paper: str
    patterns: tuple[Pattern, ...]
    examples: tuple[str, ...]
    likely: bool = False
    yields: tuple[str, ...] = ()
    decisive: bool = False

    def spoken(self, words: str) -> frozenset[int]:
        """The places in `words` its best pattern speaks of; none where none matches."""
        return max((pattern.spoken(words) for pattern in self.patterns), key=len)

    def covered(self, words: str) -> frozenset[int]:
        """The places in `words` that any part of its patterns that match could speak of."""
        matching = [pattern for pattern in self.patterns if pattern.spoken(words)]
        spans = (
            found.span() for pattern in matching for part in pattern.all for found in part.finditer(words)
        )
        return frozenset(place for span in spans for place in range(*span))


@cache
def table() -> Mapping[str, dict[str, Any]]:
    """The hundred known reasons by their id."""
    return {entry["id"]: entry for entry in toml("rules", "reasons.toml")["reason"]}


@cache
def reasons() -> tuple[Reason, ...]:
    """Every reason there are patterns for.

    Raises:
        ResourceError: an entry is damaged, names an unknown word or an unknown reason.
    """
    files = sorted(file.name for file in path("rejections").glob("reasons-*.toml"))
    made = tuple(_reason(entry, name) for name in files for entry in toml("rejections", name)["reason"])
    if len({one.id for one in made}) < len(made):
        raise ResourceError("rejections: an id stands twice")
    return made


@cache
def codes() -> Mapping[int, dict[str, Any]]:
    """The error codes of the interface by their number."""
    return {entry["code"]: entry for entry in toml("rejections", "codes.toml")["code"]}


def _reason(entry: dict[str, Any], name: str) -> Reason:
    where = f"{name}: {entry.get('id')}"
    if unknown := set(entry) - _KNOWN:
        raise ResourceError(f"{where}: what is {sorted(unknown)}")
    reason = entry.get("reason", entry["id"])
    if reason not in table():
        raise ResourceError(f"{where}: no reason {reason}")
    if not entry["examples"]:
        raise ResourceError(f"{where}: no example")
    return Reason(
        id=entry["id"],
        reason=reason,
        text=table()[reason]["text"],
        fields=tuple(entry["fields"]),
        change=entry["change"],
        paper=entry.get("paper", ""),
        patterns=tuple(_pattern(text, where) for text in entry["patterns"]),
        examples=tuple(entry["examples"]),
        likely=entry.get("likely", False),
        yields=tuple(entry.get("yields", ())),
        decisive=entry.get("decisive", False),
    )


def _pattern(text: str, where: str) -> Pattern:
    parts = [part.strip() for part in text.split(" & ")]
    return Pattern(
        tuple(_compiled(part, where) for part in parts if not part.startswith("!")),
        tuple(_compiled(part[1:], where) for part in parts if part.startswith("!")),
    )


def _compiled(text: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(_NAME.sub(lambda found: f"(?:{_word(found[1])})", text))
    except (re.error, KeyError) as error:
        raise ResourceError(f"{where}: «{text}»: {error}") from error


def _word(name: str) -> str:
    words: dict[str, str] = toml("rejections", "words.toml")["words"]
    return words[name]
