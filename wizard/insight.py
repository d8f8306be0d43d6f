"""What one answer tells by itself while it is typed: a repair to offer, and what is known from a number."""

from dataclasses import dataclass
from datetime import date

from wizard import numbers
from wizard.draft import Draft
from wizard.fields import Field
from wizard.kind import Kind
from wizard.reading import choices_of
from wizard.types import Number, NumberBy, PersonalNumber, Telephone

CHECKED = frozenset({"uscc", "org_code", "ric", "hmt_residence", "foreign_pr"})
"""The kinds whose numbers carry a check digit."""

_TOLD = {
    "uscc": ("department", "category", "place"),
    "ric": ("place", "gender", "birth_date"),
    "hmt_residence": ("region", "gender", "birth_date"),
    "foreign_pr": ("country", "gender", "birth_date"),
    "icp": ("province", "kind"),
    "landline": ("place",),
}


@dataclass(frozen=True, slots=True)
class Insight:
    """`suggestion` is a repaired answer to offer, `known` a quiet line for a well-formed number."""

    suggestion: str = ""
    known: str = ""
    complete: bool = False


def insight(field: Field, draft: Draft, on: date) -> Insight:
    """What the answer to `field` tells; nothing for an empty one or one that is not a number."""
    text = draft.text(field.id)
    if not text.strip() or not isinstance(field.kind, (Number, NumberBy, PersonalNumber, Telephone)):
        return Insight()
    kind = _kind(field, draft).chosen(text)
    if not isinstance(kind, Number):
        return Insight()
    module = numbers.kind(kind.name)
    verdict = module.validate(text, on)
    if not verdict.valid:
        return Insight(
            suggestion=verdict.problems[0].suggestion or "", complete=_long(kind.name, verdict.normalised)
        )
    told = module.describe(text, on)
    parts = [str(told[key]) for key in _TOLD.get(kind.name, ()) if told.get(key)]
    words = " · ".join(dict.fromkeys(parts))
    if kind.name in CHECKED:
        words = f"已核对校验位 ✓　{words}" if words else "已核对校验位 ✓"
    return Insight(known=words, complete=True)


def _kind(field: Field, draft: Draft) -> Kind:
    if isinstance(field.kind, NumberBy):
        return field.kind.resolve(str(choices_of(draft).get(f"{field.section.id}.{field.kind.by}", "")))
    return field.kind


_LENGTHS = {"uscc": 18, "ric": 18, "hmt_residence": 18, "mobile": 11, "appid": 18}


def _long(kind: str, normalised: str) -> bool:
    return len(normalised) >= _LENGTHS.get(kind, 10**6)
