"""What the lines of a page come to: which paper it is, its values, and how sure each is."""

import re
from collections.abc import Mapping, Sequence

from wizard.intake import kinds, offices, paper_days, proof, several
from wizard.intake.captions import Caption, captioned
from wizard.intake.lines import Line
from wizard.intake.pieces import Piece, next_in_row, pieces
from wizard.intake.values import Value, codes, values
from wizard.scan import CARDS, Read

_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])")
_NAME = re.compile("[一-鿿（）·]{4,40}")
_BELOW_NAME = ("type", "legal_person", "address", "business_scope")
_NEXT = 3.0
"""Heights between the name and the value below it."""
_FOOT = 8.0
"""Heights within which the date stands below (or above) 登记机关."""
_UNSURE = 0.9
_NEEDED = {
    "business_licence": ("uscc", "name", "legal_person", "address"),
    "individual_licence": ("uscc", "name", "legal_person", "address"),
    "institution_certificate": ("uscc", "name", "legal_person", "address"),
    "other_certificate": ("uscc", "name"),
    "id_front": ("name", "id_number", "address"),
    "id_back": ("issuer", "valid_from", "valid_to"),
    "id_both": ("name", "id_number", "address", "issuer", "valid_from", "valid_to"),
}
"""Without these a picture is not legible: they are what the filing asks for."""


def understand(
    lines: Sequence[Line],
    size: tuple[int, int],
    shown: Sequence[str] = (),
    asked: str = "auto",
    office: Line | None = None,
) -> tuple[str, dict[str, Read], bool]:
    """The kind of paper, its values by field, and whether all was read that is needed of it.

    `lines` stand in a straight picture of `size` pixels; `shown` are the texts of the QR codes in it,
    `office` is the name on its seal.
    """
    whole = pieces(lines, size)
    print_ = several.first(whole)
    runs = codes(print_)
    links = [match[0] for text in shown for match in _CODE.finditer(text.upper())]
    number, sure, place = proof.code(runs, links)
    kind = kinds.kind_of(print_, number if sure > proof.DOUBTFUL else "", asked)
    if kind in CARDS:
        found = _card(print_)
        number, sure, place = proof.number(runs, found)
        name = "id_number"
    else:
        found = _paper(print_)
        found |= _office(office, size, print_ if len(print_) < len(whole) else (), found)
        name = "uscc"
    found = {name: value for name, value in found.items() if not _cut(value, size)}
    fields = _weighed(kind, found, number if sure > proof.DOUBTFUL else "")
    if number:
        fields[name] = (Value(number, 1.0, place.pieces if place else ()), sure)
    read = {
        name: Read(value.text, sure, _corners(value.pieces, size)) for name, (value, sure) in fields.items()
    }
    legible = bool(kind) and all(read.get(one, _NONE).confidence >= _least(one) for one in _NEEDED[kind])
    return kind, read, legible


_NONE = Read("", 0.0)


def _least(name: str) -> float:
    """How sure a needed value has to be: numbers have check digits, and one without them was not legible."""
    return proof.LIKELY if name in ("uscc", "id_number") else proof.DOUBTFUL


def _office(
    office: Line | None, size: tuple[int, int], alone: Sequence[Piece], fields: Mapping[str, Value]
) -> dict[str, Value]:
    """The name on the seal, unless that stands on another paper than the print that was left `alone`."""
    if not office:
        return {}
    seal = pieces([office], size)
    if alone and any(
        one.middle > max(piece.bottom for piece in alone) or one.left > max(piece.right for piece in alone)
        for one in seal
    ):
        return {}
    return {"authority": offices.mended(Value(office.text, office.score, tuple(seal)), fields)}


def _cut(value: Value, size: tuple[int, int]) -> bool:
    """Whether a value runs into the edge of the picture: what is beyond it nobody knows."""
    return any(
        piece.right > size[0] - 0.2 * piece.em or piece.left < 0.2 * piece.em for piece in value.pieces
    )


def _card(print_: Sequence[Piece]) -> dict[str, Value]:
    captions, _ = captioned(print_, kinds.captions("card"))
    return values(captions)


def _paper(print_: Sequence[Piece]) -> dict[str, Value]:
    captions, rest = captioned(print_, kinds.captions("organisation"))
    found = values(captions)
    if "name" not in found and (name := _lone_name(rest, captions)):
        found["name"] = name
    if "issued" not in found:
        below = max((one.middle for one in captions if one.name == "business_scope"), default=0.0)
        office = next((one for one in captions if one.name == "authority"), None)
        beside = [piece for row in office.rows for piece in row] if office else []
        near = [piece for piece in rest if office is None or _near(piece, office)]
        if issued := _lone_day([*near, *beside], below):
            found["issued"] = issued
    return found


def _lone_name(rest: Sequence[Piece], captions: Sequence[Caption]) -> Value | None:
    """The name where its caption was not seen: it heads the column of values. A person has to look at it."""
    heads = [one.rows[0][0] for one in captions if one.name in _BELOW_NAME and one.rows]
    for head in sorted(heads, key=lambda one: one.top)[:1]:
        above = [
            piece
            for piece in rest
            if abs(piece.left - head.left) < head.em
            and piece.bottom < head.top < piece.bottom + _NEXT * head.height
            and _NAME.fullmatch(piece.text)
        ]
        if above:
            name = max(above, key=lambda piece: piece.bottom)
            return Value(name.text, min(name.score, _UNSURE), (name,))
    return None


def _near(piece: Piece, office: Caption) -> bool:
    return abs(piece.middle - office.middle) < _FOOT * office.height


def _lone_day(rest: Sequence[Piece], below: float) -> Value | None:
    """The date under the seal: the lowest that belongs to no caption."""
    found = None
    for piece in sorted(rest, key=lambda one: one.middle):
        row = [piece]
        while after := next_in_row(row[-1], rest, 4.0):
            row.append(after)
        text = paper_days.day("".join(one.text for one in row))
        if text and piece.middle > below:
            figures = [one.score for one in row if any(sign.isdigit() for sign in one.text)]
            found = Value(text, min(figures or [one.score for one in row]), tuple(row))
    return found


def _weighed(kind: str, found: Mapping[str, Value], number: str) -> dict[str, tuple[Value, float]]:
    """Each value with how sure it is; what was badly read and has no witness is left out."""
    witnessed = proof.dates(found)
    if kind in CARDS and number:
        witnessed |= proof.card(found, number)
    if kind == "individual_licence" and number and found.get("type", _NO).text == "个体工商户":
        witnessed["type"] = proof.PROVEN
    weighed = {name: (value, witnessed.get(name) or proof.plain(value)) for name, value in found.items()}
    return {name: one for name, one in weighed.items() if one[1]}


_NO = Value("", 0.0, ())


def _corners(parts: Sequence[Piece], size: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    if not parts:
        return ()
    left, right = min(one.left for one in parts) / size[0], max(one.right for one in parts) / size[0]
    top, bottom = min(one.top for one in parts) / size[1], max(one.bottom for one in parts) / size[1]
    return tuple(
        (round(x, 4), round(y, 4)) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))
    )
