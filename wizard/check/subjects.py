"""Checks of the subject: its nature, its certificate, its record numbers, how many programs it has."""

from collections.abc import Iterator, Mapping

from wizard import districts, numbers
from wizard.catalogue import code_set, nature_of
from wizard.check.case import Case, Hit, label
from wizard.check.given import NOWHERE, FieldId, WordGroups
from wizard.texts import is_han


def always(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The condition of the rule says it all."""
    values = {"value": str(case.value(fields[0]) or ""), "province": _province(case)}
    yield Hit(values)


def _province(case: Case) -> str:
    found = districts.find(case.province) if case.province else None
    return found.name if found else ""


def filled(case: Case, fields: tuple[str, ...], *, until: FieldId = NOWHERE) -> Iterator[Hit]:
    """All the fields are filled in: the moment has come to say something, `until` another one is, too."""
    if all(case.value(field) for field in fields) and not (until and case.value(until)):
        yield Hit({"value": str(case.value(fields[0]))})


def at_least(case: Case, fields: tuple[str, ...], *, number: int) -> Iterator[Hit]:
    """The first field's count is `number` or more."""
    count = case.value(fields[0])
    if count is not None and count >= number:
        yield Hit({"now": count, "number": number})


def over_quota(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The subject has as many programs filed already as its nature may have. Fields: count, nature."""
    count, nature = case.value(fields[0]), case.value(fields[1])
    item = code_set("subject_types").find(nature) if nature else None
    quota = item.facts.get("quota") if item else None
    if count is not None and quota and count >= quota:
        yield Hit({"now": count, "quota": quota, "nature": str(nature)})


def certificate_fits(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """The nature does not prove itself with this certificate. Fields: certificate type, nature."""
    kind, nature = case.value(fields[0]), case.value(fields[1])
    item = code_set("subject_types").find(nature) if nature else None
    allowed = item.facts.get("certificate_types", ()) if item else ()
    if kind and allowed and kind not in allowed:
        yield Hit({"kind": kind, "nature": str(nature), "allowed": "、".join(f"“{one}”" for one in allowed)})


def code_fits(
    case: Case, fields: tuple[str, ...], *, also: tuple[str, ...] = (), only: tuple[str, ...] = ()
) -> Iterator[Hit]:
    """The first two characters of the unified code belong to another nature (GB 32100-2015, table 1).

    `also` are let pass, `only` limits the check to these. Fields: number, nature.
    """
    number, nature = case.value(fields[0]), case.value(fields[1])
    item = code_set("subject_types").find(nature) if nature else None
    expected = item.facts.get("uscc", ()) if item else ()
    if not number or len(number) != 18 or not expected:
        return
    head = number[:2]
    if head not in (*expected, *also) and (not only or head in only):
        yield Hit({"head": head, "nature": str(nature), "means": _meaning(head)})


def _meaning(head: str) -> str:
    item = nature_of(head)
    return item.label if item else "别的机构"


def name_of_another_nature(case: Case, fields: tuple[str, ...], *, words: WordGroups) -> Iterator[Hit]:
    """A name ends as those of another nature do. Fields: name, nature."""
    name, nature = case.value(fields[0]), case.value(fields[1])
    for other, endings in words.items() if name and nature else ():
        found = next((ending for ending in endings if str(name).endswith(ending)), None)
        if found and nature != other:
            yield Hit({"word": found, "nature": str(nature), "other": other})
            return


def mixed_brackets(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """One bracket of a pair is full-width and the other is not."""
    for field in fields:
        text = case.value(field) or ""
        if any(text.count(one) != text.count(other) for one, other in ("()", "（）")):
            yield Hit({"label": label(field)}, (field,))


def inner_blank(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A blank stands between two Chinese characters."""
    for field in fields:
        text = case.value(field) or ""
        blanks = (place for place in range(1, len(text) - 1) if text[place] == " ")
        place = next((place for place in blanks if is_han(text[place - 1]) and is_han(text[place + 1])), 0)
        if place:
            yield Hit({"label": label(field), "position": place + 1}, (field,))


def _record(case: Case, field: str) -> Mapping[str, str | int]:
    """What a record number says: its province, what it is of (主体, 小程序, 网站 …), the subject's part."""
    number = case.value(field)
    return numbers.kind("icp").describe(number, case.on) if number else {}


def record_kind(case: Case, fields: tuple[str, ...], *, kind: str) -> Iterator[Hit]:
    """A record number is of something else than `kind`."""
    for field in fields:
        record = _record(case, field)
        if record and record["kind"] != kind:
            values = {"label": label(field), "value": case.value(field), "subject": record["subject"]}
            yield Hit({**values, "found": record["kind"], "kind": kind}, (field,))


def record_subjects(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """Two record numbers of one subject have different subject's parts."""
    one, other = (_record(case, field) for field in fields)
    if one and other and one["subject"] != other["subject"]:
        values = {"label": label(fields[0]), "other_label": label(fields[1])}
        yield Hit({**values, "one": one["subject"], "other": other["subject"]})


def record_province(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A record number was given by another province than the one chosen. Fields: number, province."""
    record, chosen = _record(case, fields[0]), _province(case)
    if record and chosen and record["province"] != chosen:
        yield Hit({"label": label(fields[0]), "found": record["province"], "chosen": chosen})
