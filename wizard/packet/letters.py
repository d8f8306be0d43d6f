"""声明与授权 as data: the letters of `resources/letters/`, and those a case needs, filled.

Nothing in a letter is an expression. Whatever it names (fields, answers, provinces, conditions, hints,
sources) is looked up when it is loaded; what is not found stops with file and id.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from wizard import districts
from wizard.finding import Citation
from wizard.packet.blanks import blanks, filled, known
from wizard.packet.conditions import NAMED, Asker, Condition
from wizard.packet.snapshot import Snapshot
from wizard.resource_files import ResourceError, path, toml
from wizard.sections import catalogue
from wizard.types import Choice, Papers

FOLDER, SHARED = "letters", "signing.toml"
UPLOAD, KEEP = "upload", "keep"
_HEAD = {"id", "title", "order", "use", "upload_in", "field", "people", "hints", "paragraph", "box", "note"}
_CONDITION = {"when", "provinces", "except", "if"}


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, box, note or hint, and when it is there. `plain` has no indent, `date` wants a day."""

    text: str
    condition: Condition
    plain: bool = False
    date: bool = False
    source: Citation | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it stands in its file; `people` are those who get one each, by section id."""

    id: str
    title: str
    order: int
    use: str
    upload_in: tuple[str, ...]
    field: str
    people: tuple[str, ...]
    condition: Condition
    paragraphs: tuple[Part, ...]
    boxes: tuple[Part, ...]
    notes: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter made out for a case. `field` is where the signed one is attached, empty where it is kept."""

    id: str
    title: str
    field: str
    upload: bool
    paragraphs: tuple[tuple[str, bool], ...]
    boxes: tuple[tuple[str, bool], ...]
    notes: tuple[tuple[str, Citation | None], ...]

    @property
    def target(self) -> str:
        """What its page is called in links."""
        return f"letter-{self.id}"


def letters_for(snapshot: Snapshot) -> tuple[Filled, ...]:
    """The letters this case needs, in their order."""
    made: list[Filled] = []
    for letter in letters():
        for person in letter.people or ("",):
            asker = Asker(snapshot, person, letter.field.replace("{person}", person))
            if letter.condition.holds(asker):
                made.append(_filled(letter, asker))
    return tuple(made)


def _filled(letter: Letter, asker: Asker) -> Filled:
    return Filled(
        id=f"{letter.id}-{asker.person}" if asker.person else letter.id,
        title=filled(letter.title, asker),
        field=asker.field,
        upload=letter.use == UPLOAD or asker.province in letter.upload_in,
        paragraphs=tuple((filled(part.text, asker), part.plain) for part in _held(letter.paragraphs, asker)),
        boxes=tuple((filled(part.text, asker), part.date) for part in _held(letter.boxes, asker)),
        notes=tuple((filled(part.text, asker), part.source) for part in _held(letter.notes, asker)),
    )


def _held(parts: tuple[Part, ...], asker: Asker) -> Iterator[Part]:
    return (part for part in parts if part.condition.holds(asker))


@cache
def letters() -> tuple[Letter, ...]:
    """Every letter there is.

    Raises:
        ResourceError: a file is damaged; the text names it and what is wrong.
    """
    files = sorted(file.name for file in path(FOLDER).glob("*.toml") if file.name != SHARED)
    return tuple(sorted((load(toml(FOLDER, name), name) for name in files), key=lambda one: one.order))


def load(data: Mapping[str, Any], name: str) -> Letter:
    """The letter that `data` of the file `name` hold.

    Raises:
        ResourceError: something in it is not known; the text names file and letter.
    """
    try:
        return _letter(data)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise ResourceError(f"{name}: letter «{data.get('id', '?')}»: {error}") from error


def _letter(data: Mapping[str, Any]) -> Letter:
    if unknown := set(data) - _HEAD - _CONDITION:
        raise ValueError(f"unknown {sorted(unknown)}")
    people, use, field = tuple(data.get("people", ())), data["use"], data.get("field", "")
    if use not in (UPLOAD, KEEP):
        raise ValueError(f"use: {use!r} is neither {UPLOAD} nor {KEEP}")
    for target in [field.replace("{person}", one) for one in people or ("",)] if field else ():
        if target not in catalogue() or not isinstance(catalogue()[target].kind, Papers):
            raise ValueError(f"field: no attachment «{target}»")
    hints = toml(FOLDER, SHARED)["hint"]
    notes = [*data.get("note", ()), *({**hints[key]} for key in data["hints"])]
    return Letter(
        id=data["id"],
        title=_checked(data["title"], people),
        order=data["order"],
        use=use,
        upload_in=_provinces(data.get("upload_in", ())),
        field=field,
        people=people,
        condition=_condition(data),
        paragraphs=tuple(_part(each, people) for each in data["paragraph"]),
        boxes=tuple(
            _part({"text": each["label"], **_without(each, "label")}, people) for each in data["box"]
        ),
        notes=tuple(_part(each, people) for each in notes),
    )


def _without(entry: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != key}


def _part(entry: Mapping[str, Any], people: tuple[str, ...]) -> Part:
    if unknown := set(entry) - {each.name for each in fields(Part)} - _CONDITION:
        raise ValueError(f"unknown {sorted(unknown)}")
    source = sources()[entry["source"]] if "source" in entry else None
    return Part(
        _checked(entry["text"], people),
        _condition(entry),
        entry.get("plain", False),
        entry.get("date", False),
        source,
    )


def _checked(text: str, people: tuple[str, ...]) -> str:
    if unknown := [name for name in blanks(text) if not known(name, people)]:
        raise ValueError(f"no field {unknown}")
    if text.count("{") != len(list(blanks(text))):
        raise ValueError(f"a blank is the name of a field in braces: {text[:40]}")
    return text


def _condition(entry: Mapping[str, Any]) -> Condition:
    named = entry.get("if", "")
    if named and named not in NAMED:
        raise ValueError(f"if: no condition «{named}»")
    when = {field_id: _answers(field_id, listed) for field_id, listed in entry.get("when", {}).items()}
    return Condition(when, _provinces(entry.get("provinces", ())), _provinces(entry.get("except", ())), named)


def _answers(field_id: str, listed: list[str]) -> tuple[str, ...]:
    asked = catalogue().get(field_id)
    if asked is None or not isinstance(asked.kind, Choice):
        raise ValueError(f"when: «{field_id}» is no choice")
    labels = {item.label for item in asked.kind.items()} | {""}
    if unknown := [text for text in listed if text not in labels]:
        raise ValueError(f"when: «{field_id}» cannot be {unknown}")
    return tuple(listed)


def _provinces(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    codes: list[str] = []
    for name in names:
        found = districts.named(name)
        if found is None or found.level != "province":
            raise ValueError(f"no province «{name}»")
        codes.append(found.code)
    return tuple(codes)


@cache
def sources() -> dict[str, Citation]:
    """Who says how to sign, by the name letters cite them by."""
    return {name: Citation(**entry) for name, entry in toml(FOLDER, SHARED)["source"].items()}
