"""Which paper a picture shows, and by what captions its values are known.

Kinds are those of the read contract: ``business_licence``, ``individual_licence`` (个体工商户),
``institution_certificate`` (事业单位), ``other_certificate`` (社会团体, 民办非企业单位, 机关 and the like),
``id_front``, ``id_back``, ``id_both``. The words are `resources/papers.toml`.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from wizard.intake.pieces import Piece
from wizard.resource_files import toml


@cache
def captions(paper: str) -> Mapping[str, str]:
    """The captions of a ``card`` or of the papers of an ``organisation``, each with the field it names."""
    return {word: field for field, words in toml("papers.toml")[paper].items() for word in words}


def ethnicities() -> frozenset[str]:
    """The names that can stand behind 民族."""
    return frozenset(toml("papers.toml")["ethnicity"]["names"])


def kind_of(pieces: Sequence[Piece], code: str = "", asked: str = "auto") -> str:
    """Which paper it is, by its title and captions and the head of its `code`; empty where nothing tells.

    `asked` (``business_licence``, ``identity_card``) decides where both would do.
    """
    text = "".join(piece.text for piece in pieces)
    titles = toml("papers.toml")["titles"]
    paper = {kind: sum(word in text for word in words) for kind, words in titles.items()}
    front, back = paper.pop("id_front"), paper.pop("id_back")
    front += _has_number(pieces) * 2
    card = max(front, back) + (asked == "identity_card")
    if card > max(paper.values()) + (asked == "business_licence") and "营业执照" not in text:
        return "id_both" if front >= 2 and back >= 2 else "id_front" if front >= back else "id_back"
    return _organisation(paper, code, text)


def _has_number(pieces: Sequence[Piece]) -> bool:
    return any(len(piece.text) == 18 and piece.text[:17].isdigit() for piece in pieces)


def _organisation(paper: dict[str, int], code: str, text: str) -> str:
    if "事业单位法人" in text or code.startswith("12"):
        return "institution_certificate"
    if code.startswith(("11", "13", "19", "2", "3", "4", "5", "6", "7", "8", "A", "N", "Y")):
        return "other_certificate"
    individual = code.startswith("92") or (paper["individual_licence"] >= 2 and not code.startswith("91"))
    if individual:
        return "individual_licence"
    if code.startswith("9") or "营业执照" in text:
        return "business_licence"
    best = max(("business_licence", "institution_certificate", "other_certificate"), key=paper.__getitem__)
    return best if paper[best] else ""
