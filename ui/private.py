"""What of a draft is private: the names of people, and the numbers and addresses to be covered."""

from wizard.draft import Draft

NAMES = ("principal.name", "contact.name", "subject.legal_person_name")
_OWN_NAME = ("subject.type", "个人", "subject.name")
_LEAST = 5
"""Shorter values are too likely to stand in any text."""


def names_in(draft: Draft) -> tuple[str, ...]:
    """The names of the people in the draft. The catalogue is not asked: a title needs this early."""
    nature, own, name = _OWN_NAME
    fields = (*NAMES, name) if draft.text(nature) == own else NAMES
    return tuple(text for field in fields if (text := draft.text(field).strip()))


def values_in(draft: Draft) -> tuple[str, ...]:
    """The private answers of the draft that are long enough to be told from other text."""
    from wizard.sections import catalogue

    private = (field_id for field_id, field in catalogue().items() if field.ask.private)
    return tuple(text for field in private if len(text := draft.text(field).strip()) >= _LEAST)
