"""Checks of the scanned papers themselves: which paper it is, which side, whether two sides are one card."""

from collections.abc import Iterator

from wizard import districts, numbers
from wizard.catalogue import code_set, nature_of
from wizard.check.case import Case, Hit, title
from wizard.check.dates import lawful_years, years_between
from wizard.check.pictures import listed
from wizard.check.scans import DOCUMENTS, READABLE, holds_card, scans_in
from wizard.days import LONG_TERM, read_day, written
from wizard.messages import fault_text, fault_texts
from wizard.scan import CARDS, CERTIFICATES, SURE, Scan

_NATURES = {"individual_licence": "个体工商户", "institution_certificate": "事业单位"}
_SAID_ELSEWHERE = ("wrong_side", "wrong_document", "too_large")
_SIDES = {"id_front": "有头像的一面", "id_back": "有国徽的一面"}


def other_document(case: Case, fields: tuple[str, ...], *, only: str) -> Iterator[Hit]:
    """A slot holds another paper than it is for. `only` those that the reader is sure of, or is not."""
    for slot in fields:
        licence = slot.startswith("subject.")
        for _, scan in scans_in(case, (slot,)):
            strange = scan.kind in CARDS if licence else scan.kind in CERTIFICATES and holds_card(case, slot)
            sure = any(read.confidence >= SURE for read in scan.fields.values())
            if strange and only == ("sure" if sure else "unsure"):
                yield Hit({**_named(slot), "document": DOCUMENTS[scan.kind]}, (slot,))


def _named(slot: str) -> dict[str, str | int]:
    names, _ = listed([slot])
    return {"pictures": names}


def sides(case: Case, fields: tuple[str, ...], *, fault: str) -> Iterator[Hit]:
    """Of each two slots, front and back, both hold the same side, both the other's, or one the other's.

    `fault` is one of ``same``, ``swapped``, ``one``.
    """
    for front, back in zip(fields[::2], fields[1::2], strict=True):
        kinds = [_side(case, slot) for slot in (front, back)]
        if fault == "same" and kinds[0] == kinds[1] != "":
            yield Hit({"who": title(front), "side": _SIDES[kinds[0]]}, (front, back))
        elif fault == "swapped" and kinds == ["id_back", "id_front"]:
            yield Hit({"who": title(front)}, (front, back))
        elif fault == "one" and "" in kinds and kinds in (["id_back", ""], ["", "id_front"]):
            slot = front if kinds[0] else back
            yield Hit({**_named(slot), "side": _SIDES[kinds[0] or kinds[1]]}, (slot,))


def _side(case: Case, slot: str) -> str:
    """Which side of an ID card a slot holds; empty for both, for none, and where it is not known."""
    found = (
        {scan.kind for _, scan in scans_in(case, (slot,)) if scan.fields} if holds_card(case, slot) else set()
    )
    return next(iter(found)) if len(found) == 1 and found <= set(_SIDES) else ""


def _pairs(case: Case, fields: tuple[str, ...]) -> Iterator[tuple[str, str, Scan, Scan]]:
    """Of each two slots, front and back, what was read of a card that lies in two pictures."""
    for front, back in zip(fields[::2], fields[1::2], strict=True):
        one = next((scan for _, scan in scans_in(case, (front,)) if scan.kind == "id_front"), None)
        other = next((scan for _, scan in scans_in(case, (back,)) if scan.kind == "id_back"), None)
        if one and other and holds_card(case, front):
            yield front, back, one, other


def sides_of_two_ages(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The validity on the back is not the one the law gives at the age on the front (art. 5).

    Fields: of each two, front and back.
    """
    for front, back, one, other in _pairs(case, fields):
        number = numbers.kind("ric").compact(one.value("id_number", SURE))
        born = read_day(_birth(number))[1] if numbers.kind("ric").is_valid(number, case.on) else None
        start = read_day(other.value("valid_from", READABLE))[1]
        end = read_day(other.value("valid_to", READABLE), long_term=True)[1]
        if not (born and start and end) or start >= end:
            continue
        age = years_between(born, start)
        lawful = lawful_years(age) if age >= 0 else -1
        if lawful != (0 if end == LONG_TERM else end.year - start.year):
            values = {
                "who": title(front),
                "birth": written(born),
                "start": written(start),
                "end": written(end),
            }
            yield Hit(values, (front, back))


def _birth(number: str) -> str:
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def sides_of_two_places(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The address on the front lies in another province than the office on the back that gave the card.

    Both stand for where the holder lived when it was given; the number does not: it never changes.
    """
    for front, back, one, other in _pairs(case, fields):
        home, office = _province(one.value("address", READABLE)), _province(other.value("issuer", READABLE))
        if home and office and home != office:
            values = {"who": title(front), "home": home, "office": office}
            yield Hit(values, (front, back))


def _province(text: str) -> str:
    found = districts.split_address(text)[0] if text else None
    return found.name if found else ""


def licence_of_another_nature(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The licence is of another nature than the one chosen. Fields: the nature, then the slots."""
    nature = case.value(fields[0])
    for slot, scan in scans_in(case, fields[1:]) if nature else ():
        if found := _of_another(nature, scan):
            yield Hit({"nature": nature, "found": found}, (fields[0], slot))


def _of_another(nature: str, scan: Scan) -> str:
    """What stands on a paper that another nature than the chosen one has; empty where it fits."""
    if scan.kind == "other_certificate":
        item = nature_of(scan.value("uscc", SURE))
        papers: tuple[str, ...] = tuple(item.facts["certificate_types"]) if item else ()
        fits = not item or item.label == nature or papers[0] in _papers(nature)
        return "" if fits else papers[0]
    if scan.kind == "business_licence":
        fits = nature != _NATURES["individual_licence"] and "营业执照" in _papers(nature)
        return "" if fits else scan.value("type", READABLE) or "企业"
    expected = _NATURES.get(scan.kind, nature)
    return "" if expected == nature else scan.value("type", READABLE) or expected


def _papers(nature: str) -> tuple[str, ...]:
    item = code_set("subject_types").find(nature)
    return tuple(item.facts["certificate_types"]) if item else ()


def lives_here(case: Case, fields: tuple[str, ...], *, here: bool) -> Iterator[Hit]:
    """The address on an ID card lies in the province of the filing (`here`), or in another one.

    Fields: the number, the province, the paper that answers the question, then the slots.
    """
    number, province, answer, *slots = fields
    chosen = districts.find(case.province) if case.province else None
    for slot, scan in scans_in(case, tuple(slots)) if chosen and not case.value(answer) else ():
        home = _province(scan.value("address", READABLE)) if holds_card(case, slot) else ""
        if chosen and home and (home == chosen.name) is here:
            yield Hit(
                {"who": title(slot), "home": home, "chosen": chosen.name}, (number, province, answer, slot)
            )


def illegible(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The reader could not read all of a paper."""
    found = [slot for slot, scan in scans_in(case, fields) if not scan.legible]
    if found:
        names, slots = listed(found)
        yield Hit({"pictures": names}, slots)


def faults_of_picture(case: Case, fields: tuple[str, ...], *, state: str) -> Iterator[Hit]:
    """Faults of pictures, one finding for each fault: `found`, `doubtful`, or `mended` by the program."""
    found: dict[str, list[str]] = {}
    for slot, scan in scans_in(case, fields):
        for fault in scan.faults:
            here = "mended" if fault.mended else "doubtful" if fault.doubtful else "found"
            if here == state and fault.code in fault_texts() and fault.code not in _SAID_ELSEWHERE:
                found.setdefault(fault.code, []).append(slot)
    for code, held in found.items():
        (names, slots), text = listed(held), fault_text(code)
        yield Hit({"pictures": names, "fault": text.message, "cure": text.fix, "why": text.why}, slots)
