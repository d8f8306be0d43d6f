"""What a combo box offers where that hangs on other answers: places, certificates of a nature."""

from wizard import districts
from wizard.catalogue import code_set
from wizard.draft import Draft
from wizard.fields import Field
from wizard.reading import choices_of
from wizard.types import Choice, Place


def options(field: Field, draft: Draft) -> tuple[str, ...] | None:
    """The entries to offer for `field` now; None where they never change."""
    match field.kind:
        case Place(level="province"):
            return tuple(place.name for place in districts.provinces())
        case Place():
            parent = _place(field, draft, field.kind.within)
            within = districts.children(parent) if parent else ()
            alone = districts.find(parent) if parent and not within else None
            return tuple(place.name for place in ((alone,) if alone else within))
        case Choice() if field.kind.narrowed_by:
            chosen = code_set("subject_types").find(str(choices_of(draft).get(field.kind.narrowed_by, "")))
            labels = tuple(item.label for item in field.kind.items())
            return tuple(chosen.facts["certificate_types"]) if chosen else labels
        case _:
            return None


def _place(field: Field, draft: Draft, name: str) -> str:
    """The code of the place chosen in the field `name` of the same section."""
    above = ""
    if name == "city":
        above = _place(field, draft, "province")
        if not above:
            return ""
    text = draft.text(f"{field.section.id}.{name}")
    found = districts.named(text, above) if text else None
    return found.code if found else ""
