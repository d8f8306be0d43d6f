"""Another paper, or another side of it, than was asked for."""

from collections.abc import Iterator

from wizard.scan import Fault

_LICENCES = ("business_licence", "individual_licence", "institution_certificate", "other_certificate")
_CARDS = ("id_front", "id_back", "id_both")
_FITTING = {
    "business_licence": _LICENCES,
    "identity_card": _CARDS,
    "id_front": ("id_front", "id_both"),
    "id_back": ("id_back", "id_both"),
}


def misplaced(expected: str, found: str) -> Iterator[Fault]:
    """``wrong_side`` or ``wrong_document``.

    `expected` is what the place is for (``business_licence``, ``identity_card``, ``id_front``, ``id_back``,
    anything else: whatever comes), `found` the kind that was read, empty where it could not be told.
    """
    fitting = _FITTING.get(expected)
    if not found or fitting is None or found in fitting:
        return
    yield Fault("wrong_side" if expected in _CARDS and found in _CARDS else "wrong_document")
