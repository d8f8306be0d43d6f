"""The fillable form: one HTML file that needs no network and gives a draft file back."""

import html
import json
from functools import cache
from typing import Any

from wizard import districts
from wizard.catalogue import code_set
from wizard.fields import Field
from wizard.intake.workbook.wording import asked_of_clients, choices
from wizard.resource_files import ResourceError, path, toml
from wizard.sections import SECTIONS
from wizard.types import Choice, Line, Place, Rows, Several


def form() -> bytes:
    """The form as the bytes of its file.

    Raises:
        ResourceError: one of its parts is missing.
    """
    data = toml("intake", "instructions.toml")
    about = "\n".join(f'<p class="about">{html.escape(line)}</p>' for line in data["form"])
    parts = {
        "title": html.escape(data["title"]),
        "css": _part("form.css"),
        "about": about,
        "data": _embedded(content()),
        "script": _part("form.js"),
    }
    page = _part("form.html")
    for name, text in parts.items():
        if f"{{{name}}}" not in page:
            raise ResourceError(f"form.html: no place for {name}")
        page = page.replace(f"{{{name}}}", text)
    return page.encode("utf-8")


def content() -> dict[str, Any]:
    """What the form draws: sections, fields, and the places of the country."""
    fields = [_field(field) for field in asked_of_clients()]
    used = {field["section"] for field in fields}
    sections = [{"id": one.id, "title": one.title} for one in SECTIONS if one.id in used]
    return {"sections": sections, "fields": fields, "places": _places()}


def _field(field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": field.id,
        "section": field.section.id,
        "label": field.label,
        "help": field.ask.help,
        "when": {id_: list(texts) for id_, texts in field.when.items()},
        "optional": field.ask.optional,
        "kind": _kind(field),
    }
    kind = field.kind
    if isinstance(kind, Place):
        return made | {"level": kind.level}
    if isinstance(kind, Several):
        listed = code_set(kind.code_set)
        return made | {"choices": list(listed.labels()), "example": f"最多 {kind.most} 项，用顿号隔开"}
    if isinstance(kind, Rows):
        labels = list(code_set("pre_approvals").labels())
        return made | {"choices": labels, "example": "有批准文号的写“项目：文号”，几项用顿号隔开"}
    if isinstance(kind, Choice):
        made |= {"choices": list(choices(field)), "complete": code_set(kind.code_set).complete}
        if kind.narrowed_by:
            made |= {"by": kind.narrowed_by, "narrow": _narrowed(kind)}
    return made


def _kind(field: Field) -> str:
    for type_, name in ((Choice, "choice"), (Several, "several"), (Rows, "rows"), (Place, "place")):
        if isinstance(field.kind, type_):
            return name
    return "lines" if isinstance(field.kind, Line) and field.kind.lines else "text"


def _narrowed(kind: Choice) -> dict[str, list[str]]:
    """What may be chosen by the answer to the field that narrows this one."""
    items = code_set("subject_types").items
    return {item.label: list(item.facts[kind.code_set]) for item in items if kind.code_set in item.facts}


@cache
def _places() -> dict[str, dict[str, list[str]]]:
    """Districts by city by province, all by name."""
    return {
        province.name: {
            city.name: [district.name for district in districts.children(city.code)]
            for city in districts.children(province.code)
        }
        for province in districts.provinces()
    }


def _embedded(data: dict[str, Any]) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _part(name: str) -> str:
    try:
        return path("intake", name).read_text(encoding="utf-8")
    except OSError as error:
        raise ResourceError(f"{name}: {error}") from error
