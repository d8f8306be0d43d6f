"""Checks of the mini-program: its name, its service content, its remark and its pre-approvals."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from wizard.catalogue import code_set
from wizard.check.case import Case, Hit, label
from wizard.check.given import NOWHERE, FieldId, WordGroups, Words
from wizard.sections.mini_program import PreApproval
from wizard.texts import is_han

NOT_INVOLVED = "以上都不涉及"
_ENDINGS = (
    "com",
    "cn",
    "net",
    "org",
    "top",
    "vip",
    "xyz",
    "shop",
    "cc",
    "io",
    "gov",
    "edu",
    "info",
    "club",
    "site",
)


def contains(
    case: Case,
    fields: tuple[str, ...],
    *,
    words: Words,
    at_start: bool = False,
    unless_in: FieldId = NOWHERE,
) -> Iterator[Hit]:
    """A text contains (or starts with) a word of the list that the answer `unless_in` does not contain."""
    spared = str(case.value(unless_in) or "").casefold() if unless_in else ""
    for field in fields:
        text = str(case.value(field) or "").casefold()
        if not text:
            continue
        found = (word for word in words if (text.startswith(word) if at_start else _stands_in(word, text)))
        if words_found := whole_words(word for word in found if word not in spared):
            yield Hit({"label": label(field)}, (field,), words_found)


def whole_words(found: Iterable[str]) -> tuple[str, ...]:
    """The words found, each once and without those that are part of another: 新闻资讯 says 新闻, too."""
    words = tuple(dict.fromkeys(found))
    if len(words) < 2:
        return words
    return tuple(word for word in words if not any(word != other and word in other for other in words))


def _stands_in(word: str, text: str) -> bool:
    """Whether a word is in a text; one of Latin letters only as a whole word: test is not in latest."""
    if word not in text or not word.isascii():
        return word in text
    return bool(re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text))


def lacks(case: Case, fields: tuple[str, ...], *, words: Words) -> Iterator[Hit]:
    """A text contains no word of the list."""
    for field in fields:
        text = case.value(field)
        if text and not any(word in text for word in words):
            yield Hit({"label": label(field)}, (field,))


def is_word(case: Case, fields: tuple[str, ...], *, words: Words) -> Iterator[Hit]:
    """A text is nothing but a word of the list."""
    for field in fields:
        text = str(case.value(field) or "")
        if _bare(text) in words:
            yield Hit({"label": label(field), "value": text}, (field,))


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _domain_in(text: str) -> bool:
    """Whether a text contains what reads as a domain: letters or digits, a dot, a common ending."""
    parts = re.findall("[a-z0-9-]+", text.casefold(), re.ASCII) if "." in text else []
    return any(f"{one}.{ending}" in text.casefold() for one, ending in pairwise(parts) if ending in _ENDINGS)


def only_digits(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A name has no letter of any writing."""
    for field in fields:
        text = case.value(field)
        if text and not any(char.isalpha() for char in text):
            yield Hit({"label": label(field), "value": text}, (field,))


def only_latin(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A name has letters but no Chinese character, and is no domain."""
    for field in fields:
        text = case.value(field) or ""
        if any(map(str.isalpha, text)) and not any(map(is_han, text)) and not _domain_in(text):
            yield Hit({"label": label(field), "value": text}, (field,))


def like_domain(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A name is a domain, or contains one."""
    for field in fields:
        text = case.value(field) or ""
        if _domain_in(text):
            yield Hit({"label": label(field), "value": text}, (field,))


def few_han(case: Case, fields: tuple[str, ...], *, least: int) -> Iterator[Hit]:
    """A name has Chinese characters, but fewer than `least`."""
    for field in fields:
        count = sum(map(is_han, case.value(field) or ""))
        if 0 < count < least:
            yield Hit({"label": label(field), "now": count, "least": least}, (field,))


def vague(case: Case, fields: tuple[str, ...], *, least: int) -> Iterator[Hit]:
    """A remark goes round in circles: fewer than `least` different characters."""
    for field in fields:
        text = _bare(case.value(field) or "")
        if text and len(set(text)) < least:
            yield Hit({"label": label(field)}, (field,))


def first_level(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A service content type is a group, not one of its entries."""
    groups = {item.group for item in code_set("service_content_types").items}
    for field in fields:
        if found := next((text for text in case.value(field) or () if text in groups), None):
            yield Hit({"value": found})


def unlisted(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """A service content type is not among those that published documents name."""
    known = code_set("service_content_types")
    groups = {item.group for item in known.items}
    for field in fields:
        others = [text for text in case.value(field) or () if text not in groups and not known.find(text)]
        if others:
            yield Hit({"value": "、".join(others)[:60]})


def service_chosen(case: Case, fields: tuple[str, ...], *, answers: tuple[str, ...]) -> Iterator[Hit]:
    """One of the listed service content types is chosen."""
    for field in fields:
        if found := [text for text in case.value(field) or () if text in answers]:
            yield Hit({"value": "、".join(found)}, (field,))


def _rows(case: Case, field: str) -> tuple[PreApproval, ...]:
    return case.value(field) or ()


def none_and_others(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """以上都不涉及 stands beside an item that is involved."""
    types = [row.type for row in _rows(case, fields[0]) if row.type]
    others = [kind for kind in types if kind != NOT_INVOLVED]
    if NOT_INVOLVED in types and others:
        yield Hit({"value": "、".join(others)})


def item_twice(case: Case, fields: tuple[str, ...]) -> Iterator[Hit]:
    """One item of pre-approval stands in two rows."""
    types = [row.type for row in _rows(case, fields[0]) if row.type]
    if found := next((kind for kind in types if types.count(kind) > 1), None):
        yield Hit({"value": found})


def item_without(case: Case, fields: tuple[str, ...], *, part: str) -> Iterator[Hit]:
    """An item that is involved has no number (`part` = code) or no document (`part` = media)."""
    known = code_set("pre_approvals")
    for row in _rows(case, fields[0]):
        if row.type and row.type != NOT_INVOLVED and not getattr(row, part):
            item = known.find(row.type)
            facts = item.facts if item else {}
            document = str(facts.get("document", "批准文件"))
            yield Hit({"value": row.type, "document": document, "authority": str(facts.get("authority", ""))})


def word_without_item(case: Case, fields: tuple[str, ...], *, words: WordGroups) -> Iterator[Hit]:
    """A text has a word that points to an item of pre-approval which is not chosen.

    Fields: the pre-approvals, then the texts.
    """
    rows = _rows(case, fields[0])
    if not rows:
        return
    chosen = {row.type for row in rows}
    for field in fields[1:]:
        text = case.value(field) or ""
        for item, listed in words.items() if text else ():
            found = () if item in chosen else whole_words(word for word in listed if affirmed(text, word))
            if found:
                known = code_set("pre_approvals").find(item)
                document = str(known.facts["document"]) if known else "批准文件"
                values = {"label": label(field), "item": item, "document": document}
                yield Hit(values, (field, fields[0]), found)


_CLAUSE_ENDS = re.compile(r"[，。；：！？,;:!?（）()\n]")
_DENIALS = re.compile("[不无未没非除]")


def affirmed(text: str, word: str) -> bool:
    """Whether a word stands somewhere in a clause that does not deny it: 不发布新闻资讯 does."""
    if word not in text:
        return False
    clauses = (clause for clause in _CLAUSE_ENDS.split(text) if word in clause)
    return any(not _DENIALS.search(clause.partition(word)[0]) for clause in clauses)


def unrelated_name(case: Case, fields: tuple[str, ...], *, explained: tuple[str, ...]) -> Iterator[Hit]:
    """A program's name shares no two characters in a row with any of the texts, and the remark is silent.

    Fields: the program's name, the texts it may come from (the subject's name first, all filled in), the
    remark, which explains the name where it names the subject or has one of the words `explained`.
    """
    name, *texts, remark = (str(case.value(field) or "") for field in fields)
    if not name or not all(texts) or any(word in remark for word in (texts[0], *explained)):
        return
    pairs = {one + other for one, other in pairwise(name) if is_han(one) and is_han(other)}
    if not any(pair in text for pair in pairs for text in texts):
        yield Hit({"name": name, "subject": texts[0]})
