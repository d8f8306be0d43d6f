"""The name on a seal, held against what else is known: how such offices are called, and the paper's address.

The rim is rolled out and its letters are bent, so that one of them is sooner misread than on a level line.
"""

from collections.abc import Mapping

from wizard.intake.values import Value
from wizard.resource_files import toml

_DOUBTFUL = 0.9
"""The best score of a name in which a letter was mended: a person has to look."""
_LEAST = 3
"""Letters of a place that is looked for in the address."""
_PARTS = "省市区县旗州盟"


def mended(office: Value, fields: Mapping[str, Value]) -> Value:
    """The office with one letter of its kind, and one of its place, put right by list and address."""
    place, kind = _split(office.text)
    if not kind:
        return office
    known = "".join(fields[name].text for name in ("address", "sponsor", "name") if name in fields)
    text = _placed(place, known) + kind
    return office if text == office.text else Value(text, min(office.score, _DOUBTFUL), office.pieces)


def _split(text: str) -> tuple[str, str]:
    """Place and kind of an office, the latter as the list has it; no kind where none is like it."""
    for ending in sorted(toml("papers.toml")["offices"]["endings"], key=len, reverse=True):
        for length in (len(ending), len(ending) - 1):
            tail = text[-length:]
            if len(text) > length and (tail == ending or _one_off(tail, ending)):
                return text[:-length], ending
    return text, ""


def _one_off(read: str, meant: str) -> bool:
    """Whether one letter was misread, or one was not seen."""
    if len(read) == len(meant):
        return sum(map(str.__ne__, read, meant)) == 1
    return any(meant[:at] + meant[at + 1 :] == read for at in range(len(meant)))


def _placed(place: str, known: str) -> str:
    """A place as the address has it, where that differs in one letter, or where the place lacks its first."""
    if len(place) < _LEAST or place in known:
        at = known.find(place)
        lacks = at == 1 and len(place) >= _LEAST and known[0] not in _PARTS
        return known[:1] + place if lacks else place
    for at in range(len(known) - len(place) + 1):
        there = known[at : at + len(place)]
        if there[-1] in _PARTS and sum(map(str.__ne__, place, there)) == 1:
            return there
    return place
