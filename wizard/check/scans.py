"""Checks of what was typed against what the scans of the papers say.

A scan counts only while the file is the one that was read. Names, addresses and days are letters a machine
has read, with nothing that proves them: what differs there is a 提醒 for a person to look at. Codes and ID
numbers carry check digits; one that the reader is sure of and that differs from the typed one is an 错误.
"""

from collections.abc import Callable, Iterator

from wizard import numbers
from wizard.alike import Difference, difference, same, same_address, width_difference
from wizard.check.case import Case, Hit, called, label, title, whose
from wizard.check.dates import months_later
from wizard.days import read_day, written
from wizard.masking import masked
from wizard.scan import CARDS, CERTIFICATES, SURE, Read, Scan
from wizard.sections import catalogue
from wizard.types import Papers

READABLE = 0.5
"""Below this confidence a value is not set against anything: it is more noise than text."""

DOCUMENTS = {
    "business_licence": "营业执照",
    "individual_licence": "营业执照",
    "institution_certificate": "事业单位法人证书",
    "other_certificate": "登记证书",
    "id_front": "身份证",
    "id_back": "身份证",
    "id_both": "身份证",
}


def scans_in(case: Case, slots: tuple[str, ...]) -> Iterator[tuple[str, Scan]]:
    """What was read from the files in these slots, as far as they are the files that were read."""
    for slot in slots:
        for path in case.value(slot) or ():
            scan, facts = case.draft.scans.get(path), case.pictures.get(path)
            if scan and facts and scan.bytes == facts.bytes:
                yield slot, scan


def holds_card(case: Case, field: str) -> bool:
    """Whether the papers of a person are a resident ID, as far as is known."""
    return case.value(f"{field.partition('.')[0]}.certificate_type") in ("居民身份证", None)


def _fits(case: Case, field: str, scan: Scan) -> bool:
    """Whether a scan is of the paper that a slot is for: else it is another rule's to speak of."""
    return (
        scan.kind in CERTIFICATES
        if field.startswith("subject.")
        else scan.kind in CARDS and holds_card(case, field)
    )


def groups(fields: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each typed field with the slots that follow it."""
    papers = [isinstance(catalogue()[field].kind, Papers) for field in fields]
    starts = [place for place, paper in enumerate(papers) if not paper]
    for start, end in zip(starts, [*starts[1:], len(fields)], strict=True):
        yield fields[start], fields[start + 1 : end]


def _read(case: Case, slots: tuple[str, ...], key: str, only: str) -> Iterator[tuple[str, Scan, Read]]:
    """The values of one key in the scans of these slots: all, or `only` the sure or the unsure ones."""
    for slot, scan in scans_in(case, slots):
        read = scan.fields.get(key)
        if not read or not read.value or read.confidence < READABLE or not _fits(case, slot, scan):
            continue
        if only in ("", "sure" if read.confidence >= SURE else "unsure"):
            yield slot, scan, read


def _hit(typed: str, slot: str, scan: Scan, parted: Difference, **more: str | int) -> Hit:
    values: dict[str, str | int] = {**called(typed), "document": DOCUMENTS[scan.kind]}
    values |= {"position": parted.position, "typed": parted.typed or "（没有字）"}
    return Hit({**values, "read": parted.read or "（没有字）", **more}, (typed, slot))


def code_on_scan(case: Case, fields: tuple[str, ...], *, key: str, kind: str, only: str) -> Iterator[Hit]:
    """A code or number differs from the one on the paper. Fields: each typed field, then its slots.

    A number that was read and is not well-formed is no witness. What was typed counts as it stands, also
    where it is not well-formed: the paper then tells what to put there.
    """
    module = numbers.kind(kind)
    for field, slots in groups(fields):
        typed = module.compact(case.draft.text(field)) if field in case.reading.asked else ""
        for slot, scan, read in _read(case, slots, key, only) if typed else ():
            code = module.compact(read.value)
            parted = difference(typed, code) if module.is_valid(code, case.on) else None
            if parted:
                shown = masked(code) if catalogue()[field].ask.private else code
                yield _hit(field, slot, scan, parted, value=shown)


def text_on_scan(case: Case, fields: tuple[str, ...], *, key: str, address: bool = False) -> Iterator[Hit]:
    """A name or an `address` differs from the one on the paper. Fields: each typed field, then its slots."""
    alike: Callable[[str, str], bool] = same_address if address else same
    for field, slots in groups(fields):
        text = case.value(field)
        for slot, scan, read in _read(case, slots, key, "") if text else ():
            parted = None if alike(text, read.value) else difference(text, read.value)
            if parted:
                yield _hit(field, slot, scan, parted, value=read.value)


def width_on_scan(case: Case, fields: tuple[str, ...], *, key: str) -> Iterator[Hit]:
    """A name is that of the paper but for the width or kind of a sign."""
    for field, slots in groups(fields):
        text = case.value(field)
        for slot, scan, read in _read(case, slots, key, "") if text else ():
            parted = width_difference(text, read.value) if same(text, read.value) else None
            if parted:
                yield _hit(field, slot, scan, parted, value=read.value)


def day_on_scan(case: Case, fields: tuple[str, ...], *, key: str) -> Iterator[Hit]:
    """A day differs from the one on the paper. Fields: each typed field, then its slots."""
    for field, slots in groups(fields):
        typed = case.value(field)
        for slot, scan, read in _read(case, slots, key, "") if typed else ():
            _, day = read_day(read.value, long_term=True)
            if day and day != typed:
                values = {**called(field), "document": DOCUMENTS[scan.kind]}
                yield Hit({**values, "typed": written(typed), "read": written(day)}, (field, slot))


def ends_on_scan(
    case: Case, fields: tuple[str, ...], *, key: str, only: str, months: int = 0
) -> Iterator[Hit]:
    """The paper has run out, or does `months` from now; only where its last day is not typed yet."""
    for field, slots in groups(fields):
        if case.draft.text(field).strip() or field not in case.reading.asked:
            continue
        for slot, scan, read in _read(case, slots, key, only):
            _, day = read_day(read.value, long_term=True)
            over = day is not None and day < case.on
            soon = day is not None and case.on <= day < months_later(case.on, months)
            if day and (soon if months else over):
                values = {"who": title(slot), "document": DOCUMENTS[scan.kind], "day": written(day)}
                yield Hit({**values, "months": months}, (slot, field))


def unchecked(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Answers that were taken over from a scan, and that nobody has set against the picture yet."""
    marks = case.draft.sources
    found = tuple(
        field for field in catalogue() if marks.get(field) == "read" and field in case.reading.asked
    )
    if found:
        names = "、".join(whose(field) + label(field) for field in found[:6])
        yield Hit({"now": len(found), "names": names + ("等" if len(found) > 6 else "")}, found)
