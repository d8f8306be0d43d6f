"""The code sets of a filing: what may be chosen, under which platform id, and what hangs on the choice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from wizard.resource_files import ResourceError, toml


@dataclass(frozen=True, slots=True)
class Item:
    """One choice. `label` is what is stored and shown; `code` is the platform's id where it is known."""

    label: str
    code: str = ""
    group: str = ""
    help: str = ""
    aliases: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodeSet:
    """A list of choices under `resources/code_sets/`; `complete` says whether the source lists them all."""

    name: str
    title: str
    items: tuple[Item, ...]
    complete: bool
    _index: Mapping[str, Item]

    def find(self, text: str) -> Item | None:
        """The item meant by a label, a platform id or a known other name."""
        return self._index.get(_plain(text))

    def labels(self) -> tuple[str, ...]:
        """All labels in the order of the source."""
        return tuple(item.label for item in self.items)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    folded = "".join(chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
    return "".join(folded.split()).casefold()


def nature_of(code: str) -> Item | None:
    """The 主体性质 that goes with the first two characters of a unified code (GB 32100-2015, table 1)."""
    natures = code_set("subject_types").items
    return next((item for item in natures if code[:2] in item.facts.get("uscc", ())), None)


_KNOWN = {"label", "code", "group", "help", "aliases"}


@cache
def code_set(name: str) -> CodeSet:
    """The code set kept in `resources/code_sets/<name>.toml`.

    Raises:
        ResourceError: there is no such file, or an entry of it has no label or doubles another.
    """
    data = toml("code_sets", f"{name}.toml")
    items: list[Item] = []
    index: dict[str, Item] = {}
    for entry in data["item"]:
        if "label" not in entry:
            raise ResourceError(f"{name}.toml: an item has no label")
        item = Item(
            label=entry["label"],
            code=entry.get("code", ""),
            group=entry.get("group", ""),
            help=entry.get("help", ""),
            aliases=tuple(entry.get("aliases", ())),
            facts={key: value for key, value in entry.items() if key not in _KNOWN},
        )
        items.append(item)
        for key in (item.label, item.code, *item.aliases):
            if key and index.setdefault(_plain(key), item) is not item:
                raise ResourceError(f"{name}.toml: «{key}» stands twice")
    return CodeSet(name, data["title"], tuple(items), data.get("complete", True), index)
