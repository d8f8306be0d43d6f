"""Which fields a rejection is about: by what its words name, or by the name the interface uses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from wizard.resource_files import toml
from wizard.sections import catalogue

PEOPLE = ("principal", "contact")


def fields_for(templates: Sequence[str], about: str, words: str) -> tuple[str, ...]:
    """The fields of a reason: ``@`` the person named, ``#`` the photo, ``%`` the letter, ``~`` the rest."""
    whole = f"{about}；{words}"
    made: list[str] = []
    for template in templates:
        if template == "#":
            made += _photos(whole)
        elif template == "%":
            made += [one for letter in _letters(whole) for one in _persons(letter, whole)]
        elif template == "~":
            made += [one for named in _mentioned(whole) for one in _persons(named, whole)]
        else:
            made += _persons(template, whole)
    return tuple(dict.fromkeys(made))


def of_the_interface(name: str) -> str:
    """Our field for a name such as ``icp_subject.base_info.name``, empty where there is none."""
    data = toml("rejections", "codes.toml")
    name = re.sub(r"\[\d+\]|\.\d+(?=\.|$)", "", name.strip())
    if name in data["field"]:
        return str(data["field"][name])
    for prefix, ours in data["prefix"].items():
        if name.startswith(prefix):
            field: str = ours + name.removeprefix(prefix)
            while field:
                if field in catalogue():
                    return field
                field = field.rpartition(".")[0]
    return name if name in catalogue() else ""


def _persons(template: str, words: str) -> list[str]:
    if not template.startswith("@."):
        return [template]
    named = [who for who in PEOPLE if _part("who", who).search(words)]
    return [f"{who}{template[1:]}" for who in named or PEOPLE]


def _photos(words: str) -> list[str]:
    named = {
        kind: bool(_part("photo", kind).search(words)) for kind in ("subject", "front", "back", "person")
    }
    person = named["person"] or named["front"] or named["back"]
    person = person or any(_part("who", who).search(words) for who in PEOPLE)
    found = ["subject.certificate_photo"] if named["subject"] else []
    sides = [side for side in ("front", "back") if named[side]] or ["front", "back"]
    if person or not named["subject"]:
        found += [one for side in sides for one in _persons(f"@.certificate_photo_{side}", words)]
    if not person and not named["subject"]:
        found.insert(0, "subject.certificate_photo")
    return found


def _letters(words: str) -> list[str]:
    listed = toml("rejections", "parts.toml")["letter"]
    found = [field for field, pattern in listed.items() if re.search(pattern, words)]
    return found or ["@.authorization_letter", "materials.commitment_letter"]


def _mentioned(words: str) -> Iterator[str]:
    for field, pattern in _mentions().items():
        if re.search(pattern, words):
            yield field


def _mentions() -> Mapping[str, str]:
    found: Mapping[str, str] = toml("rejections", "parts.toml")["mention"]
    return found


@cache
def _part(group: str, name: str) -> re.Pattern[str]:
    return re.compile(toml("rejections", "parts.toml")[group][name])
