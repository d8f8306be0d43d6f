"""Checks of texts and papers that only some provinces ask for."""

import re
from collections.abc import Iterator

from wizard import districts
from wizard.check.case import Case, Hit, label
from wizard.check.given import Words
from wizard.check.program import NOT_INVOLVED, whole_words

_NO_LIST = Words()
_CLAUSE = re.compile(r"[，。；;,（）()\n]")
_DENIED = re.compile(r"[不没无未非]")
_MAY_DENY = ("comment", "business_scope")
_APPROVALS = "mini_program.pre_approvals"


def has_word(case: Case, fields: tuple[str, ...], *, words: tuple[str, ...]) -> Iterator[Hit]:
    """A text contains one of the words, whether in capitals or not."""
    for field in fields:
        text = str(case.value(field) or "").casefold()
        if found := whole_words(word for word in words if word.casefold() in text):
            yield Hit({"label": label(field)}, (field,), found)


def word_without(
    case: Case, fields: tuple[str, ...], *, words: tuple[str, ...], needs: tuple[str, ...]
) -> Iterator[Hit]:
    """A text contains one of the words and none of those that would complete it."""
    for field in fields:
        text = case.value(field) or ""
        found = whole_words(word for word in words if word in text)
        if found and not any(need in text for need in needs):
            yield Hit({"label": label(field)}, (field,), found)


def remark_contains(
    case: Case, fields: tuple[str, ...], *, all_of: tuple[str, ...], also_empty: bool = False
) -> Iterator[Hit]:
    """A text lacks a statement. Each of `all_of` is one, in words parted by ``|`` any of which will do.

    The statement may stand in any of the fields; the first one is judged once it is filled in, with
    `also_empty` before that, too.
    """
    if not (case.value(fields[0]) or (also_empty and fields[0] in case.reading.asked)):
        return
    text = "\n".join(str(case.value(field) or "") for field in fields)
    wanted = [ways.split("|") for ways in all_of]
    missing = [ways[0] for ways in wanted if not any(way in text for way in ways)]
    if missing:
        yield Hit({"label": label(fields[0]), "missing": "”“".join(missing)})


def remark_at_least(case: Case, fields: tuple[str, ...], *, chars: int) -> Iterator[Hit]:
    """A remark is long enough for the platform but shorter than `chars` characters."""
    for field in fields:
        text = case.value(field)
        if text and len(text) < chars:
            yield Hit({"label": label(field), "now": len(text), "least": chars}, (field,))


def words_need_paper(
    case: Case,
    fields: tuple[str, ...],
    *,
    papers: tuple[str, ...],
    words: tuple[str, ...] = (),
    words_list: Words = _NO_LIST,
    unless_pre_approval: bool = True,
) -> Iterator[Hit]:
    """A text has a word that asks for a paper, and none of `papers` is attached.

    The words stand in the rule or are a list of `resources/words.toml`. In a remark or a 经营范围 a word does
    not count that its clause denies (不提供法律咨询, 证券除外); a name denies nothing (无锡, 非凡). With
    `unless_pre_approval` a chosen 前置审批 answers the question, too.
    """
    if any(case.value(paper) for paper in papers) or (unless_pre_approval and _involved(case)):
        return
    more = (_APPROVALS, *papers) if unless_pre_approval else papers
    for field in fields:
        text = case.value(field) or ""
        if found := whole_words(_meant(text, (*words, *words_list), field.endswith(_MAY_DENY))):
            yield Hit({"label": label(field)}, (field, *more), found)


def _meant(text: str, words: tuple[str, ...], may_deny: bool) -> Iterator[str]:
    if not may_deny:
        yield from (word for word in words if word in text)
        return
    for clause in _CLAUSE.split(text):
        for word in words:
            before, found, after = clause.partition(word)
            if found and not _DENIED.search(before) and "除外" not in after:
                yield word


def _involved(case: Case) -> bool:
    rows = case.value(_APPROVALS) or ()
    return any(row.type and row.type != NOT_INVOLVED for row in rows)


def paper_present(case: Case, fields: tuple[str, ...], *, each: bool = False) -> Iterator[Hit]:
    """No paper is attached in any of the fields that are asked for; with `each` one of them has none."""
    asked = [field for field in fields if field in case.reading.asked]
    missing = tuple(field for field in asked if not case.value(field))
    if missing and (each or len(missing) == len(asked)):
        yield Hit({"papers": "、".join(label(field) for field in missing)}, missing)


def address_same_city(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """证件住所 lies in another city of the province than 通讯地址. Fields: both, and 备案市."""
    certificate, address, chosen = (case.value(field) for field in fields)
    home = districts.split_address(certificate)[1] if certificate else None
    here = districts.split_address(address)[1] if address else None
    here = here or (districts.find(chosen) if chosen else None)
    if home and here and home.code != here.code and home.code[:2] == here.code[:2] == case.province[:2]:
        yield Hit({"home": home.name, "here": here.name})


def zone_elsewhere(
    case: Case, fields: tuple[str, ...], *, words: tuple[str, ...], allowed: tuple[str, ...]
) -> Iterator[Hit]:
    """An address names a development zone, and another district is chosen than the zone belongs to.

    Fields: the district, then the addresses.
    """
    chosen = districts.find(case.value(fields[0]) or "")
    for field in fields[1:]:
        text = case.value(field) or ""
        word = next((word for word in words if word in text), None)
        if word and chosen and chosen.name not in allowed:
            yield Hit({"word": word, "chosen": chosen.name}, (fields[0], field))
            return
