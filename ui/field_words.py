"""A field and what it holds in the words of people, for lists that show several fields."""

from collections.abc import Mapping
from typing import Any

from wizard.masking import masked, masked_name
from wizard.sections import catalogue


def label_of(field_id: str) -> str:
    """Section and label of a field, such as 主体负责人·手机号码."""
    field = catalogue().get(field_id)
    return f"{field.section.title}·{field.label}" if field else field_id


def value_of(field_id: str, held: Any, *, covered: bool = True) -> str:
    """What a field holds as one line; what is private covered."""
    text = held if isinstance(held, str) else "、".join(map(_part, held))
    field = catalogue().get(field_id)
    if not text:
        return "（空）"
    if covered and field is not None and field.ask.private:
        return masked(text)
    if (
        covered
        and field_id.endswith((".name", "legal_person_name"))
        and field_id.startswith(("principal", "contact"))
    ):
        return masked_name(text)
    return " ".join(text.split())


def _part(part: Any) -> str:
    if isinstance(part, Mapping):
        return " ".join(str(part[key]) for key in ("type", "code") if part.get(key))
    return str(part).rpartition("/")[2]
