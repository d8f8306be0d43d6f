"""How a field is declared, and the catalogue that comes of the declarations.

A field is one line in a section: ``name: Annotated[PersonName | None, Ask("姓名")] = None``. Its type
says how an answer is judged, `Ask` what the person is asked. Every consumer (page, reading, data sheet,
workbook, `main.py fields`) loops over the `Field` records made from those lines.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_type_hints

from wizard.kind import Kind
from wizard.when import When


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person is asked for one field.

    `help` says where on the paper it stands, with an example. `when` names what must hold for the field
    to be asked: ids, or bare names of the same section. `ocr` is ``document.key`` of what a scan can tell,
    `column` a heading of its own for workbooks. `private` marks what is masked outside the form.
    """

    label: str
    help: str = ""
    when: When = field(default_factory=dict)
    optional: bool = False
    ocr: str = ""
    column: str = ""
    private: bool = False


class Answers:
    """A group of answers that belong to one section; its fields are its annotated attributes."""


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a filing: `id` as in field ids, `title` as on the page, `answers` its class.

    `also` adds a condition to every field that a class brings in: it links 小程序负责人 to 主体负责人.
    """

    id: str
    title: str
    answers: type[Answers]
    also: Mapping[type[Answers], When] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the catalogue: where it stands, how it is judged, what is asked."""

    id: str
    name: str
    section: Section
    kind: Kind
    ask: Ask
    when: When

    @property
    def label(self) -> str:
        """The words beside the input."""
        return self.ask.label

    @property
    def heading(self) -> str:
        """The heading in a workbook, unique over all sections."""
        return self.ask.column or f"{self.section.title}·{self.ask.label}"


def fields_of(section: Section) -> tuple[Field, ...]:
    """The fields of `section` in the order of their declaration."""
    return tuple(
        _field(section, name, annotation)
        for name, annotation in get_type_hints(section.answers, include_extras=True).items()
    )


def _field(section: Section, name: str, annotation: Any) -> Field:
    ask = next((mark for mark in annotation.__metadata__ if isinstance(mark, Ask)), None)
    kind = _kind(annotation)
    if ask is None or kind is None:
        raise TypeError(f"{section.id}.{name}: a field needs an Ask and a type that can judge it")
    when = {key if "." in key else f"{section.id}.{key}": texts for key, texts in ask.when.items()}
    for declared_in, more in section.also.items():
        if name in getattr(declared_in, "__annotations__", {}):
            when.update(more)
    return Field(f"{section.id}.{name}", name, section, kind, ask, when)


def _kind(annotation: Any) -> Kind | None:
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, Kind):
            return mark
    for inner in getattr(annotation, "__args__", ()):
        if (found := _kind(inner)) is not None:
            return found
    origin = getattr(annotation, "__origin__", None)
    return _kind(origin) if origin is not None and origin is not annotation else None
