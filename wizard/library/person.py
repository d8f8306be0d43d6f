"""What of a draft belongs to one role: its papers, and the draft without it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from wizard.draft import Draft, attached

_TELLING = ("name", "certificate_number", "mobile", "emergency_contact", "email")
_Value = TypeVar("_Value")


def attachments_of(draft: Draft, role: str) -> list[str]:
    """The attachments in the fields of a role."""
    return [path for field, path in attached(draft) if field.startswith(f"{role}.")]


def texts_of(draft: Draft, role: str) -> list[str]:
    """What tells who holds a role: name, numbers, mail."""
    found = (draft.text(f"{role}.{name}").strip() for name in _TELLING)
    return [text for text in found if len(text) > 1]


def without_role(draft: Draft, role: str) -> Draft:
    """The draft without any answer, paper or scan of a role; all else stays."""
    papers = set(attachments_of(draft, role))
    return replace(
        draft,
        answers=_others(draft.answers, role),
        attachments=_others(draft.attachments, role),
        sources=_others(draft.sources, role),
        scans={path: scan for path, scan in draft.scans.items() if path not in papers},
    )


def _others(values: Mapping[str, _Value], role: str) -> dict[str, _Value]:
    return {field: value for field, value in values.items() if not field.startswith(f"{role}.")}
