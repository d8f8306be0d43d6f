"""What a scan offers to the form: each value beside what is in the form now. Nothing is taken over here."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from wizard import alike, districts
from wizard.catalogue import nature_of
from wizard.draft import Draft
from wizard.reading import choices_of, is_asked
from wizard.scan import CARDS, CERTIFICATES, SURE, Corners, Read, Scan
from wizard.sections import catalogue
from wizard.sections.natures import PERSON
from wizard.types import Place

State = Literal["empty", "same", "different"]

PHOTO = "subject.certificate_photo"
CARD_SLOTS = tuple(
    f"{section}.certificate_photo_{side}"
    for section in ("principal", "contact")
    for side in ("front", "back")
)
READ_SLOTS = (PHOTO, *CARD_SLOTS)
"""The slots whose pictures are read."""

_LICENCES = {
    "business_licence": ("企业", "营业执照"),
    "individual_licence": ("个体工商户", "营业执照"),
    "institution_certificate": ("事业单位", "事业单位法人证书"),
}
_OLD_PAPER = "组织机构代码证"
"""It has a code of its own of nine signs: no paper with a unified code is one."""
_WELL_READ, _TABLED = 0.85, 0.95
_REGION = ("subject.province", "subject.city", "subject.district")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value for one field. `now` is what the form holds, `state` how the two stand to each other.

    `source` is the mark it gets when it is taken over unseen: ``read``, or ``computed`` where it follows from
    something that was read. `corners` say where in the picture it stands.
    """

    field_id: str
    value: str
    confidence: float
    source: str
    now: str
    state: State
    corners: Corners = ()

    @property
    def sure(self) -> bool:
        """Whether something beside the letters speaks for it, so that it may be taken over with others."""
        return self.confidence >= SURE


def suggestions(slot: str, scan: Scan, draft: Draft) -> tuple[Suggestion, ...]:
    """What the scan of the picture in `slot` offers, in the order of the form.

    Only fields that are asked, or will be once the choices are made that the scan offers too: an empty form
    asks for a number only when it knows of which paper.
    """
    choices, known = choices_of(draft), catalogue()
    order = list(known)
    offered = list(_offered(slot, scan, choices))
    choices |= {field_id: read.value for field_id, read, _ in offered if choices.get(field_id) == ""}
    found = {
        field_id: _suggestion(field_id, read, source, draft)
        for field_id, read, source in offered
        if is_asked(known[field_id], choices) and read.value
    }
    return tuple(sorted(found.values(), key=lambda one: order.index(one.field_id)))


def _offered(slot: str, scan: Scan, choices: dict[str, object]) -> Iterator[tuple[str, Read, str]]:
    """Field, value and source mark; a later one replaces an earlier one of the same field."""
    section = slot.partition(".")[0]
    if slot == PHOTO and scan.kind in CERTIFICATES:
        yield from _of_document("business_licence", section, scan)
        yield from _of_licence(scan, choices)
    elif slot in CARD_SLOTS and scan.kind in CARDS:
        yield from _of_document("identity_card", section, scan)
        yield f"{section}.certificate_type", _derived("居民身份证", _telling(scan)), "computed"
        if section == "principal" and choices.get("subject.type") in PERSON and "name" in scan.fields:
            yield "subject.name", scan.fields["name"], "read"


def _of_document(document: str, section: str, scan: Scan) -> Iterator[tuple[str, Read, str]]:
    for field in catalogue().values():
        name, _, key = field.ask.ocr.partition(".")
        if field.section.id == section and name == document and key in scan.fields:
            yield field.id, scan.fields[key], "read"


def _of_licence(scan: Scan, choices: dict[str, object]) -> Iterator[tuple[str, Read, str]]:
    if scan.kind == "other_certificate":
        yield from _of_code(scan)
    else:
        nature, certificate = _LICENCES[scan.kind]
        sure = _telling(scan)
        if choices.get("subject.type") in ("", nature) or scan.kind != "business_licence":
            yield "subject.type", _derived(nature, sure), "computed"
        yield "subject.certificate_type", _derived(certificate, sure), "computed"
    if scan.kind == "individual_licence" and "term_to" not in scan.fields:
        yield "subject.certificate_validity_date_end", _derived("长期", Read("", 0.5)), "computed"
    address = scan.fields.get("address", Read("", 0.0))
    places = districts.split_address(address.value)
    region = _tabled(address, places)
    for field_id, place in zip(_REGION, places, strict=True):
        if place and place.current:
            yield field_id, _derived(place.name, region), "computed"
    if choices.get("principal.is_legal_person") == "是" and "legal_person" in scan.fields:
        yield "principal.name", scan.fields["legal_person"], "read"


def _tabled(address: Read, places: districts.Split) -> Read:
    """The address as a witness of its region: sure where it names province, city and district in full, of
    which each lies in the one before. A misread letter makes no other such row of names.
    """
    province, city, district = places
    rows = [row.name for row in (province, city, district) if row]
    named = "".join(dict.fromkeys(rows))  # 北京市 is province and city
    if len(rows) == len(places) and address.value.startswith(named) and address.confidence >= _WELL_READ:
        return Read(address.value, max(address.confidence, _TABLED), address.corners)
    return address


def _of_code(scan: Scan) -> Iterator[tuple[str, Read, str]]:
    """What the head of the code says: the nature and its paper, sure where there is but one."""
    code = scan.fields.get("uscc", Read("", 0.0))
    nature = nature_of(code.value)
    if nature is None:
        return
    yield "subject.type", _derived(nature.label, code), "computed"
    papers = [paper for paper in nature.facts["certificate_types"] if paper != _OLD_PAPER]
    if papers:
        sure = code.confidence if len(papers) == 1 else min(code.confidence, 0.5)
        yield "subject.certificate_type", Read(papers[0], sure, code.corners), "computed"


def _telling(scan: Scan) -> Read:
    """Which document it is: as sure as the surest of its values, to be seen where such a one says it."""
    sure = max((read.confidence for read in scan.fields.values()), default=0.0)
    told = (scan.fields[name].corners for name in ("uscc", "id_number", "type") if name in scan.fields)
    return Read("", sure, next(told, ()))


def _derived(value: str, source: Read) -> Read:
    return Read(value, source.confidence, source.corners)


def _suggestion(field_id: str, read: Read, source: str, draft: Draft) -> Suggestion:
    now = draft.text(field_id)
    state: State = "different" if now.strip() else "empty"
    if now.strip() and _same(field_id, now, read.value):
        state = "same"
    return Suggestion(field_id, read.value, read.confidence, source, now, state, read.corners)


def _same(field_id: str, now: str, read: str) -> bool:
    if isinstance(catalogue()[field_id].kind, Place):
        place = districts.named(now) or districts.find(now)
        return alike.same(place.name if place else now, read)
    return alike.same(now, read) or (_day(read) is not None and _day(now) == _day(read))


def _day(text: str) -> object:
    from wizard.days import read_day

    return read_day("".join(text.split()), long_term=True)[1]


def where_read(field_id: str, draft: Draft) -> tuple[str, Suggestion] | None:
    """The attachment an answer was read from, and what it says there; None where no scan speaks of it."""
    for slot in READ_SLOTS:
        for path in draft.attachments.get(slot, ()):
            scan = draft.scans.get(path)
            for one in suggestions(slot, scan, draft) if scan else ():
                if one.field_id == field_id:
                    return path, one
    return None
