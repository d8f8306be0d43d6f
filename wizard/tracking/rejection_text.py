"""A pasted rejection in pieces: what the interface sent, or the sentences a person copied."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from wizard.resource_files import toml
from wizard.texts import is_han

LONGEST = 20_000
_ENDS = re.compile(r"[。；;！!\n]+")
_NUMBERED = re.compile(
    r"(?:^|(?<=[\n。；;：:，,\s]))(?:[(（]?[一二三四五六七八九十]{1,3}[)）、]|第[一二三四五六七八九十]+[条点、，])\s*"
    r"|(?<![\dA-Za-z./-])[(（]?\d{1,2}[)）、.．](?!\d)\s*|[①-⑳]\s*",
    re.MULTILINE,
)
_PARTS = re.compile(r"[，,：]+|并且|而且|同时|另外|此外")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was rejected: `about` is the field in words, `field` the name the interface gives it."""

    words: str
    advice: str = ""
    about: str = ""
    field: str = ""
    code: int = 0


def items(text: str) -> list[Item]:
    """What `text` holds: the entries of the interface's answer where it is one, else its paragraphs."""
    text = text[:LONGEST]
    if (document := _document(text)) is not None:
        return list(_of_document(document))
    return list(_of_text(plain(text)))


def sentences(words: str) -> list[str]:
    """The sentences of `words` that say something; greetings and 请修改后重新提交 do not."""
    found = (part.strip(" \t，,：:、-—·*•") for part in _ENDS.split(words))
    return [part for part in found if part and not _says_nothing(part)]


def parts_of(sentence: str) -> list[str]:
    """The parts of a sentence between its commas and colons."""
    found = [part.strip() for part in _PARTS.split(sentence)]
    return [part for part in found if part and not _says_nothing(part)] or [sentence]


def plain(text: str) -> str:
    """`text` as it is compared: full-width signs made half-width, blanks inside a line taken out.

    Each numbered point gets a line of its own. Commas and stops become Chinese ones, so that a pattern needs
    to know one kind only.
    """
    lines = []
    for line in _NUMBERED.sub("\n", text).splitlines():
        folded = unicodedata.normalize("NFKC", line)
        lines.append("".join(char for char in folded if not char.isspace() and char.isprintable()))
    joined = "\n".join(lines).upper()
    return (
        joined.replace(",", "，").replace(";", "；").replace("(", "（").replace(")", "）").replace(":", "：")
    )


def _document(text: str) -> Any:
    """The JSON in `text`, where there is some."""
    start = min((place for place in (text.find("{"), text.find("[")) if place >= 0), default=-1)
    if start < 0:
        return None
    try:
        document, _ = json.JSONDecoder().raw_decode(text[start:])
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, (dict, list)) else None


def _of_document(document: Any, depth: int = 0) -> Iterator[Item]:
    if depth > 8:
        return
    if isinstance(document, list):
        for part in document:
            yield from _of_document(part, depth + 1)
    elif isinstance(document, dict):
        if item := _item(document):
            yield item
        for value in document.values():
            if isinstance(value, (dict, list)):
                yield from _of_document(value, depth + 1)


def _item(entry: dict[str, Any]) -> Item | None:
    texts = {key: plain(value) for key, value in entry.items() if isinstance(value, str)}
    code = entry.get("errcode")
    field = entry.get("err_field")
    item = Item(
        words=texts.get("error") or ("" if "hints" in entry else texts.get("errmsg", "")),
        advice=texts.get("suggest", ""),
        about=texts.get("key_name", ""),
        field=field.strip() if isinstance(field, str) else "",
        code=code if isinstance(code, int) and not isinstance(code, bool) else 0,
    )
    return item if item.words or item.advice or item.code or item.field else None


def _of_text(text: str) -> Iterator[Item]:
    """The paragraphs of a text; a line of advice belongs to what stands before it."""
    item: Item | None = None
    for line in text.split("\n"):
        line = _heading().sub("", line.strip())
        if not line:
            continue
        if (advice := _advice().match(line)) and item:
            item = Item(item.words, line[advice.end() :], item.about)
            continue
        if item:
            yield item
        words, _, advised = _parted(_advice().sub("", line))
        item = Item(words, advised)
    if item:
        yield item


def _parted(line: str) -> tuple[str, str, str]:
    """A line that holds its advice after 修改建议：."""
    inside = re.compile(_advice().pattern.lstrip("^"))
    found = inside.search(line)
    return (
        (line[: found.start()], found[0], line[found.end() :]) if found and found.start() else (line, "", "")
    )


def speaks_of_all(words: str, spoken: frozenset[int], decisive: bool) -> bool:
    """Whether what was recognised at the places `spoken` is what `words` are about.

    It is not where they name something else that matters, or where most of them were passed over; the latter
    does not count against `decisive` words.
    """
    rule = _strong()
    if any(not spoken & set(range(*found.span())) for found in rule[0].finditer(words)):
        return False
    if decisive:
        return True
    meant = [place for place, char in enumerate(words) if is_han(char) and char not in rule[1]]
    return sum(place in spoken for place in meant) >= rule[2] * len(meant)


@cache
def _strong() -> tuple[re.Pattern[str], str, float]:
    data = toml("rejections", "parts.toml")["strong"]
    return re.compile(data["pattern"]), data["stop"], data["least"]


@cache
def _advice() -> re.Pattern[str]:
    return re.compile(toml("rejections", "parts.toml")["advice"]["pattern"], re.IGNORECASE)


@cache
def _heading() -> re.Pattern[str]:
    return re.compile(toml("rejections", "parts.toml")["advice"]["heading"], re.IGNORECASE)


@cache
def _filler() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in toml("rejections", "parts.toml")["filler"]["patterns"])


def _says_nothing(words: str) -> bool:
    """Whether all parts of `words` are greetings or ask to mend and hand in again, no more."""
    parts = [part for part in _PARTS.split(words) if part]
    return all(any(pattern.match(part) for pattern in _filler()) for part in parts)
