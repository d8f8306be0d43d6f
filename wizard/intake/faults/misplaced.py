"""Another paper, or another side of it, than was asked for."""

from collections.abc import Iterator

from wizard.scan import CARDS, CERTIFICATES, Fault

_FITTING = {
    "business_licence": CERTIFICATES,
    "identity_card": CARDS,
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
    yield Fault("wrong_side" if expected in CARDS and found in CARDS else "wrong_document")
