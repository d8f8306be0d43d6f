"""A rule as it stands in TOML: what is looked at, by which named check, what is said, and who says so.

Nothing in a rule is an expression. Whatever it names (fields, answers, checks and what they are given, word
lists, sources) is looked up when it is loaded; what is not found stops the program with file and rule.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Any, ClassVar

from wizard.check import checks
from wizard.check.given import convert, province_code
from wizard.finding import Citation, Confidence, Severity
from wizard.resource_files import ResourceError
from wizard.sections import catalogue
from wizard.types import Choice, Place
from wizard.when import When

if TYPE_CHECKING:
    from pydantic import TypeAdapter

Example = Mapping[str, Any]
"""A draft as a flat table of field ids; `on`, `pictures`, `scans`, `sources` stand beside them at need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. `message` and `fix` are filled by what the check found; `given` is what the check takes.

    `cite2` is the source that disagrees, or the second of two that agree. What this rule finds makes the
    findings in `replaces` superfluous at the same fields, and of two that name words the lighter one keeps
    those that the graver does not name. Findings in `settles` are superfluous even where this rule finds
    nothing: it judges the matter alone. `ok` and `bad` are read on demand.
    """

    __pydantic_config__: ClassVar[Mapping[str, str]] = {"extra": "forbid"}

    id: str
    severity: Severity
    check: str
    fields: tuple[str, ...]
    message: str
    fix: str
    cite: Citation
    confidence: Confidence
    cite2: Citation | None = None
    when: When = field(default_factory=dict)
    given: Mapping[str, Any] = field(default_factory=dict)
    valid_from: date = date.min
    valid_to: date = date.max
    replaces: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    ok: Example = field(default_factory=dict)
    bad: Example = field(default_factory=dict)

    def in_force(self, on: date) -> bool:
        """Whether the rule applies on that day."""
        return self.valid_from <= on <= self.valid_to


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One file of rules: the nation's, or those of one province (its code in `province`)."""

    version: str
    checked: date
    province: str
    rules: tuple[Rule, ...]


_EXAMPLES = ("ok = ", "bad = ")
_HEAD = {"version", "checked", "province", "groups", "rule"}


def load(file: Path, sources: Mapping[str, Citation], examples: bool = False) -> RuleFile:
    """The rules in `file`, every name in them looked up.

    An `ok` or `bad` draft stands on one line of its own and is passed over unless `examples` are wanted:
    reading them takes as long as all the rest.

    Raises:
        ResourceError: the file is damaged; the text names it and the rule.
    """
    try:
        text = file.read_text(encoding="utf-8")
        if not examples:
            text = "\n".join(line for line in text.split("\n") if not line.startswith(_EXAMPLES))
        data = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ResourceError(f"{file.name}: {error}") from error
    if unknown := set(data) - _HEAD:
        raise ResourceError(f"{file.name}: unknown {sorted(unknown)}")
    try:
        province = province_code(data["province"]) if "province" in data else ""
        rules = tuple(_rules(data, sources, file.name, examples))
        return RuleFile(str(data["version"]), _day(data["checked"]), province, rules)
    except (KeyError, ValueError) as error:
        raise ResourceError(f"{file.name}: {error}") from error


def load_sources(file: Path) -> dict[str, Citation]:
    """The sources that rules cite, by the name they cite them by.

    Raises:
        ResourceError: the file is damaged.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        return {name: Citation(**entry) for name, entry in data.items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError) as error:
        raise ResourceError(f"{file.name}: {error}") from error


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise ValueError(f"checked: {value!r} is not a day")
    return value


@cache
def _adapter() -> "TypeAdapter[Rule]":
    from pydantic import TypeAdapter

    return TypeAdapter(Rule)


def _rules(
    data: Mapping[str, Any], sources: Mapping[str, Citation], name: str, thorough: bool
) -> Iterator[Rule]:
    """Each rule of a file; `thorough` lets pydantic judge the type of every value as well.

    That costs more than all the rest, and what the program ships has passed it.
    """
    seen: set[str] = set()
    for position, entry in enumerate(data.get("rule", ()), 1):
        where = f"{name}: rule «{entry.get('id', f'no. {position}')}»"
        try:
            looked_up = _looked_up(entry, data.get("groups", {}), sources)
            rule = _adapter().validate_python(looked_up) if thorough else Rule(**looked_up)
            _verify(rule)
        except (ValueError, TypeError) as error:
            raise ResourceError(f"{where}: {error}") from error
        if rule.id in seen:
            raise ResourceError(f"{where}: stands twice")
        seen.add(rule.id)
        yield rule


def _looked_up(
    entry: Mapping[str, Any], groups: Mapping[str, list[str]], sources: Mapping[str, Citation]
) -> dict[str, Any]:
    check = checks.named(str(entry.get("check")))
    if check is None:
        raise ValueError(f"no check «{entry.get('check')}»")
    found = {**entry, "given": convert(check, entry.get("given", {}))}
    if isinstance(found.get("fields"), str):
        found["fields"] = groups.get(found["fields"], (found["fields"],))
    found |= {key: tuple(found[key]) for key in ("fields", "replaces", "settles") if key in found}
    for key in ("cite", "cite2"):
        if key in entry:
            found[key] = _source(entry[key], sources)
    found["when"] = {id_: _answers(id_, listed) for id_, listed in entry.get("when", {}).items()}
    return found


def _source(cited: object, sources: Mapping[str, Citation]) -> Citation:
    """A source by its name, or a table of its name and the article of it that is meant."""
    name, article = cited, ""
    if isinstance(cited, dict):
        name, article = cited.get("source"), cited.get("article", "")
        if unknown := set(cited) - {"source", "article"}:
            raise ValueError(f"cite: unknown {sorted(unknown)}")
    if not isinstance(name, str) or name not in sources:
        raise ValueError(f"no source «{name}»")
    from dataclasses import replace

    return replace(sources[name], article=article) if article else sources[name]


def _answers(field_id: str, listed: object) -> tuple[str, ...]:
    """The answers a condition names, provinces as their codes."""
    asked = catalogue().get(field_id)
    if asked is None:
        raise ValueError(f"when: no field «{field_id}»")
    texts = listed if isinstance(listed, list) else [listed]
    if isinstance(asked.kind, Place) and asked.kind.level == "province":
        return tuple(province_code(text) for text in texts)
    if not isinstance(asked.kind, Choice):
        raise ValueError(f"when: «{field_id}» is not a choice")
    labels = {item.label for item in asked.kind.items()} | {""}
    if unknown := [text for text in texts if text not in labels]:
        raise ValueError(f"when: «{field_id}» cannot be {unknown}")
    return tuple(texts)


def _verify(rule: Rule) -> None:
    if unknown := [id_ for id_ in rule.fields if id_ not in catalogue()]:
        raise ValueError(f"no field {unknown}")
    if not rule.fields:
        raise ValueError("fields: at least one")
    if not all((rule.message, rule.fix)):
        raise ValueError("a rule has a message and a fix")
    for text in (rule.message, rule.fix):
        for _, name, spec, conversion in Formatter().parse(text):
            if name is not None and (not name.isidentifier() or spec or conversion):
                raise ValueError(f"a placeholder is a bare name, not {{{name}}}")
